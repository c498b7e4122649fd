package control

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strings"
	"time"

	"strata/internal/sandbox/world"
)

// answers are told otherwise than they were.
var answers = []Row{
	{Name: "F05", Trackers: jiraOnly, Does: "search does not show what was written in the last value; `reconcileIssues` does", Value: "1m"},
	{Name: "F05", Trackers: gitHubOnly, Does: "lists and searches do not show what was written in the last value; `summaries`: counts of dependencies and sub-issues are 0", Value: "1m",
		retell: lagging, lists: true},
	{Name: "F10", Does: "the continuation of a page is the one that was asked for, again and again; `empty`: an empty page that is not the last", Value: "repeat", retell: again, lists: true},
	{Name: "F11", Trackers: jiraOnly, Does: "an issue embeds its first value comments only, and says how many there are", Value: "1", retell: fewComments, lists: true},
	{Name: "F18", Trackers: gitHubOnly, Does: "a filter of a board's items matches nothing, without an error", retell: noItems, lists: true},
	{Name: "F22", Does: "no limit headers at all, as on Enterprise Server; `zero`: limit 0 and remaining 0", Value: "none", retell: noLimits, lists: true},
}

// change reads the answer as JSON, lets f change it, and writes it again if f says that it did.
func (out *reply) change(f func(v any) (any, bool)) {
	from := json.NewDecoder(bytes.NewReader(out.body))
	from.UseNumber()
	var v any
	if out.status != http.StatusOK || from.Decode(&v) != nil {
		return
	}
	v, changed := f(v)
	if !changed {
		return
	}
	var text bytes.Buffer
	to := json.NewEncoder(&text)
	to.SetEscapeHTML(false)
	if to.Encode(v) != nil {
		return
	}
	out.body, out.touched = text.Bytes(), true
}

// each visits every object of an answer.
func each(v any, f func(map[string]any)) {
	switch v := v.(type) {
	case map[string]any:
		f(v)
		for _, inner := range v {
			each(inner, f)
		}
	case []any:
		for _, inner := range v {
			each(inner, f)
		}
	}
}

// oldSearch is F09's other half: no total, or no search any more.
func oldSearch(x *exchange, f Fault, out *reply) {
	if !strings.Contains(x.route, "/search") && !strings.Contains(x.route, "/rest/agile/") || f.Says("startAt") {
		return
	}
	if f.Says("gone") {
		if strings.HasSuffix(x.route, "/search") {
			out.status, out.touched = http.StatusGone, true
			out.body = []byte(`{"errorMessages":["The requested API has been removed. Please migrate to the /rest/api/3/search/jql API."],"errors":{}}`)
		}
		return
	}
	out.change(func(v any) (any, bool) {
		page, _ := v.(map[string]any)
		_, had := page["total"]
		delete(page, "total")
		return page, had
	})
}

// lagging leaves out of GitHub's lists what was written lately.
func lagging(x *exchange, f Fault, out *reply) {
	if f.Says("summaries") {
		out.change(func(v any) (any, bool) { return v, zeroed(v) })
		return
	}
	if x.writes() || x.item != "" && !strings.Contains(x.route, "/comments") && strings.Contains(x.item, "#") {
		return // by its number an item is read as it is
	}
	before := x.front.World.Now().Add(-f.Seconds(time.Minute))
	out.change(func(v any) (any, bool) {
		changed := false
		keep := func(list []any) []any {
			shown := make([]any, 0, len(list))
			for _, one := range list {
				if fresh(one, before) && x.named(one, f.Item) {
					changed = true
					continue
				}
				shown = append(shown, one)
			}
			return shown
		}
		if list, ok := v.([]any); ok {
			return keep(list), changed
		}
		each(v, func(m map[string]any) {
			for _, name := range []string{"nodes", "items"} {
				if list, ok := m[name].([]any); ok {
					m[name] = keep(list)
				}
			}
		})
		return v, changed
	})
}

// named reports whether an object is the item that a fault is about; every object is when it is about none.
func (x *exchange) named(v any, item string) bool {
	if item == "" {
		return true
	}
	m, _ := v.(map[string]any)
	_, number, _ := strings.Cut(item, "#")
	n, _ := m["number"].(json.Number)
	return n.String() == number
}

func fresh(v any, before time.Time) bool {
	m, _ := v.(map[string]any)
	for _, name := range []string{"updated_at", "updatedAt"} {
		text, _ := m[name].(string)
		if at, err := time.Parse(time.RFC3339, text); err == nil {
			return at.After(before)
		}
	}
	return false
}

func zeroed(v any) (changed bool) {
	each(v, func(m map[string]any) {
		for _, name := range []string{"issue_dependencies_summary", "sub_issues_summary", "issueDependenciesSummary", "subIssuesSummary"} {
			counts, _ := m[name].(map[string]any)
			for count, n := range counts {
				if was, ok := n.(json.Number); ok && was != "0" {
					counts[count], changed = json.Number("0"), true
				}
			}
		}
	})
	return changed
}

// again repeats a continuation, or tells an empty page that is not the last.
func again(x *exchange, f Fault, out *reply) {
	empty := f.Says("empty")
	if x.tracker() == world.GitHub && !x.graphQL() {
		sameLink(x, empty, out)
		return
	}
	asked := x.continuation()
	out.change(func(v any) (any, bool) {
		changed := false
		each(v, func(m map[string]any) {
			switch info, isPage := m["pageInfo"].(map[string]any); {
			case m["nextPageToken"] != nil:
				changed = repeated(m, "issues", "nextPageToken", asked["nextPageToken"], empty) || changed
			case isPage && info["hasNextPage"] == true:
				changed = connectionAgain(m, info, asked, empty) || changed
			case empty && m["issues"] != nil && m["total"] != nil:
				m["issues"], changed = []any{}, true
			}
		})
		return v, changed
	})
}

// repeated gives a page the token that it was asked for with; the first page's goes on as it is.
func repeated(page map[string]any, list, token, asked string, empty bool) bool {
	if empty {
		page[list] = []any{}
	}
	if asked != "" {
		page[token] = asked
	}
	return empty || asked != ""
}

func connectionAgain(page, info map[string]any, asked map[string]string, empty bool) bool {
	if empty {
		if _, ok := page["nodes"]; ok {
			page["nodes"] = []any{}
		}
		info["endCursor"] = nil
		return true
	}
	for name, cursor := range asked { // the variable's name is the client's
		if name != "nextPageToken" && cursor != "" {
			info["endCursor"] = cursor
			return true
		}
	}
	return false
}

// continuation are the tokens and cursors of a request, by name.
func (x *exchange) continuation() map[string]string {
	var body struct {
		Token     string         `json:"nextPageToken"`
		Variables map[string]any `json:"variables"`
	}
	_ = json.Unmarshal(x.body, &body) // none, then
	found := map[string]string{"nextPageToken": body.Token}
	if body.Token == "" {
		found["nextPageToken"] = x.r.URL.Query().Get("nextPageToken")
	}
	for name, v := range body.Variables {
		text, _ := v.(string)
		if low := strings.ToLower(name); strings.Contains(low, "after") || strings.Contains(low, "cursor") {
			found[name] = text
		}
	}
	return found
}

// sameLink lets the next page of GitHub's REST be the page itself.
func sameLink(x *exchange, empty bool, out *reply) {
	if !strings.Contains(out.header.Get("Link"), `rel="next"`) {
		return
	}
	if empty {
		out.change(func(v any) (any, bool) {
			_, isList := v.([]any)
			if isList {
				v = []any{}
			}
			return v, isList
		})
		return
	}
	here := "http://" + x.r.Host + x.r.URL.RequestURI()
	if x.r.TLS != nil {
		here = "https" + strings.TrimPrefix(here, "http")
	}
	out.header.Set("Link", "<"+here+`>; rel="next"`)
	out.touched = true
}

// fewComments cuts the comments that a Jira issue embeds.
func fewComments(_ *exchange, f Fault, out *reply) {
	most := f.Number(1)
	out.change(func(v any) (any, bool) {
		changed := false
		each(v, func(m map[string]any) {
			page, _ := m["comment"].(map[string]any)
			if list, ok := page["comments"].([]any); ok && len(list) > most {
				page["comments"], page["maxResults"], changed = list[:most], most, true
			}
		})
		return v, changed
	})
}

// noItems empties a board's items where a filter was asked.
func noItems(x *exchange, _ Fault, out *reply) {
	if !x.graphQL() || !bytes.Contains(x.body, []byte("items(")) || !bytes.Contains(x.body, []byte("query:")) {
		return
	}
	out.change(func(v any) (any, bool) {
		changed := false
		each(v, func(m map[string]any) {
			page, _ := m["items"].(map[string]any)
			if list, ok := page["nodes"].([]any); ok && len(list) > 0 {
				page["nodes"], changed = []any{}, true
				if page["totalCount"] != nil {
					page["totalCount"] = 0
				}
				if page["pageInfo"] != nil {
					page["pageInfo"] = map[string]any{"hasNextPage": false, "endCursor": nil}
				}
			}
		})
		return v, changed
	})
}

// noLimits hides every header that tells of limits, or says that there is none left of none.
func noLimits(_ *exchange, f Fault, out *reply) {
	for name := range out.header {
		if low := strings.ToLower(name); strings.HasPrefix(low, "x-ratelimit-") || strings.HasPrefix(low, "ratelimit") {
			out.header.Del(name)
			out.touched = true
		}
	}
	if f.Says("zero") {
		out.header.Set("X-RateLimit-Limit", "0")
		out.header.Set("X-RateLimit-Remaining", "0")
		out.touched = true
	}
}
