package jql

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Clock is when and where a query is asked: the zone is the asker's, and every
// date without one is read in it.
type Clock struct {
	Now  time.Time
	Zone *time.Location
}

// Span is what a date of JQL means: a moment, and the last moment that its
// precision still covers. "2026/03/11" begins at midnight and lasts the day.
type Span struct{ Start, End time.Time }

func moment(t time.Time) Span { return Span{t, t} }

// DateForms are the forms a date may have, as Jira's messages list them.
const DateForms = "Valid formats include: 'yyyy/MM/dd HH:mm', 'yyyy-MM-dd HH:mm', 'yyyy/MM/dd', 'yyyy-MM-dd', or a period format e.g. '-5d', '4w 2d'."

var (
	dateForm   = regexp.MustCompile(`^(\d{4,5})([-/])(\d{1,2})[-/](\d{1,2})(?: (\d{1,2}):(\d{1,2}))?$`)
	periodForm = regexp.MustCompile(`^[+-]?(?:\d{1,9}[wdhmWDHM])(?: +\d{1,9}[wdhmWDHM])*$`)
	shiftForm  = regexp.MustCompile(`^([+-]?\d{1,6})([yMwdhm]?)$`)
)

// Date reads a value as a date.
//
//	1760000000000, no quotes    milliseconds since 1970, in no zone
//	"2026/03/11 09:00"          a minute in the asker's zone; also with dashes, also without the time
//	"-90m", 2d, "-1w 2d"        from now: the sign holds for all, a day is 24 hours
//
// A minute is the finest: seconds and time zones are refused, as Jira does.
func (c Clock) Date(o Operand) (Span, bool) {
	if o.Kind == Number {
		return moment(time.UnixMilli(o.Number)), true
	}
	text := strings.TrimSpace(o.Text)
	if o.Kind != Text || text == "" {
		return Span{}, false
	}
	if periodForm.MatchString(text) {
		return c.period(text)
	}
	return c.literal(text)
}

// units of a period. They are read without case: M is a minute.
var units = map[byte]time.Duration{'w': 7 * 24 * time.Hour, 'd': 24 * time.Hour, 'h': time.Hour, 'm': time.Minute}

func (c Clock) period(text string) (Span, bool) {
	var sum time.Duration
	least := 7 * 24 * time.Hour
	for _, part := range strings.Fields(strings.ToLower(strings.TrimLeft(text, "+-"))) {
		n, err := strconv.ParseInt(part[:len(part)-1], 10, 64)
		unit := units[part[len(part)-1]]
		if err != nil || n > int64(100*365*24*time.Hour/unit) {
			return Span{}, false // beyond what a duration holds
		}
		sum += time.Duration(n) * unit
		least = min(least, unit)
	}
	if text[0] == '-' {
		sum = -sum
	}
	at := c.Now.Add(sum)
	return Span{at, c.precise(at, least)}, true
}

// precise is the end of the day, hour or minute that a period names.
func (c Clock) precise(at time.Time, unit time.Duration) time.Time {
	local := at.In(c.zone())
	switch {
	case unit >= 24*time.Hour:
		return c.day(local, 1).Add(-time.Millisecond)
	case unit == time.Hour:
		return at.Truncate(time.Hour).Add(time.Hour - time.Millisecond)
	}
	return at.Truncate(time.Minute).Add(time.Minute - time.Millisecond)
}

func (c Clock) literal(text string) (Span, bool) {
	m := dateForm.FindStringSubmatch(text)
	if m == nil || strings.Count(text, m[2]) != 2 {
		return Span{}, false
	}
	var n [5]int
	for i, at := range []int{1, 3, 4, 5, 6} {
		n[i], _ = strconv.Atoi(m[at]) // digits alone, or nothing
	}
	year, month, day, hour, minute := n[0], time.Month(n[1]), n[2], n[3], n[4]
	if proper := time.Date(year, month, day, 0, 0, 0, 0, time.UTC); proper.Year() != year || proper.Month() != month || proper.Day() != day || hour > 23 || minute > 59 {
		return Span{}, false
	}
	start := c.wall(year, month, day, hour, minute)
	if m[5] == "" {
		return Span{start, c.wall(year, month, day+1, 0, 0).Add(-time.Millisecond)}, true
	}
	return Span{start, start.Add(time.Minute - time.Millisecond)}, true
}

func (c Clock) zone() *time.Location {
	if c.Zone == nil {
		return time.UTC
	}
	return c.Zone
}

// wall is a moment by the asker's clock on the wall. One that comes twice, when
// summer time ends, is the second; one that is skipped is as far after the jump.
// Java, and so Jira, reads them so.
func (c Clock) wall(year int, month time.Month, day, hour, minute int) time.Time {
	utc := time.Date(year, month, day, hour, minute, 0, 0, time.UTC)
	offset := func(at time.Time) time.Duration {
		_, seconds := at.In(c.zone()).Zone()
		return time.Duration(seconds) * time.Second
	}
	guess := utc.Add(-offset(utc))
	before := utc.Add(-offset(guess.Add(-12 * time.Hour)))
	after := utc.Add(-offset(guess.Add(12 * time.Hour)))
	if same(after.In(c.zone()), utc) {
		return after.UTC()
	}
	return before.UTC()
}

func same(local, wall time.Time) bool {
	return local.Hour() == wall.Hour() && local.Minute() == wall.Minute() && local.Day() == wall.Day()
}

// day is the midnight that begins the day some days after a local time's.
func (c Clock) day(local time.Time, later int) time.Time {
	return c.wall(local.Year(), local.Month(), local.Day()+later, 0, 0)
}

// IsDate says whether a function names a moment.
func IsDate(function string) bool {
	name := strings.ToLower(function)
	_, _, ok := edge(name)
	return ok || name == "now"
}

// edge takes apart startOfWeek: which end, of what.
func edge(name string) (last bool, of byte, ok bool) {
	rest, first := strings.CutPrefix(name, "startof")
	if !first {
		if rest, last = strings.CutPrefix(name, "endof"); !last {
			return false, 0, false
		}
	}
	of, ok = map[string]byte{"day": 'd', "week": 'w', "month": 'M', "year": 'y'}[rest]
	return last, of, ok
}

// Call answers a function that names a moment: now(), startOfDay("-1d") and their
// like. Weeks begin on Sunday, as in Jira's own language.
//
// A shift by the function's unit or a longer one moves the day from which day,
// week, month or year is taken; a shorter one is added to the edge afterwards.
// Months and years keep the day, or take the month's last.
func (c Clock) Call(function string, args []string) (time.Time, error) {
	name := strings.ToLower(function)
	last, of, ok := edge(name)
	if name == "now" {
		if len(args) > 0 {
			return time.Time{}, fmt.Errorf("Function '%s' expected '0' arguments but received '%d'.", function, len(args)) //nolint:staticcheck // Jira's sentence
		}
		return c.Now, nil
	}
	if !ok {
		return time.Time{}, fmt.Errorf("Unable to find JQL function '%s()'.", function) //nolint:staticcheck // Jira's sentence
	}
	if len(args) > 1 {
		return time.Time{}, fmt.Errorf("Function '%s' expected between '0' and '1' arguments but received '%d'.", function, len(args)) //nolint:staticcheck // Jira's sentence
	}
	count, unit := 0, of
	if len(args) == 1 {
		m := shiftForm.FindStringSubmatch(strings.TrimSpace(args[0]))
		if m == nil {
			return time.Time{}, fmt.Errorf("Duration for function '%s' should have the format (+/-)n(yMwdm), e.g -1M for 1 month earlier.", function) //nolint:staticcheck // Jira's sentence
		}
		count, _ = strconv.Atoi(m[1]) // digits alone
		if m[2] != "" {
			unit = m[2][0]
		}
	}
	return c.edge(last, of, count, unit), nil
}

// lengths order the units.
const lengths = "mhdwMy"

func (c Clock) edge(last bool, of byte, count int, unit byte) time.Time {
	local := c.Now.In(c.zone())
	long := strings.IndexByte(lengths, unit) >= strings.IndexByte(lengths, of)
	if long {
		local = c.shift(local, count, unit).In(c.zone())
	}
	y, m, d := local.Date()
	first, next := c.day(local, 0), c.day(local, 1)
	switch of {
	case 'w':
		sunday := d - int(local.Weekday())
		first, next = c.wall(y, m, sunday, 0, 0), c.wall(y, m, sunday+7, 0, 0)
	case 'M':
		first, next = c.wall(y, m, 1, 0, 0), c.wall(y, m+1, 1, 0, 0)
	case 'y':
		first, next = c.wall(y, 1, 1, 0, 0), c.wall(y+1, 1, 1, 0, 0)
	}
	at := first
	if last {
		at = next.Add(-time.Millisecond)
	}
	if long {
		return at
	}
	return c.shift(at.In(c.zone()), count, unit)
}

// shift moves a local time by so many units of the calendar, or of time for hours
// and minutes.
func (c Clock) shift(local time.Time, count int, unit byte) time.Time {
	y, m, d := local.Date()
	switch unit {
	case 'h':
		return local.Add(time.Duration(count) * time.Hour)
	case 'm':
		return local.Add(time.Duration(count) * time.Minute)
	case 'd':
		d += count
	case 'w':
		d += 7 * count
	case 'M', 'y':
		if unit == 'y' {
			count *= 12
		}
		m += time.Month(count)
		if days := time.Date(y, m+1, 0, 0, 0, 0, 0, time.UTC).Day(); d > days {
			d = days
		}
	}
	rest := time.Duration(local.Second())*time.Second + time.Duration(local.Nanosecond())
	return c.wall(y, m, d, local.Hour(), local.Minute()).Add(rest)
}
