package plan

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// off is the word that switches a limit off.
const off = "off"

// Mode says whether comments are written.
type Mode string

// The modes.
const (
	Reporting Mode = "report-only"
	Writing   Mode = "write"
)

// ModeOf returns the most specific mode that is set: the team's, else the
// product's, else the installation's, else report-only.
func ModeOf(team, product, installation Mode) Mode {
	for _, m := range []Mode{team, product, installation} {
		if m != "" {
			return m
		}
	}
	return Reporting
}

// UnmarshalText reads a mode.
func (m *Mode) UnmarshalText(text []byte) error {
	switch Mode(text) {
	case Reporting, Writing:
		*m = Mode(text)
		return nil
	}
	return fmt.Errorf("mode %q: want %s or %s", text, Reporting, Writing)
}

// Limit is a number that 0 or "off" switches off.
type Limit int

// UnmarshalText reads a limit.
func (l *Limit) UnmarshalText(text []byte) error {
	if string(text) == off {
		*l = 0
		return nil
	}
	n, err := strconv.ParseInt(string(text), 10, 32)
	if err != nil || n < 0 {
		return fmt.Errorf("limit %q: want a whole number, or off", text)
	}
	*l = Limit(n)
	return nil
}

// Share is a part of a whole, above 0 and up to 1; 0 or "off" switches it off.
type Share float64

// UnmarshalText reads a share.
func (s *Share) UnmarshalText(text []byte) error {
	if string(text) == off {
		*s = 0
		return nil
	}
	f, err := strconv.ParseFloat(string(text), 64)
	if err != nil || !(f >= 0 && f <= 1) {
		return fmt.Errorf("share %q: want a number from 0 to 1, or off", text)
	}
	*s = Share(f)
	return nil
}

// Clock is a time of day in minutes since midnight; 24:00 is its end.
type Clock int

// UnmarshalText reads "08:00".
func (c *Clock) UnmarshalText(text []byte) error {
	if string(text) == "24:00" {
		*c = 24 * 60
		return nil
	}
	t, err := time.Parse("15:04", string(text))
	if err != nil {
		return fmt.Errorf("time of day %q: want a form such as \"08:00\"", text)
	}
	*c = Clock(t.Hour()*60 + t.Minute())
	return nil
}

// MarshalText writes "08:00".
func (c Clock) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

func (c Clock) String() string { return fmt.Sprintf("%02d:%02d", int(c)/60, int(c)%60) }

// Weekdays is a set of days of the week, indexed by time.Weekday.
type Weekdays [7]bool

var weekdays = [7]string{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"}

// UnmarshalText reads days and ranges of days, "Mon-Fri" or "Mon,Wed,Fri"; "off" is no day.
func (w *Weekdays) UnmarshalText(text []byte) error {
	var set Weekdays
	if string(text) == off {
		*w = set
		return nil
	}
	for part := range strings.SplitSeq(string(text), ",") {
		first, last, ranged := strings.Cut(strings.TrimSpace(part), "-")
		if !ranged {
			last = first
		}
		from, ok := weekday(first)
		to, ok2 := weekday(last)
		if !ok || !ok2 {
			return fmt.Errorf("days %q: want days such as Mon-Fri or Mon,Wed,Fri, or off", text)
		}
		for d := from; ; d = (d + 1) % 7 {
			set[d] = true
			if d == to {
				break
			}
		}
	}
	*w = set
	return nil
}

// MarshalText writes the days one by one, "off" for none.
func (w Weekdays) MarshalText() ([]byte, error) {
	var names []string
	for i := 1; i <= 7; i++ { // a week begins on Monday
		if w[i%7] {
			names = append(names, weekdays[i%7])
		}
	}
	if names == nil {
		return []byte(off), nil
	}
	return []byte(strings.Join(names, ",")), nil
}

func (w Weekdays) any() bool { return w != Weekdays{} }

func weekday(name string) (int, bool) {
	for i, day := range weekdays {
		if strings.EqualFold(strings.TrimSpace(name), day) {
			return i, true
		}
	}
	return 0, false
}
