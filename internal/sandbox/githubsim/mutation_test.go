package githubsim_test

import (
	"strings"
	"testing"

	"strata/internal/sandbox/githubsim"
	"strata/internal/sandbox/world"
)

func TestCommentIsWrittenEditedFoldedAndErased(t *testing.T) {
	p := newSmall(t)
	base := serve(t, p.World, githubsim.Options{})
	add := `mutation($s:ID!,$b:String!){addComment(input:{subjectId:$s,body:$b}){commentEdge{node{id body viewerDidAuthor author{__typename login} issue{number}}} subject{id}}}`
	out, _ := ask(t, base, add, map[string]any{"s": p.checkout.NodeID(), "b": "hello"})
	id := dig(out, "data", "addComment", "commentEdge", "node", "id")
	if got := dig(out, "data", "addComment", "commentEdge", "node", "viewerDidAuthor"); got != true {
		t.Fatalf("not written by the account: %v", out)
	}
	fold := `mutation($s:ID!){minimizeComment(input:{subjectId:$s,classifier:OUTDATED}){minimizedComment{isMinimized minimizedReason}}}`
	for _, step := range []struct {
		query string
		check func(map[string]any) bool
	}{
		{`mutation($s:ID!){updateIssueComment(input:{id:$s,body:"bye"}){issueComment{body}}}`, func(o map[string]any) bool {
			return dig(o, "data", "updateIssueComment", "issueComment", "body") == "bye"
		}},
		{fold, func(o map[string]any) bool {
			return dig(o, "data", "minimizeComment", "minimizedComment", "minimizedReason") == "outdated"
		}},
		{`mutation($s:ID!){unminimizeComment(input:{subjectId:$s}){unminimizedComment{isMinimized}}}`, func(o map[string]any) bool {
			return dig(o, "data", "unminimizeComment", "unminimizedComment", "isMinimized") == false
		}},
		{`mutation($s:ID!){deleteIssueComment(input:{id:$s}){clientMutationId}}`, func(o map[string]any) bool {
			return o["errors"] == nil && len(p.checkout.Comments) == 0
		}},
		{fold, func(o map[string]any) bool { return dig(o, "errors", 0, "type") == "NOT_FOUND" }},
	} {
		out, _ := ask(t, base, step.query, map[string]any{"s": id})
		if !step.check(out) {
			t.Errorf("%s\nanswers %v", step.query, out)
		}
	}
}

func TestCommentsAreRefusedWhereGitHubRefuses(t *testing.T) {
	p := newSmall(t)
	base := serve(t, p.World, githubsim.Options{})
	if err := p.Write(func(s *world.State) error { s.SetLock(p.schema, true, "resolved"); return nil }); err != nil {
		t.Fatal(err)
	}
	const add = `mutation($s:ID!,$b:String!){addComment(input:{subjectId:$s,body:$b}){subject{id}}}`
	for _, c := range []struct{ subject, body, kind string }{
		{p.schema.NodeID(), "x", "FORBIDDEN"},
		{p.hidden.NodeID(), "x", "NOT_FOUND"},
		{p.checkout.NodeID(), " ", "UNPROCESSABLE"},
		{p.checkout.NodeID(), strings.Repeat("ä", 65537), "UNPROCESSABLE"},
	} {
		out, _ := ask(t, base, add, map[string]any{"s": c.subject, "b": c.body})
		if got := dig(out, "errors", 0, "type"); got != c.kind || dig(out, "data", "addComment") != nil {
			t.Errorf("got %v, want %s: %.200v", got, c.kind, out)
		}
	}
	if got := p.Meter(world.GitHub).Read().ByRoute["POST /graphql"]["200"]; got != 4 {
		t.Errorf("%d answers with 200, want 4", got)
	}
}

func TestIssueIsClosedAsDuplicateOpenedAndCreated(t *testing.T) {
	p := newSmall(t)
	base := serve(t, p.World, githubsim.Options{})
	const query = `mutation($i:ID!,$d:ID){closeIssue(input:{issueId:$i,duplicateIssueId:$d}){issue{state stateReason(enableDuplicate:true) duplicateOf{number}}}}`
	out, _ := ask(t, base, query, map[string]any{"i": p.checkout.NodeID(), "d": p.schema.NodeID()})
	if got := dig(out, "data", "closeIssue", "issue", "stateReason"); got != "DUPLICATE" {
		t.Errorf("got %v", out)
	}
	const create = `mutation($r:ID!,$p:ID,$l:[ID!]){createIssue(input:{repositoryId:$r,title:"Child",parentIssueId:$p,labelIds:$l}){issue{number parent{number} labels(first:5){nodes{name}}}}}`
	out, _ = ask(t, base, create, map[string]any{"r": p.api.NodeID(), "p": p.schema.NodeID(), "l": []string{p.api.Labels[0].NodeID()}})
	if got := dig(out, "data", "createIssue", "issue", "parent", "number"); got != 2.0 || dig(out, "data", "createIssue", "issue", "labels", "nodes", 0, "name") != "team-web" {
		t.Errorf("got %v", out)
	}
	out, _ = ask(t, base, `mutation($i:ID!){reopenIssue(input:{issueId:$i}){issue{state stateReason}}}`, map[string]any{"i": p.checkout.NodeID()})
	if got := dig(out, "data", "reopenIssue", "issue", "stateReason"); got != "REOPENED" {
		t.Errorf("got %v", out)
	}
}
