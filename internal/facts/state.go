package facts

import (
	"maps"
	"slices"
	"strings"

	"strata/internal/work"
)

// DroppedResolutions are the usual resolutions without delivery: won't do, won't
// fix, cancelled, declined, duplicate, cannot reproduce, obsolete, incomplete, as
// Jira's versions and sites spell them.
func DroppedResolutions() []string {
	return []string{
		"Won't Do", "Wont Do", "Will Not Do", "Won't Fix", "Wont Fix", "Will Not Fix", "Cancelled", "Canceled", "Declined",
		"Duplicate", "Duplicated", "Cannot Reproduce", "Can't Reproduce", "Can Not Reproduce", "Obsolete", "Incomplete",
	}
}

// otherwise are the usual resolutions of an item that was dropped for another
// reason than being a duplicate. Of a resolution in another language nobody can
// tell, so that the link decides.
var otherwise = words(slices.DeleteFunc(DroppedResolutions(), func(name string) bool { return strings.HasPrefix(name, "Duplicate") }))

// delivering are resolutions that are known to mean delivery; they are not reported as undecided.
var delivering = words([]string{"Done", "Fixed", "Resolved", "Complete", "Completed", "Delivered", "Implemented", "Merged", "Released"})

// GitHub's state reasons, as a record's Resolution.ID tells them.
const (
	merged     = "merged"
	notPlanned = "not_planned"
	duplicate  = "duplicate"
)

// words is a set of ids and names. Names compare without case and with any apostrophe.
func words(list []string) map[string]bool {
	set := make(map[string]bool, len(list))
	for _, word := range list {
		if word = spelling(word); word != "" {
			set[word] = true
		}
	}
	return set
}

func spelling(word string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case '’', '‘', '´', '`', 'ʼ':
			return '\''
		}
		return r
	}, strings.ToLower(strings.TrimSpace(word)))
}

// state reads how far an item is from the status' category; its id or name only
// says that work has begun.
//
//	category done | resolution in the dropped list → dropped, else delivered
//	else          | indeterminate, or in the doing list → doing, else open
//
// A pull request is delivered when merged, dropped when closed, else doing. What
// could not be seen when it was last asked for is unknown, whatever it was before.
func (m *mapping) state(r *work.Record) work.State {
	done := r.Status.Category == work.CategoryDone
	switch {
	case r.Unreadable:
		return work.StateUnknown
	case r.Pull && r.Resolution.ID == merged:
		return work.StateDelivered
	case r.Pull && done:
		return work.StateDropped
	case r.Pull:
		return work.StateDoing
	case done && m.drops(r.Resolution):
		return work.StateDropped
	case done:
		return work.StateDelivered
	case r.Status.Category == work.CategoryDoing, m.begun(r):
		return work.StateDoing
	}
	return work.StateOpen
}

// begun says whether the config names the status. GitHub's project statuses are a
// list of their own, so that its defaults say nothing about Jira.
func (m *mapping) begun(r *work.Record) bool {
	if len(m.doing) > 0 && (m.doing[spelling(r.Status.ID)] || m.doing[spelling(r.Status.Name)]) {
		return true
	}
	return strings.Contains(r.Project, "/") && m.statuses[spelling(r.Status.Name)]
}

func (m *mapping) drops(r work.Resolution) bool {
	return r.ID == notPlanned || r.ID == duplicate || r.ID != "" && m.dropped[spelling(r.ID)] || r.Name != "" && m.dropped[spelling(r.Name)]
}

// stubState is what a link tells of its far end: it knows no resolution, so done is unknown.
func stubState(s *work.Stub) work.State {
	switch {
	case s == nil || s.Resolved:
		return work.StateUnknown
	case s.Status.Category == work.CategoryNew:
		return work.StateOpen
	case s.Status.Category == work.CategoryDoing:
		return work.StateDoing
	}
	return work.StateUnknown
}

// UndecidedResolutions lists the resolutions of settled records that are in no
// list, sorted: they count as delivered, and an operator should know.
func UndecidedResolutions(config TrackerConfig, records []work.Record) []string {
	m := newMapping(config)
	found := map[string]bool{}
	for i := range records {
		r := &records[i]
		if r.Status.Category != work.CategoryDone || r.Resolution.Name == "" || m.drops(r.Resolution) || delivering[spelling(r.Resolution.Name)] {
			continue
		}
		found[r.Resolution.Name] = true
	}
	return slices.Sorted(maps.Keys(found))
}
