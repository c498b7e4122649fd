// Package duration is a span of time as operators write it: "30m", "24h", "14d".
package duration

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Duration is a time.Duration that reads and writes whole days as "14d".
type Duration time.Duration

const day = 24 * time.Hour

// Parse reads Go's duration syntax, or a whole number of days or weeks ("3d", "2w"). Negative spans are refused.
func Parse(text string) (Duration, error) {
	d, err := parse(strings.TrimSpace(text))
	if err != nil {
		return 0, fmt.Errorf("duration %q: want a form such as 30m, 24h or 14d", text)
	}
	if d < 0 {
		return 0, fmt.Errorf("duration %q: must not be negative", text)
	}
	return Duration(d), nil
}

func parse(text string) (time.Duration, error) {
	if n, ok := strings.CutSuffix(text, "d"); ok {
		days, err := strconv.ParseInt(n, 10, 32)
		return time.Duration(days) * day, err
	}
	if n, ok := strings.CutSuffix(text, "w"); ok {
		weeks, err := strconv.ParseInt(n, 10, 32)
		return time.Duration(weeks) * 7 * day, err
	}
	if text == "0" {
		return 0, nil
	}
	return time.ParseDuration(text)
}

// Std returns the span as the standard library knows it.
func (d Duration) Std() time.Duration { return time.Duration(d) }

// Days returns the whole days in the span.
func (d Duration) Days() int { return int(time.Duration(d) / day) }

// String writes whole days as "14d", everything else as Go does.
func (d Duration) String() string {
	if std := time.Duration(d); std != 0 && std%day == 0 {
		return strconv.FormatInt(int64(std/day), 10) + "d"
	}
	return time.Duration(d).String()
}

// MarshalText writes the span.
func (d Duration) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads the span.
func (d *Duration) UnmarshalText(text []byte) (err error) {
	*d, err = Parse(string(text))
	return err
}
