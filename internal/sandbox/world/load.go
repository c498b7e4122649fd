package world

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
)

// Load is what came of loading records.
type Load struct {
	Loaded   int            `json:"loaded"`   // records that became items
	Repeated int            `json:"repeated"` // records of an item that an earlier record named: the later one holds
	Mirrored int            `json:"mirrored"` // links that stood on one of two loaded issues only
	Skipped  map[string]int `json:"skipped"`  // records that became nothing, by reason
	Details  []string       `json:"details"`  // a line for each skipped record, at most 1,000
}

const mostDetails = 1000

func (l *Load) skip(name string, line int, reason string, err error) {
	if l.Skipped == nil {
		l.Skipped = map[string]int{}
	}
	l.Skipped[reason]++
	if len(l.Details) < mostDetails {
		text := fmt.Sprintf("%s:%d: %s", name, line, reason)
		if err != nil {
			text += ": " + err.Error()
		}
		l.Details = append(l.Details, text)
	}
}

// LoadJira reads one Jira issue a line, as the REST API of either flavour
// returns it (platform or agile form). Name is what the details call the
// input. The first load of either tracker empties a generated world.
func (w *World) LoadJira(r io.Reader, name string) (Load, error) {
	var out Load
	err := w.Write(func(s *State) error {
		s.emptied()
		l := newJiraLoader(s)
		err := eachLine(r, name, &out, l.issue)
		l.finish(&out)
		s.forget()
		return err
	})
	return out, err
}

// LoadGitHub reads one GitHub issue or pull request a line, as the REST API
// returns it. The first load of either tracker empties a generated world.
func (w *World) LoadGitHub(r io.Reader, name string) (Load, error) {
	var out Load
	err := w.Write(func(s *State) error {
		s.emptied()
		l := newGitHubLoader(s)
		err := eachLine(r, name, &out, l.issue)
		l.finish(&out)
		s.forget()
		return err
	})
	return out, err
}

// emptied makes room for records, once.
func (s *State) emptied() {
	if s.loaded {
		return
	}
	fresh := newState(s.now)
	fresh.skew, fresh.seed, fresh.Version, fresh.loaded, fresh.meters = s.skew, s.seed, s.Version, true, s.meters
	fresh.calendar = Calendar{JiraURL: s.calendar.JiraURL, GitHubURL: s.calendar.GitHubURL}
	bots := []*User{s.JiraBot, s.GitHubBot}
	if bots[0] == nil || bots[1] == nil {
		bots = []*User{
			{Login: "strata-bot", AccountID: "712020:strata-bot", Key: "JIRAUSER10900", Name: "Strata", Email: "bot@acme.example", TimeZone: "UTC", Bot: true},
			{Login: "strata-acme", Name: "Strata", Bot: true}}
	}
	*s = *fresh
	s.JiraBot, s.GitHubBot = s.AddUser(bots[0]), s.AddUser(bots[1])
	s.Fields = generatedFields()
}

// eachLine gives every line that is a JSON object to f; nothing in a line can
// stop the others. Lines may be long: real descriptions reach a megabyte.
func eachLine(r io.Reader, name string, out *Load, f func(raw json.RawMessage) (again bool, err error)) error {
	in := bufio.NewReaderSize(r, 1<<20)
	for n := 1; ; n++ {
		line, err := in.ReadBytes('\n')
		if len(trim(line)) > 0 {
			again, bad := f(trim(line))
			var why *unfit
			switch {
			case errors.As(bad, &why):
				out.skip(name, n, why.reason, why.err)
			case again:
				out.Repeated++
			default:
				out.Loaded++
			}
		}
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return fmt.Errorf("read %s: %w", name, err)
		}
	}
}

// unfit is a record that becomes nothing, and why.
type unfit struct {
	reason string
	err    error
}

func (u *unfit) Error() string { return u.reason }

func trim(b []byte) []byte {
	for len(b) > 0 && (b[len(b)-1] == '\n' || b[len(b)-1] == '\r' || b[len(b)-1] == ' ') {
		b = b[:len(b)-1]
	}
	for len(b) > 0 && (b[0] == ' ' || b[0] == '\t' || b[0] == 0xef || b[0] == 0xbb || b[0] == 0xbf) {
		b = b[1:]
	}
	return slices.Clip(b)
}

// split takes a JSON object apart, its values verbatim, sorted by name.
func split(raw json.RawMessage) (Fields, error) {
	var m map[string]json.RawMessage
	if err := json.Unmarshal(raw, &m); err != nil {
		return nil, err
	}
	out := make(Fields, 0, len(m))
	for k, v := range m {
		out = append(out, Field{k, v})
	}
	sortBy(out, func(a, b Field) bool { return a.Name < b.Name })
	return out, nil
}

// decode reads a recorded value into v as far as its shape allows; a surprising
// shape leaves v at its default.
func (f Fields) decode(name string, v any) bool {
	raw, ok := f.Get(name)
	return ok && string(raw) != "null" && json.Unmarshal(raw, v) == nil
}

// word is a recorded string; empty when it is missing or something else.
func (f Fields) word(name string) string {
	var s string
	f.decode(name, &s)
	return s
}
