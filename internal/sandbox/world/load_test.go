package world

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// records opens public recorded data, or skips loudly without it.
func records(t *testing.T, name string) *os.File {
	t.Helper()
	dir := os.Getenv("STRATA_TESTDATA")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "..", "shared", "data")
	}
	f, err := os.Open(filepath.Join(dir, "records", name))
	if err != nil {
		t.Skipf("SKIPPED: recorded data is not here (set STRATA_TESTDATA): %v", err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f
}

func TestRecordedDataCenterIssuesKeepTheirLinks(t *testing.T) {
	w := made(t, 100)
	got, err := w.LoadJira(records(t, "jira/dc-devlake-links.issues.jsonl"), "dc")
	if err != nil || got.Loaded != 22 || len(got.Skipped) != 0 {
		t.Fatalf("got %+v, %v; want 22 issues", got, err)
	}
	w.Read(func(s *State) {
		if s.Items() != 22 {
			t.Errorf("got %d items; want the 22 loaded ones alone", s.Items())
		}
		var edges []string
		for _, i := range s.Jira {
			for _, l := range i.Links {
				if l.Type.Name == "Blocks" && (l.From.Issue == i || l.From.Issue == nil) {
					edges = append(edges, fmt.Sprintf("%d %s %s %s", l.ID, l.From.Handle(), l.Type.Outward, l.To.Handle()))
				}
			}
		}
		want := []string{"10110 DZFNK0168-2 blocks DZFNK0168-22", "10111 DZFNK0168-5 blocks DZFNK0168-1",
			"10100 DZFNK0168-20 blocks IP8CUD168-35304", "10102 IP8CUD168-35406 blocks DZFNK0168-20"}
		if diff := cmp.Diff(edges, want); diff != "" {
			t.Error(diff)
		}
		if s.JiraIssue("IP8CUD168-35304") != nil {
			t.Error("an outside issue became an item")
		}
		if n := len(s.LinkTypes); n != 4 {
			t.Errorf("got %d link types; want 4", n)
		}
	})
}

func TestRecordedCloudIssuesKeepTheirSprints(t *testing.T) {
	w := New(frozen)
	got, err := w.LoadJira(records(t, "jira/cloud-merico-agile.issues.jsonl"), "cloud")
	if err != nil || got.Loaded != 33 || got.Repeated != 1 {
		t.Fatalf("got %+v, %v; want 33 issues, one of them twice", got, err)
	}
	w.Read(func(s *State) {
		if len(s.Sprints) == 0 || len(s.Projects) != 2 {
			t.Errorf("got %d sprints and %d projects", len(s.Sprints), len(s.Projects))
		}
		i := s.JiraIssue("EE-1")
		if len(i.Sprints) == 0 || len(i.Comments) != 1 || i.Sprints[0].Board == 0 {
			t.Errorf("EE-1: sprints %v, comments %v", i.Sprints, i.Comments)
		}
		if p := s.JiraIssue("EE-25").Parent; p != i {
			t.Errorf("EE-25 has parent %v; want EE-1", p)
		}
	})
}

func TestRecordedGitHubIssuesKeepTheirPullRequests(t *testing.T) {
	w := New(frozen)
	got, err := w.LoadGitHub(records(t, "github/ants.issues.jsonl"), "ants")
	if err != nil || got.Loaded+got.Repeated != 41 {
		t.Fatalf("got %+v, %v; want 41 records", got, err)
	}
	w.Read(func(s *State) {
		r := s.Repo("panjf2000/ants")
		if i := r.Issue(4); i == nil || !i.PullRequest || !i.Closed || i.Milestone == nil {
			t.Errorf("number 4 is %+v; want a closed pull request", i)
		}
		if i := r.Issue(5); i == nil || i.PullRequest || s.Node(i.NodeID()) != any(i) {
			t.Errorf("number 5 is %+v; want an issue found by its node id", i)
		}
	})
}

func TestWhatCannotBeLoadedIsCountedByReason(t *testing.T) {
	in := strings.Join([]string{
		`{"id":"1","key":"A-1","fields":{"summary":"one"}}`,
		`{"id":2,"key":"A-2","fields":{}}`,
		`{"id":"1","key":"A-1","fields":{"summary":"again"}}`,
		`{"id":"3","key":"A-1","fields":{}}`,
		`{"id":"4","key":"nokey","fields":{}}`,
		`{"key":"A-9","fields":{}}`,
		`{"id":"5","key":"A-5"}`,
		`{"id":"6","key":"A-6","fields":"text"}`,
		`{"id":"7","key":"A-7","fields":null}`,
		`not json`, `[]`, `null`, `"x"`, ``,
		`{"id":"8","key":"A-8","fields":{"status":7,"labels":"x","issuelinks":{"a":1},"customfield_1":[3,{"id":1}],"comment":[],"project":null,"created":12}}`,
	}, "\r\n")
	w := New(frozen)
	got, err := w.LoadJira(strings.NewReader(in), "odd")
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]int{"key taken by another id": 1, "no key": 2, "no numeric id": 1, "no fields": 1, "fields are no object": 2, "not a JSON object": 3}
	if diff := cmp.Diff(got.Skipped, want); diff != "" || got.Loaded != 3 || got.Repeated != 1 {
		t.Errorf("got %+v\n%s", got, diff)
	}
	w.Read(func(s *State) {
		if i := s.JiraIssue("A-1"); i.Summary != "again" || i.Status.Category != "new" || i.Type == nil || i.Created.IsZero() {
			t.Errorf("got %+v; want the later record with defaults", i)
		}
	})
}

func TestALinkThatStandsOnOneSideIsMirrored(t *testing.T) {
	in := `{"id":"1","key":"A-1","fields":{"issuelinks":[]}}
{"id":"2","key":"A-2","fields":{"issuelinks":[{"id":"77","type":{"id":"10000","name":"Blocks","inward":"is blocked by","outward":"blocks"},"outwardIssue":{"id":"1","key":"A-1"}}]}}`
	w := New(frozen)
	got, err := w.LoadJira(strings.NewReader(in), "half")
	if err != nil || got.Mirrored != 1 {
		t.Fatalf("got %+v, %v", got, err)
	}
	w.Read(func(s *State) {
		a, b := s.JiraIssue("A-1"), s.JiraIssue("A-2")
		if len(a.Links) != 1 || len(b.Links) != 1 || a.Links[0] != b.Links[0] || !waits(s, a, b) {
			t.Errorf("got %v and %v", a.Links, b.Links)
		}
	})
}

func TestASprintStringIsCutAtItsKeysOnly(t *testing.T) {
	got, ok := sprintString(`com.atlassian.greenhopper.service.sprint.Sprint@a88a698[rapidViewId=4,state=ACTIVE,name=Pay, ship=fast [EU],` +
		`startDate=2018-05-09T06:39:30.147Z,endDate=2018-05-23T06:39:00.000Z,completeDate=<null>,sequence=1,goal=a, b=c,id=12]`)
	want := &Sprint{ID: 12, Name: "Pay, ship=fast [EU]", State: Active, Goal: "a, b=c", Board: 4,
		Start: time.Date(2018, 5, 9, 6, 39, 30, 147e6, time.UTC), End: time.Date(2018, 5, 23, 6, 39, 0, 0, time.UTC)}
	if diff := cmp.Diff(got, want); diff != "" || !ok {
		t.Error(diff)
	}
}

func TestThousandsOfIssuesLoadInSeconds(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	var b strings.Builder
	filler := strings.Repeat("lorem ipsum ", 200)
	for n := 1; n <= 3_000; n++ {
		fmt.Fprintf(&b, `{"id":"%d","key":"L-%d","fields":{"summary":"s","description":%q,"status":{"id":"1","name":"Open","statusCategory":{"key":"new"}},`+
			`"issuelinks":[{"id":"%d","type":{"id":"1","name":"Blocks","inward":"is blocked by","outward":"blocks"},"inwardIssue":{"id":"%d","key":"L-%d"}}]}}`+"\n",
			n, n, filler, n, n+1, n+1)
	}
	start := time.Now()
	got, err := New(frozen).LoadJira(strings.NewReader(b.String()), "many")
	if took := time.Since(start); err != nil || got.Loaded != 3_000 || took > 20*time.Second {
		t.Errorf("got %d in %v, %v", got.Loaded, took, err)
	}
}
