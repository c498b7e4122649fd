package main

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
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

	"strata/internal/sandbox"
	"strata/internal/sandbox/contract"
	"strata/internal/sandbox/jirasim"
	"strata/internal/sandbox/world"
)

// asCommand makes the test binary the command itself.
const asCommand = "STRATA_TEST_COMMAND"

func TestMain(m *testing.M) {
	if os.Getenv(asCommand) != "" {
		os.Exit(run())
	}
	os.Exit(m.Run())
}

// said is what a run of the command printed.
type said struct {
	out, err string
	code     int
}

func strata(t *testing.T, args ...string) said {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0], args...)
	cmd.Env = append(slices.DeleteFunc(os.Environ(), func(e string) bool { return strings.HasPrefix(e, "STRATA_") }), asCommand+"=1")
	cmd.Dir = t.TempDir()
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	err := cmd.Run()
	var exited *exec.ExitError
	if err != nil && !errors.As(err, &exited) {
		t.Fatal(err)
	}
	return said{out.String(), errs.String(), cmd.ProcessState.ExitCode()}
}

// product starts trackers and writes a config for them.
func product(t *testing.T, f jirasim.Flavour, change ...string) string {
	t.Helper()
	jira := contract.JiraCloud
	if f == jirasim.DataCenter {
		jira = contract.DataCenter
	}
	watchers := map[world.Tracker]*contract.Watcher{
		world.Jira: contract.Watch(t, jira, contract.Daemon), world.GitHub: contract.Watch(t, contract.GitHub, contract.Daemon),
	}
	front := func(of world.Tracker, simulator http.Handler) http.Handler { return watchers[of].Handler(simulator) }
	box, err := sandbox.Start(sandbox.Options{Seed: 7, Items: 100, Flavour: f, Front: front})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = box.Close() })
	folder := t.TempDir()
	text, err := box.Config(sandbox.ConfigOptions{Store: "sqlite://" + filepath.Join(folder, "strata.db"), Internal: "127.0.0.1:0", Interval: "1s"})
	if err != nil {
		t.Fatal(err)
	}
	return write(t, filepath.Join(folder, "strata.yaml"), strings.NewReplacer(change...).Replace(text))
}

func write(t *testing.T, file, text string) string {
	t.Helper()
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

func TestEveryCommandHelpsWithExamples(t *testing.T) {
	for _, c := range root().Commands() {
		if c.Name() == "help" || c.Hidden {
			continue
		}
		got := strata(t, c.Name(), "--help")
		if got.code != 0 || !strings.Contains(got.out, "Examples:\n  strata "+c.Name()) || !strings.Contains(got.out, "Usage:") {
			t.Errorf("strata %s --help: exit %d\n%s%s", c.Name(), got.code, got.out, got.err)
		}
	}
	if got := strata(t); got.code != 0 || !strings.Contains(got.out, "Examples:") {
		t.Errorf("strata alone: %+v", got)
	}
}

func TestWrongUsageExitsWithTwoAndSaysWhy(t *testing.T) {
	for _, args := range [][]string{
		{"nonsense"}, {"once", "--nonsense"}, {"once", "surplus"}, {"plan", "-o", "xml"}, {"explain"}, {"explain", "DEP99"},
		{"once", "--config", "absent.yaml"}, {"run", "--config", "absent.yaml"}, {"check", "--config", "absent.yaml"},
	} {
		got := strata(t, args...)
		if got.code != 2 || !strings.HasPrefix(got.err, "strata: ") || got.out != "" {
			t.Errorf("strata %v: exit %d\nout: %s\nerr: %s", args, got.code, got.out, got.err)
		}
	}
}

func TestBadConfigExitsWithTwoAndNamesEveryMistakeWithItsLine(t *testing.T) {
	file := write(t, filepath.Join(t.TempDir(), "bad.yaml"), `mode: perhaps
owner: shop
interval: soon
nonsense: true
trackers:
  - name: jira
    kind: bugzilla
    url: http://127.0.0.1:1
products:
  - name: shop
    scopes:
      - {name: web, tracker: absent, jql: "project = WEB"}
rules: {settle: -5m}
`)
	for _, command := range []string{"run", "once", "plan", "check"} {
		got := strata(t, command, "--config", file)
		if got.code != 2 || got.out != "" {
			t.Errorf("%s: exit %d, %s", command, got.code, got.out)
		}
		var lines []string
		for _, m := range regexp.MustCompile(`bad\.yaml:(\d+)`).FindAllStringSubmatch(got.err, -1) {
			lines = append(lines, m[1])
		}
		for _, want := range []string{"1", "3", "4", "7", "12", "13"} {
			if !slices.Contains(lines, want) {
				t.Errorf("%s: the mistake of line %s is not named:\n%s", command, want, got.err)
			}
		}
	}
	if files, _ := filepath.Glob(filepath.Join(filepath.Dir(file), "*")); len(files) != 1 {
		t.Errorf("something was written: %v", files)
	}
}

// keysOf are the keys of an object, sorted.
func keysOf(t *testing.T, v any) []string {
	t.Helper()
	object, ok := v.(map[string]any)
	if !ok {
		t.Fatalf("%v is no object", v)
	}
	return slices.Sorted(maps.Keys(object))
}

func TestReportIsOneObjectWithExactlyTheSpecifiedKeys(t *testing.T) {
	file := product(t, jirasim.Cloud)
	for _, command := range []string{"plan", "once"} {
		got := strata(t, command, "-o", "json", "--config", file)
		if got.code != 0 || got.err != "" {
			t.Fatalf("%s: exit %d: %s", command, got.code, got.err)
		}
		if n := strings.Count(strings.TrimSpace(got.out), "\n"); n != 0 {
			t.Errorf("%s: %d lines for one product", command, n+1)
		}
		var report map[string]any
		if err := json.Unmarshal([]byte(got.out), &report); err != nil {
			t.Fatal(err)
		}
		want := []string{"cycles", "dependencies", "findings", "items", "plan", "product", "readiness", "sprints", "taken", "teams", "unread"}
		if command == "once" {
			want = append(want, "outcomes")
			slices.Sort(want)
		}
		if d := cmp.Diff(want, keysOf(t, report)); d != "" {
			t.Errorf("%s: %s", command, d)
		}
		lists := map[string][]string{
			"items":        {"count", "layer", "state", "tracker"},
			"sprints":      {"end", "name", "projected", "start"},
			"dependencies": {"blocker", "blocking_team", "health", "link_types", "origin", "since", "slack_days", "state", "waiting", "waiting_team"},
			"findings":     {"acknowledged", "blocker", "item", "rule", "severity", "since", "team", "text", "waiting"},
			"readiness":    {"checks", "item", "layer", "ready", "team"},
		}
		if command == "once" {
			lists["outcomes"] = []string{"error", "item", "op"}
		}
		for name, want := range lists {
			list, _ := report[name].([]any)
			if len(list) == 0 {
				t.Errorf("%s: no %s", command, name)
				continue
			}
			if d := cmp.Diff(want, keysOf(t, list[0])); d != "" {
				t.Errorf("%s: %s: %s", command, name, d)
			}
		}
		plan := report["plan"].(map[string]any)
		if d := cmp.Diff([]string{"actions", "held", "id", "kept"}, keysOf(t, plan)); d != "" {
			t.Error(d)
		}
		actions, _ := plan["actions"].([]any)
		if len(actions) == 0 {
			t.Fatalf("%s: nothing is planned", command)
		}
		if d := cmp.Diff([]string{"item", "kind", "op", "reasons"}, keysOf(t, actions[0])); d != "" {
			t.Error(d)
		}
	}
}

func TestSecretsAreInNoOutput(t *testing.T) {
	for _, f := range []jirasim.Flavour{jirasim.Cloud, jirasim.DataCenter} {
		t.Run(string(f), func(t *testing.T) {
			t.Parallel()
			right := product(t, f, "level: info", "level: debug")
			// Tokens that no tracker takes, in a file and in the environment.
			folder := t.TempDir()
			wrong := product(t, f, "level: info", "level: debug", sandbox.JiraToken, "s3cret-jira-value", sandbox.GitHubToken, "s3cret-github-value")
			broken := write(t, filepath.Join(folder, "broken.yaml"), "mode: perhaps\ntrackers:\n  - name: jira\n    kind: jira\n    url: http://u:s3cret-in-url@127.0.0.1:1\n    auth: {user: [a], token: s3cret-jira-value, tokken: s3cret-github-value}\n")
			secrets := []string{
				sandbox.JiraToken, sandbox.GitHubToken, "s3cret",
				base64.StdEncoding.EncodeToString([]byte(sandbox.JiraUser + ":" + sandbox.JiraToken)),
				base64.StdEncoding.EncodeToString([]byte(sandbox.JiraUser + ":s3cret-jira-value")),
			}
			for _, file := range []string{right, wrong, broken} {
				for _, args := range [][]string{{"check"}, {"check", "-o", "json"}, {"plan"}, {"plan", "-o", "json"}, {"once"}, {"once", "-o", "json"}} {
					got := strata(t, append(args, "--config", file)...)
					if got.out+got.err == "" {
						t.Errorf("strata %v said nothing", args)
					}
					for _, s := range secrets {
						if strings.Contains(got.out+got.err, s) {
							t.Errorf("strata %v prints %q:\n%s%s", args, s, got.out, got.err)
						}
					}
				}
			}
		})
	}
}

func TestWrongCredentialsAreAFailureAndNotAnEmptyProduct(t *testing.T) {
	for _, f := range []jirasim.Flavour{jirasim.Cloud, jirasim.DataCenter} {
		both := product(t, f, sandbox.JiraToken, "wrong", sandbox.GitHubToken, "wrong")
		for command, want := range map[string]int{"once": 1, "plan": 1, "check": 1} {
			if got := strata(t, command, "--config", both); got.code != want {
				t.Errorf("%s %s: exit %d, want %d\n%s%s", f, command, got.code, want, got.out, got.err)
			}
		}
		one := product(t, f, sandbox.JiraToken, "wrong")
		if got := strata(t, "once", "--config", one); got.code != 3 || !strings.Contains(got.out, "unread") {
			t.Errorf("%s: once with one wrong token: exit %d, want 3 and the reason\n%s%s", f, got.code, got.out, got.err)
		}
		if got := strata(t, "check", "--config", product(t, f)); got.code != 0 {
			t.Errorf("%s: check: exit %d\n%s%s", f, got.code, got.out, got.err)
		}
	}
}
