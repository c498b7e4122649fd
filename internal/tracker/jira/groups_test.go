package jira_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"strata/internal/tracker/jira"
)

func asking(groups ...string) func(*jira.Config) {
	return func(c *jira.Config) { c.Groups = groups }
}

func TestAnItemHasTheGroupsOfItsAssignee(t *testing.T) {
	for deployment, account := range map[string]string{"Cloud": `{"accountId":"u-%d","displayName":"Kim"}`, "Server": `{"name":"u-%d","key":"k-%[1]d","displayName":"Kim"}`} {
		f := newFake(t, deployment, asking("core", "everybody"))
		f.on("GET group/member", func(w http.ResponseWriter, r *http.Request) {
			size, last := 50, false
			if r.URL.Query().Get("startAt") == "50" || r.URL.Query().Get("groupname") == "core" {
				size, last = 1, true
			}
			var users []string
			for i := range size {
				users = append(users, fmt.Sprintf(account, i+1))
			}
			say(200, fmt.Sprintf(`{"startAt":0,"maxResults":50,"total":51,"isLast":%v,"values":[%s]}`, last, strings.Join(users, ",")))(w, r)
		})
		body := `{"total":3,"issues":[` +
			`{"id":"1","key":"WEB-1","fields":{"assignee":` + fmt.Sprintf(account, 1) + `}},{"id":"2","key":"WEB-2","fields":{"assignee":` + fmt.Sprintf(account, 2) + `}},{"id":"3","key":"WEB-3","fields":{}}]}`
		f.on("POST search", say(200, body))
		f.on("POST search/jql", say(200, body))
		page := read(t, f)
		got := map[string][]string{}
		for _, r := range page.Records {
			got[r.Key] = r.Groups
		}
		if diff := cmp.Diff(got, map[string][]string{"WEB-1": {"core", "everybody"}, "WEB-2": {"everybody"}, "WEB-3": nil}); diff != "" {
			t.Errorf("%s (-got +want):\n%s", deployment, diff)
		}
		if n := len(f.sent("GET group/member")); n != 3 {
			t.Errorf("%s: %d requests for members, want 3", deployment, n)
		}
	}
}

func TestWithoutSuchRulesNoGroupIsRead(t *testing.T) {
	f := newFake(t, "Cloud")
	f.on("POST search/jql", say(200, `{"issues":[]}`))
	read(t, f)
	if n := len(f.sent("GET group/member")); n != 0 {
		t.Errorf("%d requests for members, want none", n)
	}
}

func TestAGroupThatIsHiddenSpoilsNothingAndIsTold(t *testing.T) {
	f := newFake(t, "Cloud", asking("core"))
	f.on("GET group/member", say(403, `{"errorMessages":["no rights"]}`))
	f.on("POST search/jql", say(200, `{"issues":[{"id":"1","key":"WEB-1","fields":{}}]}`))
	if page := read(t, f); len(page.Records) != 1 {
		t.Errorf("got %d records, want 1", len(page.Records))
	}
	for _, p := range f.tracker.Check(t.Context(), nil) {
		if strings.Contains(p.Text, `group "core"`) {
			return
		}
	}
	t.Error("the group is not named")
}
