package jira_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"strata/internal/tracker"
	"strata/internal/tracker/jira"
	"strata/internal/work"
)

func bulk(items ...string) string {
	return `{"total":` + fmt.Sprint(len(items)) + `,"issues":[` + strings.Join(items, ",") + `]}`
}

func item(id, key string) string { return fmt.Sprintf(`{"id":%q,"key":%q,"fields":{}}`, id, key) }

// outcomes writes each outcome as "key", "key was OLD" or "not found".
func outcomes(fetched []tracker.Fetched) (out []string) {
	for _, f := range fetched {
		switch {
		case f.Err != nil:
			out = append(out, string(tracker.KindOf(f.Err)))
		case len(f.Record.OldKeys) > 0:
			out = append(out, f.Record.Key+" was "+strings.Join(f.Record.OldKeys, ","))
		default:
			out = append(out, f.Record.Key)
		}
	}
	return out
}

func TestAMovedItemIsFoundByItsOldKey(t *testing.T) {
	for deployment, route := range map[string]string{"Cloud": "POST issue/bulkfetch", "Server": "POST search"} {
		f := newFake(t, deployment)
		f.on(route, say(200, bulk(item("1", "NEW-7"), item("2", "WEB-2"))))
		f.on("GET issue/OLD-1", say(200, item("1", "NEW-7")))
		got, err := f.tracker.Fetch(t.Context(), []work.Target{{Key: "OLD-1"}, {Key: "web-2"}, {Key: "GONE-3"}})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(outcomes(got), []string{"NEW-7 was OLD-1", "WEB-2", "not_found"}); diff != "" {
			t.Errorf("%s (-got +want):\n%s", deployment, diff)
		}
	}
}

func TestOnlyNamesOfItemsAreSent(t *testing.T) {
	f := newFake(t, "Server", func(c *jira.Config) { c.BrowseURL = "https://jira.acme.com/" })
	f.on("POST search", say(200, bulk(item("1", "WEB-1"))))
	got, err := f.tracker.Fetch(t.Context(), []work.Target{
		{URL: "https://jira.acme.com/browse/WEB-1?focusedId=3"},
		{URL: "https://evil.example/browse/WEB-1"},
		{Key: `X-1") OR project = SECRET`},
		{Ref: work.Ref{Tracker: "jira", ID: "1) OR (1"}},
		{Ref: work.Ref{Tracker: "github", ID: "1"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(outcomes(got), []string{"WEB-1", "not_found", "not_found", "not_found", "not_found"}); diff != "" {
		t.Errorf("outcomes (-got +want):\n%s", diff)
	}
	if got := asked(t, f.sent("POST search")[0]).JQL; got != `key in ("WEB-1") ORDER BY key ASC` {
		t.Errorf("JQL = %s; want the one key", got)
	}
}

func TestItemsAreFetchedAHundredAtATime(t *testing.T) {
	f := newFake(t, "Cloud")
	f.on("POST issue/bulkfetch", func(w http.ResponseWriter, r *http.Request) {
		var q struct {
			Names []string `json:"issueIdsOrKeys"`
		}
		_ = json.NewDecoder(r.Body).Decode(&q)
		var items []string
		for _, name := range q.Names {
			items = append(items, item(name, "WEB-"+name))
		}
		say(200, bulk(items...))(w, r)
	})
	var targets []work.Target
	for n := range 250 {
		targets = append(targets, work.Target{Ref: work.Ref{Tracker: "jira", ID: fmt.Sprint(1000 + n%240)}})
	}
	got, err := f.tracker.Fetch(t.Context(), targets)
	if err != nil || len(got) != 250 || got[249].Record.Ref.ID != "1009" {
		t.Fatalf("%d outcomes, %v; want 250", len(got), err)
	}
	if n := len(f.sent("POST issue/bulkfetch")); n != 3 {
		t.Errorf("%d calls; want 3 for 240 different items", n)
	}
}
