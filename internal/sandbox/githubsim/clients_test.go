package githubsim_test

import (
	"encoding/json"
	"os"
	"testing"

	"github.com/vektah/gqlparser/v2"

	"github.com/vektah/gqlparser/v2/validator/rules"
	"strata/internal/sandbox/githubsim"
)

// TestQueriesOfOtherClientsAreUnderstood holds our schema against the queries that other houses' clients were recorded
// to send when they read boards.
func TestQueriesOfOtherClientsAreUnderstood(t *testing.T) {
	schema := ours(t, githubsim.Schema)
	understood := 0
	check := func(from, query string) {
		t.Helper()
		if query == "" {
			return
		}
		if _, errs := gqlparser.LoadQueryWithRules(schema, query, rules.NewDefaultRules()); errs != nil {
			t.Errorf("%s: %v in\n%s", from, errs, query)
		}
		understood++
	}
	for _, line := range lines(t, testdata(t, "contract", "transcripts", "octokit+github-project.jsonl")) {
		var exchange struct{ B json.RawMessage }
		if err := json.Unmarshal(line, &exchange); err != nil {
			t.Fatal(err)
		}
		var body struct{ Query string }
		if json.Unmarshal(exchange.B, &body) == nil { // REST bodies are other things
			check("octokit", body.Query)
		}
	}
	for _, name := range []string{"api.getProperties", "api.items.get-not-found", "api.items.list-with-pagination"} {
		raw, err := os.ReadFile(testdata(t, "records", "github", "projects-v2", name+"__fixtures.json"))
		if err != nil {
			t.Fatal(err)
		}
		var exchanges []struct{ Query string }
		if err := json.Unmarshal(raw, &exchanges); err != nil {
			t.Fatal(err)
		}
		for _, e := range exchanges {
			check(name, e.Query)
		}
	}
	if understood < 10 {
		t.Errorf("only %d queries were found", understood)
	}
}

// TestRecordedBoardQueryIsAnswered runs the query by which another client reads every card.
func TestRecordedBoardQueryIsAnswered(t *testing.T) {
	raw, err := os.ReadFile(testdata(t, "records", "github", "projects-v2", "api.items.list-with-pagination__fixtures.json"))
	if err != nil {
		t.Fatal(err)
	}
	var exchanges []struct{ Query string }
	if err := json.Unmarshal(raw, &exchanges); err != nil {
		t.Fatal(err)
	}
	out, _ := ask(t, serve(t, newSmall(t).World, githubsim.Options{}), exchanges[0].Query, map[string]any{"owner": "acme", "number": 7})
	if out["errors"] != nil {
		t.Fatal(out["errors"])
	}
	mustFit(t, exchanges[0].Query, out["data"])
	if got := dig(out, "data", "userOrOrganization", "projectV2", "items", "nodes", 0, "content", "milestone", "title"); got != "March" {
		t.Errorf("got %v", got)
	}
}
