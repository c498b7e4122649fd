package plan

import (
	"fmt"
	"time"

	"strata/internal/duration"
	"strata/internal/work"
)

// Config is how loud Strata may be. Every limit can be switched off with 0 or "off".
type Config struct {
	// Baseline keeps findings that are older than the installation silent until
	// they get worse or come near. Defaults to true.
	Baseline bool `yaml:"baseline"`
	// EditsPerDay is how often one comment may be edited on a working day where
	// edits notify people. Defaults to 1.
	EditsPerDay Limit `yaml:"edits_per_day"`
	// RenotifyAfter is the least time between two new flags on one item. Defaults to 3 days.
	RenotifyAfter duration.Duration `yaml:"renotify_after"`
	// MaxNewPerHour is how many new comments a product may get within an hour. Defaults to 10.
	MaxNewPerHour Limit `yaml:"max_new_per_hour"`
	// MaxNewPerDay is how many new comments a product may get within 24 hours. Defaults to 40.
	MaxNewPerDay Limit `yaml:"max_new_per_day"`
	// HoldAbove is the size above which a plan waits for the operator.
	HoldAbove HoldAbove `yaml:"hold_above"`
	// Hours are the working hours in which comments are written, in the team's zone.
	Hours WorkingHours `yaml:"hours"`
	// Quiet lists ranges of days on which nothing is written. Defaults to none.
	Quiet []Range `yaml:"quiet"`
}

// HoldAbove is the size of a plan above which it is held whole: the smaller of
// Count and Share of the items, where the share never asks for less than 20.
type HoldAbove struct {
	// Count is a number of writes. Defaults to 200.
	Count Limit `yaml:"count"`
	// Share is a part of the product's items. Defaults to 0.2.
	Share Share `yaml:"share"`
}

// WorkingHours are days of the week and hours of the day.
type WorkingHours struct {
	// Days are the working days: "Mon-Fri", "Sun-Thu", "Mon,Wed". Defaults to Mon-Fri; "off" means always.
	Days Weekdays `yaml:"days"`
	// From is when writing may begin. Defaults to 08:00.
	From Clock `yaml:"from"`
	// To is when writing ends. Defaults to 18:00.
	To Clock `yaml:"to"`
}

// Range is a span of days, both inclusive.
type Range struct {
	From work.Day `yaml:"from"`
	To   work.Day `yaml:"to"`
}

// leastHold is the number of writes that a share of the items never holds.
const leastHold = 20

// Default returns the quiet beginning.
func Default() Config {
	return Config{
		Baseline:      true,
		EditsPerDay:   1,
		RenotifyAfter: duration.Duration(3 * 24 * time.Hour),
		MaxNewPerHour: 10,
		MaxNewPerDay:  40,
		HoldAbove:     HoldAbove{Count: 200, Share: 0.2},
		Hours: WorkingHours{
			Days: Weekdays{time.Monday: true, time.Tuesday: true, time.Wednesday: true, time.Thursday: true, time.Friday: true},
			From: 8 * 60,
			To:   18 * 60,
		},
	}
}

// Validate returns everything that cannot be meant.
func (c Config) Validate() []error {
	var errs []error
	if c.Hours.Days.any() && c.Hours.From >= c.Hours.To {
		errs = append(errs, fmt.Errorf("hours: from %s must be before to %s; write days: off to speak at any time", c.Hours.From, c.Hours.To))
	}
	for i, r := range c.Quiet {
		switch {
		case r.From.IsZero() || r.To.IsZero():
			errs = append(errs, fmt.Errorf("quiet[%d]: give both from and to as YYYY-MM-DD", i))
		case r.From > r.To:
			errs = append(errs, fmt.Errorf("quiet[%d]: from %s must not be after to %s", i, r.From, r.To))
		}
	}
	return errs
}

// limit returns the largest plan that needs no confirmation; false when any may go.
func (h HoldAbove) limit(items int) (int, bool) {
	count, share := int(h.Count), max(leastHold, int(float64(h.Share)*float64(items)))
	switch {
	case h.Count == 0 && h.Share == 0:
		return 0, false
	case h.Share == 0:
		return count, true
	case h.Count == 0:
		return share, true
	}
	return min(count, share), true
}
