package githubsim_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"strata/internal/sandbox/githubsim"
	"strata/internal/sandbox/world"
)

func TestIssueIsChangedInEveryWay(t *testing.T) {
	p := newSmall(t)
	base := serve(t, p.World, githubsim.Options{})
	id := map[string]any{"i": p.schema.NodeID()}
	ann := must(t, base, `{user(login: "ann") {id}}`, nil, "user", "id")
	label := must(t, base, `mutation($r: ID!) {createLabel(input: {repositoryId: $r, name: "urgent", color: "ff0000", description: "now"}) {label {id name color description}}}`, map[string]any{"r": p.api.NodeID()}, "createLabel", "label")
	*p.clock = today.Add(time.Hour)
	for _, c := range []struct {
		name, query string
		vars        map[string]any
		path        []any
		want        any
	}{
		{"text and milestone", `mutation($i: ID!, $m: ID) {updateIssue(input: {id: $i, title: "New", body: "Text", milestoneId: $m}) {actor {login} issue {title body lastEditedAt editor {login} includesCreatedEdit milestone {title}}}}`,
			map[string]any{"m": p.api.Stones[0].NodeID()}, []any{"updateIssue"},
			map[string]any{"actor": map[string]any{"login": "strata-bot"}, "issue": map[string]any{"title": "New", "body": "Text", "lastEditedAt": "2026-03-11T10:00:00Z",
				"editor": map[string]any{"login": "strata-bot"}, "includesCreatedEdit": true, "milestone": map[string]any{"title": "March"}}}},
		{"no milestone", `mutation($i: ID!) {updateIssue(input: {id: $i, milestoneId: null}) {issue {title milestone {title}}}}`, nil, []any{"updateIssue", "issue"}, map[string]any{"title": "New", "milestone": nil}},
		{"labels", `mutation($i: ID!, $l: [ID!]) {addLabelsToLabelable(input: {labelableId: $i, labelIds: $l}) {labelable {labels(first: 5) {nodes {name}}}}}`, map[string]any{"l": dig(label, "id")},
			[]any{"addLabelsToLabelable", "labelable", "labels", "nodes"}, []any{map[string]any{"name": "urgent"}}},
		{"labels off", `mutation($i: ID!) {clearLabelsFromLabelable(input: {labelableId: $i}) {labelable {labels(first: 5) {totalCount}}}}`, nil, []any{"clearLabelsFromLabelable", "labelable", "labels", "totalCount"}, 0.0},
		{"assignees", `mutation($i: ID!, $a: [ID!]!) {addAssigneesToAssignable(input: {assignableId: $i, assigneeIds: $a}) {assignable {assignees(first: 5) {nodes {login}}}}}`, map[string]any{"a": []any{ann}},
			[]any{"addAssigneesToAssignable", "assignable", "assignees", "nodes"}, []any{map[string]any{"login": "ann"}}},
		{"nobody", `mutation($i: ID!) {replaceActorsForAssignable(input: {assignableId: $i, actorLogins: []}) {assignable {assignees(first: 5) {totalCount}}}}`, nil, []any{"replaceActorsForAssignable", "assignable", "assignees", "totalCount"}, 0.0},
		{"type", `mutation($i: ID!, $t: ID) {updateIssueIssueType(input: {issueId: $i, issueTypeId: $t}) {issue {issueType {name}}}}`, map[string]any{"t": "IT_kwDOAAAAAAAAAlk"}, []any{"updateIssueIssueType", "issue", "issueType", "name"}, "Bug"},
		{"pin", `mutation($i: ID!) {pinIssue(input: {issueId: $i}) {issue {isPinned}}}`, nil, []any{"pinIssue", "issue", "isPinned"}, true},
		{"lock", `mutation($i: ID!) {lockLockable(input: {lockableId: $i, lockReason: TOO_HEATED}) {lockedRecord {locked activeLockReason}}}`, nil, []any{"lockLockable", "lockedRecord"}, map[string]any{"locked": true, "activeLockReason": "TOO_HEATED"}},
		{"unlock", `mutation($i: ID!) {unlockLockable(input: {lockableId: $i}) {unlockedRecord {locked activeLockReason}}}`, nil, []any{"unlockLockable", "unlockedRecord"}, map[string]any{"locked": false, "activeLockReason": nil}},
		{"reaction", `mutation($i: ID!) {addReaction(input: {subjectId: $i, content: HEART}) {reaction {content user {login}}}}`, nil, []any{"addReaction", "reaction"}, map[string]any{"content": "HEART", "user": map[string]any{"login": "strata-bot"}}},
		{"reaction taken back", `mutation($i: ID!) {removeReaction(input: {subjectId: $i, content: HEART}) {subject {reactions(first: 1) {totalCount viewerHasReacted}}}}`, nil, []any{"removeReaction", "subject", "reactions"}, map[string]any{"totalCount": 0.0, "viewerHasReacted": false}},
		{"not planned", `mutation($i: ID!) {closeIssue(input: {issueId: $i, stateReason: NOT_PLANNED}) {issue {closed stateReason closedAt}}}`, nil, []any{"closeIssue", "issue"}, map[string]any{"closed": true, "stateReason": "NOT_PLANNED", "closedAt": "2026-03-11T10:00:00Z"}},
		{"reopened", `mutation($i: ID!) {reopenIssue(input: {issueId: $i}) {issue {state stateReason closedAt}}}`, nil, []any{"reopenIssue", "issue"}, map[string]any{"state": "OPEN", "stateReason": "REOPENED", "closedAt": nil}},
		{"transferred", `mutation($i: ID!, $r: ID!) {transferIssue(input: {issueId: $i, repositoryId: $r}) {issue {number repository {name} timelineItems(last: 1, itemTypes: [TRANSFERRED_EVENT]) {nodes {... on TransferredEvent {fromRepository {name} actor {login}}}}}}}`,
			map[string]any{"r": p.web.NodeID()}, []any{"transferIssue", "issue"}, map[string]any{"number": 3.0, "repository": map[string]any{"name": "web"},
				"timelineItems": map[string]any{"nodes": []any{map[string]any{"fromRepository": map[string]any{"name": "api"}, "actor": map[string]any{"login": "strata-bot"}}}}}},
		{"deleted", `mutation($i: ID!) {deleteIssue(input: {issueId: $i}) {repository {name}}}`, nil, []any{"deleteIssue", "repository", "name"}, "web"},
	} {
		vars := map[string]any{"i": id["i"]}
		for name, v := range c.vars {
			vars[name] = v
		}
		if d := cmp.Diff(must(t, base, c.query, vars, c.path...), c.want); d != "" {
			t.Errorf("%s, got - want +:\n%s", c.name, d)
		}
	}
	refuses(t, base, `query($i: ID!) {node(id: $i) {id}}`, id, "NOT_FOUND", fmt.Sprintf("Could not resolve to a node with the global id of '%s'", id["i"]))
}

// TestATransferredIssueIsFoundWhereItWent by its old number, its old id and its old address.
func TestATransferredIssueIsFoundWhereItWent(t *testing.T) {
	p := newSmall(t)
	base := serve(t, p.World, githubsim.Options{})
	if err := p.Write(func(s *world.State) error { s.Transfer(p.schema, p.web); return nil }); err != nil {
		t.Fatal(err)
	}
	got := must(t, base, `query($i: ID!) {
	  byNumber: repository(owner: "acme", name: "api") {issue(number: 2) {repository {name} number}}
	  byID: node(id: $i) {... on Issue {repository {name} number}}
	  byURL: resource(url: "https://github.com/acme/api/issues/2") {... on Issue {repository {name} number}}}`, map[string]any{"i": p.schema.NodeID()})
	there := map[string]any{"repository": map[string]any{"name": "web"}, "number": 3.0}
	if d := cmp.Diff(got, any(map[string]any{"byNumber": map[string]any{"issue": there}, "byID": there, "byURL": there})); d != "" {
		t.Errorf("got - want +:\n%s", d)
	}
}

func TestDependenciesAndSubIssuesHaveTheirLimits(t *testing.T) {
	p := newSmall(t)
	base := serve(t, p.World, githubsim.Options{})
	const block = `mutation($i: ID!, $b: ID!) {addBlockedBy(input: {issueId: $i, blockingIssueId: $b}) {issue {issueDependenciesSummary {blockedBy totalBlockedBy} updatedAt} blockingIssue {number}}}`
	*p.clock = today.Add(time.Hour)
	got := must(t, base, block, map[string]any{"i": p.schema.NodeID(), "b": p.dropped.NodeID()}, "addBlockedBy")
	if d := cmp.Diff(got, any(map[string]any{"issue": map[string]any{"issueDependenciesSummary": map[string]any{"blockedBy": 0.0, "totalBlockedBy": 1.0}, "updatedAt": "2026-02-09T09:00:00Z"},
		"blockingIssue": map[string]any{"number": 1.0}})); d != "" {
		t.Errorf("got - want +:\n%s", d)
	}
	refuses(t, base, block, map[string]any{"i": p.schema.NodeID(), "b": p.dropped.NodeID()}, "UNPROCESSABLE", "Target issue has already been taken")
	refuses(t, base, block, map[string]any{"i": p.schema.NodeID(), "b": p.schema.NodeID()}, "UNPROCESSABLE", "An issue cannot be blocked by itself")
	refuses(t, base, block, map[string]any{"i": p.schema.NodeID(), "b": p.hidden.NodeID()}, "NOT_FOUND", fmt.Sprintf("Could not resolve to a node with the global id of '%s'", p.hidden.NodeID()))
	must(t, base, `mutation($i: ID!, $b: ID!) {removeBlockedBy(input: {issueId: $i, blockingIssueId: $b}) {issue {number}}}`, map[string]any{"i": p.schema.NodeID(), "b": p.dropped.NodeID()})

	const sub = `mutation($i: ID!, $s: ID, $u: String, $r: Boolean) {addSubIssue(input: {issueId: $i, subIssueId: $s, subIssueUrl: $u, replaceParent: $r}) {issue {subIssuesSummary {total completed percentCompleted}} subIssue {parent {number}}}}`
	must(t, base, sub, map[string]any{"i": p.schema.NodeID(), "u": "https://github.com/acme/web/issues/1"})
	refuses(t, base, sub, map[string]any{"i": p.dropped.NodeID(), "s": p.schema.NodeID()}, "UNPROCESSABLE", "An error occurred while adding the sub-issue to the parent issue. Sub-issue can't be an ancestor of its parent")
	refuses(t, base, sub, map[string]any{"i": p.checkout.NodeID(), "s": p.dropped.NodeID()}, "UNPROCESSABLE", "An error occurred while adding the sub-issue to the parent issue. Sub issue may only have one parent")
	got = must(t, base, sub, map[string]any{"i": p.checkout.NodeID(), "s": p.dropped.NodeID(), "r": true}, "addSubIssue", "issue", "subIssuesSummary")
	if d := cmp.Diff(got, any(map[string]any{"total": 1.0, "completed": 1.0, "percentCompleted": 100.0})); d != "" {
		t.Errorf("got - want +:\n%s", d)
	}
	if err := p.Write(func(s *world.State) error {
		top := p.schema
		for range 8 {
			next := s.CreateGitHub(p.api, world.GitHubIssue{Title: "deeper"}, nil)
			s.AddSub(top, next)
			top = next
		}
		for range 100 {
			s.AddSub(p.duplicate, s.CreateGitHub(p.api, world.GitHubIssue{Title: "wider"}, nil))
		}
		p.dropped = top
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	lone := must(t, base, `mutation($r: ID!) {createIssue(input: {repositoryId: $r, title: "lone"}) {issue {id}}}`, map[string]any{"r": p.api.NodeID()}, "createIssue", "issue", "id")
	refuses(t, base, sub, map[string]any{"i": p.dropped.NodeID(), "s": lone}, "UNPROCESSABLE", "Sub-issues cannot be nested deeper than 8 levels")
	refuses(t, base, sub, map[string]any{"i": p.duplicate.NodeID(), "s": lone}, "UNPROCESSABLE", "Parent cannot have more than 100 sub-issues")
}

func TestPullRequestsHaveTheirOwnMutations(t *testing.T) {
	p := newSmall(t)
	base := serve(t, p.World, githubsim.Options{})
	id := map[string]any{"i": p.pull.NodeID()}
	if got := must(t, base, `mutation($i: ID!) {closePullRequest(input: {pullRequestId: $i}) {pullRequest {state closed merged}}}`, id, "closePullRequest", "pullRequest", "state"); got != "CLOSED" {
		t.Errorf("closed: %v", got)
	}
	if got := must(t, base, `mutation($i: ID!) {reopenPullRequest(input: {pullRequestId: $i}) {pullRequest {state}}}`, id, "reopenPullRequest", "pullRequest", "state"); got != "OPEN" {
		t.Errorf("reopened: %v", got)
	}
	must(t, base, `mutation($i: ID!) {updatePullRequest(input: {pullRequestId: $i, title: "Better", body: "Closes acme/api#2"}) {pullRequest {title}}}`, id)
	got := must(t, base, `query($i: ID!) {node(id: $i) {... on PullRequest {closingIssuesReferences(first: 5) {nodes {number}}}}
	  repository(owner: "acme", name: "api") {issue(number: 2) {closedByPullRequestsReferences(first: 5) {nodes {number}}}}
	  search(query: "repo:acme/api is:issue linked:pr", type: ISSUE, first: 5) {issueCount nodes {... on Issue {number}}}}`, id)
	want := map[string]any{
		"node":       map[string]any{"closingIssuesReferences": map[string]any{"nodes": []any{map[string]any{"number": 2.0}}}},
		"repository": map[string]any{"issue": map[string]any{"closedByPullRequestsReferences": map[string]any{"nodes": []any{map[string]any{"number": 3.0}}}}},
		"search":     map[string]any{"issueCount": 1.0, "nodes": []any{map[string]any{"number": 2.0}}},
	}
	if d := cmp.Diff(got, any(want)); d != "" {
		t.Errorf("got - want +:\n%s", d)
	}
	refuses(t, base, `mutation($i: ID!) {closeIssue(input: {issueId: $i}) {issue {id}}}`, id, "NOT_FOUND", fmt.Sprintf("Could not resolve to a node with the global id of '%s'", id["i"]))
}

// TestOneNameForTwoStates is what gh issue view asks, and no other implementation of the language allows.
func TestOneNameForTwoStates(t *testing.T) {
	base := serve(t, newSmall(t).World, githubsim.Options{})
	const query = `query($n: Int!) {repository(owner: "acme", name: "api") {issue: issueOrPullRequest(number: $n) {__typename ...on Issue {number state} ...on PullRequest {number state}}}}`
	for number, want := range map[int]string{1: "Issue OPEN", 3: "PullRequest OPEN"} {
		got := must(t, base, query, map[string]any{"n": number}, "repository", "issue")
		if said := fmt.Sprint(dig(got, "__typename"), " ", dig(got, "state")); said != want {
			t.Errorf("%d: got %s, want %s", number, said, want)
		}
	}
}

func TestSearchFindsWhatRESTFinds(t *testing.T) {
	p := newSmall(t)
	base := serve(t, p.World, githubsim.Options{})
	for query, want := range map[string]int{
		"repo:acme/api is:issue":                  2,
		"org:acme is:issue state:open":            2,
		"is:pr":                                   1,
		"is:issue assignee:ann label:team-web":    1,
		"is:issue milestone:March":                1,
		"is:issue project:acme/7":                 2,
		"is:issue reason:duplicate":               1,
		"schema in:title sort:updated-desc":       3,
		"is:issue created:>2026-03-01":            0,
		"is:issue updated:2026-02-01..2026-02-28": 4,
		"repo:acme/nope":                          0,
		"repo:acme/secret":                        0,
	} {
		got := must(t, base, `query($q: String!) {search(query: $q, type: ISSUE, first: 1) {issueCount repositoryCount userCount}}`, map[string]any{"q": query}, "search")
		if d := cmp.Diff(got, any(map[string]any{"issueCount": float64(want), "repositoryCount": 0.0, "userCount": 0.0})); d != "" {
			t.Errorf("%s, got - want +:\n%s", query, d)
		}
	}
	refuses(t, base, `{search(query: "is:sunny", type: ISSUE, first: 1) {issueCount}}`, nil, "UNPROCESSABLE", `The value "sunny" of the qualifier "is" is not simulated.`)
	got := must(t, base, `{r: search(query: "org:acme api", type: REPOSITORY, first: 9) {repositoryCount nodes {... on Repository {name}}} u: search(query: "ann", type: USER, first: 9) {userCount nodes {... on User {login}}}
	  o: search(query: "type:org acme", type: USER, first: 9) {nodes {... on Organization {login}}}}`, nil)
	want := map[string]any{
		"r": map[string]any{"repositoryCount": 1.0, "nodes": []any{map[string]any{"name": "api"}}},
		"u": map[string]any{"userCount": 1.0, "nodes": []any{map[string]any{"login": "ann"}}},
		"o": map[string]any{"nodes": []any{map[string]any{"login": "acme"}}},
	}
	if d := cmp.Diff(got, any(want)); d != "" {
		t.Errorf("got - want +:\n%s", d)
	}
}

// TestSearchGivesAThousandAway whatever it counts.
func TestSearchGivesAThousandAway(t *testing.T) {
	p := newSmall(t)
	base := serve(t, p.World, githubsim.Options{})
	if err := p.Write(func(s *world.State) error {
		for range 1100 {
			s.CreateGitHub(p.web, world.GitHubIssue{Title: "one of many"}, nil)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	after, total, pages := any(nil), 0, 0
	for more := true; more; pages++ {
		page := must(t, base, `query($a: String) {search(query: "repo:acme/web many", type: ISSUE, first: 100, after: $a) {issueCount pageInfo {hasNextPage endCursor} nodes {... on Issue {id}}}}`, map[string]any{"a": after}, "search")
		total += len(dig(page, "nodes").([]any))
		after, more = dig(page, "pageInfo", "endCursor"), dig(page, "pageInfo", "hasNextPage").(bool)
		if dig(page, "issueCount") != 1100.0 {
			t.Fatalf("issueCount is %v", dig(page, "issueCount"))
		}
	}
	if total != 1000 || pages != 10 {
		t.Errorf("%d results on %d pages, want 1000 on 10", total, pages)
	}
}
