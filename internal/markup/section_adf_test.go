package markup_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"strata/internal/markup"
	"strata/internal/work"
)

// adf writes nodes as a document; a node is its type, its attributes and what is in it.
func adf(nodes ...string) string {
	return `{"version":1,"type":"doc","content":[` + strings.Join(nodes, ",") + `]}`
}

func node(kind, attrs string, content ...string) string {
	if attrs != "" {
		attrs = `"attrs":{` + attrs + `},`
	}
	return `{"type":"` + kind + `",` + attrs + `"content":[` + strings.Join(content, ",") + `]}`
}

func say(words string, marks ...string) string {
	return `{"type":"text","text":"` + words + `","marks":[` + strings.Join(marks, ",") + `]}`
}

func mark(kind string) string { return `{"type":"` + kind + `"}` }

func paragraph(words ...string) string { return node("paragraph", "", words...) }

func bullets(words ...string) string {
	items := make([]string, len(words))
	for i, w := range words {
		items[i] = node("listItem", "", paragraph(say(w)))
	}
	return node("bulletList", "", items...)
}

func title(words string) string { return node("heading", `"level":3`, say(words)) }

func TestSectionsAreReadFromDocuments(t *testing.T) {
	for name, c := range map[string]struct {
		doc  string
		want work.Sections
	}{
		"heading and list": {adf(title("Acceptance criteria"), bullets("one", "two"), title("Notes"), bullets("three")), criteria("one", "two")},
		"line in bold":     {adf(paragraph(say("AC", mark("strong"))), bullets("one"), paragraph(say("Notes", mark("strong"))), bullets("two")), criteria("one")},
		"words after the label, a break": {adf(paragraph(say("Dependencies:", mark("strong")), say(" none"), `{"type":"hardBreak"}`, say("AC: TBD"))),
			work.Sections{work.Dependencies: {None: true}, work.AcceptanceCriteria: {ToBeDone: true}}},
		"nested lists": {adf(title("AC"), node("bulletList", "", node("listItem", "", paragraph(say("one")), bullets("two")))), criteria("one", "two")},
		"tasks": {adf(title("Open questions"), node("taskList", "", node("taskItem", `"state":"TODO"`, say("who?")), node("taskItem", `"state":"DONE"`, say("when?")), node("taskItem", `"state":"TODO"`, say("where?")))),
			section(work.OpenQuestions, work.Section{Entries: []string{"who?", "when?", "where?"}, Unchecked: 2, Checked: 1})},
		"panel":             {adf(node("panel", `"panelType":"info"`, title("AC"), bullets("one"))), criteria("one")},
		"expand":            {adf(node("expand", `"title":"Acceptance criteria"`, bullets("one")), bullets("two")), criteria("one")},
		"quotes and code":   {adf(title("AC"), node("blockquote", "", paragraph(say("quoted"))), node("codeBlock", `"language":"java"`, say("x")), bullets("one")), criteria("one")},
		"gherkin":           {adf(title("AC"), node("codeBlock", `"language":"gherkin"`, say(`Given a\nThen b`))), criteria("Given a", "Then b")},
		"struck out, links": {adf(title("AC"), node("bulletList", "", node("listItem", "", paragraph(say("gone", mark("strike")), say("one "), say("page", `{"type":"link","attrs":{"href":"https://x.example"}}`), say(" code", mark("code")))))), criteria("one page code")},
		"a table": {adf(node("table", "", node("tableRow", "", node("tableHeader", "", paragraph(say("Feature"))), node("tableHeader", "", paragraph(say("AC")))),
			node("tableRow", "", node("tableCell", "", paragraph(say("Login"))), node("tableCell", "", bullets("one", "two | three"))))), criteria("one", "two / three")},
		"no document": {`{"type":"doc"}`, nil},
		"no JSON":     {`h2. AC`, nil},
		"deep":        {adf(strings.Repeat(`{"type":"panel","content":[`, 500) + strings.Repeat(`]}`, 500)), nil},
	} {
		if diff := cmp.Diff(reader.Sections(work.ADF, c.doc), c.want); diff != "" {
			t.Errorf("%s (-got +want):\n%s", name, diff)
		}
	}
}

func TestReferencesAreReadFromDocuments(t *testing.T) {
	doc := adf(paragraph(say("Blocked by WEB-7 and "), `{"type":"inlineCard","attrs":{"url":"https://jira.example/browse/API-3"}}`))
	want := []markup.Reference{{Kind: work.Waits, URL: "https://jira.example/browse/API-3"}, {Kind: work.Waits, Key: "WEB-7"}}
	if diff := cmp.Diff(markup.References(work.ADF, doc), want); diff != "" {
		t.Errorf("(-got +want):\n%s", diff)
	}
}
