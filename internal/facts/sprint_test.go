package facts_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"

	"strata/internal/duration"
	"strata/internal/facts"
	"strata/internal/work"
)

func box(id, board string, state work.SprintState, start, end work.Day) work.RecordSprint {
	return work.RecordSprint{ID: work.SprintID(id), Name: "Sprint " + id, Board: board, State: state, StartDay: start, EndDay: end}
}

// boxesOf lists the trackers' boxes of a layout by id: window, state, place, and whether they are projected.
func boxesOf(sprints []work.Sprint) map[string]string {
	out := map[string]string{}
	for _, s := range sprints {
		if s.Board != "" {
			out[string(s.ID)] = fmt.Sprintf("%s..%s #%d %s", s.Window.Start, s.Window.End, s.Seq, s.State)
			if s.Window.Projected {
				out[string(s.ID)] += " projected"
			}
		}
	}
	return out
}

func ofProduct(sprints []work.Sprint) (out []string) {
	for _, s := range sprints {
		if s.Board == "" {
			line := s.Window.Start.String() + ".." + s.Window.End.String()
			if s.Window.Projected {
				line += " projected"
			}
			out = append(out, line)
		}
	}
	return out
}

func TestBoxesOfEveryCadenceLieOverTheProductsSprints(t *testing.T) {
	got := boxesOf(shop(t).Sprints([]work.RecordSprint{
		box("jira:1", "weekly", work.SprintActive, march(9), march(13)),  // the second half of Sprint 1
		box("jira:2", "weekly", work.SprintFuture, march(16), march(20)), // the first half of Sprint 2
		box("jira:3", "monthly", work.SprintActive, march(2), march(27)), // two Sprints: the first of equals
		box("jira:4", "shifted", work.SprintActive, march(9), march(20)), // half and half
		box("jira:5", "late", work.SprintFuture, march(11), march(24)),   // three days in Sprint 1, seven in 2
		box("jira:6", "weekend", work.SprintFuture, march(14), march(15)),
		box("jira:7", "gone", work.SprintClosed, march(2)-28, march(13)-28),
		box("github:8", "owner/1", "", march(2), march(15)),
		box("jira:9", "one day", work.SprintFuture, march(20), march(20)),
		box("jira:10", "parking", work.SprintFuture, march(2), on("2031-03-01")),
	}, march(11)))
	want := map[string]string{
		"jira:1": "2026-03-09..2026-03-13 #0 active", "jira:2": "2026-03-16..2026-03-20 #1 future", "jira:3": "2026-03-02..2026-03-27 #0 active",
		"jira:4": "2026-03-09..2026-03-20 #0 active", "jira:5": "2026-03-11..2026-03-24 #1 future", "jira:6": "2026-03-14..2026-03-14 #-1 future",
		"jira:7": "2026-02-02..2026-02-13 #-1 closed", "github:8": "2026-03-02..2026-03-13 #0 active", "jira:9": "2026-03-20..2026-03-20 #1 future",
		"jira:10": "2026-03-02..2031-02-28 #0 future",
	}
	if diff := cmp.Diff(got, want); diff != "" {
		t.Errorf("(-got +want):\n%s", diff)
	}
}

func TestMissingDatesComeFromTheCadence(t *testing.T) {
	future, active, closed := work.SprintFuture, work.SprintActive, work.SprintClosed
	for name, c := range map[string]struct {
		boxes []work.RecordSprint
		want  map[string]string
	}{
		"of the board, in the order of ids": {
			[]work.RecordSprint{box("jira:11", "b", future, 0, 0), box("jira:9", "b", active, march(2), march(6)), box("jira:8", "b", closed, march(2)-7, march(6)-7), box("jira:10", "b", future, 0, 0)},
			map[string]string{"jira:8": "2026-02-23..2026-02-27 #-1 closed", "jira:9": "2026-03-02..2026-03-06 #0 active", "jira:10": "2026-03-09..2026-03-13 #0 future projected", "jira:11": "2026-03-16..2026-03-20 #1 future projected"},
		},
		"a pause is no cadence": {
			[]work.RecordSprint{box("jira:1", "b", closed, march(2)-49, march(13)-49), box("jira:2", "b", closed, march(2)-35, march(13)-35), box("jira:3", "b", closed, march(2)-21, march(13)-21), box("jira:4", "b", active, march(9), march(20)), box("jira:5", "b", future, 0, 0)},
			map[string]string{"jira:1": "2026-01-12..2026-01-23 #-1 closed", "jira:2": "2026-01-26..2026-02-06 #-1 closed", "jira:3": "2026-02-09..2026-02-20 #-1 closed", "jira:4": "2026-03-09..2026-03-20 #0 active", "jira:5": "2026-03-23..2026-04-03 #1 future projected"},
		},
		"of the only box, from Monday to Monday": {
			[]work.RecordSprint{box("jira:1", "b", active, march(2), march(16)), box("jira:2", "b", future, 0, 0)},
			map[string]string{"jira:1": "2026-03-02..2026-03-16 #0 active", "jira:2": "2026-03-16..2026-03-27 #1 future projected"},
		},
		"of the product, where no box has an end": {
			[]work.RecordSprint{box("jira:1", "b", active, march(9), 0), box("jira:2", "b", future, 0, 0)},
			map[string]string{"jira:1": "2026-03-09..2026-03-20 #0 active projected", "jira:2": "2026-03-23..2026-04-03 #1 future projected"},
		},
		"an end alone": {
			[]work.RecordSprint{box("jira:1", "b", closed, march(2)-14, march(15)-14), box("jira:2", "b", active, march(2), march(15)), box("jira:3", "b", future, 0, march(29))},
			map[string]string{"jira:1": "2026-02-16..2026-02-27 #-1 closed", "jira:2": "2026-03-02..2026-03-13 #0 active", "jira:3": "2026-03-16..2026-03-27 #1 future projected"},
		},
		"a board that never had a date": {
			[]work.RecordSprint{box("jira:1", "b", active, 0, 0), box("jira:2", "b", future, 0, 0)},
			map[string]string{"jira:1": ".. #-1 active", "jira:2": ".. #-1 future"},
		},
		"active without dates": {
			[]work.RecordSprint{box("jira:1", "b", closed, march(2)-14, march(13)-14), box("jira:2", "b", active, 0, 0)},
			map[string]string{"jira:1": "2026-02-16..2026-02-27 #-1 closed", "jira:2": "2026-03-02..2026-03-13 #0 active projected"},
		},
		"closed without dates": {
			[]work.RecordSprint{box("jira:1", "b", closed, 0, 0), box("jira:2", "b", active, march(2), march(13))},
			map[string]string{"jira:1": ".. #-1 closed", "jira:2": "2026-03-02..2026-03-13 #0 active"},
		},
		"two teams on one board, each in its turn": {
			[]work.RecordSprint{
				{ID: "jira:1", Name: "Web 1", Board: "b", State: active, StartDay: march(2), EndDay: march(13)}, {ID: "jira:2", Name: "Core 1", Board: "b", State: active, StartDay: march(3), EndDay: march(16)},
				{ID: "jira:3", Name: "Web 2", Board: "b", State: future}, {ID: "jira:4", Name: "Core 2", Board: "b", State: future}, {ID: "jira:5", Name: "Web 3", Board: "b", State: future},
			},
			map[string]string{"jira:1": "2026-03-02..2026-03-13 #0 active", "jira:2": "2026-03-03..2026-03-16 #0 active", "jira:3": "2026-03-16..2026-03-27 #1 future projected", "jira:4": "2026-03-17..2026-03-30 #1 future projected", "jira:5": "2026-03-30..2026-04-10 #2 future projected"},
		},
	} {
		if diff := cmp.Diff(boxesOf(shop(t).Sprints(c.boxes, march(11))), c.want); diff != "" {
			t.Errorf("%s (-got +want):\n%s", name, diff)
		}
	}
}

func TestWhenASprintEndedIsKept(t *testing.T) {
	early := work.RecordSprint{ID: "jira:1", Board: "b", State: work.SprintClosed, Start: instant("2026-03-02T08:00:00Z"), End: instant("2026-03-13T16:00:00Z"), Completed: instant("2026-03-11T23:30:00Z")}
	undated := work.RecordSprint{ID: "jira:2", Board: "c", State: work.SprintClosed, Start: instant("2026-03-02T08:00:00Z"), Completed: instant("2026-03-06T10:00:00Z")}
	forgotten := work.RecordSprint{ID: "jira:3", Board: "d", State: work.SprintActive, Start: instant("2026-01-05T08:00:00Z"), End: instant("2026-01-16T16:00:00Z")}
	for id, want := range map[work.SprintID]string{
		"jira:1": "2026-03-02..2026-03-13 ended 2026-03-12 closed", // half past midnight in Berlin
		"jira:2": "2026-03-02..2026-03-06 ended 2026-03-06 closed",
		"jira:3": "2026-01-05..2026-01-16 ended  active", // nobody closed it
	} {
		for _, s := range shop(t).Sprints([]work.RecordSprint{early, undated, forgotten}, march(20)) {
			if got := fmt.Sprintf("%s..%s ended %s %s", s.Window.Start, s.Window.End, s.Ended, s.State); s.ID == id && got != want {
				t.Errorf("%s: got %s, want %s", id, got, want)
			}
		}
	}
}

func TestDaysAreThoseOfTheZone(t *testing.T) {
	for zone, want := range map[string]string{
		"UTC":                 "2026-03-28..2026-03-30",
		"Europe/Berlin":       "2026-03-29..2026-03-30", // the clock changes on the 29th
		"America/Los_Angeles": "2026-03-28..2026-03-30",
		"Asia/Kolkata":        "2026-03-29..2026-03-31",
		"Pacific/Auckland":    "2026-03-29..2026-03-31",
		"Asia/Beirut":         "2026-03-29..2026-03-31",
	} {
		var everyDay facts.Weekdays
		for d := range everyDay {
			everyDay[d] = true
		}
		cal := calendar(t, facts.CalendarConfig{Timezone: zone, First: march(2), Working: everyDay})
		got := cal.Sprints([]work.RecordSprint{{ID: "jira:1", Board: "b", Start: instant("2026-03-28T23:00:00Z"), End: instant("2026-03-30T22:00:00Z")}}, march(29))
		if w := got[len(got)-1].Window; w.Start.String()+".."+w.End.String() != want {
			t.Errorf("%s: got %s..%s, want %s", zone, w.Start, w.End, want)
		}
	}
}

func TestAMidnightThatDoesNotExistEndsTheDayBefore(t *testing.T) {
	// In Beirut the 29th of March 2026 begins at one o'clock.
	cal := calendar(t, facts.CalendarConfig{Timezone: "Asia/Beirut", First: march(2), Working: facts.Weekdays{true, true, true, true, true, true, true}})
	got := cal.Sprints([]work.RecordSprint{{ID: "jira:1", Board: "b", Start: instant("2026-03-15T22:00:00Z"), End: instant("2026-03-28T22:00:00Z")}}, march(20))
	if w := got[len(got)-1].Window; w.Start != march(16) || w.End != march(28) {
		t.Errorf("got %s..%s, want 2026-03-16..2026-03-28", w.Start, w.End)
	}
}

func TestWithoutCalendarTheProductsSprintsFollowOneAnother(t *testing.T) {
	boxes := []work.RecordSprint{
		box("jira:1", "web", "", march(2), march(13)), box("jira:2", "web", "", march(16), march(27)),
		box("jira:3", "core", "", march(2), march(15)), box("jira:4", "core", "", march(16), march(29)),
		box("jira:5", "weekly", "", march(2), march(6)), box("jira:6", "weekly", "", march(9), march(13)), box("jira:7", "weekly", "", march(16), march(20)),
		box("jira:8", "shifted", "", march(9), march(20)), box("github:9", "acme/1", "", march(30), march(30)+13),
		box("jira:10", "parking", "", march(2), on("2031-03-01")), box("jira:13", "quarter", "", march(2)-90, march(2)-20), box("jira:11", "mistake", "", on("2926-03-02"), on("2926-03-13")),
		box("jira:12", "before", "", march(2)-14, march(2)),
	}
	got := ofProduct(calendar(t, facts.CalendarConfig{}).Sprints(boxes, march(11)))
	want := []string{
		"2026-02-16..2026-03-01", // one ends on the day the other begins
		"2026-03-02..2026-03-13", "2026-03-16..2026-03-27", "2026-03-30..2026-04-10",
		"2026-04-13..2026-04-24 projected", "2026-04-27..2026-05-08 projected", "2026-05-11..2026-05-22 projected", "2026-05-25..2026-06-05 projected",
		"2026-06-08..2026-06-19 projected", "2026-06-22..2026-07-03 projected",
	}
	if diff := cmp.Diff(got, want); diff != "" {
		t.Errorf("(-got +want):\n%s", diff)
	}
	if got := ofProduct(calendar(t, facts.CalendarConfig{}).Sprints(nil, march(11))); got != nil {
		t.Errorf("got %v of no boxes, want none", got)
	}
}

func TestLayoutDoesNotDependOnTheOrderOfBoxes(t *testing.T) {
	boxes := []work.RecordSprint{
		box("jira:1", "web", "", march(2), march(13)), box("jira:2", "web", work.SprintFuture, 0, 0), box("jira:3", "core", "", march(9), march(20)),
		box("jira:4", "core", work.SprintFuture, 0, 0), box("jira:5", "weekly", "", march(2), march(6)), box("jira:1", "web", "", march(2), 0), box("jira:1", "web", work.SprintActive, 0, 0),
		box("github:a", "acme/1", "", march(3), march(16)), box("github:b", "acme/1", "", march(17), march(30)),
	}
	random := rand.New(rand.NewPCG(3, 4))
	for _, cal := range []facts.Calendar{shop(t), calendar(t, facts.CalendarConfig{})} {
		want := cal.Sprints(boxes, march(11))
		for range 50 {
			random.Shuffle(len(boxes), func(i, j int) { boxes[i], boxes[j] = boxes[j], boxes[i] })
			if diff := cmp.Diff(cal.Sprints(boxes, march(11)), want); diff != "" {
				t.Fatalf("(-got +want):\n%s", diff)
			}
		}
	}
}

func TestADateInAnotherCenturyMovesNoCalendar(t *testing.T) {
	got := ofProduct(shop(t).Sprints([]work.RecordSprint{box("jira:1", "mistake", work.SprintFuture, on("2926-03-02"), on("2926-03-13"))}, march(11)))
	if len(got) != 7 || got[0] != "2026-03-02..2026-03-13" {
		t.Errorf("got %d Sprints from %s, want 7 from the first", len(got), got[0])
	}
}

func TestAnOldCalendarKeepsItsNumbers(t *testing.T) {
	got := calendar(t, facts.CalendarConfig{First: on("1986-01-06"), Every: duration.Duration(7 * 24 * 3600e9)}).Sprints(nil, march(11))
	last := got[len(got)-1]
	if len(got) != 520 || got[0].Seq != 0 || last.Seq != 519 || last.Name != "Sprint 2103" || last.ID != "product:2103" {
		t.Errorf("got %d Sprints up to %s with %s at %d, want 520 up to Sprint 2103 at 519", len(got), last.Name, last.ID, last.Seq)
	}
}

// The laws that hold for any boxes.
func TestLayoutKeepsItsLaws(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	states := []work.SprintState{"", work.SprintActive, work.SprintFuture, work.SprintClosed}
	for range 300 {
		var boxes []work.RecordSprint
		for i := range random.IntN(30) {
			b := box(fmt.Sprintf("jira:%d", i), fmt.Sprint(random.IntN(4)), states[random.IntN(4)], 0, 0)
			if random.IntN(4) > 0 {
				b.StartDay = march(random.IntN(120) - 60)
			}
			if random.IntN(4) > 0 {
				b.EndDay = max(b.StartDay, march(0)) + work.Day(random.IntN(40)-5)
			}
			boxes = append(boxes, b)
		}
		cal := calendar(t, facts.CalendarConfig{Holidays: []work.Day{march(17)}})
		if random.IntN(2) == 0 {
			cal = shop(t)
		}
		sprints := cal.Sprints(boxes, march(11))
		places := 0
		for i, s := range sprints {
			switch {
			case s.Window.Start != 0 && s.Window.End != 0 && s.Window.End < s.Window.Start:
				t.Fatalf("%s ends before it begins: %+v", s.ID, s.Window)
			case s.Board == "" && s.Seq != i:
				t.Fatalf("%s lies at %d, not at %d", s.ID, s.Seq, i)
			case s.Board == "" && i > 0 && sprints[i-1].Window.End >= s.Window.Start:
				t.Fatalf("%s %+v begins within the one before %+v", s.ID, s.Window, sprints[i-1].Window)
			case s.Board == "":
				places++
			case s.Seq >= places:
				t.Fatalf("%s lies over %d of %d", s.ID, s.Seq, places)
			}
		}
	}
}
