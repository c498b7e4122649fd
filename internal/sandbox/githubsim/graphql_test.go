package githubsim_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"strata/internal/sandbox/githubsim"
	"strata/internal/sandbox/world"
)

// boardQuery is the query by which a board with its dependencies is read.
const boardQuery = `query($org:String!,$number:Int!,$first:Int!,$after:String,$q:String){
  rateLimit{cost limit remaining used resetAt nodeCount}
  organization(login:$org){projectV2(number:$number){id title updatedAt closed
    items(first:$first,after:$after,query:$q){totalCount pageInfo{hasNextPage endCursor} nodes{
      id fullDatabaseId type isArchived updatedAt
      content{__typename
        ... on Issue{id number title url state stateReason(enableDuplicate:true) updatedAt repository{nameWithOwner}
          issueType{name} parent{id number repository{nameWithOwner}} subIssuesSummary{total completed percentCompleted}
          issueDependenciesSummary{blockedBy blocking totalBlockedBy totalBlocking} duplicateOf{id number}
          assignees(first:10){nodes{login}} labels(first:20){nodes{name}}
          blockedBy(first:20){totalCount nodes{id number state repository{nameWithOwner}} pageInfo{hasNextPage endCursor}}}
        ... on DraftIssue{id title updatedAt}
        ... on PullRequest{id number title url prState: state}}
      fieldValues(first:50){pageInfo{hasNextPage} nodes{__typename
        ... on ProjectV2ItemFieldSingleSelectValue{name optionId updatedAt field{... on ProjectV2FieldCommon{id name}}}
        ... on ProjectV2ItemFieldIterationValue{iterationId title startDate duration field{... on ProjectV2FieldCommon{id name}}}
        ... on ProjectV2ItemFieldNumberValue{number field{... on ProjectV2FieldCommon{id name}}}
        ... on ProjectV2ItemFieldTextValue{text field{... on ProjectV2FieldCommon{id name}}}
        ... on ProjectV2ItemFieldDateValue{date field{... on ProjectV2FieldCommon{id name}}}}}}}}}}`

// ask posts a query and answers the whole body and the response.
func ask(t *testing.T, base, query string, variables map[string]any) (map[string]any, *http.Response) {
	t.Helper()
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		t.Fatal(err)
	}
	resp, err := client(token).Post(base+"/graphql", "application/json", bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	var out map[string]any
	if err := json.NewDecoder(resp.Body).Decode(&out); err != nil {
		t.Fatal(err)
	}
	return out, resp
}

// dig follows names and indexes into decoded JSON.
func dig(v any, path ...any) any {
	for _, step := range path {
		switch s := step.(type) {
		case string:
			m, _ := v.(map[string]any)
			v = m[s]
		case int:
			l, _ := v.([]any)
			if s >= len(l) {
				return nil
			}
			v = l[s]
		}
	}
	return v
}

func TestBoardIsReadInOneQuery(t *testing.T) {
	p := newSmall(t)
	base := serve(t, p.World, githubsim.Options{})
	out, resp := ask(t, base, boardQuery, map[string]any{"org": "acme", "number": 7, "first": 50, "q": ""})
	if out["errors"] != nil {
		t.Fatalf("errors: %v", out["errors"])
	}
	items := dig(out, "data", "organization", "projectV2", "items")
	if got := dig(items, "totalCount"); got != 4.0 {
		t.Errorf("got %v items, want 4: the archived one is left out", got)
	}
	first := dig(items, "nodes", 0)
	var values []any
	for _, v := range dig(first, "fieldValues", "nodes").([]any) {
		m := v.(map[string]any)
		delete(m, "field")
		delete(m, "updatedAt")
		values = append(values, m)
	}
	want := []any{
		map[string]any{"__typename": "ProjectV2ItemFieldRepositoryValue"},
		map[string]any{"__typename": "ProjectV2ItemFieldTextValue", "text": "Checkout | @team {code} <script>"},
		map[string]any{"__typename": "ProjectV2ItemFieldUserValue"},
		map[string]any{"__typename": "ProjectV2ItemFieldLabelValue"},
		map[string]any{"__typename": "ProjectV2ItemFieldSingleSelectValue", "name": "In Progress", "optionId": "47fc9ee4"},
		map[string]any{"__typename": "ProjectV2ItemFieldIterationValue", "iterationId": "aa000002", "title": "Sprint 2", "startDate": "2026-03-02", "duration": 14.0},
		map[string]any{"__typename": "ProjectV2ItemFieldNumberValue", "number": 5.0},
		map[string]any{"__typename": "ProjectV2ItemFieldTextValue", "text": "Web"},
		map[string]any{"__typename": "ProjectV2ItemFieldDateValue", "date": "2026-03-20"},
	}
	if d := cmp.Diff(values, want); d != "" {
		t.Errorf("values, got - want +:\n%s", d)
	}
	if d := cmp.Diff(dig(first, "content", "issueDependenciesSummary"), any(map[string]any{"blockedBy": 1.0, "blocking": 0.0, "totalBlockedBy": 2.0, "totalBlocking": 0.0})); d != "" {
		t.Errorf("summary, got - want +:\n%s", d)
	}
	var kinds []any
	for n := range 4 {
		kinds = append(kinds, dig(items, "nodes", n, "type"))
	}
	if d := cmp.Diff(kinds, []any{"ISSUE", "PULL_REQUEST", "DRAFT_ISSUE", "REDACTED"}); d != "" {
		t.Error(d)
	}
	if got := dig(items, "nodes", 3, "content"); got != nil {
		t.Errorf("a redacted card shows %v", got)
	}
	if got := dig(out, "data", "rateLimit", "cost"); got != 2.0 {
		t.Errorf("cost %v, want 2: 1 + 50×4 connections", got)
	}
	if got := resp.Header.Get("X-RateLimit-Resource") + resp.Header.Get("X-RateLimit-Used"); got != "graphql2" {
		t.Errorf("headers say %q", got)
	}
	if got := p.Meter(world.GitHub).Read(); got.Points != 2 || got.ByRoute["POST /graphql"]["200"] != 1 {
		t.Errorf("accounting says %+v", got)
	}
}

func TestConnectionsArePaged(t *testing.T) {
	p := newSmall(t)
	base := serve(t, p.World, githubsim.Options{})
	const query = `query($after:String){organization(login:"acme"){projectV2(number:7){items(first:3,after:$after,archivedStates:[ARCHIVED,NOT_ARCHIVED]){pageInfo{hasNextPage endCursor} nodes{type}}}}}`
	out, _ := ask(t, base, query, nil)
	page := dig(out, "data", "organization", "projectV2", "items")
	if got := dig(page, "pageInfo", "hasNextPage"); got != true {
		t.Fatalf("hasNextPage is %v: %v", got, out)
	}
	out, _ = ask(t, base, query, map[string]any{"after": dig(page, "pageInfo", "endCursor")})
	page = dig(out, "data", "organization", "projectV2", "items")
	if got := len(dig(page, "nodes").([]any)); got != 2 || dig(page, "pageInfo", "hasNextPage") != false {
		t.Errorf("the second page has %d entries: %v", got, page)
	}
}

// TestGraphQLProblems holds the words and shapes of errors that clients decide upon.
func TestGraphQLProblems(t *testing.T) {
	base := serve(t, newSmall(t).World, githubsim.Options{})
	for _, c := range []struct{ name, query, kind, path, says string }{
		{"no such organisation", `{organization(login:"nope"){login}}`, "NOT_FOUND", "organization", "Could not resolve to an Organization with the login of 'nope'."},
		{"no such board", `{o:organization(login:"acme"){projectV2(number:99){id}}}`, "NOT_FOUND", "o projectV2", "Could not resolve to a ProjectV2 with the number 99."},
		{"hidden repository", `{repository(owner:"acme",name:"secret"){id}}`, "NOT_FOUND", "repository", "Could not resolve to a Repository with the name 'acme/secret'."},
		{"no such node", `{node(id:"x"){id}}`, "NOT_FOUND", "node", "Could not resolve to a node with the global id of 'x'"},
		{"no first", `{repository(owner:"acme",name:"api"){issues{nodes{id}}}}`, "MISSING_PAGINATION_BOUNDARIES", "repository issues", "You must provide a `first` or `last` value to properly paginate the `issues` connection."},
		{"first too large", `{repository(owner:"acme",name:"api"){issues(first:101){totalCount}}}`, "EXCESSIVE_PAGINATION", "repository issues", "Requesting 101 records on the `issues` connection exceeds the `first` limit of 100 records."},
		{"first below zero", `{repository(owner:"acme",name:"api"){issues(first:-1){nodes{id}}}}`, "UNPROCESSABLE", "repository issues", "`first` on the `issues` connection cannot be less than zero."},
		{"first and last", `{repository(owner:"acme",name:"api"){issues(first:1,last:1){totalCount}}}`, "UNPROCESSABLE", "repository issues", "Passing both `first` and `last` to paginate the `issues` connection is not supported."},
		{"no cursor", `{repository(owner:"acme",name:"api"){issues(first:1,after:"x"){totalCount}}}`, "INVALID_CURSOR_ARGUMENTS", "repository issues", "`x` does not appear to be a valid cursor."},
		{"too many nodes", `{repository(owner:"acme",name:"api"){issues(first:100){nodes{blockedBy(first:100){nodes{labels(first:100){totalCount}}}}}}}`, "MAX_NODE_LIMIT_EXCEEDED", "", "This query requests up to 1,010,100 possible nodes which exceeds the maximum limit of 500,000."},
		{"no such field", `{viewer{shoeSize}}`, "", "query viewer shoeSize", "Field 'shoeSize' doesn't exist on type 'User'"},
		{"no language", `{viewer{`, "", "", `Expected NAME, actual: (none) ("") at [1, 9]`},
	} {
		t.Run(c.name, func(t *testing.T) {
			out, resp := ask(t, base, c.query, nil)
			if resp.StatusCode != http.StatusOK {
				t.Errorf("status %d", resp.StatusCode)
			}
			e := dig(out, "errors", 0)
			var path []string
			if steps, ok := dig(e, "path").([]any); ok {
				for _, s := range steps {
					path = append(path, s.(string))
				}
			}
			kind, _ := dig(e, "type").(string)
			got := []string{kind, strings.Join(path, " "), dig(e, "message").(string)}
			if d := cmp.Diff(got, []string{c.kind, c.path, c.says}); d != "" {
				t.Errorf("got - want +:\n%s", d)
			}
		})
	}
}

func TestDataAndErrorsStandTogether(t *testing.T) {
	base := serve(t, newSmall(t).World, githubsim.Options{})
	out, _ := ask(t, base, `query O($login:String!){user(login: $login){login,id},organization(login: $login){login}}`, map[string]any{"login": "acme"})
	want := map[string]any{
		"data":   map[string]any{"user": nil, "organization": map[string]any{"login": "acme"}},
		"errors": []any{map[string]any{"type": "NOT_FOUND", "path": []any{"user"}, "locations": []any{map[string]any{"line": 1.0, "column": 25.0}}, "message": "Could not resolve to a User with the login of 'acme'."}},
	}
	if d := cmp.Diff(out, want); d != "" {
		t.Errorf("got - want +:\n%s", d)
	}
}

func TestNodesAnswersWhatItFinds(t *testing.T) {
	p := newSmall(t)
	base := serve(t, p.World, githubsim.Options{})
	const query = `query($ids:[ID!]!){nodes(ids:$ids){__typename id ... on Issue{number}}}`
	out, _ := ask(t, base, query, map[string]any{"ids": []string{p.checkout.NodeID(), "x", p.hidden.NodeID(), p.pull.NodeID()}})
	want := []any{map[string]any{"__typename": "Issue", "id": p.checkout.NodeID(), "number": 1.0}, nil, nil, map[string]any{"__typename": "PullRequest", "id": p.pull.NodeID()}}
	if d := cmp.Diff(dig(out, "data", "nodes"), any(want)); d != "" {
		t.Errorf("got - want +:\n%s", d)
	}
	if got := len(dig(out, "errors").([]any)); got != 2 {
		t.Errorf("%d errors, want one for each that is not there", got)
	}
}

func TestDuplicatesAreSeenByThoseWhoAsk(t *testing.T) {
	base := serve(t, newSmall(t).World, githubsim.Options{})
	out, _ := ask(t, base, `{repository(owner:"acme",name:"web"){issue(number:2){old:stateReason new:stateReason(enableDuplicate:true) duplicateOf{number}}}}`, nil)
	want := map[string]any{"old": "NOT_PLANNED", "new": "DUPLICATE", "duplicateOf": map[string]any{"number": 2.0}}
	if d := cmp.Diff(dig(out, "data", "repository", "issue"), any(want)); d != "" {
		t.Errorf("got - want +:\n%s", d)
	}
}

func TestIterationsAreSplitAtToday(t *testing.T) {
	base := serve(t, newSmall(t).World, githubsim.Options{})
	const query = `{organization(login:"acme"){projectV2(number:7){field(name:"Iteration"){__typename ... on ProjectV2IterationField{name dataType configuration{duration startDay iterations{id title startDate duration} completedIterations{title}}}}
	  fields(first:20){nodes{... on ProjectV2FieldCommon{id name dataType} ... on ProjectV2SingleSelectField{options{id name color description}}}}}}}`
	out, _ := ask(t, base, query, nil)
	config := dig(out, "data", "organization", "projectV2", "field", "configuration")
	want := map[string]any{"duration": 14.0, "startDay": 1.0, "completedIterations": []any{map[string]any{"title": "Sprint 1"}}, "iterations": []any{
		map[string]any{"id": "aa000002", "title": "Sprint 2", "startDate": "2026-03-02", "duration": 14.0},
		map[string]any{"id": "aa000003", "title": "Sprint 3", "startDate": "2026-03-16", "duration": 14.0}}}
	if d := cmp.Diff(config, any(want)); d != "" {
		t.Errorf("got - want +:\n%s", d)
	}
}

func TestRepositoryIssuesAreFilteredAndOrdered(t *testing.T) {
	p := newSmall(t)
	base := serve(t, p.World, githubsim.Options{})
	*p.clock = today.AddDate(0, 0, 1)
	if err := p.Write(func(s *world.State) error { s.SetTitle(p.schema, "Schema, final"); return nil }); err != nil {
		t.Fatal(err)
	}
	const query = `query($since:DateTime){repository(owner:"acme",name:"api"){issues(first:10,states:[OPEN],filterBy:{since:$since},orderBy:{field:UPDATED_AT,direction:DESC}){nodes{number updatedAt}}}}`
	numbers := func(since any) []any {
		out, _ := ask(t, base, query, map[string]any{"since": since})
		var got []any
		for _, n := range dig(out, "data", "repository", "issues", "nodes").([]any) {
			got = append(got, dig(n, "number"))
		}
		return got
	}
	if d := cmp.Diff(numbers(nil), []any{2.0, 1.0}); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff(numbers("2026-03-12T09:00:00Z"), []any{2.0}); d != "" {
		t.Error("since means at or after:", d)
	}
}

func TestBoardFilterKnowsDaysOnly(t *testing.T) {
	p := newSmall(t)
	base := serve(t, p.World, githubsim.Options{})
	*p.clock = today
	if err := p.Write(func(s *world.State) error {
		s.SetValue(p.board.Items[0], world.Value{Field: p.board.Field("Team"), Text: "Api"})
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	for query, want := range map[string]float64{
		"updated:>=2026-03-11": 1, "updated:>=2026-03-11T23:00:00Z": 1, "updated:>@today-1d": 1, "updated:>2026-03-11": 0,
		"updated:>yesterday": 0, "status:\"In Progress\"": 1, "is:draft": 1, "is:pr": 1, "unheard:of": 0, "": 4,
	} {
		out, _ := ask(t, base, `query($q:String){organization(login:"acme"){projectV2(number:7){items(first:1,query:$q){totalCount}}}}`, map[string]any{"q": query})
		if got := dig(out, "data", "organization", "projectV2", "items", "totalCount"); got != want {
			t.Errorf("%q finds %v cards, want %v", query, got, want)
		}
	}
}
