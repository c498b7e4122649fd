package comment

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"strata/internal/work"
)

// Moment is what a person means who names a Sprint or a date.
type Moment struct {
	// Window is the Sprint's days; a date is a window of one day.
	Window work.Window
	// Sprint is the Sprint's name, "" for a date.
	Sprint string
}

// ReadMoment reads the Sprint or date at the beginning of a command's text, and
// returns it with what follows. A Sprint is "next" or "+2", counted in the
// product's Sprints from the day the command was given, or a name, whatever the
// case; a date is ISO: 2026-03-20.
//
// A name that means Sprints of different days is refused with the candidates: a
// wrong guess would be a promise that nobody made.
func ReadMoment(text string, sprints []work.Sprint, said work.Day) (m Moment, rest string, err error) {
	word, rest := cutWord(text)
	word = strings.TrimRight(word, ".,:;")
	if day, err := work.ParseDay(word); err == nil && day != 0 {
		return Moment{Window: work.Window{Start: day, End: day}}, rest, nil
	}
	if n, ok := ahead(word); ok {
		s := nth(sprints, said, n)
		if s == nil {
			return m, "", fmt.Errorf("%q: the calendar is not laid out so far; name a date such as %s", word, said+14)
		}
		return Moment{Window: s.Window, Sprint: s.Name}, rest, nil
	}
	return named(text, sprints)
}

// ahead reads "next" and "+2".
func ahead(word string) (int, bool) {
	if strings.EqualFold(word, "next") {
		return 1, true
	}
	n, err := strconv.Atoi(strings.TrimPrefix(word, "+"))
	return n, err == nil && strings.HasPrefix(word, "+") && n > 0
}

// nth returns the product's Sprint n after the one of a day.
func nth(sprints []work.Sprint, said work.Day, n int) *work.Sprint {
	current := -1
	for i := range sprints {
		if s := &sprints[i]; s.Board == "" && s.Window.Start <= said {
			current = max(current, s.Seq)
		}
	}
	at := slices.IndexFunc(sprints, func(s work.Sprint) bool { return s.Board == "" && s.Seq == current+n && s.Window.End != 0 })
	if at < 0 {
		return nil
	}
	return &sprints[at]
}

// named finds the Sprint whose name begins the text; of several such names the longest.
func named(text string, sprints []work.Sprint) (Moment, string, error) {
	var found []*work.Sprint
	for i := range sprints {
		s := &sprints[i]
		if s.Window.End == 0 || !begins(text, s.Name) {
			continue
		}
		if len(found) > 0 && len(s.Name) > len(found[0].Name) {
			found = found[:0]
		}
		if len(found) == 0 || len(s.Name) == len(found[0].Name) {
			found = append(found, s)
		}
	}
	if len(found) == 0 {
		return Moment{}, "", fmt.Errorf("%q: neither a date nor a Sprint with dates; say a date such as 2026-03-20, a Sprint's name, next or +2", text)
	}
	first := found[0]
	var candidates []string
	for _, s := range found {
		candidates = append(candidates, fmt.Sprintf("%s (%s)", s.Name, s.Window.End))
	}
	if slices.ContainsFunc(found, func(s *work.Sprint) bool {
		return s.Window.End != first.Window.End || s.Window.Start != first.Window.Start
	}) {
		slices.SortFunc(candidates, cmp.Compare[string])
		return Moment{}, "", fmt.Errorf("%q: several Sprints have this name: %s; say the date", first.Name, strings.Join(slices.Compact(candidates), ", "))
	}
	return Moment{Window: first.Window, Sprint: first.Name}, strings.TrimSpace(text[len(first.Name):]), nil
}

// begins says whether a text begins with a name and a word ends there.
func begins(text, name string) bool {
	if name == "" || len(text) < len(name) || !strings.EqualFold(text[:len(name)], name) {
		return false
	}
	return len(text) == len(name) || strings.ContainsRune(" ,.:;", rune(text[len(name)]))
}
