package jirasim

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"strata/internal/sandbox/world"
)

// dateTest compares a date field with a literal.
func (k *compiler) dateTest(f jqlField, name, op string, v jqlValue) (test, error) {
	at, err := k.moment(name, v)
	if err != nil {
		return nil, err
	}
	return func(i *world.JiraIssue) bool {
		t := f.date(i)
		return !t.IsZero() && ordered(op, t.Compare(at))
	}, nil
}

var relative = regexp.MustCompile(`^([+-]?)(\d+)([wdhm])$`)

// moment reads a date of JQL.
//
//	1760000000000               epoch milliseconds
//	"2026/03/11 09:00"          a minute of the asker's zone; also with dashes, also without the time
//	-90m, 2d, "-1w"             from now
//	now(), startOfDay("-1d")    functions
func (k *compiler) moment(name string, v jqlValue) (time.Time, error) {
	zone := k.c.user.Location()
	now := k.now.In(zone)
	if v.isFunction() {
		return k.function(name, v, now)
	}
	text := v.string()
	if ms, err := strconv.ParseInt(text, 10, 64); err == nil && len(strings.TrimPrefix(text, "-")) > 6 {
		return time.UnixMilli(ms), nil
	}
	if d, ok := offset(text); ok {
		return now.Add(d), nil
	}
	for _, layout := range []string{"2006/01/02 15:04", "2006-01-02 15:04", "2006/01/02", "2006-01-02", "2006/1/2 15:04", "2006-1-2 15:04", "2006/1/2", "2006-1-2"} {
		if t, err := time.ParseInLocation(layout, text, zone); err == nil {
			return t, nil
		}
	}
	return time.Time{}, badJQL("Date value '%s' for field '%s' is invalid. Valid formats include: 'yyyy/MM/dd HH:mm', "+
		"'yyyy-MM-dd HH:mm', 'yyyy/MM/dd', 'yyyy-MM-dd', or a period format e.g. '-5d', '4w 2d'.", text, name)
}

// offset reads a period such as -90m or "-1w 2d".
func offset(text string) (time.Duration, bool) {
	unit := map[string]time.Duration{"w": 7 * 24 * time.Hour, "d": 24 * time.Hour, "h": time.Hour, "m": time.Minute}
	var sum time.Duration
	sign := time.Duration(1)
	parts := strings.Fields(text)
	for n, p := range parts {
		m := relative.FindStringSubmatch(p)
		if m == nil {
			return 0, false
		}
		count, err := strconv.Atoi(m[2])
		if err != nil || count > 100_000 {
			return 0, false
		}
		if n == 0 && m[1] == "-" {
			sign = -1
		}
		sum += time.Duration(count) * unit[m[3]]
	}
	return sign * sum, len(parts) > 0
}

// function knows now(), startOf and endOf day, week and month, with one
// optional period.
func (k *compiler) function(name string, v jqlValue, now time.Time) (time.Time, error) {
	var shift time.Duration
	if len(v.Call.Args) > 0 {
		text := v.Call.Args[0].string()
		if regexp.MustCompile(`^[+-]?\d+$`).MatchString(text) {
			text += "d"
		}
		d, ok := offset(text)
		if !ok || len(v.Call.Args) > 1 {
			return time.Time{}, badJQL("Function '%s' expects a period such as '-1d'.", v.Word)
		}
		shift = d
	}
	day := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, now.Location())
	month := time.Date(now.Year(), now.Month(), 1, 0, 0, 0, 0, now.Location())
	week := day.AddDate(0, 0, -int(now.Weekday()))
	var at time.Time
	switch strings.ToLower(v.Word) {
	case "now", "currentlogin":
		at = now
	case "startofday":
		at = day
	case "endofday":
		at = day.AddDate(0, 0, 1).Add(-time.Millisecond)
	case "startofweek":
		at = week
	case "endofweek":
		at = week.AddDate(0, 0, 7).Add(-time.Millisecond)
	case "startofmonth":
		at = month
	case "endofmonth":
		at = month.AddDate(0, 1, 0).Add(-time.Millisecond)
	default:
		return time.Time{}, unknownFunction(name, v)
	}
	return at.Add(shift), nil
}
