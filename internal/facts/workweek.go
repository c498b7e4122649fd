package facts

import (
	"slices"

	"strata/internal/work"
)

// workweek tells which days people work: days of the week without holidays. It
// counts by arithmetic, so that a day a thousand years away costs what tomorrow does.
type workweek struct {
	days Weekdays
	// until counts the working days among the first n of a week that begins on
	// Friday: the day after 1 January 1970, from which days are counted.
	until    [7]int64
	week     int64      // working days in a week, at least one
	holidays []work.Day // on working weekdays, sorted
}

// farthest bounds the days that are counted with, a hundred thousand years either
// way: a date beyond is a mistake of whoever wrote it, and must not overflow.
const farthest work.Day = 365 * 100_000

func newWorkweek(days Weekdays, holidays ...[]work.Day) *workweek {
	w := &workweek{days: days}
	for i := range 7 {
		w.until[i] = w.week
		if days[(i+5)%7] {
			w.week++
		}
	}
	for _, d := range slices.Concat(holidays...) {
		if days[weekdayOf(d)] {
			w.holidays = append(w.holidays, d)
		}
	}
	slices.Sort(w.holidays)
	w.holidays = slices.Compact(w.holidays)
	return w
}

// weekdayOf is Day.Weekday without the way through an instant; Sunday is 0.
func weekdayOf(d work.Day) int {
	day := (int(d) + 4) % 7 // 1 January 1970 was a Thursday
	if day < 0 {
		day += 7
	}
	return day
}

func (w *workweek) works(d work.Day) bool {
	if !w.days[weekdayOf(d)] {
		return false
	}
	_, holiday := w.holiday(d)
	return !holiday
}

// holiday returns how many holidays lie before d, and whether d is one.
func (w *workweek) holiday(d work.Day) (before int, is bool) {
	if len(w.holidays) == 0 {
		return 0, false
	}
	return slices.BinarySearch(w.holidays, d)
}

// count returns the working days from 1 January 1970, without that day, up to and
// including d; a difference of two counts is what it is for.
func (w *workweek) count(d work.Day) int64 {
	weeks, rest := int64(d)/7, int64(d)%7
	if rest < 0 {
		weeks, rest = weeks-1, rest+7
	}
	before, is := w.holiday(d)
	if is {
		before++
	}
	return weeks*w.week + w.until[rest] - int64(before)
}

// add returns the n-th working day after d, before d for a negative n, and d itself for 0.
func (w *workweek) add(d work.Day, n int) work.Day {
	d = min(max(d, -farthest), farthest)
	n = min(max(n, -int(farthest)), int(farthest))
	switch {
	case n > 0:
		return w.first(d, w.count(d)+int64(n))
	case n < 0:
		// The last working day at which no more than this many are counted begins
		// where the count first reaches it.
		return w.first(d-work.Day(w.span(-n)), w.count(d-1)+int64(n)+1)
	}
	return d
}

// first returns the first day after a day at which this many working days are counted.
func (w *workweek) first(after work.Day, many int64) work.Day {
	low, high := int64(after)+1, int64(after)+w.span(int(many-w.count(after)))
	for low < high {
		if middle := low + (high-low)/2; w.count(work.Day(middle)) >= many {
			high = middle
		} else {
			low = middle + 1
		}
	}
	return work.Day(low)
}

// span is how many days hold n working days, whatever their place in the calendar.
func (w *workweek) span(n int) int64 {
	return ((int64(n)+int64(len(w.holidays)))/w.week + 2) * 7
}
