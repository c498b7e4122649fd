package control

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"strata/internal/sandbox/world"
)

// requests change what is asked before it is served.
var requests = []Row{
	{Name: "latency", Does: "answers late by value", Value: "1s"},
	{Name: "F08", Does: "a page holds value entries at most, however many are asked for", Value: "50", ask: smallPages, lists: true},
	{Name: "F09", Trackers: jiraOnly, Does: "search is not what it was: `total` is missing, `startAt` is ignored, or the old search is `gone` (410)", Value: "total",
		ask: forgetStart, retell: oldSearch, lists: true},
	{Name: "F35", Does: "bodies are kept otherwise than written: CRLF, no blanks at the end; with `link` keys become links, in Jira's documents a paragraph follows", Value: "crlf", ask: normalise},
}

// smallPages lowers the wanted size of a page.
func smallPages(x *exchange, f Fault) bool {
	most := max(f.Number(50), 1)
	name, usual := "maxResults", 50
	if x.tracker() == world.GitHub {
		name, usual = "per_page", 30
	}
	if x.writes() {
		return false
	}
	changed := false
	if q := x.r.URL.Query(); x.r.Method == http.MethodGet && !x.graphQL() && lower(q, name, usual, most) {
		x.r.URL.RawQuery = q.Encode()
		changed = true
	}
	var body map[string]json.RawMessage
	if x.r.Method != http.MethodPost || x.graphQL() || json.Unmarshal(x.body, &body) != nil {
		return changed
	}
	if n, err := strconv.Atoi(string(body[name])); err == nil && n > most || body[name] == nil && usual > most && strings.Contains(x.route, "/search") {
		body[name] = json.RawMessage(strconv.Itoa(most))
		x.body, _ = json.Marshal(body) // it was JSON
		changed = true
	}
	return changed
}

func lower(q url.Values, name string, usual, most int) bool {
	n, err := strconv.Atoi(q.Get(name))
	if err != nil {
		n = usual
	}
	if n <= most && n >= 0 {
		return false
	}
	q.Set(name, strconv.Itoa(most))
	return true
}

// forgetStart takes startAt out of a search.
func forgetStart(x *exchange, f Fault) bool {
	if !f.Says("startAt") || !strings.Contains(x.route, "/search") && !strings.Contains(x.route, "/rest/agile/") {
		return false
	}
	changed := false
	if q := x.r.URL.Query(); q.Has("startAt") {
		changed = q.Get("startAt") != "0"
		q.Del("startAt")
		x.r.URL.RawQuery = q.Encode()
	}
	var body map[string]json.RawMessage
	if json.Unmarshal(x.body, &body) == nil && body["startAt"] != nil {
		changed = changed || string(body["startAt"]) != "0"
		delete(body, "startAt")
		x.body, _ = json.Marshal(body) // it was JSON
	}
	return changed
}

var (
	keyInText    = regexp.MustCompile(`(^|[\s(])([A-Z][A-Z0-9]+-\d+)\b`)
	numberInText = regexp.MustCompile(`(^|[\s(])([\w.-]+/[\w.-]+)#(\d+)\b`)
)

// normalise rewrites the texts of a write as some servers and other robots do.
func normalise(x *exchange, f Fault) bool {
	var body any
	if !x.writes() || json.Unmarshal(x.body, &body) != nil {
		return false
	}
	changed := false
	var walk func(v any)
	walk = func(v any) {
		m, ok := v.(map[string]any)
		if !ok {
			return
		}
		for name, inner := range m {
			switch text, isText := inner.(string); {
			case name == "body" && isText:
				m[name] = x.kept(text, f)
				changed = changed || m[name] != text
			case name == "body" && padded(inner):
				changed = true
			case name == "variables", name == "input", name == "fields":
				walk(inner)
			}
		}
	}
	walk(body)
	var out bytes.Buffer
	to := json.NewEncoder(&out)
	to.SetEscapeHTML(false)
	if !changed || to.Encode(body) != nil {
		return false
	}
	x.body = out.Bytes()
	return true
}

// kept is a text as the server keeps it.
func (x *exchange) kept(text string, f Fault) string {
	lines := strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
	for n, line := range lines {
		lines[n] = strings.TrimRight(line, " \t")
		if !f.Says("link") {
			continue
		}
		if x.tracker() == world.Jira {
			lines[n] = keyInText.ReplaceAllString(lines[n], "$1[$2|https://links.example/browse/$2]")
			continue
		}
		lines[n] = numberInText.ReplaceAllString(lines[n], "$1[$2#$3](https://links.example/$2/issues/$3)")
	}
	return strings.TrimRight(strings.Join(lines, "\r\n"), "\r\n")
}

// padded puts an empty paragraph behind a document of Jira Cloud.
func padded(v any) bool {
	doc, ok := v.(map[string]any)
	content, is := doc["content"].([]any)
	if !ok || !is || doc["type"] != "doc" {
		return false
	}
	doc["content"] = append(content, map[string]any{"type": "paragraph", "content": []any{}})
	return true
}
