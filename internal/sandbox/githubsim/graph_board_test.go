package githubsim_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"strata/internal/sandbox/githubsim"
	"strata/internal/sandbox/world"
)

// must asks and fails unless everything is answered; it gives back what stands at the path below data.
func must(t *testing.T, base, query string, variables map[string]any, path ...any) any {
	t.Helper()
	out, _ := ask(t, base, query, variables)
	if out["errors"] != nil {
		t.Fatalf("%v in\n%s", out["errors"], query)
	}
	return dig(out["data"], path...)
}

// refuses asks and fails unless the answer is one error of this type and these words.
func refuses(t *testing.T, base, query string, variables map[string]any, kind, says string) {
	t.Helper()
	out, _ := ask(t, base, query, variables)
	got := fmt.Sprint(dig(out, "errors", 0, "type"), ": ", dig(out, "errors", 0, "message"))
	if want := kind + ": " + says; got != want {
		t.Errorf("got %s\nwant %s\nfor %s", got, want, query)
	}
}

const values = `fieldValues(first: 50) {nodes {
  ... on ProjectV2ItemFieldTextValue {text field {... on ProjectV2FieldCommon {name}}}
  ... on ProjectV2ItemFieldNumberValue {number field {... on ProjectV2FieldCommon {name}}}
  ... on ProjectV2ItemFieldDateValue {date field {... on ProjectV2FieldCommon {name}}}
  ... on ProjectV2ItemFieldSingleSelectValue {name optionId field {... on ProjectV2FieldCommon {name}}}
  ... on ProjectV2ItemFieldIterationValue {title iterationId field {... on ProjectV2FieldCommon {name}}}}}`

// TestACardLivesThroughEveryMutation puts an issue on a new board and does everything to it that can be done.
func TestACardLivesThroughEveryMutation(t *testing.T) {
	p := newSmall(t)
	base := serve(t, p.World, githubsim.Options{})
	owner := must(t, base, `{organization(login: "acme") {id}}`, nil, "organization", "id")
	board := must(t, base, `mutation($o: ID!) {createProjectV2(input: {ownerId: $o, title: "Second"}) {projectV2 {id number}}}`, map[string]any{"o": owner}, "createProjectV2", "projectV2", "id")
	field := func(input string) any {
		return must(t, base, `mutation($p: ID!) {createProjectV2Field(input: {projectId: $p, `+input+`}) {projectV2Field {... on ProjectV2FieldCommon {id}}}}`,
			map[string]any{"p": board}, "createProjectV2Field", "projectV2Field", "id")
	}
	fields := map[string]any{
		"Note": field(`name: "Note", dataType: TEXT`), "Size": field(`name: "Size", dataType: NUMBER`), "Day": field(`name: "Day", dataType: DATE`),
		"Sprint": field(`name: "Sprint", dataType: ITERATION, iterationConfiguration: {duration: 14, startDate: "2026-03-02", iterations: [{title: "S1", startDate: "2026-03-02", duration: 14}, {title: "S2", startDate: "2026-03-16", duration: 14}]}`),
		"Team":   field(`name: "Team", dataType: SINGLE_SELECT, singleSelectOptions: [{name: "Web", color: BLUE, description: ""}, {name: "Api", color: RED, description: "d"}]`),
	}
	item := must(t, base, `mutation($p: ID!, $c: ID!) {addProjectV2ItemById(input: {projectId: $p, contentId: $c}) {item {id}}}`, map[string]any{"p": board, "c": p.schema.NodeID()}, "addProjectV2ItemById", "item", "id")
	again := must(t, base, `mutation($p: ID!, $c: ID!) {addProjectV2ItemById(input: {projectId: $p, contentId: $c}) {item {id}}}`, map[string]any{"p": board, "c": p.schema.NodeID()}, "addProjectV2ItemById", "item", "id")
	if item != again {
		t.Errorf("an issue that is on the board gets a second card: %v, %v", item, again)
	}
	option := must(t, base, `query($f: ID!) {node(id: $f) {... on ProjectV2SingleSelectField {options(names: ["Api"]) {id}}}}`, map[string]any{"f": fields["Team"]}, "node", "options", 0, "id")
	span := must(t, base, `query($f: ID!) {node(id: $f) {... on ProjectV2IterationField {configuration {iterations {id title}}}}}`, map[string]any{"f": fields["Sprint"]}, "node", "configuration", "iterations", 1, "id")
	set := func(name string, value map[string]any) any {
		return must(t, base, `mutation($p: ID!, $i: ID!, $f: ID!, $v: ProjectV2FieldValue!) {updateProjectV2ItemFieldValue(input: {projectId: $p, itemId: $i, fieldId: $f, value: $v, clientMutationId: "m"}) {clientMutationId projectV2Item {`+values+`}}}`,
			map[string]any{"p": board, "i": item, "f": fields[name], "v": value}, "updateProjectV2ItemFieldValue", "projectV2Item", "fieldValues", "nodes")
	}
	set("Note", map[string]any{"text": "x"})
	set("Size", map[string]any{"number": 3})
	set("Day", map[string]any{"date": "2026-03-20"})
	set("Team", map[string]any{"singleSelectOptionId": option})
	got := set("Sprint", map[string]any{"iterationId": span})
	named := func(name string) map[string]any { return map[string]any{"name": name} }
	want := []any{
		map[string]any{},
		map[string]any{"text": "Schema", "field": named("Title")}, map[string]any{"text": "x", "field": named("Note")}, map[string]any{"number": 3.0, "field": named("Size")},
		map[string]any{"date": "2026-03-20", "field": named("Day")}, map[string]any{"title": "S2", "iterationId": span, "field": named("Sprint")},
		map[string]any{"name": "Api", "optionId": option, "field": named("Team")},
	}
	if d := cmp.Diff(got, any(want)); d != "" {
		t.Errorf("values, got - want +:\n%s", d)
	}
	move := map[string]any{"p": board, "i": item}
	must(t, base, `mutation($p: ID!, $i: ID!, $f: ID!) {clearProjectV2ItemFieldValue(input: {projectId: $p, itemId: $i, fieldId: $f}) {projectV2Item {id}}}`, map[string]any{"p": board, "i": item, "f": fields["Note"]})
	if v := must(t, base, `query($i: ID!) {node(id: $i) {... on ProjectV2Item {fieldValueByName(name: "note") {__typename}}}}`, map[string]any{"i": item}, "node", "fieldValueByName"); v != nil {
		t.Errorf("a value that was cleared is %v", v)
	}
	if v := must(t, base, `mutation($p: ID!, $i: ID!) {archiveProjectV2Item(input: {projectId: $p, itemId: $i}) {item {isArchived}}}`, move, "archiveProjectV2Item", "item", "isArchived"); v != true {
		t.Errorf("archived is %v", v)
	}
	must(t, base, `mutation($p: ID!, $i: ID!) {unarchiveProjectV2Item(input: {projectId: $p, itemId: $i}) {item {isArchived}}}`, move)
	if v := must(t, base, `mutation($p: ID!, $i: ID!) {deleteProjectV2Item(input: {projectId: $p, itemId: $i}) {deletedItemId}}`, move, "deleteProjectV2Item", "deletedItemId"); v != item {
		t.Errorf("deleted %v, want %v", v, item)
	}
	refuses(t, base, `query($i: ID!) {node(id: $i) {id}}`, map[string]any{"i": item}, "NOT_FOUND", fmt.Sprintf("Could not resolve to a node with the global id of '%s'", item))
	must(t, base, `mutation($p: ID!) {updateProjectV2(input: {projectId: $p, closed: true, shortDescription: "s", readme: "r", public: true}) {projectV2 {closed closedAt shortDescription readme public}}}`, map[string]any{"p": board})
	must(t, base, `mutation($p: ID!) {deleteProjectV2(input: {projectId: $p}) {projectV2 {title}}}`, map[string]any{"p": board})
	refuses(t, base, `{organization(login: "acme") {projectV2(number: 8) {id}}}`, nil, "NOT_FOUND", "Could not resolve to a ProjectV2 with the number 8.")
}

func TestDraftsBecomeIssues(t *testing.T) {
	p := newSmall(t)
	base := serve(t, p.World, githubsim.Options{})
	item := must(t, base, `mutation($p: ID!) {addProjectV2DraftIssue(input: {projectId: $p, title: "Idea", body: "b"}) {projectItem {id type content {... on DraftIssue {id title body}}}}}`,
		map[string]any{"p": p.board.NodeID()}, "addProjectV2DraftIssue", "projectItem")
	draft := dig(item, "content", "id")
	must(t, base, `mutation($d: ID!) {updateProjectV2DraftIssue(input: {draftIssueId: $d, title: "Better idea"}) {draftIssue {title projectV2Items(first: 1) {totalCount}}}}`, map[string]any{"d": draft})
	got := must(t, base, `mutation($i: ID!, $r: ID!) {convertProjectV2DraftIssueItemToIssue(input: {itemId: $i, repositoryId: $r}) {item {id type content {... on Issue {title body number}}}}}`,
		map[string]any{"i": dig(item, "id"), "r": p.api.NodeID()}, "convertProjectV2DraftIssueItemToIssue", "item")
	want := map[string]any{"id": dig(item, "id"), "type": "ISSUE", "content": map[string]any{"title": "Better idea", "body": "b", "number": 4.0}}
	if d := cmp.Diff(got, any(want)); d != "" {
		t.Errorf("got - want +:\n%s", d)
	}
	refuses(t, base, `query($d: ID!) {node(id: $d) {id}}`, map[string]any{"d": draft}, "NOT_FOUND", fmt.Sprintf("Could not resolve to a node with the global id of '%s'", draft))
}

func TestCardsAreMoved(t *testing.T) {
	p := newSmall(t)
	base := serve(t, p.World, githubsim.Options{})
	first, second := p.board.Items[0].NodeID(), p.board.Items[1].NodeID()
	got := must(t, base, `mutation($p: ID!, $i: ID!, $a: ID) {updateProjectV2ItemPosition(input: {projectId: $p, itemId: $i, afterId: $a}) {items(first: 2) {nodes {id}}}}`,
		map[string]any{"p": p.board.NodeID(), "i": first, "a": second}, "updateProjectV2ItemPosition", "items", "nodes")
	if d := cmp.Diff(got, any([]any{map[string]any{"id": second}, map[string]any{"id": first}})); d != "" {
		t.Errorf("got - want +:\n%s", d)
	}
}

func TestWrongValuesAreRefused(t *testing.T) {
	p := newSmall(t)
	base := serve(t, p.World, githubsim.Options{})
	const set = `mutation($p: ID!, $i: ID!, $f: ID!, $v: ProjectV2FieldValue!) {updateProjectV2ItemFieldValue(input: {projectId: $p, itemId: $i, fieldId: $f, value: $v}) {clientMutationId}}`
	for _, c := range []struct {
		field, kind, says string
		value             map[string]any
	}{
		{"Status", "UNPROCESSABLE", "The single select option Id does not belong to the field", map[string]any{"singleSelectOptionId": "ffffffff"}},
		{"Iteration", "UNPROCESSABLE", "The iteration Id does not belong to the field", map[string]any{"iterationId": "ffffffff"}},
		{"Estimate", "UNPROCESSABLE", "Did not receive a number value to update a field of type number", map[string]any{"text": "5"}},
		{"Title", "UNPROCESSABLE", "The field of type title is currently not supported.", map[string]any{"text": "x"}},
	} {
		refuses(t, base, set, map[string]any{"p": p.board.NodeID(), "i": p.board.Items[0].NodeID(), "f": p.board.Field(c.field).NodeID(), "v": c.value}, c.kind, c.says)
	}
	out, _ := ask(t, base, set, map[string]any{"p": p.board.NodeID(), "i": p.board.Items[0].NodeID(), "f": p.board.Field("Due").NodeID(), "v": map[string]any{"date": "soon"}})
	if got := dig(out, "errors", 0, "message"); got != `Variable $v of type ProjectV2FieldValue! was provided invalid value for date (Could not coerce value "soon" to Date)` {
		t.Errorf("got %v", got)
	}
}

func TestBuiltInFieldsTakeTheirValuesFromTheContent(t *testing.T) {
	p, _ := lived(t)
	base := serve(t, p.World, githubsim.Options{})
	kinds := func(card *world.ProjectItem) []any {
		var out []any
		for _, n := range must(t, base, `query($i: ID!) {node(id: $i) {... on ProjectV2Item {fieldValues(first: 50) {nodes {__typename}}}}}`, map[string]any{"i": card.NodeID()}, "node", "fieldValues", "nodes").([]any) {
			out = append(out, dig(n, "__typename"))
		}
		return out
	}
	if d := cmp.Diff(kinds(p.board.Items[0]), []any{"ProjectV2ItemFieldRepositoryValue", "ProjectV2ItemFieldTextValue", "ProjectV2ItemFieldUserValue", "ProjectV2ItemFieldLabelValue",
		"ProjectV2ItemFieldSingleSelectValue", "ProjectV2ItemFieldIterationValue", "ProjectV2ItemFieldNumberValue", "ProjectV2ItemFieldTextValue", "ProjectV2ItemFieldDateValue",
		"ProjectV2ItemFieldMilestoneValue", "ProjectV2ItemFieldPullRequestValue"}); d != "" {
		t.Errorf("an issue, got - want +:\n%s", d)
	}
	if d := cmp.Diff(kinds(p.board.Items[1]), []any{"ProjectV2ItemFieldRepositoryValue", "ProjectV2ItemFieldTextValue", "ProjectV2ItemFieldReviewerValue"}); d != "" {
		t.Errorf("a pull request, got - want +:\n%s", d)
	}
	if d := cmp.Diff(kinds(p.board.Items[3]), []any(nil)); d != "" {
		t.Errorf("a redacted card, got - want +:\n%s", d)
	}
}
