package plan_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v3"

	"strata/internal/plan"
	"strata/internal/work"
)

const spelled = `
baseline: true
edits_per_day: 1
renotify_after: 3d
max_new_per_hour: 10
max_new_per_day: 40
hold_above: {count: 200, share: 0.2}
hours: {days: Mon-Fri, from: "08:00", to: "18:00"}
quiet: [{from: 2026-12-24, to: 2027-01-01}]
`

func TestTheConfigReadsAsItIsWritten(t *testing.T) {
	want := plan.Default()
	want.Quiet = []plan.Range{{From: work.Date(2026, 12, 24), To: work.Date(2027, 1, 1)}}
	var got plan.Config
	if err := yaml.Unmarshal([]byte(spelled), &got); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(got, want); diff != "" {
		t.Errorf("got (-), want (+):\n%s", diff)
	}
	if errs := got.Validate(); errs != nil {
		t.Errorf("Validate() = %v; want nothing", errs)
	}
}

func TestEveryLimitCanBeSwitchedOff(t *testing.T) {
	for _, off := range []string{"off", "0"} {
		text := strings.NewReplacer("OFF", off).Replace(`{baseline: false, edits_per_day: OFF, renotify_after: 0, max_new_per_hour: OFF, max_new_per_day: OFF, hold_above: {count: OFF, share: OFF}, hours: {days: off, from: "00:00", to: "24:00"}}`)
		got := plan.Default()
		if err := yaml.Unmarshal([]byte(text), &got); err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		if diff := cmp.Diff(got, plan.Config{Hours: plan.WorkingHours{To: 24 * 60}}); diff != "" {
			t.Errorf("got (-), want (+):\n%s", diff)
		}
		if errs := got.Validate(); errs != nil {
			t.Errorf("Validate() = %v; want nothing", errs)
		}
	}
}

func TestMistakesInTheConfigNameTheirRemedy(t *testing.T) {
	for text, want := range map[string]string{
		`edits_per_day: -1`:                           `"-1": want a whole number, or off`,
		`max_new_per_hour: many`:                      `"many": want a whole number, or off`,
		`max_new_per_day: 1.5`:                        `"1.5": want a whole number, or off`,
		`max_new_per_day: 99999999999`:                `want a whole number, or off`,
		`hold_above: {share: 2}`:                      `"2": want a number from 0 to 1, or off`,
		`hold_above: {share: .nan}`:                   `want a number from 0 to 1, or off`,
		`hours: {days: Mon-Fry}`:                      `"Mon-Fry": want days such as Mon-Fri`,
		`hours: {days: ""}`:                           `"": want days such as Mon-Fri`,
		`hours: {from: "8 o'clock"}`:                  `want a form such as "08:00"`,
		`hours: {from: "18:00"}`:                      `from 18:00 must be before to 18:00`,
		`quiet: [{from: 2026-12-24}]`:                 `quiet[0]: give both from and to`,
		`quiet: [{from: 24.12., to: ""}]`:             `want YYYY-MM-DD`,
		`quiet: [{from: 2026-12-24, to: 2026-12-23}]`: `quiet[0]: from 2026-12-24 must not be after to 2026-12-23`,
	} {
		config := plan.Default()
		message := ""
		if err := yaml.Unmarshal([]byte(text), &config); err != nil {
			message = err.Error()
		}
		for _, err := range config.Validate() {
			message += err.Error()
		}
		if !strings.Contains(message, want) {
			t.Errorf("%s\ngot  %q\nwant it to say %q", text, message, want)
		}
	}
}

func TestDaysOfTheWeek(t *testing.T) {
	for text, want := range map[string]string{
		"Mon-Fri": "Mon,Tue,Wed,Thu,Fri", "Sun-Thu": "Mon,Tue,Wed,Thu,Sun", "sat, Mon": "Mon,Sat", "Fri-Mon": "Mon,Fri,Sat,Sun", "Wed": "Wed", "off": "off",
	} {
		var days plan.Weekdays
		if err := days.UnmarshalText([]byte(text)); err != nil {
			t.Errorf("%s: %v", text, err)
		}
		if got, _ := days.MarshalText(); string(got) != want {
			t.Errorf("%s reads as %s; want %s", text, got, want)
		}
	}
}

func TestTheMostSpecificModeDecides(t *testing.T) {
	for _, row := range []struct{ team, product, installation, want plan.Mode }{
		{"", "", "", plan.Reporting},
		{"", "", plan.Writing, plan.Writing},
		{"", plan.Reporting, plan.Writing, plan.Reporting},
		{plan.Writing, plan.Reporting, plan.Reporting, plan.Writing},
		{plan.Reporting, plan.Writing, plan.Writing, plan.Reporting},
	} {
		if got := plan.ModeOf(row.team, row.product, row.installation); got != row.want {
			t.Errorf("team %q, product %q, installation %q: %q; want %q", row.team, row.product, row.installation, got, row.want)
		}
	}
	var mode plan.Mode
	if err := mode.UnmarshalText([]byte("on")); err == nil || !strings.Contains(err.Error(), "report-only or write") {
		t.Errorf("error = %v; want one that names the modes", err)
	}
}
