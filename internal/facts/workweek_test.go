package facts_test

import (
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"strata/internal/facts"
	"strata/internal/work"
)

// teamwork is a calendar in which India works Sunday to Thursday and has holidays of its own.
func teamwork(t testing.TB) facts.Calendar {
	return product(t, facts.Config{
		Calendar: facts.CalendarConfig{Timezone: "Europe/Berlin", First: march(2), Holidays: []work.Day{march(5)}},
		Teams: []facts.TeamConfig{
			{Name: "Web"},
			{Name: "India", Timezone: "Asia/Kolkata", Working: weekdays(t, "Sun-Thu"), Holidays: []work.Day{march(4), march(6)}},
			{Name: "Core", Holidays: []work.Day{march(3)}},
		},
	}, nil).Calendar()
}

func weekdays(t testing.TB, text string) (days facts.Weekdays) {
	t.Helper()
	if err := days.UnmarshalText([]byte(text)); err != nil {
		t.Fatal(err)
	}
	return days
}

func TestEachTeamHasItsWorkingDays(t *testing.T) {
	cal := teamwork(t)
	for _, c := range []struct {
		team work.TeamID
		want string // 1 to 8 March 2026, Sunday to Sunday
	}{
		{"Web", ".xxx.x.."},     // the product's holiday is Thursday
		{"India", "xxx....x"},   // Sunday to Tuesday: Wednesday its own, Thursday the product's, Friday it never works
		{"Core", ".x.x.x.."},    // Tuesday off
		{"unknown", ".xxx.x.."}, // as the product
		{"", ".xxx.x.."},
	} {
		got := ""
		for d := march(1); d <= march(8); d++ {
			got += map[bool]string{true: "x", false: "."}[cal.For(c.team).Working(d)]
		}
		if got != c.want {
			t.Errorf("%s works %s, want %s", c.team, got, c.want)
		}
	}
	if got := cal.For("India").Zone().String(); got != "Asia/Kolkata" {
		t.Errorf("got zone %s, want Asia/Kolkata", got)
	}
}

func TestToleranceIsTheTeamsOwn(t *testing.T) {
	cal := teamwork(t)
	// From Thursday 12 to Sunday 15 March: a day of work for India, none for the others.
	for team, want := range map[work.TeamID][2]bool{"Web": {true, true}, "India": {false, true}} {
		got := [2]bool{cal.For(team).NotAfter(march(15), march(12), 0), cal.For(team).NotAfter(march(15), march(12), 1)}
		if team == "Web" {
			got[0] = cal.For(team).NotAfter(march(15), march(13), 0)
		}
		if got != want {
			t.Errorf("%s: got %v, want %v", team, got, want)
		}
	}
}

// The arithmetic must say what counting day by day says.
func TestWorkingDaysAreAsCounted(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 40 {
		config := facts.CalendarConfig{}
		for d := range config.Working {
			config.Working[d] = random.IntN(3) > 0
		}
		for range random.IntN(60) {
			config.Holidays = append(config.Holidays, work.Day(random.IntN(400)-200))
		}
		cal := calendar(t, config)
		for range 100 {
			a, b := work.Day(random.IntN(600)-300), work.Day(random.IntN(600)-300)
			want := 0
			for d := min(a, b) + 1; d <= max(a, b); d++ {
				if cal.Working(d) {
					want++
				}
			}
			if b < a {
				want = -want
			}
			if got := cal.WorkingDaysBetween(a, b); got != want {
				t.Fatalf("%+v: from %d to %d got %d, want %d", config, a, b, got, want)
			}
			n := random.IntN(80) - 40
			day, step := a, work.Day(1)
			if n < 0 {
				step = -1
			}
			for left := max(n, -n); left > 0; {
				if day += step; cal.Working(day) {
					left--
				}
			}
			if got := cal.AddWorkingDays(a, n); got != day {
				t.Fatalf("%+v: %d working days from %d: got %d, want %d", config, n, a, got, day)
			}
		}
	}
}

func TestCalendarBearsAnyDate(t *testing.T) {
	var shutdown []work.Day
	for d := on("1990-01-01"); d < on("2090-01-01"); d++ {
		shutdown = append(shutdown, d)
	}
	for name, cal := range map[string]facts.Calendar{
		"usual": shop(t), "zero": {}, "closed for a hundred years": calendar(t, facts.CalendarConfig{Holidays: shutdown, First: march(2)}),
		"begun a hundred years ago": calendar(t, facts.CalendarConfig{First: on("1926-01-04"), Every: 7 * 24 * 3600e9}),
		"to begin in a century":     calendar(t, facts.CalendarConfig{First: on("2126-01-07")}),
	} {
		for _, d := range []work.Day{math.MinInt32, -1, 0, 1, march(11), on("9999-12-31"), math.MaxInt32} {
			cal.Working(d)
			cal.LastWorkingDay(d)
			cal.NextWorkingDay(d)
			for _, n := range []int{math.MinInt, -1, 0, 1, 100_000, math.MaxInt} {
				cal.AddWorkingDays(d, n)
			}
			for _, e := range []work.Day{math.MinInt32, 0, math.MaxInt32} {
				if cal.WorkingDaysBetween(d, e) != -cal.WorkingDaysBetween(e, d) {
					t.Errorf("%s: %d to %d is not the way back", name, d, e)
				}
			}
		}
		boxes := []work.RecordSprint{
			{ID: "jira:1", StartDay: on("0001-01-01"), EndDay: on("9999-12-31"), Board: "1"}, {ID: "jira:2", StartDay: math.MaxInt32, Board: "1"},
			{ID: "jira:3", EndDay: math.MinInt32, Board: "1"}, {ID: "jira:4", State: work.SprintFuture, Board: "1"}, {ID: "jira:5", StartDay: march(13), EndDay: march(2), Board: "2"}, {},
			{ID: "jira:6", Start: time.Date(292277026596, 12, 4, 15, 30, 7, 0, time.UTC), End: time.Date(-292277022399, 1, 1, 0, 0, 0, 0, time.UTC), Board: "2"},
		}
		s := work.Snapshot{Sprints: cal.Sprints(boxes, march(11)), Teams: []work.Team{{ID: "Web", Planning: work.BySprint, Sprints: []work.SprintID{"jira:1", "jira:2", "jira:3", "none"}}}}
		table := facts.NewTimetable(&s, cal, march(11))
		for _, d := range []work.Day{math.MinInt32, 0, march(11), math.MaxInt32} {
			table.Away(d)
			table.Holding(d)
			table.LatestBy("Web", d, 1)
			table.EarliestAfter("Web", d, math.MaxInt)
			table.Ahead("Web", math.MaxInt)
			table.Ahead("Web", math.MinInt)
		}
		if got := len(s.Sprints); got > 600 {
			t.Errorf("%s: %d Sprints", name, got)
		}
	}
	if got := calendar(t, facts.CalendarConfig{Holidays: shutdown}).NextWorkingDay(on("2026-03-11")); got != on("2090-01-02") {
		t.Errorf("got %s, want the first Monday after the century", got)
	}
}

func TestQuestionsToACalendarAllocateNothing(t *testing.T) {
	cal := teamwork(t)
	s := work.Snapshot{Sprints: cal.Sprints(nil, march(11)), Teams: []work.Team{{ID: "Web", Planning: work.BySprint}, {ID: "India", Planning: work.BySprint}}}
	table := facts.NewTimetable(&s, cal, march(11))
	if n := testing.AllocsPerRun(100, func() {
		own := cal.For("India")
		own.WorkingDaysBetween(march(2), march(30))
		own.AddWorkingDays(march(2), 30)
		own.NotAfter(march(2), march(30), 1)
		table.Current("India")
		table.LatestBy("Web", march(30), 1)
		table.EarliestAfter("India", march(30), 1)
		table.Holding(march(11))
		table.Away(march(30))
	}); n != 0 {
		t.Errorf("got %v allocations, want none", n)
	}
}

func BenchmarkCalendar(b *testing.B) {
	cal := teamwork(b).For("India")
	b.Run("between", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			cal.WorkingDaysBetween(march(2), march(2)+work.Day(i%400))
		}
	})
	b.Run("add", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			cal.AddWorkingDays(march(2), i%400)
		}
	})
}
