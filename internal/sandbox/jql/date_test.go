package jql_test

import (
	"testing"
	"time"

	"strata/internal/sandbox/jql"
)

func zone(t *testing.T, name string) *time.Location {
	t.Helper()
	l, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func utc(t *testing.T, text string) time.Time {
	t.Helper()
	at, err := time.Parse("2006-01-02 15:04:05.000", text)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// TestDatesAreReadInTheAskersZone reads each form in zones far apart, and on days
// when the clocks change.
func TestDatesAreReadInTheAskersZone(t *testing.T) {
	now := time.Date(2026, 3, 11, 9, 0, 30, 0, time.UTC)
	text := func(s string) jql.Operand { return jql.Operand{Kind: jql.Text, Text: s} }
	for _, c := range []struct {
		zone  string
		value jql.Operand
		want  string // empty: refused
	}{
		{"Pacific/Pago_Pago", text("2026/03/11 09:00"), "2026-03-11 20:00:00.000"}, // UTC-11
		{"Europe/Moscow", text("2026-03-11 09:00"), "2026-03-11 06:00:00.000"},     // UTC+3
		{"Asia/Kathmandu", text("2026-03-11 09:00"), "2026-03-11 03:15:00.000"},    // UTC+5:45
		{"Pacific/Kiritimati", text("2026/03/11"), "2026-03-10 10:00:00.000"},      // UTC+14
		{"Asia/Kathmandu", text("2026/3/1 9:05"), "2026-03-01 03:20:00.000"},
		{"Asia/Kathmandu", text(" 2026-03-11 "), "2026-03-10 18:15:00.000"},
		{"Asia/Kathmandu", jql.Operand{Kind: jql.Number, Number: 1760000000123}, "2025-10-09 08:53:20.123"},
		{"Asia/Kathmandu", jql.Operand{Kind: jql.Number, Number: -1}, "1969-12-31 23:59:59.999"},
		{"Asia/Kathmandu", text("-90m"), "2026-03-11 07:30:30.000"},
		{"Asia/Kathmandu", text("-90M"), "2026-03-11 07:30:30.000"}, // read without case: minutes
		{"Asia/Kathmandu", text("4w"), "2026-04-08 09:00:30.000"},
		{"Asia/Kathmandu", text("+1d"), "2026-03-12 09:00:30.000"},
		{"Asia/Kathmandu", text("-1w 2d"), "2026-03-02 09:00:30.000"}, // the sign holds for all
		{"Asia/Kathmandu", text("-1d 2h 3m"), "2026-03-10 06:57:30.000"},

		{"Europe/Berlin", text("2026-03-29"), "2026-03-28 23:00:00.000"},       // a day of 23 hours begins
		{"Europe/Berlin", text("2026-03-29 03:00"), "2026-03-29 01:00:00.000"}, // right after the jump
		{"Europe/Berlin", text("2026-03-29 02:30"), "2026-03-29 01:30:00.000"}, // skipped: as far after it
		{"Europe/Berlin", text("2026-03-30"), "2026-03-29 22:00:00.000"},
		{"Europe/Berlin", text("2026-10-25 01:59"), "2026-10-24 23:59:00.000"},
		{"Europe/Berlin", text("2026-10-25 02:30"), "2026-10-25 01:30:00.000"}, // comes twice: the second
		{"Europe/Berlin", text("2026-10-25 03:00"), "2026-10-25 02:00:00.000"},
		{"Africa/Cairo", text("2026-04-24"), "2026-04-23 22:00:00.000"}, // midnight itself is skipped
		{"Australia/Lord_Howe", text("2026-04-05 01:45"), "2026-04-04 15:15:00.000"},

		{"UTC", text("yesterday"), ""},
		{"UTC", text("2026-13-01"), ""},
		{"UTC", text("2026-02-29"), ""},
		{"UTC", text("2026-03-11 24:00"), ""},
		{"UTC", text("2026-03-11 09:00:30"), ""},
		{"UTC", text("2026-03-11T09:00:00Z"), ""},
		{"UTC", text("2026/03-11"), ""},
		{"UTC", text("11/03/2026"), ""},
		{"UTC", text("20/12/10"), ""},
		{"UTC", text("1760000000000"), ""}, // in quotes it is no number
		{"UTC", text("-1y"), ""},
		{"UTC", text("-1w -2d"), ""},
		{"UTC", text("1w2d"), ""},
		{"UTC", text("-"), ""},
		{"UTC", text(""), ""},
		{"UTC", text("999999999w"), ""},
		{"UTC", jql.Operand{Kind: jql.Empty}, ""},
	} {
		clock := jql.Clock{Now: now, Zone: zone(t, c.zone)}
		got, ok := clock.Date(c.value)
		if ok != (c.want != "") || ok && !got.Start.Equal(utc(t, c.want)) {
			t.Errorf("%s in %s: got %v %v; want %s", c.value, c.zone, got.Start.UTC(), ok, c.want)
		}
	}
}

func TestDatesCoverTheirPrecision(t *testing.T) {
	clock := jql.Clock{Now: time.Date(2026, 3, 29, 9, 0, 30, 0, time.UTC), Zone: zone(t, "Europe/Berlin")}
	for value, want := range map[string]string{
		"2026-03-29":       "2026-03-29 21:59:59.999", // a day of 23 hours
		"2026-03-29 12:30": "2026-03-29 10:30:59.999",
		"-1d":              "2026-03-28 22:59:59.999",
		"-2h":              "2026-03-29 07:59:59.999",
		"-5m":              "2026-03-29 08:55:59.999",
	} {
		if got, ok := clock.Date(jql.Operand{Kind: jql.Text, Text: value}); !ok || !got.End.Equal(utc(t, want)) {
			t.Errorf("%s ends %v; want %s", value, got.End.UTC(), want)
		}
	}
}

func TestDateFunctions(t *testing.T) {
	wednesday := time.Date(2026, 3, 11, 9, 0, 30, 5e6, time.UTC)
	for _, c := range []struct {
		zone, call, arg, want string
		now                   time.Time
	}{
		{call: "now", want: "2026-03-11 09:00:30.005"},
		{call: "startOfDay", want: "2026-03-11 00:00:00.000"},
		{call: "ENDOFDAY", want: "2026-03-11 23:59:59.999"},
		{call: "startOfWeek", want: "2026-03-08 00:00:00.000"}, // Sunday
		{call: "endOfWeek", want: "2026-03-14 23:59:59.999"},
		{call: "startOfMonth", want: "2026-03-01 00:00:00.000"},
		{call: "endOfMonth", want: "2026-03-31 23:59:59.999"},
		{call: "startOfYear", want: "2026-01-01 00:00:00.000"},
		{call: "endOfYear", want: "2026-12-31 23:59:59.999"},
		{call: "startOfDay", arg: "-1", want: "2026-03-10 00:00:00.000"},
		{call: "startOfDay", arg: "+3M", want: "2026-06-11 00:00:00.000"},
		{call: "startOfDay", arg: "9h", want: "2026-03-11 09:00:00.000"},
		{call: "startOfWeek", arg: "-1w", want: "2026-03-01 00:00:00.000"},
		{call: "startOfWeek", arg: "-1d", want: "2026-03-07 00:00:00.000"},
		{call: "startOfWeek", arg: "+1M", want: "2026-04-05 00:00:00.000"},
		{call: "startOfMonth", arg: "14d", want: "2026-03-15 00:00:00.000"},
		{call: "endOfMonth", arg: "-1", want: "2026-02-28 23:59:59.999"},
		{call: "endOfMonth", arg: "+1M", want: "2026-04-30 23:59:59.999"},
		{call: "endOfYear", arg: "-1M", want: "2026-11-30 23:59:59.999"},
		{call: "startOfYear", arg: "1M", want: "2026-02-01 00:00:00.000"},
		{call: "startOfYear", arg: "-3", want: "2023-01-01 00:00:00.000"},
		{call: "startOfDay", zone: "Pacific/Kiritimati", want: "2026-03-10 10:00:00.000"},
		{call: "startOfDay", zone: "Pacific/Pago_Pago", want: "2026-03-10 11:00:00.000"},
		{call: "startOfMonth", zone: "Asia/Kathmandu", want: "2026-02-28 18:15:00.000"},
		// days of 23 and 25 hours
		{call: "startOfDay", arg: "1d", zone: "Europe/Berlin", now: time.Date(2026, 3, 29, 9, 0, 0, 0, time.UTC), want: "2026-03-29 22:00:00.000"},
		{call: "startOfDay", arg: "-1d", zone: "Europe/Berlin", now: time.Date(2026, 3, 30, 9, 0, 0, 0, time.UTC), want: "2026-03-28 23:00:00.000"},
		{call: "startOfDay", arg: "24h", zone: "Europe/Berlin", now: time.Date(2026, 3, 29, 9, 0, 0, 0, time.UTC), want: "2026-03-29 23:00:00.000"},
		{call: "endOfDay", zone: "Europe/Berlin", now: time.Date(2026, 10, 25, 9, 0, 0, 0, time.UTC), want: "2026-10-25 22:59:59.999"},
		{call: "startOfWeek", zone: "Europe/Berlin", now: time.Date(2026, 3, 31, 9, 0, 0, 0, time.UTC), want: "2026-03-28 23:00:00.000"},
	} {
		clock := jql.Clock{Now: wednesday}
		if !c.now.IsZero() {
			clock.Now = c.now
		}
		if c.zone != "" {
			clock.Zone = zone(t, c.zone)
		}
		var args []string
		if c.arg != "" {
			args = []string{c.arg}
		}
		got, err := clock.Call(c.call, args)
		if err != nil || !got.Equal(utc(t, c.want)) {
			t.Errorf("%s(%s) %s: got %v %v; want %s", c.call, c.arg, c.zone, got.UTC(), err, c.want)
		}
	}
	for arg, want := range map[string]string{
		"-6q":    "Duration for function 'startOfDay' should have the format (+/-)n(yMwdm), e.g -1M for 1 month earlier.",
		"-1D":    "Duration for function 'startOfDay' should have the format (+/-)n(yMwdm), e.g -1M for 1 month earlier.",
		"-1w 2d": "Duration for function 'startOfDay' should have the format (+/-)n(yMwdm), e.g -1M for 1 month earlier.",
	} {
		if _, err := (jql.Clock{Now: wednesday}).Call("startOfDay", []string{arg}); err == nil || err.Error() != want {
			t.Errorf("startOfDay(%s): %v", arg, err)
		}
	}
	if _, err := (jql.Clock{Now: wednesday}).Call("now", []string{"-1d"}); err == nil || err.Error() != "Function 'now' expected '0' arguments but received '1'." {
		t.Errorf("now(-1d): %v", err)
	}
	if _, err := (jql.Clock{Now: wednesday}).Call("endOfDay", []string{"1", "2"}); err == nil || err.Error() != "Function 'endOfDay' expected between '0' and '1' arguments but received '2'." {
		t.Errorf("endOfDay(1, 2): %v", err)
	}
}
