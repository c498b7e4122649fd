package jirasim_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"strata/internal/sandbox/jirasim"
)

func TestWhoMayEditIsAskedAsOfTheRealOne(t *testing.T) {
	const path = "/rest/api/2/user/permission/search?"
	const zoe = "accountId=5f00000000000000000000zoe"
	for flavour, cases := range map[jirasim.Flavour][]struct {
		query  string
		status int
		want   string // names, or what it says
	}{
		jirasim.Cloud: {
			{"accountId=$ada&issueKey=WEB-2&permissions=EDIT_ISSUES", 200, "Ada A."},
			{zoe + "&issueKey=WEB-2&permissions=BROWSE_PROJECTS,ADD_COMMENTS", 200, "Zoe Z."},
			{zoe + "&issueKey=WEB-2&permissions=EDIT_ISSUES", 200, ""},
			{"query=ada&projectKey=WEB&permissions=EDIT_ISSUES", 200, "Ada A."},
			{"accountId=nobody&issueKey=WEB-2&permissions=EDIT_ISSUES", 200, ""},
			{"issueKey=WEB-2&permissions=EDIT_ISSUES", 400, "were not provided"},
			{zoe + "&issueKey=WEB-2", 400, "'permissions'"},
			{zoe + "&permissions=EDIT_ISSUES", 400, "must be provided"},
			{zoe + "&issueKey=WEB-9999&permissions=EDIT_ISSUES", 404, "does not exist"},
		},
		jirasim.DataCenter: {
			{"username=ada&issueKey=WEB-2&permissions=EDIT_ISSUES", 200, "Ada A."},
			{"username=zoe&issueKey=WEB-2&permissions=EDIT_ISSUES", 200, ""},
			{"username=z&issueKey=WEB-2&permissions=ADD_COMMENTS", 200, "Zoe Z."},
			{"issueKey=WEB-2&permissions=EDIT_ISSUES&startAt=1&maxResults=2", 200, "Ada A. Ben B."},
		},
	} {
		w, srv := start(t, flavour)
		out, err := w.Mutate([]byte(`{"op":"comment","item":"WEB-2","author":"sync[bot]","body":"strata ack"}`))
		if err != nil {
			t.Fatal(err)
		}
		ada := ""
		for _, tc := range cases {
			if strings.Contains(tc.query, "$ada") {
				ada = "5f" + fmt.Sprintf("%022x", 0xabc0)
				tc.query = strings.ReplaceAll(tc.query, "$ada", ada)
			}
			got := ask(t, srv, flavour, "GET", path+tc.query, nil)
			var users []struct{ DisplayName string }
			said := got.text
			if json.Unmarshal([]byte(got.text), &users) == nil {
				var names []string
				for _, u := range users {
					names = append(names, u.DisplayName)
				}
				if said = strings.Join(names, " "); said != tc.want {
					t.Errorf("%s %s: got %q; want %q", flavour, tc.query, said, tc.want)
				}
			}
			if got.status != tc.status || !strings.Contains(said, tc.want) {
				t.Errorf("%s %s: got %d %s; want %d %s", flavour, tc.query, got.status, got.text, tc.status, tc.want)
			}
		}
		if _, err := w.Mutate([]byte(`{"op":"rights","author":"strata-bot","role":"write"}`)); err != nil {
			t.Fatal(err)
		}
		if got := ask(t, srv, flavour, "GET", path+cases[0].query+"&accountId="+ada, nil); got.status != 403 {
			t.Errorf("%s: without administering the project: %d %s; want 403", flavour, got.status, got.text)
		}
		mine := ask(t, srv, flavour, "GET", "/rest/api/2/mypermissions?projectKey=WEB&permissions=EDIT_ISSUES,ADMINISTER_PROJECTS", nil)
		have := map[string]any{}
		for name, p := range mine.json["permissions"].(map[string]any) {
			have[name] = p.(map[string]any)["havePermission"]
		}
		if diff := cmp.Diff(have, map[string]any{"EDIT_ISSUES": true, "ADMINISTER_PROJECTS": false}); diff != "" {
			t.Errorf("%s: mypermissions (-got +want):\n%s", flavour, diff)
		}
		if flavour == jirasim.Cloud {
			got := ask(t, srv, flavour, "GET", fmt.Sprintf("/rest/api/2/issue/WEB-2/comment/%d", out.Comment), nil)
			if kind := got.json["author"].(map[string]any)["accountType"]; kind != "app" {
				t.Errorf("accountType of an app = %v", kind)
			}
		}
	}
}
