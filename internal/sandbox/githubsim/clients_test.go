package githubsim_test

import (
	"encoding/json"
	"net/http"
	"os"
	"testing"

	"strata/internal/sandbox/githubsim"
)

// TestQueriesOfOtherClientsAreUnderstood asks what gh, octokit and github-project were recorded to ask. What they name
// is not here; but nothing of what they say may be strange to the simulator.
func TestQueriesOfOtherClientsAreUnderstood(t *testing.T) {
	base := serve(t, newSmall(t).World, githubsim.Options{})
	understood := 0
	check := func(from, query string, variables map[string]any) {
		t.Helper()
		if query == "" {
			return
		}
		out, resp := ask(t, base, query, variables)
		if resp.StatusCode != http.StatusOK {
			t.Errorf("%s: status %d for\n%s", from, resp.StatusCode, query)
		}
		errs, _ := out["errors"].([]any)
		for _, e := range errs {
			if kind := dig(e, "type"); kind != "NOT_FOUND" {
				t.Errorf("%s: %v in\n%s", from, e, query)
			}
		}
		understood++
	}
	for _, file := range []string{"gh-cli-2.60.jsonl", "octokit+github-project.jsonl"} {
		for _, line := range lines(t, testdata(t, "contract", "transcripts", file)) {
			var exchange struct{ B json.RawMessage }
			if err := json.Unmarshal(line, &exchange); err != nil {
				t.Fatal(err)
			}
			var body struct {
				Query     string
				Variables map[string]any
			}
			if json.Unmarshal(exchange.B, &body) == nil { // REST bodies are other things
				check(file, body.Query, body.Variables)
			}
		}
	}
	for _, name := range []string{"api.getProperties", "api.items.get-not-found", "api.items.list-with-pagination", "api.items.update", "api.items.update-iteration"} {
		for _, e := range recordedBoards(t, name) {
			check(name, e.Query, e.Variables)
		}
	}
	if understood < 35 {
		t.Errorf("only %d queries were found", understood)
	}
}

type recordedQuery struct {
	Query     string
	Variables map[string]any
}

func recordedBoards(t *testing.T, name string) []recordedQuery {
	t.Helper()
	raw, err := os.ReadFile(testdata(t, "records", "github", "projects-v2", name+"__fixtures.json"))
	if err != nil {
		t.Fatal(err)
	}
	var exchanges []recordedQuery
	if err := json.Unmarshal(raw, &exchanges); err != nil {
		t.Fatal(err)
	}
	return exchanges
}

// TestRecordedBoardQueryIsAnswered runs the query by which another client reads every card.
func TestRecordedBoardQueryIsAnswered(t *testing.T) {
	query := recordedBoards(t, "api.items.list-with-pagination")[0].Query
	out, _ := ask(t, serve(t, newSmall(t).World, githubsim.Options{}), query, map[string]any{"owner": "acme", "number": 7})
	if out["errors"] != nil {
		t.Fatal(out["errors"])
	}
	if got := dig(out, "data", "userOrOrganization", "projectV2", "items", "nodes", 0, "content", "milestone", "title"); got != "March" {
		t.Errorf("got %v", got)
	}
}
