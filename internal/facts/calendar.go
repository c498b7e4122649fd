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

// Calendar tells working days and the product's Sprints. It is a small value; no
// question to it allocates, and none fails, whatever the dates.
type Calendar struct {
	zone  *time.Location
	first work.Day
	every work.Day // days from one start to the next
	week  *workweek
	teams map[work.TeamID]*workweek // of the teams whose days are not the product's
	zones map[work.TeamID]*time.Location
}

// usualWeek is Monday to Friday.
var usualWeek = Weekdays{time.Monday: true, time.Tuesday: true, time.Wednesday: true, time.Thursday: true, time.Friday: true}

// Calendar checks the config and makes the calendar.
func (c CalendarConfig) Calendar() (Calendar, error) {
	cal := Calendar{zone: time.UTC, first: c.First, every: 14}
	if c.Timezone != "" {
		zone, err := time.LoadLocation(c.Timezone)
		if err != nil {
			return Calendar{}, fmt.Errorf("calendar.timezone: %q is not a known zone; write one such as Europe/Berlin", c.Timezone)
		}
		cal.zone = zone
	}
	if c.Every != 0 {
		days := c.Every.Days()
		if days < 1 || c.Every.Std() != time.Duration(days)*24*time.Hour {
			return Calendar{}, fmt.Errorf("calendar.every: %s is no whole number of days; write one such as 14d", c.Every)
		}
		if days > longestBox {
			return Calendar{}, fmt.Errorf("calendar.every: %s is longer than a year; write one such as 14d", c.Every)
		}
		cal.every = work.Day(days)
	}
	if c.Working == (Weekdays{}) {
		c.Working = usualWeek
	}
	cal.week = newWorkweek(c.Working, c.Holidays)
	return cal, nil
}

// longestBox is how many days the longest time box may take that is counted with.
const longestBox = 366

// withTeams returns the calendar with the days of teams that work on other days.
func (c CalendarConfig) withTeams(cal Calendar, teams []TeamConfig) (Calendar, error) {
	for i := range teams {
		team := &teams[i]
		id := work.TeamID(team.Name)
		if team.Timezone != "" {
			zone, err := time.LoadLocation(team.Timezone)
			if err != nil {
				return cal, err
			}
			if cal.zones == nil {
				cal.zones = map[work.TeamID]*time.Location{}
			}
			cal.zones[id] = zone
		}
		if team.Working == (Weekdays{}) && len(team.Holidays) == 0 {
			continue
		}
		days := cal.week.days
		if team.Working != (Weekdays{}) {
			days = team.Working
		}
		if cal.teams == nil {
			cal.teams = map[work.TeamID]*workweek{}
		}
		cal.teams[id] = newWorkweek(days, c.Holidays, team.Holidays)
	}
	return cal, nil
}

// For returns the calendar as a team works; for a team of the product's own days,
// and for one that is not known, it is the product's.
func (c Calendar) For(team work.TeamID) Calendar {
	if week, ok := c.teams[team]; ok {
		c.week = week
	}
	if zone, ok := c.zones[team]; ok {
		c.zone = zone
	}
	return c
}

// Zone returns the zone in which an instant becomes a day.
func (c Calendar) Zone() *time.Location {
	if c.zone == nil {
		return time.UTC
	}
	return c.zone
}

// Working says whether people work on a day.
func (c Calendar) Working(d work.Day) bool { return c.days().works(d) }

// WorkingDaysBetween counts the working days after a up to and including b; when
// b lies before a it is the negative count of those after b up to a. From Friday
// to Monday is 1, from Friday to Sunday 0. With a = eta and b = need it is the slack.
func (c Calendar) WorkingDaysBetween(a, b work.Day) int {
	week := c.days()
	return int(week.count(b) - week.count(a))
}

// LastWorkingDay returns the last working day up to and including d.
func (c Calendar) LastWorkingDay(d work.Day) work.Day {
	if c.Working(d) {
		return d
	}
	return c.days().add(d, -1)
}

// NextWorkingDay returns the first working day from d on.
func (c Calendar) NextWorkingDay(d work.Day) work.Day {
	if c.Working(d) {
		return d
	}
	return c.days().add(d, 1)
}

// AddWorkingDays returns the n-th working day after d, before d for a negative n.
func (c Calendar) AddWorkingDays(d work.Day, n int) work.Day { return c.days().add(d, n) }

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

// Holidays returns the days without work that would be working days, sorted;
// weekends are not among them.
func (c Calendar) Holidays() []work.Day { return slices.Clone(c.days().holidays) }

// days are the working days; those of the zero Calendar are Monday to Friday.
func (c Calendar) days() *workweek {
	if c.week == nil {
		return weekdays
	}
	return c.week
}

var weekdays = newWorkweek(usualWeek)
