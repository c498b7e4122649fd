package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// asCommand makes the test binary the command itself.
const asCommand = "STRATA_TEST_COMMAND"

func TestMain(m *testing.M) {
	if os.Getenv(asCommand) != "" {
		os.Exit(run())
	}
	os.Exit(m.Run())
}

func itself(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0], args...)
	cmd.Env = append(os.Environ(), asCommand+"=1")
	return cmd
}

// said is what a run of the command printed.
type said struct {
	out, err string
	code     int
}

func play(t *testing.T, args ...string) said {
	t.Helper()
	cmd := itself(t, args...)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	err := cmd.Run()
	var exited *exec.ExitError
	if err != nil && !errors.As(err, &exited) {
		t.Fatal(err)
	}
	return said{out.String(), errs.String(), cmd.ProcessState.ExitCode()}
}

// summary is the account as a script reads it.
type summary struct {
	Items          int
	Cycles         int
	Findings       map[string]int
	Dependencies   int
	Comments       map[string]int
	CommentsByKind map[string]map[string]int `json:"comments_by_kind"`
	Requests       map[string]map[string]map[string]int
	Points         *int
	Notifications  *int
	Errors         []string
}

func TestRunForAScriptEndsWithOneObjectOfTheSpecifiedFields(t *testing.T) {
	for _, flavour := range []string{"cloud", "datacenter"} {
		t.Run(flavour, func(t *testing.T) {
			t.Parallel()
			store := filepath.Join(t.TempDir(), "strata.db")
			got := play(t, "--for", "3s", "--items", "300", "--seed", "7", "-o", "json", "--jira-flavour", flavour, "--store", store)
			if got.code != 0 {
				t.Fatalf("exit %d: %s", got.code, got.err)
			}
			var object map[string]json.RawMessage
			decoder := json.NewDecoder(strings.NewReader(got.out))
			if err := decoder.Decode(&object); err != nil {
				t.Fatalf("%v in %s", err, got.out)
			}
			if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
				t.Error("more than one object")
			}
			for _, name := range []string{"items", "cycles", "findings", "dependencies", "comments", "comments_by_kind", "requests", "points", "notifications", "errors"} {
				if _, ok := object[name]; !ok {
					t.Errorf("no %s", name)
				}
			}
			var s summary
			if err := json.Unmarshal([]byte(got.out), &s); err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff([]string{"critical", "info", "warning"}, sorted(s.Findings)); d != "" {
				t.Error(d)
			}
			counts := []string{"duplicates", "edited", "erased", "folded", "posted"}
			if d := cmp.Diff(counts, sorted(s.Comments)); d != "" {
				t.Error(d)
			}
			if d := cmp.Diff([]string{"github", "jira"}, sorted(s.Requests)); d != "" {
				t.Error(d)
			}
			total := map[string]int{}
			for _, counted := range s.CommentsByKind {
				for what, n := range counted {
					total[what] += n
				}
			}
			if d := cmp.Diff(s.Comments, total); d != "" {
				t.Errorf("all comments, and those of every kind together: %s", d)
			}
			switch {
			case s.Items < 300, s.Cycles < 1, s.Dependencies < 1, s.CommentsByKind["flag"]["posted"] < 1, s.Points == nil || *s.Points < 1, s.Notifications == nil || *s.Notifications < 1:
				t.Errorf("empty: %s", got.out)
			case s.Comments["duplicates"] != 0, s.Comments["edited"] != 0, s.Comments["folded"] != 0, s.Comments["erased"] != 0:
				t.Errorf("a product at rest is only posted to: %v", s.Comments)
			case s.Errors == nil || len(s.Errors) != 0:
				t.Errorf("errors: %v", s.Errors)
			}
			route := regexp.MustCompile(`^[A-Z]+ /\S*$`)
			for tracker, routes := range s.Requests {
				for name := range routes {
					if !route.MatchString(name) {
						t.Errorf("%s: %q is no METHOD and route", tracker, name)
					}
				}
			}
		})
	}
}

func sorted[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

func TestTrackersAlonePrintOneReadyLineAndAConfigThatIsAccepted(t *testing.T) {
	file := filepath.Join(t.TempDir(), "strata.yaml")
	cmd := itself(t, "--trackers-only", "--items", "100", "--write-config", file)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	if !lines.Scan() {
		t.Fatal("nothing was printed")
	}
	m := regexp.MustCompile(`^ready jira=(http://\S+) github=(http://\S+) config=(\S+)$`).FindStringSubmatch(lines.Text())
	if m == nil || m[3] != file {
		t.Fatalf("printed %q", lines.Text())
	}
	for _, url := range m[1:3] {
		request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url+"/_sandbox/state", nil)
		if err != nil {
			t.Fatal(err)
		}
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		_ = response.Body.Close()
		if response.StatusCode != http.StatusOK {
			t.Errorf("%s: %s", url, response.Status)
		}
	}
	text, err := os.ReadFile(file)
	if err != nil || !strings.Contains(string(text), m[1]) || !strings.Contains(string(text), filepath.Join(filepath.Dir(file), "strata.db")) {
		t.Errorf("%v: the config lacks the trackers or a store beside it:\n%s", err, text)
	}
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	if lines.Scan() {
		t.Errorf("a second line: %q", lines.Text())
	}
	if err := cmd.Wait(); err != nil {
		t.Errorf("after Ctrl-C: %v", err)
	}
}

func TestWrongUsageExitsWithTwo(t *testing.T) {
	for _, args := range [][]string{
		{"--nonsense"}, {"surplus"}, {"--items", "99"}, {"--items", "1000001"}, {"--jira-flavour", "server"}, {"-o", "xml"},
		{"--load", "issues.jsonl"}, {"--load", "gitlab=x"}, {"--load", "jira="}, {"--production", "nonsense"}, {"--for", "-1s"},
		{"--trackers-only", "-o", "json"}, {"--pace", "0s"},
	} {
		if got := play(t, args...); got.code != 2 || got.out != "" || !strings.HasPrefix(got.err, "sandbox: ") {
			t.Errorf("sandbox %v: exit %d\n%s%s", args, got.code, got.out, got.err)
		}
	}
}

func TestRecordsThatAreNotThereAreAFailure(t *testing.T) {
	got := play(t, "--load", "jira="+filepath.Join(t.TempDir(), "absent.jsonl"), "--for", "1s")
	if got.code != 1 || !strings.Contains(got.err, "absent.jsonl") {
		t.Errorf("exit %d: %s", got.code, got.err)
	}
}

func TestRunForAPersonShowsTheCommentsAndWhereToLook(t *testing.T) {
	got := play(t, "--for", "3s", "--items", "300", "--seed", "7")
	if got.code != 0 {
		t.Fatalf("exit %d: %s", got.code, got.err)
	}
	for _, want := range []string{"Jira      http://127.0.0.1:", "GitHub    http://127.0.0.1:", "/metrics", "Strata wrote on ", "waits for", "strata explain DEP", "0 said twice"} {
		if !strings.Contains(got.out, want) {
			t.Errorf("no %q in\n%s", want, got.out)
		}
	}
	for _, unwanted := range []string{"{anchor:", "<!-- strata", "sandbox-jira-token", "sandbox-github-token"} {
		if strings.Contains(got.out+got.err, unwanted) {
			t.Errorf("shows %q", unwanted)
		}
	}
}
