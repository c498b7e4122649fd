package cycle_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"strata/internal/work"
)

func TestTheReportReadsAsScriptsExpectIt(t *testing.T) {
	o := open(t, nil)
	b := story("jira", "api", "2", "core", sprint3)
	w := waits(story("jira", "web", "1", "web", sprint2), b)
	w.Created, w.Texts = wednesday, nil
	b.Texts = []work.SourceText{{Dialect: work.JiraWiki, Text: "h2. Acceptance criteria\n* It works <b>"}}
	o.jira.Put(b, w)
	report := o.run().JSON()
	for i := range report.Readiness {
		clear(report.Readiness[i].Checks) // the checks have their own tests
	}
	report.Plan.ID = "p-" // names the content
	report.Sprints = report.Sprints[:2]
	got, err := json.MarshalIndent(report, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile(filepath.Join("testdata", "report.json"))
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), string(got)+"\n"); d != "" {
		t.Errorf("report (-want +got):\n%s", d)
	}
}
