package contract

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
)

// described says which of our descriptions a part of a body must fit.
type described struct {
	methods string // "GET POST"
	path    string // as place.ours, with * for one part
	request bool   // else of an answer that succeeds
	part    string // "": the whole; "issues/*": each of a list
	by      string // the description; a dialect is put before it
}

const (
	read   = http.MethodGet
	send   = http.MethodPost
	change = http.MethodPut
)

// jiraParts are what the files of Jira leave open.
var jiraParts = []described{
	{read + " " + send, "search/jql", false, "issues/*", "issue"},
	{read + " " + send, "search/jql", false, "", "tokenPage"},
	{read + " " + send, "search", false, "issues/*", "issue"},
	{read + " " + send, "search", false, "", "offsetPage"},
	{send, "issue/bulkfetch", false, "issues/*", "issue"},
	{read, "issue/*", false, "", "issue"},
	{read, "agile/board/*/issue", false, "issues/*", "issue"},
	{read, "agile/board/*/issue", false, "", "offsetPage"},
	{read, "agile/board/*/backlog", false, "issues/*", "issue"},
	{read, "agile/board/*/backlog", false, "", "offsetPage"},
	{read, "agile/sprint/*/issue", false, "issues/*", "issue"},
	{read, "agile/sprint/*/issue", false, "", "offsetPage"},
	{read, "agile/epic/*/issue", false, "issues/*", "issue"},
	{read, "agile/epic/*/issue", false, "", "offsetPage"},
	{read, "issue/*/comment", false, "", "comments"},
	{send, "issue/*/comment", false, "", "comment"},
	{read + " " + change, "issue/*/comment/*", false, "", "comment"},
	{send, "comment/list", false, "values/*", "comment"},
	{read, "issue/*/changelog", false, "values/*", "change"},
	{read, "issue/*/remotelink", false, "*", "remoteLink"},
	{read, "issueLinkType", false, "issueLinkTypes/*", "linkType"},
	{read, "field", false, "*", "field"},
	{read, "status", false, "*", "status"},
	{read, "statuscategory", false, "*", "category"},
	{read, "resolution", false, "*", "named"},
	{read, "priority", false, "*", "named"},
	{read, "issuetype", false, "*", "issueType"},
	{read, "project", false, "*", "project"},
	{read, "project/*", false, "", "project"},
	{read, "project/search", false, "", "page"},
	{read, "project/search", false, "values/*", "project"},
	{read, "myself", false, "", "person"},
	{read, "user", false, "", "person"},
	{read, "user/search", false, "*", "person"},
	{read, "user/permission/search", false, "*", "person"},
	{read, "agile/board", false, "", "page"},
	{read, "agile/board", false, "values/*", "board"},
	{read, "agile/board/*/sprint", false, "", "page"},
	{read, "agile/board/*/sprint", false, "values/*", "sprint"},
	{read, "agile/sprint/*", false, "", "sprint"},
	{send, "issue/*/comment", true, "", "draft"},
	{change, "issue/*/comment/*", true, "", "draft"},
}

// dataCenterParts are more of them, of Data Center alone.
var dataCenterParts = []described{{send, "search", true, "", "search"}}

// githubParts are what GitHub's file does not have.
var githubParts = []described{
	{read, "repos/*/*/collaborators/*/permission", false, "", "rights"},
	{read, "user/*", false, "", "account"},
	{read, "users/*", false, "", "account"},
}

// describe checks an exchange against our own descriptions.
func describe(e Exchange, at place) (request, answer []Mismatch) {
	parts := jiraParts
	switch at.dialect {
	case "github":
		parts = githubParts
	case "datacenter":
		parts = slices.Concat(jiraParts, dataCenterParts)
	}
	var asked, said lazily
	for _, d := range parts {
		if !slices.Contains(strings.Fields(d.methods), e.Method) || !same(d.path, at.ours) || isLeftOut(at.ours) && d.path != at.ours {
			continue
		}
		if d.request {
			apart(asked.parse(e.Body), d.part, "", func(value any, place string) { fits(at.dialect+"/"+d.by, value, "request body", place, &request) })
		} else if e.Status >= 200 && e.Status < 300 {
			apart(said.parse(e.Answer), d.part, "", func(value any, place string) { fits(at.dialect+"/"+d.by, value, "answer body", place, &answer) })
		}
	}
	if e.Status >= 400 && isJSON(e.AnswerHeader) && len(e.Answer) > 0 {
		fits(at.dialect+"/error", said.parse(e.Answer), "answer body", "", &answer)
	}
	return request, answer
}

// lazily is JSON that is read when it is needed.
type lazily struct {
	done  bool
	value any
}

func (l *lazily) parse(body []byte) any {
	if !l.done {
		l.done = true
		if err := json.Unmarshal(body, &l.value); err != nil {
			l.value = nil
		}
	}
	return l.value
}

// same compares a path with a pattern.
func same(pattern, path string) bool {
	want, have := strings.Split(pattern, "/"), strings.Split(path, "/")
	if len(want) != len(have) {
		return false
	}
	for i := range want {
		if want[i] != "*" && want[i] != have[i] {
			return false
		}
	}
	return true
}

// apart visits the parts of a value.
func apart(value any, part, place string, do func(value any, place string)) {
	if part == "" {
		do(value, place)
		return
	}
	first, rest, _ := strings.Cut(part, "/")
	if first == "*" {
		list, ok := value.([]any)
		if !ok {
			return // the published file complains, or the whole does
		}
		for n, one := range list {
			apart(one, rest, fmt.Sprintf("%s/%d", place, n), do)
		}
		return
	}
	if object, ok := value.(map[string]any); ok {
		apart(object[first], rest, place+"/"+first, do)
	}
}
