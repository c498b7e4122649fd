package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/grafana/grafana-foundation-sdk/go/cog"
	"github.com/grafana/grafana-foundation-sdk/go/cog/plugins"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
	"github.com/grafana/grafana-foundation-sdk/go/prometheus"
)

const deploy = "../../../deploy/"

func all(t *testing.T) []written {
	t.Helper()
	list, err := build()
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func TestTheFilesAreWhatTheCodeWrites(t *testing.T) {
	for _, d := range all(t) {
		want, err := encode(d.model)
		if err != nil {
			t.Fatal(err)
		}
		got, err := os.ReadFile(filepath.Join(deploy, "grafana", d.file))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), string(got)); diff != "" {
			t.Errorf("%s is stale; go run ./internal/tools/dashboards writes it anew:\n%s", d.file, diff)
		}
	}
}

func TestGrafanaKnowsEveryField(t *testing.T) {
	plugins.RegisterDefaultPlugins()
	for _, d := range all(t) {
		text, err := encode(d.model)
		if err != nil {
			t.Fatal(err)
		}
		if problems := strict(text); len(problems) > 0 {
			t.Errorf("%s: %v", d.file, problems)
		}
		misspelt := strings.Replace(string(text), `"legendFormat"`, `"legendFromat"`, 1)
		if len(strict([]byte(misspelt))) == 0 {
			t.Errorf("%s: a misspelt field was not found: the reading is not strict", d.file)
		}
	}
}

// strict reads a dashboard as Grafana's own schema has it.
func strict(text []byte) cog.BuildErrors {
	var d model
	var problems cog.BuildErrors
	// An error without any problem in it is none.
	if err := d.UnmarshalJSONStrict(text); err != nil && !cogErrors(err, &problems) {
		problems = cog.MakeBuildErrors("", err)
	}
	return problems
}

func cogErrors(err error, out *cog.BuildErrors) bool {
	list, ok := err.(cog.BuildErrors) //nolint:errorlint // an empty list is told by its type alone
	*out = list
	return ok
}

func TestEveryPanelAnswersAQuestion(t *testing.T) {
	for _, d := range all(t) {
		titles := map[string]bool{}
		for _, p := range panelsOf(d.model) {
			if titles[*p.Title] {
				t.Errorf("%s: two panels are titled %q", d.file, *p.Title)
			}
			titles[*p.Title] = true
			if p.Description == nil || !strings.Contains(*p.Description, "?") {
				t.Errorf("%s: the description of %q asks nothing", d.file, *p.Title)
			}
			if p.Type == "text" {
				continue
			}
			if p.FieldConfig.Defaults.NoValue == nil || len(*p.FieldConfig.Defaults.NoValue) < 4 {
				t.Errorf("%s: %q does not say why there may be no data", d.file, *p.Title)
			}
			if p.FieldConfig.Defaults.Unit == nil {
				t.Errorf("%s: %q has no unit", d.file, *p.Title)
			}
			if len(p.Targets) == 0 || p.Datasource == nil || *p.Datasource.Uid != "${datasource}" {
				t.Errorf("%s: %q has no queries, or not of the chosen Prometheus", d.file, *p.Title)
			}
		}
	}
}

func TestAPercentageStandsBesideItsBasis(t *testing.T) {
	shares := 0
	for _, d := range all(t) {
		for _, p := range panelsOf(d.model) {
			text, err := json.Marshal(p)
			if err != nil {
				t.Fatal(err)
			}
			if !regexp.MustCompile(`"percent(unit)?"`).Match(text) {
				continue
			}
			shares++
			if !strings.Contains(string(text), `"options":"Of `) { // the name of a column
				t.Errorf("%s: %q shows a percentage and not of how much", d.file, *p.Title)
			}
		}
	}
	if shares == 0 {
		t.Error("no panel shows a percentage: the test looks for the wrong thing")
	}
}

func TestNoPanelRanksTeams(t *testing.T) {
	ranking := regexp.MustCompile(`(topk|bottomk|sort|sort_desc)\b.*\bby \([^)]*\bteam\b`)
	for _, d := range all(t) {
		for _, p := range panelsOf(d.model) {
			for _, target := range p.Targets {
				q := target.(prometheus.Dataquery)
				if ranking.MatchString(q.Expr) {
					t.Errorf("%s: %q ranks teams: %s", d.file, *p.Title, q.Expr)
				}
			}
		}
	}
}

func TestPanelsFillTheGridWithoutOverlap(t *testing.T) {
	for _, d := range all(t) {
		taken := map[[2]uint32]string{}
		for _, p := range d.Panels {
			at, name := dashboard.GridPos{}, ""
			if p.Panel != nil {
				at, name = *p.Panel.GridPos, *p.Panel.Title
			} else {
				at, name = *p.RowPanel.GridPos, *p.RowPanel.Title
			}
			if at.X+at.W > 24 {
				t.Errorf("%s: %q sticks out", d.file, name)
			}
			for x := at.X; x < at.X+at.W; x++ {
				for y := at.Y; y < at.Y+at.H; y++ {
					if other := taken[[2]uint32{x, y}]; other != "" {
						t.Fatalf("%s: %q lies on %q", d.file, name, other)
					}
					taken[[2]uint32{x, y}] = name
				}
			}
		}
	}
}
