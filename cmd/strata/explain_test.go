package main

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	"strata/internal/cycle"
	"strata/internal/sandbox/jirasim"
)

// found is the first finding of a plan: its rule and the item it stands on.
func found(t *testing.T, file string) (rule, item string) {
	t.Helper()
	run := strata(t, "plan", "--config", file, "-o", "json")
	var report struct {
		Findings []struct{ Rule, Item, Severity string }
	}
	if err := json.Unmarshal([]byte(run.out), &report); err != nil {
		t.Fatalf("%v\n%s", err, run.err)
	}
	for _, f := range report.Findings {
		if f.Severity != "info" {
			return f.Rule, f.Item
		}
	}
	t.Fatal("the product has no finding to explain")
	return "", ""
}

func TestAnItemIsExplainedToAPersonAndToAScript(t *testing.T) {
	file := product(t, jirasim.Cloud)
	rule, item := found(t, file)

	run := strata(t, "explain", strings.ToLower(item), "--config", file)
	if run.code != exitDone {
		t.Fatalf("exit %d: %s", run.code, run.err)
	}
	for _, want := range []string{item, "owned by", "planned", "Findings", rule, "next step: ", "ends when: ", "Readiness"} {
		if !strings.Contains(run.out, want) {
			t.Errorf("says nothing of %q:\n%s", want, run.out)
		}
	}
	if strings.Contains(run.out, "\x1b") {
		t.Error("colours in a pipe")
	}

	run = strata(t, "explain", item, "--config", file, "-o", "json")
	var d cycle.Dossier
	if err := json.Unmarshal([]byte(run.out), &d); err != nil || d.Key != item || len(d.Findings) == 0 || d.Findings[0].Resolves == "" {
		t.Errorf("%v: %+v", err, d)
	}
}

func TestAnItemThatNobodyKnowsIsAMistake(t *testing.T) {
	run := strata(t, "explain", "NOPE-999999", "--config", product(t, jirasim.DataCenter))
	if run.code != exitUsage || !strings.Contains(run.err, "no such item") {
		t.Errorf("exit %d: %s", run.code, run.err)
	}
}

func TestAPlanIsGroupedByTeamWithAReasonForEachWrite(t *testing.T) {
	run := strata(t, "plan", "--config", product(t, jirasim.Cloud))
	heads := regexp.MustCompile(`(?m)^(Web|Core|Api|Platform|without a team)$`).FindAllString(run.out, -1)
	if len(heads) < 3 {
		t.Errorf("heads = %v; want the teams\n%s", heads, run.out)
	}
	for line := range strings.Lines(run.out) {
		if fields := strings.Fields(line); len(fields) > 0 && fields[0] == "post" && !strings.Contains(line, ": ") {
			t.Errorf("a write without its reason: %s", line)
		}
	}
	if !strings.Contains(run.out, "Nothing was written.") {
		t.Errorf("does not say that nothing was written:\n%s", run.out)
	}
}
