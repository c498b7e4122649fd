package facts

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"strata/internal/duration"
	"strata/internal/work"
)

// CalendarConfig is the product's calendar. Without it the product's Sprints are
// the distinct windows of the trackers' boxes.
type CalendarConfig struct {
	// Timezone is an IANA zone. Defaults to UTC.
	Timezone string `yaml:"timezone"`
	// First is the first day of Sprint 1. Defaults to none: Sprints come from the trackers' boxes.
	First work.Day `yaml:"first"`
	// Every is the time from one Sprint's start to the next, in whole days. Defaults to 14d.
	Every duration.Duration `yaml:"every"`
	// Working are the days of the week people work, such as Mon-Fri or Sun,Mon-Wed. Defaults to Mon-Fri.
	Working Weekdays `yaml:"working"`
	// Holidays are days nobody works. Defaults to none.
	Holidays []work.Day `yaml:"holidays"`
}

// Weekdays is a set of days of the week.
type Weekdays [7]bool

var weekdayNames = [7]string{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"}

// UnmarshalText reads "Mon-Fri", "Sun-Thu", "Mon,Wed-Fri".
func (w *Weekdays) UnmarshalText(text []byte) error {
	*w = Weekdays{}
	for part := range strings.SplitSeq(string(text), ",") {
		from, to, span := strings.Cut(part, "-")
		if !span {
			to = from
		}
		first, last := weekday(from), weekday(to)
		if first < 0 || last < 0 {
			return fmt.Errorf("working days %q: want days such as Mon-Fri or Mon,Wed,Thu", text)
		}
		for d := first; ; d = (d + 1) % 7 {
			w[d] = true
			if d == last {
				break
			}
		}
	}
	return nil
}

// MarshalText writes the days from Monday.
func (w Weekdays) MarshalText() ([]byte, error) {
	var days []string
	for i := range 7 {
		if d := (i + 1) % 7; w[d] {
			days = append(days, weekdayNames[d])
		}
	}
	return []byte(strings.Join(days, ",")), nil
}

func weekday(name string) int {
	name = strings.TrimSpace(name)
	if len(name) < 3 {
		return -1
	}
	return slices.IndexFunc(weekdayNames[:], func(short string) bool { return strings.EqualFold(short, name[:3]) })
}

// Calendar tells working days and the product's Sprints.
type Calendar struct {
	zone     *time.Location
	first    work.Day
	every    int // days
	working  Weekdays
	week     int        // working days in a week
	holidays []work.Day // on working weekdays, sorted
}

// Calendar checks the config and makes the calendar.
func (c CalendarConfig) Calendar() (Calendar, error) {
	cal := Calendar{zone: time.UTC, first: c.First, every: 14, working: c.Working}
	if c.Timezone != "" {
		zone, err := time.LoadLocation(c.Timezone)
		if err != nil {
			return Calendar{}, fmt.Errorf("calendar.timezone: %q is not a known zone; write one such as Europe/Berlin", c.Timezone)
		}
		cal.zone = zone
	}
	if c.Every != 0 {
		cal.every = c.Every.Days()
		if cal.every < 1 || c.Every.Std() != time.Duration(cal.every)*24*time.Hour {
			return Calendar{}, fmt.Errorf("calendar.every: %s is no whole number of days; write one such as 14d", c.Every)
		}
	}
	if cal.working == (Weekdays{}) {
		cal.working = Weekdays{time.Monday: true, time.Tuesday: true, time.Wednesday: true, time.Thursday: true, time.Friday: true}
	}
	for _, works := range cal.working {
		if works {
			cal.week++
		}
	}
	for _, d := range c.Holidays {
		if cal.working[d.Weekday()] {
			cal.holidays = append(cal.holidays, d)
		}
	}
	slices.Sort(cal.holidays)
	cal.holidays = slices.Compact(cal.holidays)
	return cal, nil
}

// Zone returns the product's zone.
func (c Calendar) Zone() *time.Location {
	if c.zone == nil {
		return time.UTC
	}
	return c.zone
}

// Working says whether people work on a day.
func (c Calendar) Working(d work.Day) bool {
	if !c.working[d.Weekday()] {
		return false
	}
	_, holiday := slices.BinarySearch(c.holidays, d)
	return !holiday
}

// workingUntil counts working days from 1 January 1970 up to and including d; a
// difference of two counts is what it is for.
func (c Calendar) workingUntil(d work.Day) int {
	// 1 January 1970 was a Thursday. Whole weeks first, then the days of the last one.
	weeks, rest := int(d)/7, int(d)%7
	if rest < 0 {
		weeks, rest = weeks-1, rest+7
	}
	n := weeks * c.week
	for i := 1; i <= rest; i++ {
		if c.working[(int(time.Thursday)+i)%7] {
			n++
		}
	}
	holidays, found := slices.BinarySearch(c.holidays, d)
	if found {
		holidays++
	}
	return n - holidays
}

// WorkingDaysBetween counts the working days after a up to and including b; when
// b lies before a it is the negative count of those after b up to a. From Friday
// to Monday is 1, from Friday to Sunday 0. With a = eta and b = need it is the slack.
func (c Calendar) WorkingDaysBetween(a, b work.Day) int {
	return c.workingUntil(b) - c.workingUntil(a)
}

// LastWorkingDay returns the last working day up to and including d; d itself
// when there is none within a month.
func (c Calendar) LastWorkingDay(d work.Day) work.Day { return c.seek(d, -1) }

// NextWorkingDay returns the first working day from d on; d itself when there is
// none within a month.
func (c Calendar) NextWorkingDay(d work.Day) work.Day { return c.seek(d, 1) }

func (c Calendar) seek(d, step work.Day) work.Day {
	for i := range work.Day(31) {
		if c.Working(d + i*step) {
			return d + i*step
		}
	}
	return d
}

// AddWorkingDays returns the n-th working day after d, before d for a negative n.
func (c Calendar) AddWorkingDays(d work.Day, n int) work.Day {
	step := work.Day(1)
	if n < 0 {
		step, n = -1, -n
	}
	for limit := 7*n + 400; n > 0 && limit > 0; limit-- {
		d += step
		if c.Working(d) {
			n--
		}
	}
	return d
}

// Touches says whether an end and a start lie no further apart than one day and
// the days between that are not working days, in either order: an end on Friday
// and a start on Monday touch.
func (c Calendar) Touches(end, start work.Day) bool {
	n := c.WorkingDaysBetween(end, start)
	return -1 <= n && n <= 1
}

// NotAfter says whether a lies before b, on it, or after it by no more than the
// tolerance in working days: the comparison of dates that judging uses.
func (c Calendar) NotAfter(a, b work.Day, tolerance int) bool {
	return a <= b || c.WorkingDaysBetween(b, a) <= tolerance
}

// Holidays returns the product's days without work, sorted; weekends are not among them.
func (c Calendar) Holidays() []work.Day { return slices.Clone(c.holidays) }
