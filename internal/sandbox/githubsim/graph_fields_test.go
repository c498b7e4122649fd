package githubsim_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/vektah/gqlparser/v2/ast"

	"strata/internal/sandbox/githubsim"
	"strata/internal/sandbox/world"
)

// lived is the small product after something of every kind has happened to it.
func lived(t *testing.T) (*small, map[string]string) {
	t.Helper()
	p := newSmall(t)
	ids := map[string]string{}
	if err := p.Write(func(s *world.State) error {
		ann := s.User("ann")
		board := p.board
		for _, f := range [][2]string{{"Milestone", "MILESTONE"}, {"Reviewers", "REVIEWERS"}, {"Linked pull requests", "LINKED_PULL_REQUESTS"}, {"Parent issue", "PARENT_ISSUE"}, {"Sub-issues progress", "SUB_ISSUES_PROGRESS"}, {"Type", "ISSUE_TYPE"}} {
			s.AddField(board, f[0], f[1])
		}
		board.Views = []*world.ProjectView{{ID: 1, Number: 1, Name: "Board", Layout: "BOARD_LAYOUT", GroupBy: []*world.ProjectField{board.Field("Status")}, SortBy: []*world.ProjectField{board.Field("Estimate"), board.Field("Status")}}}
		p.api.Topics, p.api.Language = []string{"checkout"}, "Go"
		crew := s.AddGitHubTeam("acme", "Api crew", ann)
		s.AskReview(p.pull, world.Reviewers{Users: []*world.User{ann}, Teams: []*world.OrgTeam{crew}})
		s.SetBody(p.pull, "Fixes #1")
		s.Note(p.pull, "edit", ann, "")
		i := p.checkout
		c := s.AddComment(i, ann, "first", nil)
		gone := s.AddComment(i, ann, "second", nil)
		s.DeleteComment(i, gone, ann)
		s.React(i, nil, ann, "heart")
		s.React(i, c, ann, "eyes")
		s.SetLabels(i, nil)
		s.SetLabels(i, []*world.Label{s.LabelIn(p.api, "team-web")})
		s.SetAssignees(i, nil)
		s.SetAssignees(i, []*world.User{ann})
		s.SetMilestone(i, nil)
		s.SetMilestone(i, p.api.Stones[0])
		s.SetTitle(i, "Checkout, faster")
		s.SetLock(i, true, "too heated")
		s.SetLock(i, false, "")
		s.Unblock(i, p.schema)
		s.Block(i, p.schema)
		s.AddSub(p.schema, i)
		s.RemoveSub(p.schema, i)
		s.AddSub(p.schema, i)
		kind := &world.GitHubType{ID: 602, Name: "Feature"}
		s.GitHubTypes = append(s.GitHubTypes, kind)
		s.SetType(i, nil)
		s.SetType(i, kind)
		s.SetType(i, s.GitHubTypes[0])
		s.Pin(i, ann)
		s.Unpin(i, ann)
		s.Pin(i, ann)
		s.EditBody(i, "Faster. @ann", ann)
		s.CloseIssue(i, world.Completed, ann)
		s.ReopenIssue(i, ann)
		s.MarkDuplicate(i, p.schema, ann)
		s.UnmarkDuplicate(i, p.schema, ann)
		other := &world.GitHubProject{ID: 901, Owner: "acme", Number: 8, Title: "Other"}
		s.GitHubProjects = append(s.GitHubProjects, other)
		card := s.PutOnBoard(other, i, ann)
		s.DeleteCard(card, ann)
		s.ChangeValue(board.Items[0], world.Value{Field: board.Field("Status"), Option: board.Field("Status").Option("Todo")}, ann)
		s.Transfer(p.dropped, p.api)
		s.Note(i, "edit", ann, "")
		for name, id := range map[string]string{
			"User": ann.NodeID(), "Organization": s.Orgs[0].NodeID(), "Repository": p.api.NodeID(), "Issue": i.NodeID(), "PullRequest": p.pull.NodeID(),
			"IssueComment": c.NodeID(), "Label": p.api.Labels[0].NodeID(), "Milestone": p.api.Stones[0].NodeID(), "IssueType": kind.NodeID(), "Team": crew.NodeID(),
			"ProjectV2": board.NodeID(), "ProjectV2Item": board.Items[0].NodeID(), "DraftIssue": board.Items[2].Draft.NodeID(),
			"ProjectV2Field": board.Field("Title").NodeID(), "ProjectV2SingleSelectField": board.Field("Status").NodeID(), "ProjectV2IterationField": board.Field("Iteration").NodeID(),
			"Bot": s.AddUser(&world.User{Login: "helper[bot]", Kind: "Bot", Bot: true}).NodeID(),
		} {
			ids[name] = id
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return p, ids
}

// everything selects all fields of a type that need no argument: of connections the first entry, of objects their
// type and id.
func everything(schema *ast.Schema, d *ast.Definition, depth int) string {
	var out []string
	for _, f := range d.Fields {
		if strings.HasPrefix(f.Name, "__") || slices.ContainsFunc(f.Arguments, func(a *ast.ArgumentDefinition) bool { return a.Type.NonNull && a.DefaultValue == nil }) {
			continue
		}
		args := ""
		if f.Arguments.ForName("first") != nil {
			args = "(first: 1)"
		}
		inner := schema.Types[f.Type.Name()]
		text := f.Name + args
		switch {
		case inner.IsLeafType():
		case depth > 0 && inner.Kind == ast.Object:
			text += " {__typename " + everything(schema, inner, depth-1) + "}"
		default:
			text += " {__typename}"
		}
		out = append(out, text)
	}
	return strings.Join(out, " ")
}

// TestEveryFieldOfEveryTypeAnswers asks all that the schema knows of one thing of each type. What comes back is held
// against the public schema by the contract that watches every exchange of these tests.
func TestEveryFieldOfEveryTypeAnswers(t *testing.T) {
	p, ids := lived(t)
	base := serve(t, p.World, githubsim.Options{})
	schema := loaded(t, githubsim.Schema)
	for _, name := range slices.Sorted(maps.Keys(ids)) {
		query := fmt.Sprintf(`query($id: ID!) {node(id: $id) {__typename id ... on %s {%s}}}`, name, everything(schema, schema.Types[name], 1))
		out, _ := ask(t, base, query, map[string]any{"id": ids[name]})
		if out["errors"] != nil {
			t.Errorf("%s: %v", name, out["errors"])
		}
		if got := dig(out, "data", "node", "__typename"); got != name {
			t.Errorf("%s is a %v", name, got)
		}
		if got := dig(out, "data", "node", "id"); got != ids[name] {
			t.Errorf("%s: asked for %s, got %v", name, ids[name], got)
		}
	}
	query := fmt.Sprintf(`{viewer {%s} rateLimit {%s}}`, everything(schema, schema.Types["User"], 1), everything(schema, schema.Types["RateLimit"], 1))
	if out, _ := ask(t, base, query, nil); out["errors"] != nil {
		t.Error(out["errors"])
	}
}

// TestIDsInsideLeadBack follows the ids of what is reached through something else: values, views, reactions, events,
// branches, pins.
func TestIDsInsideLeadBack(t *testing.T) {
	p, ids := lived(t)
	base := serve(t, p.World, githubsim.Options{})
	out, _ := ask(t, base, `query($i: ID!, $b: ID!) {
	  issue: node(id: $i) {... on Issue {reactions(first: 5) {nodes {id __typename}} comments(first: 1) {nodes {reactions(first: 1) {nodes {id __typename}}}} repository {defaultBranchRef {id __typename} pinnedIssues(first: 1) {nodes {id __typename}}}
	    timelineItems(first: 100) {nodes {__typename ... on Node {id}}}}}
	  board: node(id: $b) {... on ProjectV2 {views(first: 5) {nodes {id __typename}} items(first: 1) {nodes {fieldValues(first: 20) {nodes {__typename ... on Node {id}}}}}}}}`,
		map[string]any{"i": ids["Issue"], "b": ids["ProjectV2"]})
	if out["errors"] != nil {
		t.Fatal(out["errors"])
	}
	found := map[string]string{}
	var collect func(v any)
	collect = func(v any) {
		switch v := v.(type) {
		case map[string]any:
			id, ok := v["id"].(string)
			if kind, typed := v["__typename"].(string); ok && typed {
				found[id] = kind
			}
			for _, inner := range v {
				collect(inner)
			}
		case []any:
			for _, inner := range v {
				collect(inner)
			}
		}
	}
	collect(out["data"])
	if len(found) < 40 {
		t.Fatalf("only %d ids: %v", len(found), found)
	}
	list := slices.Sorted(maps.Keys(found))
	out, _ = ask(t, base, `query($ids: [ID!]!) {nodes(ids: $ids) {id __typename}}`, map[string]any{"ids": list})
	if out["errors"] != nil {
		t.Error(out["errors"])
	}
	for n, id := range list {
		if got := dig(out, "data", "nodes", n, "__typename"); got != found[id] {
			t.Errorf("%s was a %s and is a %v", id, found[id], got)
		}
	}
}

func TestTimelineHasEveryKind(t *testing.T) {
	p, ids := lived(t)
	base := serve(t, p.World, githubsim.Options{})
	schema := loaded(t, githubsim.Schema)
	parts := []string{"__typename"}
	for _, name := range schema.Types["IssueTimelineItems"].Types {
		inner := everything(schema, schema.Types[name], 0)
		for _, field := range []string{"stateReason", "lockReason", "status", "assignee", "subject", "source", "subIssue"} { // one name, several types
			inner = strings.ReplaceAll(" "+inner+" ", " "+field+" ", fmt.Sprintf(" %s%s: %s ", strings.ToLower(name), field, field))
		}
		parts = append(parts, fmt.Sprintf("... on %s {%s}", name, inner))
	}
	out, _ := ask(t, base, fmt.Sprintf(`query($i: ID!) {node(id: $i) {... on Issue {timelineItems(first: 100) {nodes {%s}}}}}`, strings.Join(parts, " ")), map[string]any{"i": ids["Issue"]})
	if out["errors"] != nil {
		t.Fatal(out["errors"])
	}
	var kinds []string
	for _, n := range dig(out, "data", "node", "timelineItems", "nodes").([]any) {
		if kind := dig(n, "__typename").(string); !slices.Contains(kinds, kind) {
			kinds = append(kinds, kind)
		}
	}
	slices.Sort(kinds)
	want := []string{
		"AddedToProjectV2Event", "AssignedEvent", "BlockedByAddedEvent", "BlockedByRemovedEvent", "ClosedEvent", "CommentDeletedEvent", "CrossReferencedEvent",
		"DemilestonedEvent", "IssueComment", "IssueTypeAddedEvent", "IssueTypeChangedEvent", "IssueTypeRemovedEvent", "LabeledEvent", "LockedEvent", "MarkedAsDuplicateEvent",
		"MentionedEvent", "MilestonedEvent", "ParentIssueAddedEvent", "ParentIssueRemovedEvent", "PinnedEvent", "ProjectV2ItemStatusChangedEvent", "RemovedFromProjectV2Event",
		"RenamedTitleEvent", "ReopenedEvent", "SubscribedEvent", "UnassignedEvent", "UnlabeledEvent", "UnlockedEvent", "UnmarkedAsDuplicateEvent", "UnpinnedEvent",
	}
	if d := cmp.Diff(kinds, want); d != "" {
		t.Errorf("got - want +:\n%s", d)
	}
	out, _ = ask(t, base, `query($i: ID!, $s: DateTime) {node(id: $i) {... on Issue {timelineItems(first: 3, since: $s, skip: 1, itemTypes: [LABELED_EVENT, UNLABELED_EVENT, ISSUE_COMMENT]) {totalCount filteredCount pageCount nodes {__typename}}}}}`,
		map[string]any{"i": ids["Issue"], "s": today.Add(-time.Hour).Format(time.RFC3339)})
	got := dig(out, "data", "node", "timelineItems")
	if d := cmp.Diff([]any{dig(got, "totalCount"), dig(got, "filteredCount"), dig(got, "pageCount")}, []any{4.0, 2.0, 2.0}); d != "" {
		t.Errorf("counts, got - want +:\n%s\n%v", d, out)
	}
}
