package contract

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// evidence is what real Jiras and their clients said, and what each relaxation is for.
func evidence(t *testing.T) map[string][]struct {
	api API
	Exchange
} {
	type proof = struct {
		api API
		Exchange
	}
	raw := func(path ...string) string { return string(recorded(t, path...)) }
	object := func(name string) string { return raw("records", "jira", "objects", name) }
	dcIssues := list(t, "records", "jira", "dc-devlake-links.issues.jsonl")
	var rendered string
	if err := json.Unmarshal(part(t, recorded(t, "contract", "atlascode-wiremock", "BTS-1__bts1-dc.json"), "response/body"), &rendered); err != nil {
		t.Fatal(err)
	}
	link := string(part(t, []byte(dcIssues), "0/fields/issuelinks/0"))
	searched := func(issues string) string { return `{"startAt":0,"maxResults":100,"total":22,"issues":` + issues + `}` }
	changes := `{"startAt":0,"maxResults":100,"total":1,"isLast":true,"values":` + list(t, "records", "jira", "objects", "cloud-merico.issue_changelogs.jsonl") + `}`
	unassign := string(part(t, recorded(t, "contract", "atlascode-wiremock", "BTS-1__removeassignee.json"), "request/bodyPatterns/0/equalToJson"))
	customer := string(part(t, []byte(lines(t, 17, "contract", "transcripts", "jira-cli.jsonl")[16]), "b"))
	issues := lines(t, 100, "records", "jira", "cloud-merico-agile.issues.jsonl")
	reassigned := issues[slices.IndexFunc(issues, func(line string) bool { return strings.Contains(line, "tmpFromAccountId") })]
	return map[string][]proof{
		"zones without a colon": {{JiraCloud, said(t, "GET", "/rest/api/3/issue/EE-1/changelog", "", 200, changes)}},
		"null in answers":       {{JiraCloud, said(t, "POST", "/rest/api/3/search/jql", `{"jql":"project = EE"}`, 200, `{"isLast":true,"issues":[`+strings.Join(issues, ",")+`]}`)}},
		"null as any value":     {{JiraCloud, said(t, "PUT", "/rest/api/3/issue/BTS-1", unassign, 204, "")}},
		"one end of a link":     {{JiraCloud, said(t, "GET", "/rest/api/3/issueLink/10111", "", 200, link)}},
		"more in a change":      {{JiraCloud, said(t, "GET", "/rest/api/3/issue/EE-1?expand=changelog", "", 200, reassigned)}},
		"remote links are many": {{JiraCloud, said(t, "GET", "/rest/api/3/issue/EE-1/remotelink", "", 200, list(t, "records", "jira", "objects", "cloud-merico.remotelinks.jsonl"))}},
		"any field": {
			{DataCenter, said(t, "GET", "/rest/api/2/search?jql=project%3DX", "", 200, searched(dcIssues))},
			{DataCenter, said(t, "GET", "/rest/api/2/issue/BTS-1?expand=renderedFields", "", 200, rendered)},
			{DataCenter, said(t, "PUT", "/rest/api/2/issue/BTS-1", unassign, 204, "")},
		},
		"properties of Data Center": {{DataCenter, said(t, "POST", "/rest/api/2/issue/EX-1/comment", customer, 401, "")}},
		"lists of Data Center": {
			{DataCenter, said(t, "GET", "/rest/api/2/field", "", 200, object("go-jira.all_fields.json"))},
			{DataCenter, said(t, "GET", "/rest/api/2/status", "", 200, object("go-jira.all_statuses.json"))},
			{DataCenter, said(t, "GET", "/rest/api/2/statuscategory", "", 200, object("go-jira.all_statuscategories.json"))},
			{DataCenter, said(t, "GET", "/rest/api/2/issue/MKY-1/remotelink", "", 200, object("go-jira.remote_links.json"))},
		},
		"fields in a query": {
			{DataCenter, said(t, "GET", "/rest/api/2/search?jql=project%3DX&fields=summary,status", "", 200, searched(dcIssues))},
			{JiraCloud, said(t, "GET", "/rest/agile/1.0/board/1/issue?fields=summary,status", "", 200, searched("[]"))},
		},
	}
}

func TestEveryRelaxationIsNeeded(t *testing.T) {
	proofs := evidence(t)
	for _, r := range relaxations {
		for _, proof := range proofs[r.name] {
			at, _ := proof.api.locate(proof.URL.Path)
			complaints := func(leave ...string) []Mismatch {
				published, err := at.file()
				if err != nil {
					t.Fatal(err)
				}
				d, err := load(Folder(t), published.file, leave...)
				if err != nil {
					t.Fatal(err)
				}
				all := d.request(proof.Exchange, at.path)
				if proof.Status < 300 {
					all = append(all, d.answer(proof.Exchange, at.path)...)
				}
				return all
			}
			if wrong := complaints(); len(wrong) > 0 {
				t.Errorf("%s: %s %s was recorded, and is refused: %v", r.name, proof.Method, proof.URL, wrong)
			}
			if len(complaints(r.name)) == 0 {
				t.Errorf("%s: %s %s is taken without it: %s", r.name, proof.Method, proof.URL, r.why)
			}
		}
		if len(proofs[r.name]) == 0 {
			t.Errorf("%s: nothing recorded needs it", r.name)
		}
	}
}

// touched are all the places that the relaxations may change; * stands for one step. Those that end in "nullable" may do
// so at any depth below what is answered.
var touched = map[string][]string{
	"null in answers":       {"nullable"},
	"null as any value":     {"nullable"},
	"one end of a link":     {"components/schemas/IssueLink/required"},
	"more in a change":      {"components/schemas/ChangeDetails/additionalProperties"},
	"remote links are many": {"paths/*/remotelink/get/responses/200/content/application~json/schema"},
	"any field":             {"components/schemas/IssueBean/properties/fields", "components/schemas/IssueBean/properties/renderedFields", "components/schemas/IssueUpdateBean/properties/fields"},
	"lists of Data Center": {
		"paths/*/field/get/responses/200/content/application~json/schema", "paths/*/status/get/responses/200/content/application~json/schema",
		"paths/*/statuscategory/get/responses/200/content/application~json/schema", "paths/*/remotelink/get/responses/200/content/application~json/schema",
	},
	"properties of Data Center": {"components/schemas/EntityPropertyBean/properties/value"},
	"fields in a query":         {"paths/*/get/parameters/*/schema"},
}

// TestNothingElseIsLoosened compares the files as they are published with what they are after the relaxations.
func TestNothingElseIsLoosened(t *testing.T) {
	for _, name := range []string{"jira-cloud.json", "jira-agile-cloud.json", "jira-dc.json", "github-rest.json"} {
		raw, err := os.ReadFile(filepath.Join(Folder(t), "contract", "openapi", name))
		if err != nil {
			t.Fatal(err)
		}
		for _, of := range []side{ofRequests, ofAnswers} {
			allowed := []string{"servers"}
			for _, r := range relaxations {
				if r.concerns(name) && r.of&of != 0 {
					allowed = append(allowed, touched[r.name]...)
				}
			}
			published := asJSON(t, raw, name, of, false)
			for place := range differences(t, published, asJSON(t, raw, name, of, true)) {
				if of == ofRequests && name == "jira-cloud.json" && strings.HasSuffix(place, "/nullable") && !untyped(published, place) {
					t.Errorf("%s: %s: a request may only be null where every value is taken", name, place)
				}
				if !slices.ContainsFunc(allowed, func(pattern string) bool { return allows(pattern, place) }) {
					t.Errorf("%s: nobody may change %s", name, place)
				}
			}
		}
	}
}

// untyped says whether the schema that a place is in says nothing at all.
func untyped(published any, place string) bool {
	for step := range strings.SplitSeq(strings.TrimSuffix(place, "/nullable"), "/") {
		switch at := published.(type) {
		case map[string]any:
			published = at[strings.ReplaceAll(step, "~", "/")]
		case []any:
			n, err := strconv.Atoi(step)
			if err != nil || n >= len(at) {
				return false
			}
			published = at[n]
		}
	}
	return cmp.Equal(published, map[string]any{})
}

// TestRequestsStayStrict: what catches a startAt or a list in expand is not lost.
func TestRequestsStayStrict(t *testing.T) {
	raw := recorded(t, "contract", "openapi", "jira-cloud.json")
	got := asJSON(t, raw, "jira-cloud.json", ofRequests, true)["components"].(map[string]any)["schemas"].(map[string]any)["SearchAndReconcileRequestBean"]
	want := asJSON(t, raw, "jira-cloud.json", ofRequests, false)["components"].(map[string]any)["schemas"].(map[string]any)["SearchAndReconcileRequestBean"]
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the body of a search was loosened (-published +ours):\n%s", diff)
	}
}

// asJSON is a file after the relaxations, or as it is, as JSON.
func asJSON(t *testing.T, raw []byte, name string, of side, relaxed bool) map[string]any {
	t.Helper()
	var leave []string
	if !relaxed {
		for _, r := range relaxations {
			leave = append(leave, r.name)
		}
	}
	parsed, err := parse(raw, name, of, leave)
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(parsed)
	if err != nil {
		t.Fatal(err)
	}
	var out map[string]any
	if err := json.Unmarshal(text, &out); err != nil {
		t.Fatal(err)
	}
	return out
}

// differences are the places where two JSON values differ.
func differences(t *testing.T, a, b any) map[string]bool {
	found := map[string]bool{}
	var walk func(a, b any, place string)
	walk = func(a, b any, place string) {
		switch a := a.(type) {
		case map[string]any:
			if b, ok := b.(map[string]any); ok {
				both := maps.Clone(a)
				maps.Copy(both, b)
				for name := range both {
					walk(a[name], b[name], strings.TrimPrefix(place+"/"+strings.ReplaceAll(name, "/", "~"), "/"))
				}
				return
			}
		case []any:
			if b, ok := b.([]any); ok && len(a) == len(b) {
				for i := range a {
					walk(a[i], b[i], fmt.Sprintf("%s/%d", place, i))
				}
				return
			}
		}
		if !cmp.Equal(a, b) {
			found[place] = true
		}
	}
	walk(a, b, "")
	return found
}

// allows says whether a place is one that a pattern names. A path of the file is one step of the place.
func allows(pattern, place string) bool {
	if pattern == "nullable" {
		return strings.HasSuffix(place, "/nullable")
	}
	want, have := strings.Split(pattern, "/"), strings.Split(place, "/")
	if len(want) > 2 && want[0] == "paths" && len(have) > 1 { // paths/*/remotelink: the path ends so
		if !strings.HasSuffix(have[1], "~"+want[2]) && want[2] != "get" {
			return false
		}
		if want[2] != "get" {
			want = slices.Delete(want, 2, 3)
		}
	}
	if len(have) < len(want) {
		return false
	}
	for i := range want {
		if want[i] != "*" && want[i] != have[i] {
			return false
		}
	}
	return true
}
