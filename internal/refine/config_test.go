package refine_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"strata/internal/duration"
	"strata/internal/refine"
	"strata/internal/refine/checks"
	"strata/internal/refine/rules"
)

func TestTheDefaultConfigIsValid(t *testing.T) {
	if mistakes := refine.Default().Validate(); mistakes != nil {
		t.Errorf("mistakes: %v", mistakes)
	}
	if err := refine.DefaultPolicy().Readiness.Validate(); err != nil {
		t.Error(err)
	}
}

func TestEveryMistakeIsToldAtOnce(t *testing.T) {
	c := refine.Default()
	c.Lookahead = 0
	c.Tolerance = duration.Duration(36 * time.Hour)
	c.SameSprint = "fine"
	c.Order = "random"
	c.Override = map[string]refine.Override{"DEP26": {Severity: "info"}, "DEP02": {Severity: "grave"}, "T2": {Severity: "info"}, "DEP01": {Severity: "off", Reads: 3}}
	c.Exempt = []refine.Exemption{{}}
	var got []string
	for _, mistake := range c.Validate() {
		got = append(got, mistake.Error())
	}
	want := []string{
		"lookahead: 0 Sprints; want 1 to 12",
		"tolerance: 36h0m0s; want whole days from 0d to 14d",
		`same_sprint: "fine"; want ok, at_risk or off_track`,
		`order: "random"; want sequential or concurrent`,
		"override.DEP01: reads and for belong to DEP21; remove them here",
		`override.DEP02.severity: "grave"; want info, warning, critical or off`,
		"override.DEP26: no such rule or check; want DEP01 to DEP25, X1 to X17 or T1 to T14",
		`override.T2.severity: "info"; a check can only be switched off`,
		"exempt[0]: want either label or key",
		"exempt[0].reason: missing; say why, for those who find it later",
		"exempt[0].until: missing; want a date such as 2026-12-31",
	}
	if diff := cmp.Diff(got, want); diff != "" {
		t.Errorf("mistakes (-got +want):\n%s", diff)
	}
	if err := refine.Profile("loose").Validate(); err == nil {
		t.Error("an unknown profile passed")
	}
}

func TestATeamChangesOnlyWhatIsItsOwn(t *testing.T) {
	own := refine.Overrides{
		"DEP07": {Severity: "off"}, "DEP24": {Severity: "critical"}, "DEP03": {Severity: "info"}, "DEP08": {Severity: "loud"},
		"T14": {Severity: "off"}, "T2": {Severity: "off"}, "X6": {Severity: "off"},
	}
	var got []string
	for _, mistake := range own.ValidateOwn("") {
		got = append(got, mistake.Error())
	}
	want := []string{
		"override.DEP03: concerns other teams too; change it for the product, or take one of DEP07, DEP08, DEP09, DEP24, DEP25",
		`override.DEP08.severity: "loud"; want info, warning, critical or off`,
		"override.T2: the product's profile requires it; a team may ask for more, never for less",
		"override.X6: is a check of the cross-team layer; change it for the product",
	}
	if diff := cmp.Diff(got, want); diff != "" {
		t.Errorf("mistakes (-got +want):\n%s", diff)
	}
}

func TestAProductsOverridesStandAboveTheInstallations(t *testing.T) {
	installation := refine.Overrides{"DEP01": {Severity: "info"}, "DEP02": {Severity: "off"}}
	got := refine.Overrides{"DEP01": {Severity: "warning"}}.Over(installation)
	want := refine.Overrides{"DEP01": {Severity: "warning"}, "DEP02": {Severity: "off"}}
	if diff := cmp.Diff(got, want); diff != "" {
		t.Errorf("(-got +want):\n%s", diff)
	}
	if installation["DEP01"].Severity != "info" {
		t.Error("the installation's were changed")
	}
}

func TestAWiderProfileAsksForMore(t *testing.T) {
	for _, c := range checks.All() {
		if refine.Starter.Requires(c.ID) && !refine.Standard.Requires(c.ID) || refine.Standard.Requires(c.ID) && !refine.Strict.Requires(c.ID) {
			t.Errorf("%s: a wider profile must ask for all that a narrower one asks for", c.ID)
		}
	}
	if refine.Standard.Requires("T11") || !refine.Strict.Requires("T11") {
		t.Error("T11 is asked for by strict alone")
	}
}

func TestExplainSaysWhatARuleAndACheckAre(t *testing.T) {
	for id, parts := range map[string][]string{
		"dep01": {"DEP01 out_of_order\nOff track: a blocker is planned later\n", "\nWhy\n", "\nWhen\n", "\nSeverity\n", "\nResolves\n", "  DEP01: {severity: info}", "\nExample\n", "WEB-42"},
		"T3":    {"T3 estimated\nEstimated\n", "\nPasses\n", "by the profile starter", "the team layer", "\nExample\n"},
	} {
		text, err := refine.Explain(id, rules.All(), checks.All())
		if err != nil {
			t.Fatal(err)
		}
		for _, part := range parts {
			if !strings.Contains(text, part) {
				t.Errorf("%s does not say %q:\n%s", id, part, text)
			}
		}
	}
	if _, err := refine.Explain("DEP99", rules.All(), checks.All()); err == nil || !strings.Contains(err.Error(), "DEP13") {
		t.Errorf("an unknown id must be answered with those known; got %v", err)
	}
}

func TestRulesAndChecksAreListedInTheirOrder(t *testing.T) {
	var ids []string
	for _, r := range rules.All() {
		ids = append(ids, string(r.ID))
	}
	if !slices.IsSorted(ids) || len(slices.Compact(slices.Clone(ids))) != len(ids) {
		t.Errorf("rules are not sorted or not distinct: %v", ids)
	}
}
