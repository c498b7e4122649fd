package duration_test

import (
	"testing"
	"time"

	"strata/internal/duration"
)

func TestOperatorsWriteDaysAndGoDurations(t *testing.T) {
	for text, want := range map[string]time.Duration{
		"0": 0, "30m": 30 * time.Minute, "24h": 24 * time.Hour, "14d": 14 * 24 * time.Hour, "2w": 14 * 24 * time.Hour, "1h30m": 90 * time.Minute,
	} {
		got, err := duration.Parse(text)
		if err != nil || got.Std() != want {
			t.Errorf("Parse(%q) = %v, %v; want %v", text, got, err, want)
		}
	}
	for _, text := range []string{"", "5", "d", "-1h", "-2d", "soon", "999999999999d"} {
		if got, err := duration.Parse(text); err == nil {
			t.Errorf("Parse(%q) = %v; want an error", text, got)
		}
	}
}

func TestADurationReadsWhatItWrites(t *testing.T) {
	for _, text := range []string{"0s", "1d", "14d", "30m0s", "1h30m0s"} {
		d, err := duration.Parse(text)
		if err != nil || d.String() != text {
			t.Errorf("Parse(%q).String() = %q, %v", text, d, err)
		}
	}
}
