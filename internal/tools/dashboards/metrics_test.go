package main

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/grafana/grafana-foundation-sdk/go/prometheus"
)

// nowhere are our metrics that stand on no panel and in no alert, with the reason.
var nowhere = map[string]string{
	"strata_last_success_timestamp_seconds": "for people's own queries; ours ask strata_data_age_seconds, which needs no two clocks that agree",
}

var (
	typed = regexp.MustCompile(`(?m)^# TYPE (strata_\w+) (\w+)$`)
	named = regexp.MustCompile(`\bstrata_[a-z0-9_]+`)
	label = regexp.MustCompile(`(\w+) *(?:=~|!~|!=|=) *"`)
)

// exported are our metrics as the golden pages of package metrics show them, each with its labels.
func exported(t *testing.T) map[string]string {
	t.Helper()
	files, err := filepath.Glob("../../metrics/testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no golden pages of package metrics: %v", err)
	}
	const build = "strata_build_info" // not in the pages: it changes with the compiler
	metrics := map[string]string{build: "{go= version="}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range typed.FindAllStringSubmatch(string(text), -1) {
			if m[1] == build {
				continue
			}
			series := regexp.MustCompile(`(?m)^` + m[1] + `(?:_bucket)?(\{.*\})? `).FindStringSubmatch(string(text))
			if series == nil {
				t.Fatalf("%s: %s has no series", file, m[1])
			}
			metrics[m[1]] = series[1]
			if m[2] == "histogram" {
				for _, part := range []string{"_bucket", "_sum", "_count"} {
					metrics[m[1]+part] = series[1]
				}
			}
		}
	}
	return metrics
}

// expressions are all expressions of panels, variables and alerts, by where they stand.
func expressions(t *testing.T) map[string]string {
	t.Helper()
	found := map[string]string{}
	for _, d := range all(t) {
		for _, v := range d.Templating.List {
			if v.Query != nil && v.Query.String != nil {
				found[d.file+" $"+v.Name] = *v.Query.String
			}
		}
		for _, p := range panelsOf(d.model) {
			for i, target := range p.Targets {
				found[d.file+" "+*p.Title+" "+string(rune('A'+i))] = target.(prometheus.Dataquery).Expr
			}
		}
	}
	for _, a := range alerts(t) {
		found["alert "+a.Alert] = a.Expr
	}
	return found
}

func alerts(t *testing.T) []alert {
	t.Helper()
	list, err := readAlerts(deploy + "prometheus/rules.yaml")
	if err != nil || len(list) == 0 {
		t.Fatalf("%d alerts, %v", len(list), err)
	}
	return list
}

func TestEveryMetricNamedExistsAndHasTheLabels(t *testing.T) {
	metrics := exported(t)
	for where, expression := range expressions(t) {
		for _, selector := range selectors.FindAllString(expression, -1) {
			name := named.FindString(selector)
			labels, known := metrics[name]
			if !known {
				t.Errorf("%s names %s, which no page of package metrics shows", where, name)
				continue
			}
			for _, l := range label.FindAllStringSubmatch(selector, -1) {
				if !strings.Contains(labels, l[1]+"=") {
					t.Errorf("%s: %s has no label %s", where, name, l[1])
				}
			}
		}
	}
}

func TestEveryMetricOfOursStandsSomewhere(t *testing.T) {
	used := map[string]bool{}
	for _, expression := range expressions(t) {
		for _, name := range named.FindAllString(expression, -1) {
			used[name] = true
		}
	}
	for name := range exported(t) {
		base := regexp.MustCompile(`_(bucket|sum|count)$`).ReplaceAllString(name, "")
		some := used[base] || used[base+"_bucket"] || used[base+"_sum"] || used[base+"_count"]
		switch reason := nowhere[name]; {
		case !some && reason == "":
			t.Errorf("%s stands on no panel and in no alert", name)
		case some && reason != "":
			t.Errorf("%s stands somewhere; it needs no reason", name)
		}
	}
}

func TestEveryAlertTellsWhatToDo(t *testing.T) {
	readme, err := os.ReadFile(deploy + "README.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range alerts(t) {
		if a.Annotations["summary"] == "" || a.Annotations["description"] == "" {
			t.Errorf("%s has no summary or no description", a.Alert)
		}
		if !slices.Contains([]string{"critical", "warning"}, a.Labels["severity"]) {
			t.Errorf("%s has the severity %q", a.Alert, a.Labels["severity"])
		}
		if want := "deploy/README.md#" + strings.ToLower(a.Alert); a.Annotations["runbook_url"] != want {
			t.Errorf("%s leads to %s, want %s", a.Alert, a.Annotations["runbook_url"], want)
		}
		if !regexp.MustCompile(`(?m)^#+ ` + a.Alert + `$`).Match(readme) {
			t.Errorf("deploy/README.md has no section %s", a.Alert)
		}
	}
}
