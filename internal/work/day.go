package work

import (
	"fmt"
	"time"
)

// Day is a calendar day, counted from 1 January 1970. Dates of work are days in
// a team's zone, never instants. The zero Day means "no date".
type Day int32

const daySeconds = 24 * 60 * 60

// DayOf returns the day of an instant in a zone; the zero time has no day.
func DayOf(t time.Time, zone *time.Location) Day {
	if t.IsZero() {
		return 0
	}
	y, m, d := t.In(zone).Date()
	return Date(y, m, d)
}

// Date returns the day of a civil date.
func Date(year int, month time.Month, day int) Day {
	return Day(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix() / daySeconds)
}

// ParseDay reads an ISO date such as "2026-03-02"; the empty text is no date.
func ParseDay(text string) (Day, error) {
	if text == "" {
		return 0, nil
	}
	t, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return 0, fmt.Errorf("date %q: want YYYY-MM-DD", text)
	}
	return DayOf(t, time.UTC), nil
}

// IsZero says whether there is no date.
func (d Day) IsZero() bool { return d == 0 }

// Time returns midnight of the day in UTC.
func (d Day) Time() time.Time { return time.Unix(int64(d)*daySeconds, 0).UTC() }

// Weekday returns the day of the week.
func (d Day) Weekday() time.Weekday { return d.Time().Weekday() }

// String writes the ISO date, empty for no date.
func (d Day) String() string {
	if d == 0 {
		return ""
	}
	return d.Time().Format(time.DateOnly)
}

// Short writes the day as people read it in a comment: "17 Mar". The year is
// added when it is not the year of near.
func (d Day) Short(near Day) string {
	if d == 0 {
		return "no date"
	}
	if near != 0 && near.Time().Year() != d.Time().Year() {
		return d.Time().Format("2 Jan 2006")
	}
	return d.Time().Format("2 Jan")
}

// MarshalText writes the ISO date.
func (d Day) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads an ISO date.
func (d *Day) UnmarshalText(text []byte) (err error) {
	*d, err = ParseDay(string(text))
	return err
}

// Window is a span of days, both ends inclusive; a zero end is not known.
type Window struct {
	Start Day `json:"start,omitzero"`
	End   Day `json:"end,omitzero"`
	// Projected says that a date comes from the cadence and not from a tracker.
	Projected bool `json:"projected,omitempty"`
}

// IsZero says whether the window has no dates at all.
func (w Window) IsZero() bool { return w.Start == 0 && w.End == 0 }

// From returns where the window begins; where a start is needed and missing, the end serves.
func (w Window) From() Day {
	if w.Start == 0 {
		return w.End
	}
	return w.Start
}
