package githubsim_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-github/v66/github"

	"strata/internal/sandbox/githubsim"
	"strata/internal/sandbox/world"
)

func TestGoGitHubManagesLabels(t *testing.T) {
	p := newSmall(t)
	c := goGitHub(t, serve(t, p.World, githubsim.Options{}), false)
	ctx := context.Background()
	names := func(list []*github.Label, err error) string {
		if err != nil {
			t.Fatal(err)
		}
		var out []string
		for _, l := range list {
			out = append(out, l.GetName())
		}
		return strings.Join(out, " ")
	}
	made, _, err := c.Issues.CreateLabel(ctx, "acme", "api", &github.Label{Name: github.String("bug"), Color: github.String("FF0000"), Description: github.String("broken")})
	if err != nil || made.GetColor() != "ff0000" || made.GetDescription() != "broken" {
		t.Fatalf("%v %v", made, err)
	}
	added, _, err := c.Issues.AddLabelsToIssue(ctx, "acme", "api", 1, []string{"bug", "fresh", "BUG"})
	if got := names(added, err); got != "team-web bug fresh" {
		t.Errorf("added %q", got)
	}
	if _, _, err := c.Issues.EditLabel(ctx, "acme", "api", "bug", &github.Label{Name: github.String("defect")}); err != nil {
		t.Fatal(err)
	}
	list, _, err := c.Issues.ListLabelsByIssue(ctx, "acme", "api", 1, nil)
	if got := names(list, err); got != "team-web defect fresh" {
		t.Errorf("after a rename %q", got)
	}
	if _, err := c.Issues.RemoveLabelForIssue(ctx, "acme", "api", 1, "fresh"); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Issues.DeleteLabel(ctx, "acme", "api", "defect"); err != nil {
		t.Fatal(err)
	}
	list, _, err = c.Issues.ListLabels(ctx, "acme", "api", nil)
	if got := names(list, err); got != "team-web fresh" {
		t.Errorf("the repository has %q", got)
	}
	set, _, err := c.Issues.ReplaceLabelsForIssue(ctx, "acme", "api", 1, []string{"a"})
	if got := names(set, err); got != "a" {
		t.Errorf("set %q", got)
	}
	if _, err := c.Issues.RemoveLabelsForIssue(ctx, "acme", "api", 1); err != nil {
		t.Fatal(err)
	}
	k := talkTo(t, serve(t, p.World, githubsim.Options{}))
	k.get("/repos/acme/api/labels/TEAM-WEB").wants(200, `"name":"team-web"`) // names know no case
	for body, says := range map[string]string{
		`{"name":"team-web"}`:                        `"code":"already_exists"`,
		`{"name":"Team-Web"}`:                        `"code":"already_exists"`,
		`{"name":"x","color":"#ff0000"}`:             `"field":"color"`,
		`{"name":""}`:                                `"code":"missing_field"`,
		`{"color":"ff0000"}`:                         `\"name\" wasn't supplied`,
		`{"name":"` + strings.Repeat("x", 51) + `"}`: `"field":"name"`,
		`{"name":"y","description":"` + strings.Repeat("x", 101) + `"}`: `"field":"description"`,
	} {
		talkTo(t, serve(t, p.World, githubsim.Options{})).do("POST", "/repos/acme/api/labels", body).wants(422, says)
	}
	k.do("DELETE", "/repos/acme/api/issues/1/labels/nowhere", "").wants(404, "Label does not exist")
}

func TestGoGitHubManagesMilestones(t *testing.T) {
	p := newSmall(t)
	c := goGitHub(t, serve(t, p.World, githubsim.Options{}), false)
	ctx := context.Background()
	due := today.AddDate(0, 1, 0)
	made, _, err := c.Issues.CreateMilestone(ctx, "acme", "api", &github.Milestone{Title: github.String("April"), DueOn: &github.Timestamp{Time: due}, Description: github.String("d")})
	if err != nil || made.GetNumber() != 2 || made.GetCreator().GetLogin() != "strata-bot" || !made.GetDueOn().Equal(github.Timestamp{Time: due}) {
		t.Fatalf("%v %v", made, err)
	}
	if _, _, err := c.Issues.Edit(ctx, "acme", "api", 2, &github.IssueRequest{Milestone: github.Int(2)}); err != nil {
		t.Fatal(err)
	}
	*p.clock = today.Add(time.Hour)
	closed, _, err := c.Issues.EditMilestone(ctx, "acme", "api", 2, &github.Milestone{State: github.String("closed")})
	if err != nil || closed.GetOpenIssues() != 1 || !closed.GetClosedAt().Equal(github.Timestamp{Time: today.Add(time.Hour)}) {
		t.Fatalf("%v %v", closed, err)
	}
	titles := func(options *github.MilestoneListOptions) string {
		list, _, err := c.Issues.ListMilestones(ctx, "acme", "api", options)
		if err != nil {
			t.Fatal(err)
		}
		var out []string
		for _, m := range list {
			out = append(out, m.GetTitle())
		}
		return strings.Join(out, " ")
	}
	got := []string{titles(nil), titles(&github.MilestoneListOptions{State: "closed"}), titles(&github.MilestoneListOptions{State: "all", Direction: "desc"})}
	if d := cmp.Diff(got, []string{"March", "April", "April March"}); d != "" {
		t.Errorf("got - want +:\n%s", d)
	}
	labels, _, err := c.Issues.ListLabelsForMilestone(ctx, "acme", "api", 1, nil)
	if err != nil || len(labels) != 1 {
		t.Errorf("labels of a milestone: %v %v", labels, err)
	}
	if _, err := c.Issues.DeleteMilestone(ctx, "acme", "api", 2); err != nil {
		t.Fatal(err)
	}
	issue, _, err := c.Issues.Get(ctx, "acme", "api", 2)
	if err != nil || issue.Milestone != nil {
		t.Errorf("after it is gone: %v %v", issue.Milestone, err)
	}
	k := talkTo(t, serve(t, p.World, githubsim.Options{}))
	for body, says := range map[string]string{
		`{"title":"march"}`: `"code":"already_exists"`, `{"title":"x","due_on":"soon"}`: `"field":"due_on"`, `{"title":"x","state":"ajar"}`: `"field":"state"`, `{}`: "wasn't supplied",
	} {
		k.do("POST", "/repos/acme/api/milestones", body).wants(422, says)
	}
	k.get("/repos/acme/api/milestones/9").wants(404, "Not Found")
}

func TestAssigneesComeAndGo(t *testing.T) {
	p := newSmall(t)
	if err := p.Write(func(s *world.State) error { s.AddUser(&world.User{Login: "bob"}); return nil }); err != nil {
		t.Fatal(err)
	}
	c := goGitHub(t, serve(t, p.World, githubsim.Options{}), false)
	ctx := context.Background()
	issue, _, err := c.Issues.AddAssignees(ctx, "acme", "api", 1, []string{"bob", "nobody"})
	if err != nil || len(issue.Assignees) != 2 || issue.GetAssignee().GetLogin() != "ann" {
		t.Fatalf("%v %v", issue.Assignees, err)
	}
	issue, _, err = c.Issues.RemoveAssignees(ctx, "acme", "api", 1, []string{"ann"})
	if err != nil || len(issue.Assignees) != 1 || issue.GetAssignee().GetLogin() != "bob" {
		t.Fatalf("%v %v", issue.Assignees, err)
	}
	for login, want := range map[string]bool{"bob": true, "nobody": false} {
		if got, _, err := c.Issues.IsAssignee(ctx, "acme", "api", login); err != nil || got != want {
			t.Errorf("%s: %v %v", login, got, err)
		}
	}
	k := talkTo(t, serve(t, p.World, githubsim.Options{}))
	k.do("PATCH", "/repos/acme/api/issues/1", `{"assignee":"ann"}`).wants(200, `"assignees":[{"login":"ann"`)
	k.do("PATCH", "/repos/acme/api/issues/1", `{"assignee":null}`).wants(200, `"assignees":[]`)
	k.get("/repos/acme/api/issues/1/assignees/ann").wants(204, "")
}

func TestReactionsAreCounted(t *testing.T) {
	p := newSmall(t)
	base := serve(t, p.World, githubsim.Options{People: map[string]string{"ann": "ann"}})
	c := goGitHub(t, base, false)
	ctx := context.Background()
	comment, _, err := c.Issues.CreateComment(ctx, "acme", "api", 1, &github.IssueComment{Body: github.String("x")})
	if err != nil {
		t.Fatal(err)
	}
	before, _, err := c.Issues.Get(ctx, "acme", "api", 1)
	if err != nil {
		t.Fatal(err)
	}
	*p.clock = today.Add(time.Hour)
	first, resp, err := c.Reactions.CreateIssueReaction(ctx, "acme", "api", 1, "heart")
	if err != nil || resp.StatusCode != http.StatusCreated {
		t.Fatal(err)
	}
	again, resp, err := c.Reactions.CreateIssueReaction(ctx, "acme", "api", 1, "heart")
	if err != nil || resp.StatusCode != http.StatusOK || again.GetID() != first.GetID() {
		t.Errorf("the same twice: %d %v %v", resp.StatusCode, again, err)
	}
	k := talkTo(t, base)
	k.as("ann").do("POST", "/repos/acme/api/issues/1/reactions", `{"content":"+1"}`).wants(201, `"login":"ann"`)
	if _, _, err := c.Reactions.CreateIssueCommentReaction(ctx, "acme", "api", comment.GetID(), "eyes"); err != nil {
		t.Fatal(err)
	}
	after, _, err := c.Issues.Get(ctx, "acme", "api", 1)
	if err != nil || after.GetReactions().GetTotalCount() != 2 || after.GetReactions().GetHeart() != 1 || after.GetReactions().GetPlusOne() != 1 {
		t.Errorf("rollup %v %v", after.GetReactions(), err)
	}
	if !after.GetUpdatedAt().Equal(before.GetUpdatedAt()) {
		t.Error("a reaction moves updated_at")
	}
	if got, _, err := c.Issues.GetComment(ctx, "acme", "api", comment.GetID()); err != nil || got.GetReactions().GetEyes() != 1 {
		t.Errorf("of a comment: %v %v", got, err)
	}
	if list, _, err := c.Reactions.ListIssueReactions(ctx, "acme", "api", 1, nil); err != nil || len(list) != 2 {
		t.Errorf("list %v %v", list, err)
	}
	k.get("/repos/acme/api/issues/1/reactions?content=%2B1").wants(200, `"content":"+1"`)
	k.get("/repos/acme/api/issues/1/reactions?content=boredom").wants(422, `"field":"content"`)
	k.as("ann").do("DELETE", "/repos/acme/api/issues/2/reactions/"+itoa(first.GetID()), "").wants(404, "") // of another issue
	if _, err := c.Reactions.DeleteIssueReaction(ctx, "acme", "api", 1, first.GetID()); err != nil {
		t.Fatal(err)
	}
	k.do("POST", "/repos/acme/api/issues/1/reactions", `{"content":"boredom"}`).wants(422, `"value":"boredom"`)
}
