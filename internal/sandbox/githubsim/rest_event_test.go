package githubsim_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"strata/internal/sandbox/githubsim"
	"strata/internal/sandbox/world"
)

// told is an entry of a timeline in short.
type told struct {
	ID                  int64
	Event               string
	Actor               struct{ Login string }
	At                  time.Time `json:"created_at"`
	Label               struct{ Name string }
	Assignee            struct{ Login string }
	Milestone           struct{ Title string }
	Rename              struct{ From, To string }
	Reason              string `json:"state_reason"`
	Lock                string `json:"lock_reason"`
	Body                string
	Type                struct{ Name string } `json:"issue_type"`
	BlockedBy, SubIssue struct{ Number int }
	Blocked             struct{ Number int } `json:"blocked_by"`
	Sub                 struct{ Number int } `json:"sub_issue"`
	Source              struct{ Issue struct{ Number int } }
}

func (e told) String() string {
	detail := strings.TrimSpace(fmt.Sprint(e.Label.Name, e.Assignee.Login, e.Milestone.Title, e.Rename.From, e.Rename.To, e.Reason, e.Lock, e.Body, e.Type.Name))
	if n := e.Blocked.Number + e.Sub.Number + e.Source.Issue.Number; n != 0 {
		detail += fmt.Sprintf("#%d", n)
	}
	return strings.TrimSpace(e.Event + " " + e.Actor.Login + " " + detail)
}

func timelineOf(k talk, path string) []string {
	k.t.Helper()
	var list []told
	a := k.get(path)
	a.wants(200, "")
	a.into(&list)
	var out []string
	for _, e := range list {
		out = append(out, e.String())
	}
	return out
}

func TestTimelinesTellWhoDidWhat(t *testing.T) {
	p := newSmall(t)
	k := talkTo(t, serve(t, p.World, githubsim.Options{People: map[string]string{"ann": "ann"}}))
	const path = "/repos/acme/api/issues/2"
	ann := k.as("ann")
	ann.do("PATCH", path, `{"title":"Schema 2","labels":["x"],"assignees":["ann"],"milestone":1,"type":"Bug"}`).wants(200, "")
	ann.do("PATCH", path, `{"labels":[],"state":"closed","state_reason":"not_planned"}`).wants(200, "")
	k.do("PATCH", path, `{"state":"open"}`).wants(200, "")
	k.do("POST", path+"/comments", `{"body":"hello"}`).wants(201, "") // all of it within one second
	ann.do("PUT", path+"/lock", `{"lock_reason":"resolved"}`).wants(204, "")
	k.do("POST", path+"/dependencies/blocked_by", fmt.Sprintf(`{"issue_id":%d}`, p.dropped.ID)).wants(201, "")
	k.do("POST", path+"/sub_issues", fmt.Sprintf(`{"sub_issue_id":%d}`, p.checkout.ID)).wants(201, "")
	want := []string{
		"blocking_added ghost", // in the world of the test, by nobody
		"renamed ann SchemaSchema 2", "labeled ann x", "assigned ann ann", "milestoned ann March", "issue_type_added ann Bug",
		"unlabeled ann x", "closed ann not_planned", "reopened strata-bot", "commented strata-bot hello", "locked ann resolved",
		"blocked_by_added strata-bot #1", "sub_issue_added strata-bot #1",
	}
	if d := cmp.Diff(timelineOf(k, path+"/timeline"), want); d != "" {
		t.Errorf("timeline, got - want +:\n%s", d)
	}
	events := timelineOf(k, path+"/events")
	if len(events) != len(want)-1 || strings.Contains(strings.Join(events, "\n"), "commented") {
		t.Errorf("events have no comments: %v", events)
	}
	var last []told
	k.get("/repos/acme/api/issues/events?per_page=1").into(&last)
	if len(last) != 1 || last[0].Event != "parent_issue_added" && last[0].Event != "sub_issue_added" {
		t.Errorf("the repository's newest: %v", last)
	}
	k.get(fmt.Sprintf("/repos/acme/api/issues/events/%d", last[0].ID)).wants(200, `"issue":{"url"`)
	k.get("/repos/acme/web/issues/events/"+itoa(last[0].ID)).wants(404, "Not Found")
}

// TestThePastIsConcluded: what an issue was made with is told as if it had been done at its birth.
func TestThePastIsConcluded(t *testing.T) {
	p := newSmall(t)
	k := talkTo(t, serve(t, p.World, githubsim.Options{}))
	if err := p.Write(func(s *world.State) error {
		s.CreateGitHub(p.api, world.GitHubIssue{Title: "Made", Labels: []*world.Label{s.LabelIn(p.api, "x")}, Assignees: []*world.User{s.User("ann")}}, s.User("ann"))
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(timelineOf(k, "/repos/acme/api/issues/4/timeline"), []string{"labeled ann x", "assigned ann ann"}); d != "" {
		t.Errorf("got - want +:\n%s", d)
	}
	before := k.get("/repos/acme/api/issues/4/events").body
	k.do("DELETE", "/repos/acme/api/issues/4/labels", "").wants(204, "")
	if after := timelineOf(k, "/repos/acme/api/issues/4/events"); len(after) != 3 || after[2] != "unlabeled strata-bot x" {
		t.Errorf("what was concluded stays: %v", after)
	}
	var first []told
	k.get("/repos/acme/api/issues/4/events?per_page=1").into(&first)
	if !strings.Contains(before, fmt.Sprintf(`"id":%d`, first[0].ID)) {
		t.Error("a concluded event changed its id")
	}
}

func TestADeletedCommentLeavesATrace(t *testing.T) {
	p := newSmall(t)
	k := talkTo(t, serve(t, p.World, githubsim.Options{People: map[string]string{"ann": "ann"}}))
	var made struct{ ID int64 }
	k.do("POST", aComment, `{"body":"x"}`).into(&made)
	k.as("ann").do("DELETE", "/repos/acme/api/issues/comments/"+itoa(made.ID), "").wants(204, "")
	got := timelineOf(k, "/repos/acme/api/issues/1/timeline")
	if last := got[len(got)-1]; last != "comment_deleted ann" {
		t.Errorf("got %q", last)
	}
}

// TestF43KeysInCodeLeaveNoTraceElsewhere: what a comment names in code makes no back-reference on the other issue and
// addresses nobody.
func TestF43KeysInCodeLeaveNoTraceElsewhere(t *testing.T) {
	for body, want := range map[string]int{
		"waits for #2": 1, "acme/api#2 is open": 1, "see https://github.com/acme/api/issues/2": 1, "(#2)": 1,
		"[schema](https://github.com/acme/api/issues/2)": 1, "[`acme/api#2`](https://github.com/acme/api/issues/2)": 1, // a link tells, whatever its text
		"https://redirect.github.com/acme/api/issues/2": 0, "/acme/api/issues/2": 0,
		"`#2`": 0, "`acme/api#2`": 0, "``a ` #2``": 0, "```\n#2\n```": 0, "<!-- #2 -->": 0, "x#2": 0, "&#2;": 0, "#22": 0, "acme/web#2x": 0,
	} {
		p := newSmall(t)
		k := talkTo(t, serve(t, p.World, githubsim.Options{}))
		k.do("POST", aComment, fmt.Sprintf(`{"body":%q}`, body)).wants(201, "")
		n := 0
		for _, e := range timelineOf(k, "/repos/acme/api/issues/2/timeline") {
			if strings.HasPrefix(e, "cross-referenced strata-bot") {
				n++
			}
		}
		if n != want {
			t.Errorf("%q: %d back-references, want %d", body, n, want)
		}
		if strings.Contains(strings.Join(timelineOf(k, "/repos/acme/api/issues/2/events"), " "), "cross-referenced") {
			t.Errorf("%q: events tell of it", body)
		}
	}
	for body, want := range map[string]bool{"@ann look": true, "`@ann`": false, "mail@ann": false, "@annabel": false} {
		p := newSmall(t)
		k := talkTo(t, serve(t, p.World, githubsim.Options{}))
		k.do("POST", "/repos/acme/api/issues/2/comments", fmt.Sprintf(`{"body":%q}`, body)).wants(201, "")
		if got := strings.Contains(strings.Join(timelineOf(k, "/repos/acme/api/issues/2/events"), " "), "mentioned ann"); got != want {
			t.Errorf("%q: mentioned: %v", body, got)
		}
	}
}
