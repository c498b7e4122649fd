package githubsim_test

import (
	"context"
	"encoding/json"
	"os"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-github/v66/github"

	"strata/internal/sandbox/githubsim"
	"strata/internal/sandbox/world"
)

// kept is what a recorded issue must look like when it is served again.
type kept struct {
	ID          int64                  `json:"id"`
	NodeID      string                 `json:"node_id"`
	Number      int                    `json:"number"`
	Title       string                 `json:"title"`
	Body        *string                `json:"body"`
	State       string                 `json:"state"`
	StateReason *string                `json:"state_reason"`
	Created     string                 `json:"created_at"`
	Updated     string                 `json:"updated_at"`
	Closed      *string                `json:"closed_at"`
	Comments    int                    `json:"comments"`
	Association string                 `json:"author_association"`
	Draft       bool                   `json:"draft"`
	Reactions   map[string]any         `json:"reactions"`
	User        struct{ Login string } `json:"user"`
	Labels      []struct {
		ID    int64
		Name  string
		Color string
	} `json:"labels"`
	PullRequest *struct {
		MergedAt *string `json:"merged_at"`
	} `json:"pull_request"`
}

func TestRecordedIssuesAreServedAsRecorded(t *testing.T) {
	path := testdata(t, "records", "github", "ants.issues.jsonl")
	w := world.New(func() time.Time { return today })
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if loaded, err := w.LoadGitHub(f, "ants"); err != nil || len(loaded.Skipped) > 0 {
		t.Fatalf("%+v %v", loaded, err)
	}
	want := map[int64]kept{}
	var repo string
	for _, line := range lines(t, path) {
		var k kept
		if err := json.Unmarshal(line, &k); err != nil {
			t.Fatal(err)
		}
		want[k.ID] = k
	}
	w.Read(func(s *world.State) { repo = s.Repos[0].FullName() })
	if repo != "panjf2000/ants" {
		t.Fatalf("the repository is %s", repo)
	}
	c := goGitHub(t, serve(t, w, githubsim.Options{}), false)
	req, err := c.NewRequest("GET", "repos/panjf2000/ants/issues?state=all&per_page=100", nil)
	if err != nil {
		t.Fatal(err)
	}
	var list []kept
	if _, err := c.Do(context.Background(), req, &list); err != nil {
		t.Fatal(err)
	}
	got := map[int64]kept{}
	for _, k := range list {
		got[k.ID] = k
	}
	if d := cmp.Diff(got, want, cmp.FilterPath(func(p cmp.Path) bool { return p.String() == "Reactions" }, cmp.Comparer(sameCounts))); d != "" {
		t.Errorf("got - want +:\n%s", d)
	}
	since := time.Date(2019, 1, 1, 0, 0, 0, 0, time.UTC)
	after, _, err := c.Issues.ListByRepo(context.Background(), "panjf2000", "ants", &github.IssueListByRepoOptions{State: "all", Since: since, ListOptions: github.ListOptions{PerPage: 100}})
	if err != nil {
		t.Fatal(err)
	}
	expected := 0
	for _, k := range want {
		if k.Updated >= "2019-01-01" {
			expected++
		}
	}
	if len(after) != expected {
		t.Errorf("since 2019 finds %d, want %d", len(after), expected)
	}
}

// sameCounts compares reactions by their numbers; the address is our own.
func sameCounts(a, b map[string]any) bool {
	return a["total_count"] == b["total_count"] && a["+1"] == b["+1"]
}
