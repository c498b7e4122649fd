package main

import (
	"fmt"
	"html"
	"maps"
	"regexp"
	"slices"
	"strings"

	"strata/internal/sandbox/world"
)

// How much of what Strata writes is shown; the rest is a click away.
const (
	mostLines   = 12 // of a comment
	mostChanged = 4  // lines of an edited one
	mostFlags   = 5  // flags in full in one cycle
	mostPapers  = 2  // documents of a kind in full in one cycle
)

type shownKey struct {
	tracker world.Tracker
	comment int64
}

// written is a comment of Strata's that is new or has changed.
type written struct {
	world.Entry
	kind    string
	verb    string
	lines   []string
	changed bool // lines are only those that are new
}

// news are the comments written since the last time, each once as it stands now.
func (t *teller) news() []written {
	var all []written
	t.sandbox.World.Read(func(s *world.State) {
		for _, e := range s.Since("", t.journal) {
			t.journal = e.Seq
			if e.Marker == "" || e.Op != "comment" && e.Op != "edit-comment" {
				continue
			}
			if w, ok := t.read(s, e); ok {
				all = slices.DeleteFunc(all, func(o written) bool { return o.Tracker == w.Tracker && o.Comment == w.Comment })
				all = append(all, w)
			}
		}
	})
	return all
}

// read takes a comment as it stands, and of an edited one what is new.
func (t *teller) read(s *world.State, e world.Entry) (written, bool) {
	_, c := s.Comment(e.Tracker, e.Comment)
	if c == nil {
		return written{}, false
	}
	m, _ := world.ReadMarker(e.Tracker, c)
	w := written{Entry: e, kind: m.Kind, verb: "wrote on", lines: readable(plain(c.Body))}
	key := shownKey{e.Tracker, e.Comment}
	before, known := t.shown[key]
	t.shown[key] = w.lines
	switch {
	case !m.Open():
		w.verb = "folded its comment on"
	case e.Op == "edit-comment":
		w.verb = "edited its comment on"
		if known {
			w.changed = true
			w.lines = changes(before, w.lines)
		}
	}
	return w, true
}

// changes are the lines that are new; where none is, what has gone. Rows of
// tables say little without their heads and are left to the page.
func changes(before, now []string) []string {
	fresh := missing(now, before)
	lines := slices.DeleteFunc(slices.Clone(fresh), func(line string) bool { return strings.HasPrefix(line, "|") })
	switch gone := missing(before, now); {
	case len(lines) > 0:
		return lines
	case len(fresh) > 0:
		return []string{"(numbers in its table)"}
	case len(gone) > 0:
		return []string{"(no longer: " + gone[0] + ")"}
	}
	return []string{"(nothing that is seen)"}
}

func missing(from, in []string) []string {
	return slices.DeleteFunc(slices.Clone(from), func(line string) bool { return slices.Contains(in, line) })
}

// comments tells what was written, grouped by what it is.
func (t *teller) comments(all []written) {
	told := map[string]int{}
	rest := map[string][]string{}
	for _, w := range all {
		most := mostPapers
		if w.changed {
			most = 1
		}
		if w.kind == "flag" && !t.isEpic(w) || w.kind == "unblocked" {
			most = mostFlags
		}
		group := paperName(w, t.isEpic(w))
		if told[group]++; told[group] > most {
			rest[group] = append(rest[group], w.Item)
			continue
		}
		t.comment(w, group)
	}
	for _, group := range slices.Sorted(maps.Keys(rest)) {
		t.say("» and %s: %s", group, listed(rest[group], mostKeys))
	}
}

// paperName is what people call a comment of ours, with what was done to it.
func paperName(w written, epic bool) string {
	names := map[string]string{"agenda": "team agenda", "crossteam": "cross-team agenda", "product": "product brief", "review": "Sprint Review",
		"unblocked": "good news", "flag": "flag", "reply": "answer"}
	name := names[w.kind]
	if w.kind == "flag" && epic {
		name = "epic's brief"
	}
	switch strings.Fields(w.verb)[0] {
	case "folded":
		return name + ", folded"
	case "edited":
		return name + ", edited"
	}
	return name
}

func (t *teller) isEpic(w written) (epic bool) {
	t.sandbox.World.Read(func(s *world.State) {
		it, _ := s.Comment(w.Tracker, w.Comment)
		epic = it != nil && world.IsEpic(it)
	})
	return epic
}

func (t *teller) comment(w written, group string) {
	url := t.address(w.Tracker, w.Item)
	t.say("\n» Strata %s %s (%s)  %s", w.verb, w.Item, group, url)
	most := mostLines
	if w.changed {
		most = mostChanged
	}
	for _, line := range w.lines[:min(len(w.lines), most)] {
		t.say("    %s", line)
	}
	if more := len(w.lines) - most; more > 0 {
		t.say("    … (%d more, see %s)", more, url)
	}
}

func (t *teller) address(tracker world.Tracker, item string) string {
	if tracker == world.Jira {
		return t.sandbox.JiraURL + "/browse/" + item
	}
	repo, number, _ := strings.Cut(item, "#")
	return fmt.Sprintf("%s/%s/issues/%s", t.sandbox.GitHubURL, repo, number)
}

// plain takes the marker off a body: people do not see it either.
func plain(body string) string {
	body = strings.TrimSpace(body)
	for _, marker := range []struct{ begin, end string }{{"<!-- strata", "-->"}, {"{anchor:strata-", "}"}} {
		if strings.HasPrefix(body, marker.begin) {
			if _, rest, ok := strings.Cut(body, marker.end); ok {
				return strings.TrimSpace(rest)
			}
		}
	}
	return body
}

// marks are what a terminal cannot show of either dialect, in this order.
var marks = []struct {
	pattern *regexp.Regexp
	to      string
}{
	{regexp.MustCompile(`\[((?:\\.|[^\]|\\])+)\|https?://[^\]]*\]`), "$1"}, // [WEB-1|https://…]
	{regexp.MustCompile("\\[`?((?:\\\\.|[^\\]`\\\\])+)`?\\]\\(https?://[^)]*\\)"), "$1"},
	{regexp.MustCompile(`\{color(?::[^}]*)?\}|</?(?:sub|strong|details|summary)>`), ""},
	{regexp.MustCompile(`\{\{(.+?)\}\}`), "$1"},
	{regexp.MustCompile("`([^`]+)`"), "$1"},
	{regexp.MustCompile(`\*\*([^*]+)\*\*`), "$1"},
	{regexp.MustCompile(`(^|[\s|])\*([^*\s][^*]*)\*`), "$1$2"},
	{regexp.MustCompile(`^\* `), "- "},
	{regexp.MustCompile(`\\([^\sA-Za-z0-9])`), "$1"},
}

// readable is a comment for a terminal: lines without marks, none of them empty.
func readable(body string) (lines []string) {
	for line := range strings.Lines(body) {
		line = strings.TrimRight(line, "\r\n ")
		if line == "" || strings.HasPrefix(line, "| ---") {
			continue
		}
		for _, m := range marks {
			line = m.pattern.ReplaceAllString(line, m.to)
		}
		lines = append(lines, html.UnescapeString(line))
	}
	return lines
}
