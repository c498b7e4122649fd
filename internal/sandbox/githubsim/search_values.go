package githubsim

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"strata/internal/sandbox/world"
)

// between is a span of instants or counts; either end may be open.
type between struct {
	from, to             int64
	openStart, openEnded bool
}

func (b between) holds(v int64) bool {
	return (b.openStart || v >= b.from) && (b.openEnded || v < b.to)
}

// spanOf reads N, >N, >=N, <N, <=N, N..M, N..*, *..M, where a value is a half-open span of its own: a day, a second,
// a count.
func spanOf(text string, read func(string) (from, to int64, ok bool)) (between, bool) {
	if low, high, isRange := strings.Cut(text, ".."); isRange {
		out := between{openStart: low == "*" || low == "", openEnded: high == "*" || high == ""}
		okLow, okHigh := true, true
		if !out.openStart {
			out.from, _, okLow = read(low)
		}
		if !out.openEnded {
			_, out.to, okHigh = read(high)
		}
		return out, okLow && okHigh
	}
	sign := text[:len(text)-len(strings.TrimLeft(text, "<>="))]
	from, to, ok := read(text[len(sign):])
	switch sign {
	case "":
		return between{from: from, to: to}, ok
	case ">":
		return between{from: to, openEnded: true}, ok
	case ">=":
		return between{from: from, openEnded: true}, ok
	case "<":
		return between{to: from, openStart: true}, ok
	case "<=":
		return between{to: to, openStart: true}, ok
	}
	return between{}, false
}

func readCount(text string) (from, to int64, ok bool) {
	n, err := strconv.ParseInt(text, 10, 64)
	return n, n + 1, err == nil
}

var today = regexp.MustCompile(`^@today(?:([+-])(\d+)([dwmy]))?$`)

// readInstant reads a day, an instant, or @today-3d. A day lasts until the next.
func (in searching) readInstant(text string) (from, to int64, ok bool) {
	if m := today.FindStringSubmatch(text); m != nil {
		n, _ := strconv.Atoi(m[1] + m[2]) // none: 0
		day := in.now.UTC().Truncate(24 * time.Hour)
		switch m[3] {
		case "w":
			n *= 7
		case "m":
			day, n = day.AddDate(0, n, 0), 0
		case "y":
			day, n = day.AddDate(n, 0, 0), 0
		}
		day = day.AddDate(0, 0, n)
		return day.Unix(), day.AddDate(0, 0, 1).Unix(), true
	}
	if t, err := time.Parse(time.DateOnly, text); err == nil {
		return t.Unix(), t.AddDate(0, 0, 1).Unix(), true
	}
	if t, err := time.Parse("2006-01", text); err == nil {
		return t.Unix(), t.AddDate(0, 1, 0).Unix(), true
	}
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05", "2006-01-02T15:04Z07:00", "2006-01-02T15:04:05-0700"} {
		if t, err := time.Parse(layout, text); err == nil {
			return t.Unix(), t.Unix() + 1, true
		}
	}
	return 0, 0, false
}

// instants makes a qualifier of an instant that an issue may have.
func instants(of func(*world.GitHubIssue) time.Time) qualifier {
	return func(c *searchCompiler, value string) (issueTest, *searchProblem) {
		span, ok := spanOf(value, c.readInstant)
		if !ok {
			return nil, &searchProblem{fmt.Sprintf("%q is not a recognized date/time format. Please provide an ISO 8601 date/time value, such as YYYY-MM-DD.", value)}
		}
		return func(i *world.GitHubIssue) bool {
			at := of(i)
			return !at.IsZero() && span.holds(at.Unix())
		}, nil
	}
}

// counts makes a qualifier of something that can be counted.
func counts(of func(*searchCompiler, *world.GitHubIssue) int) qualifier {
	return func(c *searchCompiler, value string) (issueTest, *searchProblem) {
		span, ok := spanOf(value, readCount)
		if !ok {
			return nil, &searchProblem{fmt.Sprintf("%q is not a number.", value)}
		}
		return func(i *world.GitHubIssue) bool { return span.holds(int64(of(c, i))) }, nil
	}
}

// words makes a qualifier of a fixed list of words.
func words(name string, tests map[string]issueTest) qualifier {
	return func(_ *searchCompiler, value string) (issueTest, *searchProblem) {
		if test, ok := tests[strings.ToLower(value)]; ok {
			return test, nil
		}
		return nil, &searchProblem{fmt.Sprintf("The value %q of the qualifier %q is not simulated.", value, name)}
	}
}
