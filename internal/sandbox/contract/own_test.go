package contract

import (
	"encoding/json"
	"strings"
	"testing"
)

// TestRecordedObjectsFitOurDescriptions: what we describe ourselves must be what real sites answer.
func TestRecordedObjectsFitOurDescriptions(t *testing.T) {
	const jira = "records/jira/"
	for _, c := range []struct {
		by, file, part string
		least          int
	}{
		{"cloud2/issue", jira + "cloud-merico-agile.issues.jsonl", "", 34},
		{"datacenter/issue", jira + "dc-devlake-links.issues.jsonl", "", 22},
		{"cloud2/sprint", jira + "objects/cloud-merico.sprints.jsonl", "", 30},
		{"datacenter/sprint", jira + "objects/go-jira.sprints.json", "values/*", 5},
		{"cloud2/status", jira + "objects/cloud-merico.status.jsonl", "", 53},
		{"datacenter/category", jira + "objects/go-jira.all_statuscategories.json", "*", 4},
		{"cloud2/project", jira + "objects/cloud-merico.projects.jsonl", "", 12},
		{"cloud2/issueType", jira + "objects/cloud-merico.issue_types.jsonl", "", 5},
		{"cloud2/person", jira + "objects/cloud-merico.users.jsonl", "", 10},
		{"cloud2/remoteLink", jira + "objects/cloud-merico.remotelinks.jsonl", "", 151},
		{"datacenter/remoteLink", jira + "objects/go-jira.remote_links.json", "*", 1},
		{"cloud2/change", jira + "objects/cloud-merico.issue_changelogs.jsonl", "", 279},
		{"datacenter/field", jira + "objects/go-jira.all_fields.json", "*", 2},
		{"datacenter/linkType", jira + "objects/go-jira.all_issuelinktypes.json", "*", 4},
		{"datacenter/board", jira + "objects/go-jira.all_boards.json", "values/*", 5},
		{"datacenter/page", jira + "objects/go-jira.all_boards.json", "", 1},
		{"datacenter/named", jira + "objects/go-jira.all_priorities.json", "*", 5},
		{"datacenter/named", jira + "objects/go-jira.all_resolutions.json", "*", 5},
	} {
		texts := []string{string(recorded(t, strings.Split(c.file, "/")...))}
		if strings.HasSuffix(c.file, ".jsonl") {
			texts = lines(t, 1000, strings.Split(c.file, "/")...)
		}
		n := 0
		for _, text := range texts {
			var value any
			if err := json.Unmarshal([]byte(text), &value); err != nil {
				t.Fatal(err)
			}
			apart(value, c.part, "", func(one any, place string) {
				n++
				var wrong []Mismatch
				if fits(c.by, one, "record", place, &wrong); len(wrong) > 0 {
					t.Errorf("%s: %v in %s", c.file, wrong, brief(one))
				}
			})
		}
		if n < c.least {
			t.Errorf("%s: %d objects were checked, want %d", c.file, n, c.least)
		}
	}
}

// TestSprintsAsText: the values of Data Center's sprint field, as they were recorded anywhere.
func TestSprintsAsText(t *testing.T) {
	const start = "com.atlassian.greenhopper.service.sprint.Sprint@a88a698["
	for value, good := range map[string]bool{
		start + `id=1,rapidViewId=1,state=ACTIVE,name=Sample Sprint 2,startDate=2018-05-09T06:39:30.147Z,endDate=2018-05-23T06:59:30.147Z,completeDate=<null>,sequence=1,goal=<null>]`: true,
		start + `rapidViewId=1,state=FUTURE,name=a=b, [c],goal=one, two,startDate=<null>,endDate=<null>,completeDate=<null>,sequence=7,id=7]`:                                          true,
		start + `id=1,rapidViewId=1,state=active,name=x,startDate=<null>,endDate=<null>]`:                                                                                              false,
		start + `rapidViewId=1,state=ACTIVE,name=x,startDate=<null>,endDate=<null>]`:                                                                                                   false,
		start + `id=1,rapidViewId=1,state=ACTIVE,name=x,startDate=<null>,endDate=<null>`:                                                                                               false,
		"Sprint 1": false,
	} {
		var wrong []Mismatch
		fits("datacenter/fields", map[string]any{"customfield_10020": []any{value}}, "", "", &wrong)
		if (len(wrong) == 0) != good {
			t.Errorf("%s: good is %v: %v", value, !good, wrong)
		}
	}
}

// TestDocuments: the kinds of document that Jira Cloud takes, and those that it refuses.
func TestDocuments(t *testing.T) {
	paragraph := func(inline string) string { return `{"type":"paragraph","content":[` + inline + `]}` }
	const x = `{"type":"text","text":"x"}`
	item := `{"type":"listItem","content":[` + paragraph(x) + `]}`
	table := `{"type":"table","content":[{"type":"tableRow","content":[{"type":"tableHeader","attrs":{},"content":[` + paragraph(x) + `]}]}]}`
	for block, good := range map[string]bool{
		paragraph(x):  true,
		paragraph(""): true,
		paragraph(`{"type":"text","text":"x","marks":[{"type":"strong"},{"type":"link","attrs":{"href":"https://x.example"}}]}`):                                     true,
		paragraph(`{"type":"text","text":"x","marks":[{"type":"code"},{"type":"link","attrs":{"href":"https://x.example"}}]}`):                                       true,
		paragraph(`{"type":"mention","attrs":{"id":"5b10","text":"@Mia"}},{"type":"hardBreak"},{"type":"inlineCard","attrs":{"url":"https://x.example"}}`):           true,
		paragraph(`{"type":"status","attrs":{"text":"AT RISK","color":"red","localId":"a"}},{"type":"date","attrs":{"timestamp":"1760000000000"}}`):                  true,
		`{"type":"heading","attrs":{"level":3},"content":[` + x + `]}`:                                                                                               true,
		`{"type":"bulletList","content":[` + item + `]}`:                                                                                                             true,
		`{"type":"orderedList","attrs":{"order":1},"content":[{"type":"listItem","content":[` + paragraph(x) + `,{"type":"bulletList","content":[` + item + `]}]}]}`: true,
		`{"type":"codeBlock","attrs":{"language":"json"},"content":[{"type":"text","text":"{}"}]}`:                                                                   true,
		`{"type":"panel","attrs":{"panelType":"warning"},"content":[` + paragraph(x) + `]}`:                                                                          true,
		`{"type":"expand","attrs":{"title":"details"},"content":[` + paragraph("") + `]}`:                                                                            true,
		`{"type":"blockquote","content":[` + paragraph(x) + `]}`:                                                                                                     true,
		`{"type":"rule"}`: true,
		table:             true,

		x:                                      false, // outside a paragraph
		paragraph(`{"type":"text","text":""}`): false,
		paragraph(`{"type":"text","text":"x","marks":[{"type":"code"},{"type":"strong"}]}`):                                       false,
		paragraph(`{"type":"text","text":"x","marks":[{"type":"link"}]}`):                                                         false,
		paragraph(`{"type":"text","text":"x","marks":[{"type":"shadow"}]}`):                                                       false,
		`{"type":"heading","attrs":{"level":7},"content":[` + x + `]}`:                                                            false,
		`{"type":"bulletList","content":[` + x + `]}`:                                                                             false,
		`{"type":"bulletList","content":[{"type":"listItem","content":[` + x + `]}]}`:                                             false,
		`{"type":"bulletList","content":[]}`:                                                                                      false,
		`{"type":"panel","attrs":{"panelType":"loud"},"content":[` + paragraph(x) + `]}`:                                          false,
		`{"type":"panel","attrs":{"panelType":"info"},"content":[` + table + `]}`:                                                 false,
		`{"type":"panel","attrs":{"panelType":"info"},"content":[{"type":"expand","attrs":{},"content":[` + paragraph(x) + `]}]}`: false,
		`{"type":"marquee","content":[]}`:                                                                                         false,
	} {
		var document any
		if err := json.Unmarshal([]byte(`{"type":"doc","version":1,"content":[`+block+`]}`), &document); err != nil {
			t.Fatal(err)
		}
		var wrong []Mismatch
		fits("cloud3/draft", map[string]any{"body": document}, "", "", &wrong)
		if (len(wrong) == 0) != good {
			t.Errorf("%s: good is %v: %v", block, !good, wrong)
		}
	}
	for _, whole := range []string{`{"type":"doc","content":[]}`, `{"type":"doc","version":2,"content":[]}`, `"text"`, `{"version":1,"content":[]}`} {
		var document any
		if err := json.Unmarshal([]byte(whole), &document); err != nil {
			t.Fatal(err)
		}
		var wrong []Mismatch
		if fits("cloud3/draft", map[string]any{"body": document}, "", "", &wrong); len(wrong) == 0 {
			t.Errorf("%s was taken", whole)
		}
	}
}
