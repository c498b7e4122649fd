package jirasim_test

import (
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"strata/internal/sandbox/jirasim"
	"strata/internal/sandbox/world"
)

// TestTextDatesAreReadInTheAskersZone asks for the same minute as clocks far from
// each other show it, and on a day of 23 hours.
func TestTextDatesAreReadInTheAskersZone(t *testing.T) {
	for _, c := range []struct{ zone, jql, want string }{
		{"Pacific/Pago_Pago", `updated >= "2026-03-10 21:00"`, "A-1"}, // UTC-11: 08:00 UTC
		{"Pacific/Pago_Pago", `updated >= "2026-03-10 21:01"`, ""},
		{"Europe/Moscow", `updated >= "2026/03/11 11:00"`, "A-1"}, // UTC+3
		{"Europe/Moscow", `updated >= "2026/03/11 11:01"`, ""},
		{"Asia/Kathmandu", `updated >= "2026-03-11 13:45"`, "A-1"}, // UTC+5:45
		{"Asia/Kathmandu", `updated >= "2026-03-11 13:46"`, ""},
		{"Pacific/Kiritimati", `updated >= "2026-03-11 22:00"`, "A-1"}, // UTC+14
		{"Pacific/Kiritimati", `updated >= "2026-03-11 22:01"`, ""},
		{"Pacific/Kiritimati", `updated < "2026-03-11" order by key`, "A-10 B-1"}, // the 11th began at 10:00 UTC on the 10th
		{"Pacific/Pago_Pago", `due = startOfDay() order by key`, ""},
		{"Pacific/Kiritimati", `due = startOfDay()`, "A-1"},
		{"Pacific/Pago_Pago", `updated >= 1773216000000`, "A-1"}, // milliseconds are in no zone
		{"Pacific/Kiritimati", `updated >= 1773216000000`, "A-1"},
		{"Pacific/Pago_Pago", `updated >= -60m`, "A-1"},
	} {
		if got := keysOf(t, asked(t, jirasim.DataCenter, c.zone, clock), jirasim.DataCenter, c.jql); got != c.want {
			t.Errorf("%s in %s: got %q; want %q", c.jql, c.zone, got, c.want)
		}
	}
	sunday := func() time.Time { return time.Date(2026, 3, 29, 12, 0, 0, 0, time.UTC) } // since 01:00 UTC it is summer in Berlin
	srv := asked(t, jirasim.DataCenter, "Europe/Berlin", sunday)
	for jql, want := range map[string]string{
		`updated >= startOfDay("-18d") order by key`: "A-1 A-2 A-3", // 10 March 23:00 UTC, by the calendar
		`updated >= "-18d"`:                          "",            // 18 times 24 hours
		`updated >= "2026-03-11 09:00"`:              "A-1",         // still winter time then
		`created < endOfDay() AND key = B-1`:         "B-1",
	} {
		if got := keysOf(t, srv, jirasim.DataCenter, jql); got != want {
			t.Errorf("%s on a day of 23 hours: got %q; want %q", jql, got, want)
		}
	}
}

// TestWhatIsNotThereIsNoMistakeWhenNobodyValidates: Data Center's
// validateQuery=false finds what is there and warns of the rest.
func TestWhatIsNotThereIsNoMistakeWhenNobodyValidates(t *testing.T) {
	srv := asked(t, jirasim.DataCenter, "UTC", clock)
	for jql, want := range map[string]string{
		`key in (A-1, A-9)`:           "A-1 | An issue with key 'A-9' does not exist for field 'key'.",
		`project = NOPE or key = B-1`: "B-1 | The value 'NOPE' does not exist for the field 'project'.",
		`color = red`:                 " | Field 'color' does not exist or you do not have permission to view it.",
		`key = A-1 order by bogus`:    "A-1 | Not able to sort using field 'bogus'.",
		`key = A-1`:                   "A-1 | ",
	} {
		got := ask(t, srv, jirasim.DataCenter, "GET", "/rest/api/2/search?validateQuery=false&fields=summary&jql="+url.QueryEscape(jql), nil)
		var keys, warnings []string
		issues, _ := got.json["issues"].([]any)
		for _, i := range issues {
			keys = append(keys, i.(map[string]any)["key"].(string))
		}
		told, _ := got.json["warningMessages"].([]any)
		for _, w := range told {
			warnings = append(warnings, w.(string))
		}
		if have := strings.Join(keys, " ") + " | " + strings.Join(warnings, " "); got.status != 200 || have != want {
			t.Errorf("%s\n got %d %s\nwant %s", jql, got.status, have, want)
		}
	}
	if got := ask(t, srv, jirasim.DataCenter, "GET", "/rest/api/2/search?validateQuery=false&jql=project+%3D", nil); got.status != 400 {
		t.Errorf("what cannot be parsed is a mistake all the same: %d", got.status)
	}
}

// TestMovedIssuesAreFoundUnderTheirFormerKeys, but are neither before nor after
// others of the former project.
func TestMovedIssuesAreFoundUnderTheirFormerKeys(t *testing.T) {
	w := world.New(clock)
	if _, err := w.LoadJira(strings.NewReader(known), "known"); err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(published(t, jirasim.DataCenter, jirasim.New(w, jirasim.Options{Flavour: jirasim.DataCenter, Token: token})))
	defer srv.Close()
	before := keysOf(t, srv, jirasim.DataCenter, `project = A order by key`)
	if _, err := w.Mutate([]byte(`{"op":"move","item":"A-10","project":"B"}`)); err != nil {
		t.Fatal(err)
	}
	for jql, want := range map[string]string{
		`key = A-10`:               "B-2",
		`key > A-10`:               "400 Operator '>' cannot be applied to moved issue key 'A-10'.",
		`project = A order by key`: "A-1 A-2 A-3", // what was remembered is brought up to date
	} {
		if got := keysOf(t, srv, jirasim.DataCenter, jql); got != want {
			t.Errorf("%s: got %q; want %q (before: %s)", jql, got, want, before)
		}
	}
}
