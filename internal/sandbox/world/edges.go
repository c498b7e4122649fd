package world

import (
	"regexp"
	"slices"
	"strings"
)

// Blockers lists the items that an item waits for, as the world knows them:
// Jira links whose type blocks or depends, GitHub's dependencies, and lines
// "blocked by KEY" in the text. Sorted by handle.
func (s *State) Blockers(it Item) []Item {
	var out []Item
	add := func(b Item) {
		if b != it && !slices.Contains(out, b) {
			out = append(out, b)
		}
	}
	text := ""
	switch i := it.(type) {
	case *JiraIssue:
		text = i.Description
		for _, l := range i.Links {
			switch {
			case l.To.Issue == i && l.From.Issue != nil && speakerBlocks(l.Type):
				add(l.From.Issue)
			case l.From.Issue == i && l.To.Issue != nil && speakerWaits(l.Type):
				add(l.To.Issue)
			}
		}
	case *GitHubIssue:
		text = i.Body
		for _, b := range i.BlockedBy {
			add(b)
		}
	}
	for _, name := range textBlockers(text) {
		if b, err := s.Find(name); err == nil {
			add(b)
		}
	}
	sortBy(out, func(a, b Item) bool { return a.Handle() < b.Handle() })
	return out
}

// speakerBlocks reports a type whose outward phrase is said by the blocker.
func speakerBlocks(t *LinkType) bool { return lower(t.Outward) == "blocks" }

// speakerWaits reports a type whose outward phrase is said by the one waiting.
func speakerWaits(t *LinkType) bool { return lower(t.Outward) == "depends on" }

var blockedLine = regexp.MustCompile(`(?im)^[ \t]*(?:blocked by|depends on):?[ \t]+(\S+)[ \t]*\r?$`)

// textBlockers lists what lines of their own say in a text.
func textBlockers(text string) []string {
	if !strings.Contains(lower(text), "blocked by") && !strings.Contains(lower(text), "depends on") {
		return nil
	}
	var out []string
	for _, m := range blockedLine.FindAllStringSubmatch(text, -1) {
		out = append(out, m[1])
	}
	return out
}
