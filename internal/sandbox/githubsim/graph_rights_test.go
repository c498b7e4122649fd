package githubsim_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"strata/internal/sandbox/githubsim"
	"strata/internal/sandbox/world"
)

// askAs is ask with somebody else's token.
func askAs(t *testing.T, base, who, query string, variables map[string]any) map[string]any {
	t.Helper()
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		t.Fatal(err)
	}
	resp, err := client(who).Post(base+"/graphql", "application/json", bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	var out map[string]any
	if err := json.NewDecoder(resp.Body).Decode(&out); err != nil {
		t.Fatal(err)
	}
	return out
}

func problem(out map[string]any) string {
	return fmt.Sprint(dig(out, "errors", 0, "type"), ": ", dig(out, "errors", 0, "message"))
}

func TestReadersMayCommentAndNoMore(t *testing.T) {
	p := newSmall(t)
	if err := p.Write(func(s *world.State) error {
		s.AddUser(&world.User{Login: "zoe", Role: world.Reader})
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	base := serve(t, p.World, githubsim.Options{People: map[string]string{"zoes": "zoe"}})
	vars := map[string]any{"i": p.schema.NodeID(), "r": p.api.NodeID(), "b": p.dropped.NodeID(), "p": p.board.NodeID()}
	own := askAs(t, base, "zoes", `mutation($r: ID!, $l: [ID!]) {createIssue(input: {repositoryId: $r, title: "Hers", labelIds: $l}) {issue {id viewerCanUpdate viewerCanLabel labels(first: 1) {totalCount}}}}`,
		map[string]any{"r": p.api.NodeID(), "l": []string{p.api.Labels[0].NodeID()}})
	if d := cmp.Diff(dig(own, "data", "createIssue", "issue", "labels", "totalCount"), any(0.0)); d != "" || dig(own, "data", "createIssue", "issue", "viewerCanUpdate") != true {
		t.Errorf("her own issue: %v", own)
	}
	vars["own"] = dig(own, "data", "createIssue", "issue", "id")
	for query, want := range map[string]string{
		`mutation($i: ID!) {addComment(input: {subjectId: $i, body: "x"}) {subject {id}}}`:                     "",
		`mutation($i: ID!) {closeIssue(input: {issueId: $i}) {issue {id}}}`:                                    "FORBIDDEN: zoe does not have the correct permissions to execute `CloseIssue`",
		`mutation($own: ID!) {closeIssue(input: {issueId: $own}) {issue {id}}}`:                                "",
		`mutation($i: ID!) {updateIssue(input: {id: $i, title: "x"}) {issue {id}}}`:                            "FORBIDDEN: zoe does not have the correct permissions to execute `UpdateIssue`",
		`mutation($i: ID!) {lockLockable(input: {lockableId: $i}) {lockedRecord {locked}}}`:                    "FORBIDDEN: zoe does not have the correct permissions to execute `LockLockable`",
		`mutation($i: ID!, $b: ID!) {addBlockedBy(input: {issueId: $i, blockingIssueId: $b}) {issue {id}}}`:    "FORBIDDEN: zoe does not have the correct permissions to execute `AddBlockedBy`",
		`mutation($r: ID!) {createLabel(input: {repositoryId: $r, name: "n", color: "ffffff"}) {label {id}}}`:  "FORBIDDEN: zoe does not have the correct permissions to execute `CreateLabel`",
		`mutation($p: ID!, $i: ID!) {addProjectV2ItemById(input: {projectId: $p, contentId: $i}) {item {id}}}`: "FORBIDDEN: zoe does not have the correct permissions to execute `AddProjectV2ItemById`",
		`mutation($p: ID!) {addProjectV2DraftIssue(input: {projectId: $p, title: "t"}) {projectItem {id}}}`:    "FORBIDDEN: zoe does not have the correct permissions to execute `AddProjectV2DraftIssue`",
		`{repository(owner: "acme", name: "api") {viewerPermission}}`:                                          "",
	} {
		used := map[string]any{}
		for name, v := range vars {
			if strings.Contains(query, "$"+name+":") {
				used[name] = v
			}
		}
		out := askAs(t, base, "zoes", query, used)
		got := ""
		if out["errors"] != nil {
			got = problem(out)
		}
		if got != want {
			t.Errorf("%s\ngot  %s\nwant %s", query, got, want)
		}
	}
}

// TestTriageIsLessThanWriting: GitHub's page on repository roles says who may do what.
func TestTriageIsLessThanWriting(t *testing.T) {
	p := newSmall(t)
	var said *world.Comment
	if err := p.Write(func(s *world.State) error {
		s.AddUser(&world.User{Login: "tom", Role: world.Triager})
		said = s.AddComment(p.schema, p.schema.Author, "x", nil)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	base := serve(t, p.World, githubsim.Options{People: map[string]string{"toms": "tom", "anns": "ann"}})
	vars := map[string]any{"i": p.schema.NodeID(), "c": said.NodeID(), "l": p.api.Labels[0].NodeID(), "b": p.dropped.NodeID()}
	for _, c := range []struct{ query, want string }{
		{`mutation($i: ID!, $l: ID!) {addLabelsToLabelable(input: {labelableId: $i, labelIds: [$l]}) {clientMutationId}}`, ""},
		{`mutation($i: ID!, $l: ID!) {updateIssue(input: {id: $i, labelIds: [$l]}) {clientMutationId}}`, ""},
		{`mutation($i: ID!, $b: ID!) {addBlockedBy(input: {issueId: $i, blockingIssueId: $b}) {clientMutationId}}`, ""},
		{`mutation($c: ID!) {minimizeComment(input: {subjectId: $c, classifier: RESOLVED}) {clientMutationId}}`, ""},
		{`mutation($i: ID!) {closeIssue(input: {issueId: $i}) {clientMutationId}}`, ""},
		{`mutation($i: ID!) {updateIssue(input: {id: $i, title: "x"}) {clientMutationId}}`, "FORBIDDEN: tom does not have the correct permissions to execute `UpdateIssue`"},
		{`mutation($i: ID!) {lockLockable(input: {lockableId: $i}) {clientMutationId}}`, "FORBIDDEN: tom does not have the correct permissions to execute `LockLockable`"},
		{`mutation($c: ID!) {updateIssueComment(input: {id: $c, body: "y"}) {clientMutationId}}`, "FORBIDDEN: tom does not have the correct permissions to execute `UpdateIssueComment`"},
		{`mutation($c: ID!) {deleteIssueComment(input: {id: $c}) {clientMutationId}}`, "FORBIDDEN: tom does not have the correct permissions to execute `DeleteIssueComment`"},
		{`mutation($l: ID!) {deleteLabel(input: {id: $l}) {clientMutationId}}`, "FORBIDDEN: tom does not have the correct permissions to execute `DeleteLabel`"},
	} {
		used := map[string]any{}
		for name, v := range vars {
			if strings.Contains(c.query, "$"+name+":") {
				used[name] = v
			}
		}
		out, got := askAs(t, base, "toms", c.query, used), ""
		if out["errors"] != nil {
			got = problem(out)
		}
		if got != c.want {
			t.Errorf("%s\ngot  %s\nwant %s", c.query, got, c.want)
		}
	}
	if err := p.Write(func(*world.State) error { p.schema.Locked = true; return nil }); err != nil {
		t.Fatal(err)
	}
	const speak = `mutation($i: ID!) {addComment(input: {subjectId: $i, body: "x"}) {clientMutationId}}`
	for who, refused := range map[string]bool{"anns": false, "toms": true, token: true} { // an App's or bot's right to write does not count here
		if out := askAs(t, base, who, speak, map[string]any{"i": p.schema.NodeID()}); (out["errors"] != nil) != refused {
			t.Errorf("%s on a locked issue: %v", who, out)
		}
	}
}

// TestTokensOpenBoardsByTheirScope: a classic token is refused before anything is read, with the words on which clients
// tell people what to do.
func TestTokensOpenBoardsByTheirScope(t *testing.T) {
	p := newSmall(t)
	base := serve(t, p.World, githubsim.Options{Tokens: map[string]githubsim.Token{
		"repo": {Scopes: []string{"repo"}}, "reads": {Scopes: []string{"repo", "read:project"}}, "writes": {Scopes: []string{"repo", "project"}},
		"issues": {Permissions: map[string]string{"issues": "write"}}, "boards": {Permissions: map[string]string{"organization_projects": "read"}},
	}})
	const read = `{organization(login: "acme") {projectV2(number: 7) {title}}}`
	const write = `mutation($p: ID!) {updateProjectV2(input: {projectId: $p, title: "T"}) {projectV2 {title}}}`
	want := func(scope, has string) string {
		field := map[string]string{"read:project": "projectV2", "project": "updateProjectV2"}[scope]
		return "INSUFFICIENT_SCOPES: Your token has not been granted the required scopes to execute this query. The '" + field + "' field requires one of the following scopes: ['" + scope + "'], but your token has only been granted the: " + has +
			" scopes. Please modify your token's scopes at: https://github.com/settings/tokens."
	}
	for _, c := range []struct {
		who, query, want string
	}{
		{"repo", read, want("read:project", "['repo']")}, {"reads", read, ""}, {"writes", read, ""},
		{"reads", write, want("project", "['read:project', 'repo']")}, {"writes", write, ""},
		{"issues", read, "NOT_FOUND: Could not resolve to a ProjectV2 with the number 7."}, {"boards", read, ""},
		{"boards", write, "FORBIDDEN: Resource not accessible by personal access token"},
	} {
		vars := map[string]any{}
		if c.query == write {
			vars["p"] = p.board.NodeID()
		}
		out := askAs(t, base, c.who, c.query, vars)
		got := ""
		if out["errors"] != nil {
			got = problem(out)
		}
		if got != c.want {
			t.Errorf("%s: %s\ngot  %s\nwant %s", c.who, c.query, got, c.want)
		}
		if strings.HasPrefix(c.want, "INSUFFICIENT") && out["data"] != nil {
			t.Errorf("%s: something was answered: %v", c.who, out)
		}
	}
}

// TestAnAppSeesNoBoardsOfPersons and hears nothing about it: null, and no error.
func TestAnAppSeesNoBoardsOfPersons(t *testing.T) {
	p := newSmall(t)
	app, key := newApp(t)
	app.Permissions = map[string]string{"issues": "write", "organization_projects": "read"}
	if err := p.Write(func(s *world.State) error {
		s.AddBoard("ann", "Hers", s.User("ann"))
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	base := serve(t, p.World, githubsim.Options{Apps: []githubsim.App{app}})
	var issued struct{ Token string }
	talkTo(t, base).as(signed(t, key, claims("42", 0, 300_000_000_000))).do("POST", "/app/installations/7/access_tokens", "").into(&issued)
	out := askAs(t, base, issued.Token, `{viewer {login __typename} user(login: "ann") {projectV2(number: 1) {title}} organization(login: "acme") {projectV2(number: 7) {title}}}`, nil)
	want := map[string]any{"data": map[string]any{"viewer": map[string]any{"login": "strata[bot]", "__typename": "User"}, "user": map[string]any{"projectV2": nil}, "organization": map[string]any{"projectV2": map[string]any{"title": "Product"}}}}
	if d := cmp.Diff(out, want); d != "" {
		t.Errorf("got - want +:\n%s", d)
	}
	out = askAs(t, base, issued.Token, `mutation($p: ID!) {updateProjectV2(input: {projectId: $p, title: "T"}) {projectV2 {title}}}`, map[string]any{"p": p.board.NodeID()})
	if got := problem(out); got != "FORBIDDEN: Resource not accessible by integration" {
		t.Errorf("got %s", got)
	}
}

// TestOneRefusedMutationLeavesTheOthers: each field is carried out in turn.
func TestOneRefusedMutationLeavesTheOthers(t *testing.T) {
	p := newSmall(t)
	base := serve(t, p.World, githubsim.Options{})
	out, _ := ask(t, base, `mutation($a: ID!, $b: ID!) {
	  one: addComment(input: {subjectId: $a, body: "x"}) {subject {id}}
	  two: addComment(input: {subjectId: $b, body: "x"}) {subject {id}}
	  three: addComment(input: {subjectId: $a, body: "y"}) {subject {id}}}`, map[string]any{"a": p.schema.NodeID(), "b": p.hidden.NodeID()})
	if dig(out, "data", "one") == nil || dig(out, "data", "two") != nil || dig(out, "data", "three") == nil || len(p.schema.Comments) != 2 {
		t.Errorf("got %v and %d comments", out, len(p.schema.Comments))
	}
	if d := cmp.Diff(dig(out, "errors", 0, "path"), any([]any{"two"})); d != "" {
		t.Errorf("got - want +:\n%s", d)
	}
}

// TestThePriceOfAQuery is counted as GitHub's documentation counts it.
func TestThePriceOfAQuery(t *testing.T) {
	base := serve(t, newSmall(t).World, githubsim.Options{})
	for query, want := range map[string][2]float64{
		`{rateLimit {cost nodeCount} viewer {login}}`: {1, 0},
		// 1 + 50 + 50×20 = 1,051 requests; 50 + 50×20 + 50×20×10 nodes
		`{rateLimit {cost nodeCount} viewer {repositories(first: 50) {edges {node {pullRequests(first: 20) {edges {node {comments(first: 10) {totalCount}}}}}}}}}`: {11, 11050},
		`{rateLimit {cost nodeCount} organization(login: "acme") {projectV2(number: 7) {items(first: 0) {nodes {fieldValues(first: 100) {nodes {__typename}}}}}}}`: {1, 0},
		`query($f: Int = 30) {rateLimit {cost nodeCount} repository(owner: "acme", name: "api") {issues(first: $f) {nodes {labels(last: 10) {totalCount}}}}}`:      {1, 330},
	} {
		got := must(t, base, query, nil, "rateLimit")
		if d := cmp.Diff(got, any(map[string]any{"cost": want[0], "nodeCount": want[1]})); d != "" {
			t.Errorf("%s, got - want +:\n%s", query, d)
		}
	}
}
