package facts_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"strata/internal/duration"
	"strata/internal/facts"
	"strata/internal/work"
)

func on(date string) work.Day {
	d, err := work.ParseDay(date)
	if err != nil {
		panic(err)
	}
	return d
}

func march(day int) work.Day { return work.Date(2026, time.March, day) }

func calendar(t testing.TB, c facts.CalendarConfig) facts.Calendar {
	t.Helper()
	cal, err := c.Calendar()
	if err != nil {
		t.Fatal(err)
	}
	return cal
}

// shop is the calendar of the spec's examples: Sprint 1 from 2 to 13 March.
func shop(t testing.TB) facts.Calendar {
	return calendar(t, facts.CalendarConfig{Timezone: "Europe/Berlin", First: march(2)})
}

func TestWorkingDaysBetween(t *testing.T) {
	cal := calendar(t, facts.CalendarConfig{Holidays: []work.Day{on("2026-04-03"), on("2026-04-06"), on("2026-04-05")}}) // a Friday, a Monday, a Sunday
	for _, c := range []struct {
		a, b string
		want int
	}{
		{"2026-03-02", "2026-03-02", 0},
		{"2026-03-13", "2026-03-16", 1}, // Friday to Monday
		{"2026-03-13", "2026-03-15", 0}, // Friday to Sunday
		{"2026-03-14", "2026-03-16", 1}, // Saturday to Monday
		{"2026-03-02", "2026-03-13", 9},
		{"2026-03-13", "2026-03-02", -9},
		{"2026-04-02", "2026-04-07", 1}, // Easter lies between
		{"2026-04-07", "2026-04-02", -1},
		{"1969-12-29", "1970-01-05", 5},
		{"1969-12-26", "1969-12-29", 1},
	} {
		if got := cal.WorkingDaysBetween(on(c.a), on(c.b)); got != c.want {
			t.Errorf("from %s to %s: got %d, want %d", c.a, c.b, got, c.want)
		}
	}
}

func TestSlackOfTheExample(t *testing.T) {
	// W starts with Sprint 2, B ends with Sprint 3.
	if got, want := shop(t).WorkingDaysBetween(on("2026-04-10"), march(16)), -19; got != want {
		t.Errorf("got %d, want %d", got, want)
	}
}

func TestWorkingDaysAddUp(t *testing.T) {
	cal := calendar(t, facts.CalendarConfig{Holidays: []work.Day{on("2026-12-25"), on("2026-12-26"), on("2027-01-01")}})
	count := 0
	for d := on("2026-12-01"); d < on("2027-02-01"); d++ {
		if cal.Working(d) {
			count++
		}
		if got := cal.WorkingDaysBetween(on("2026-11-30"), d); got != count {
			t.Fatalf("until %s: got %d, want %d", d, got, count)
		}
		if got := cal.AddWorkingDays(on("2026-11-30"), count); count > 0 && got != cal.LastWorkingDay(d) {
			t.Fatalf("%d working days on: got %s, want %s", count, got, cal.LastWorkingDay(d))
		}
	}
}

func TestSeekingWorkingDays(t *testing.T) {
	cal := calendar(t, facts.CalendarConfig{Holidays: []work.Day{march(13)}})
	for _, c := range []struct {
		name      string
		got, want work.Day
	}{
		{"last up to a Sunday before a holiday", cal.LastWorkingDay(march(15)), march(12)},
		{"last up to a working day", cal.LastWorkingDay(march(12)), march(12)},
		{"next from a holiday", cal.NextWorkingDay(march(13)), march(16)},
		{"two after a Thursday", cal.AddWorkingDays(march(12), 2), march(17)},
		{"two before a Tuesday", cal.AddWorkingDays(march(17), -2), march(12)},
	} {
		if c.got != c.want {
			t.Errorf("%s: got %s, want %s", c.name, c.got, c.want)
		}
	}
}

func TestTouching(t *testing.T) {
	cal := shop(t)
	for _, c := range []struct {
		end, start int
		want       bool
	}{
		{13, 16, true},  // Friday, Monday
		{13, 17, false}, // Friday, Tuesday
		{16, 13, true},
		{15, 16, true},
		{16, 16, true},
		{17, 16, true},
		{18, 16, false},
		{20, 16, false},
	} {
		if got := cal.Touches(march(c.end), march(c.start)); got != c.want {
			t.Errorf("%d and %d March: got %v, want %v", c.end, c.start, got, c.want)
		}
	}
}

func TestNotAfterAllowsTheTolerance(t *testing.T) {
	cal := shop(t)
	for _, c := range []struct {
		a, b, tolerance int
		want            bool
	}{
		{13, 16, 0, true}, {16, 16, 0, true}, {17, 16, 0, false}, {17, 16, 1, true}, {16, 13, 1, true}, {17, 13, 1, false}, {2, 30, 0, true},
	} {
		if got := cal.NotAfter(march(c.a), march(c.b), c.tolerance); got != c.want {
			t.Errorf("%d not after %d, tolerance %d: got %v, want %v", c.a, c.b, c.tolerance, got, c.want)
		}
	}
}

func TestWeekdaysAreReadAndWritten(t *testing.T) {
	for text, want := range map[string]string{"Mon-Fri": "Mon,Tue,Wed,Thu,Fri", "sun-thu": "Mon,Tue,Wed,Thu,Sun", "Monday, Wed-Thu": "Mon,Wed,Thu", "Sat-Mon": "Mon,Sat,Sun"} {
		var days facts.Weekdays
		if err := days.UnmarshalText([]byte(text)); err != nil {
			t.Fatal(err)
		}
		if got, _ := days.MarshalText(); string(got) != want {
			t.Errorf("%s: got %s, want %s", text, got, want)
		}
	}
	for _, text := range []string{"", "Mo-Fr", "Mon-", "weekdays"} {
		if err := new(facts.Weekdays).UnmarshalText([]byte(text)); err == nil {
			t.Errorf("%q: want an error", text)
		}
	}
}

func TestCalendarMistakesNameTheirPlace(t *testing.T) {
	for _, c := range []struct {
		config facts.CalendarConfig
		want   string
	}{
		{facts.CalendarConfig{Timezone: "Berlin"}, `calendar.timezone: "Berlin" is not a known zone; write one such as Europe/Berlin`},
		{facts.CalendarConfig{Every: duration.Duration(36 * time.Hour)}, `calendar.every: 36h0m0s is no whole number of days; write one such as 14d`},
	} {
		if _, err := c.config.Calendar(); err == nil || err.Error() != c.want {
			t.Errorf("got %v, want %s", err, c.want)
		}
	}
}

// laid is what matters of a Sprint, for comparing.
type laid struct {
	ID, Window string
	State      work.SprintState
	Seq        int
	Projected  bool
}

func lay(sprints []work.Sprint, from int) (out []laid) {
	for _, s := range sprints[from:] {
		out = append(out, laid{string(s.ID), s.Window.Start.String() + " " + s.Window.End.String(), s.State, s.Seq, s.Window.Projected})
	}
	return out
}

func TestProductSprintsFollowTheConfig(t *testing.T) {
	got := shop(t).Sprints(nil, march(11))
	want := []laid{
		{"product:1", "2026-03-02 2026-03-13", work.SprintActive, 0, false},
		{"product:2", "2026-03-16 2026-03-27", work.SprintFuture, 1, false},
		{"product:3", "2026-03-30 2026-04-10", work.SprintFuture, 2, false},
		{"product:4", "2026-04-13 2026-04-24", work.SprintFuture, 3, false},
	}
	if diff := cmp.Diff(lay(got[:4], 0), want); diff != "" {
		t.Errorf("(-got +want):\n%s", diff)
	}
	if got[1].Name != "Sprint 2" || len(got) != 7 {
		t.Errorf("got %q of %d Sprints, want Sprint 2 of 7", got[1].Name, len(got))
	}
}

func instant(date string) time.Time {
	t, err := time.Parse(time.RFC3339, date)
	if err != nil {
		panic(err)
	}
	return t
}

func TestBoxesAreLaidOverTheProductByDates(t *testing.T) {
	boxes := []work.RecordSprint{
		{ID: "jira:9", Name: "Core 9", State: work.SprintFuture, Board: "core", Start: instant("2026-03-12T23:30:00Z"), End: instant("2026-03-26T23:30:00Z")}, // 13 to 27 March in Berlin
		{ID: "jira:10", State: work.SprintActive, Board: "core", Start: instant("2026-02-23T08:00:00Z"), End: instant("2026-03-06T17:00:00Z")},                // overran
		{ID: "github:PVT/b", State: work.SprintActive, Board: "it", StartDay: march(2), EndDay: march(15)},                                                    // ends on a Sunday
		{ID: "jira:11", State: work.SprintClosed, Board: "old", Start: instant("2025-01-06T08:00:00Z"), End: instant("2025-01-17T17:00:00Z")},
		{ID: "jira:12", State: work.SprintFuture, Board: "lost"},
		{ID: "jira:13", State: work.SprintFuture, Board: "mid", StartDay: march(16), End: instant("2026-03-27T23:00:00Z")}, // midnight in Berlin
	}
	got := shop(t).Sprints(boxes, march(11))
	want := []laid{
		{"jira:11", "2025-01-06 2025-01-17", work.SprintClosed, -1, false},
		{"jira:10", "2026-02-23 2026-03-06", work.SprintActive, 0, false},
		{"github:PVT/b", "2026-03-02 2026-03-13", work.SprintActive, 0, false},
		{"jira:9", "2026-03-13 2026-03-27", work.SprintFuture, 1, false},
		{"jira:13", "2026-03-16 2026-03-27", work.SprintFuture, 1, false},
		{"jira:12", " ", work.SprintFuture, -1, false},
	}
	if diff := cmp.Diff(lay(got, len(got)-len(boxes)), want); diff != "" {
		t.Errorf("(-got +want):\n%s", diff)
	}
}

func TestUndatedBoxesAreProjected(t *testing.T) {
	boxes := []work.RecordSprint{
		{ID: "jira:12", State: work.SprintFuture, Board: "web"},
		{ID: "jira:9", State: work.SprintFuture, Board: "web"},
		{ID: "jira:8", State: work.SprintActive, Board: "web", StartDay: march(2), EndDay: march(13)},
		{ID: "jira:7", State: work.SprintClosed, Board: "web", StartDay: march(2) - 14, EndDay: march(13) - 14},
		{ID: "jira:20", State: work.SprintActive, Board: "weekly", StartDay: march(9), EndDay: march(13)},
		{ID: "jira:21", State: work.SprintFuture, Board: "weekly"},
		{ID: "jira:30", State: work.SprintClosed, Board: "paused", StartDay: march(2) - 70, EndDay: march(13) - 70},
		{ID: "jira:31", State: work.SprintFuture, Board: "paused"},
		{ID: "jira:40", State: work.SprintFuture, Board: "open end", StartDay: march(16)},
	}
	for _, c := range []struct {
		name string
		cal  facts.Calendar
		seq  map[string]int
	}{
		{"with a calendar", shop(t), map[string]int{"jira:7": -1, "jira:8": 0, "jira:9": 1, "jira:12": 2, "jira:20": 0, "jira:21": 1, "jira:30": -1, "jira:31": 0, "jira:40": 1}},
		{"without", calendar(t, facts.CalendarConfig{}), map[string]int{"jira:30": 0, "jira:7": 1, "jira:8": 2, "jira:31": 2, "jira:20": 2, "jira:21": 3, "jira:9": 3, "jira:40": 3, "jira:12": 4}},
	} {
		got := c.cal.Sprints(boxes, march(11))
		want := []laid{
			{"jira:30", "2025-12-22 2026-01-02", work.SprintClosed, c.seq["jira:30"], false},
			{"jira:7", "2026-02-16 2026-02-27", work.SprintClosed, c.seq["jira:7"], false},
			{"jira:8", "2026-03-02 2026-03-13", work.SprintActive, c.seq["jira:8"], false},
			{"jira:31", "2026-03-02 2026-03-13", work.SprintFuture, c.seq["jira:31"], true},
			{"jira:20", "2026-03-09 2026-03-13", work.SprintActive, c.seq["jira:20"], false},
			{"jira:9", "2026-03-16 2026-03-27", work.SprintFuture, c.seq["jira:9"], true},
			{"jira:21", "2026-03-16 2026-03-20", work.SprintFuture, c.seq["jira:21"], true},
			{"jira:40", "2026-03-16 2026-03-27", work.SprintFuture, c.seq["jira:40"], true},
			{"jira:12", "2026-03-30 2026-04-10", work.SprintFuture, c.seq["jira:12"], true},
		}
		if diff := cmp.Diff(lay(got, len(got)-len(boxes)), want); diff != "" {
			t.Errorf("%s (-got +want):\n%s", c.name, diff)
		}
	}
}

func TestWithoutCalendarTheBoxesAreTheProductsSprints(t *testing.T) {
	boxes := []work.RecordSprint{
		{ID: "jira:2", Board: "web", StartDay: march(16), EndDay: march(27)},
		{ID: "jira:1", Board: "web", StartDay: march(2), EndDay: march(13)},
		{ID: "github:a/1", Board: "api", StartDay: march(3), EndDay: march(16)}, // a day later: the same
	}
	got := calendar(t, facts.CalendarConfig{}).Sprints(boxes, march(11))
	want := []laid{
		{"product:2026-03-02", "2026-03-02 2026-03-13", work.SprintActive, 0, false},
		{"product:2026-03-16", "2026-03-16 2026-03-27", work.SprintFuture, 1, false},
		{"product:2026-03-30", "2026-03-30 2026-04-10", work.SprintFuture, 2, true},
		{"product:2026-04-13", "2026-04-13 2026-04-24", work.SprintFuture, 3, true},
		{"product:2026-04-27", "2026-04-27 2026-05-08", work.SprintFuture, 4, true},
		{"product:2026-05-11", "2026-05-11 2026-05-22", work.SprintFuture, 5, true},
		{"product:2026-05-25", "2026-05-25 2026-06-05", work.SprintFuture, 6, true},
		{"product:2026-06-08", "2026-06-08 2026-06-19", work.SprintFuture, 7, true},
		{"jira:1", "2026-03-02 2026-03-13", work.SprintActive, 0, false},
		{"github:a/1", "2026-03-03 2026-03-16", work.SprintActive, 0, false},
		{"jira:2", "2026-03-16 2026-03-27", work.SprintFuture, 1, false},
	}
	if diff := cmp.Diff(lay(got, 0), want); diff != "" {
		t.Errorf("(-got +want):\n%s", diff)
	}
}
