package world

import (
	"slices"
	"strings"
)

// Sprint plans the issue for the given sprint beside the closed ones it was
// in, which stay in its list, as Jira keeps them. Nil sends it to the backlog.
func (e *Edit) Sprint(sp *Sprint) {
	was := e.i.Sprints
	kept := slices.DeleteFunc(slices.Clone(was), func(o *Sprint) bool { return o.State != Closed })
	if sp != nil && !slices.Contains(kept, sp) {
		kept = append(kept, sp)
	}
	if slices.Equal(was, kept) {
		return
	}
	e.i.Sprints = kept
	ids, names := sprintIDs(was)
	newIDs, newNames := sprintIDs(kept)
	e.note(ChangeItem{"Sprint", ids, names, newIDs, newNames}, e.i.SprintField, SprintFieldID, "sprint", "closedSprints")
}

// sprintIDs are the ids and the names of sprints as a history joins them: a
// name with a comma cannot be told from two.
func sprintIDs(list []*Sprint) (ids, names string) {
	var id, name []string
	for _, sp := range list {
		id, name = append(id, idText(sp.ID)), append(name, sp.Name)
	}
	return strings.Join(id, ", "), strings.Join(name, ", ")
}

// Components replaces the components, by name.
func (e *Edit) Components(list []string) {
	was := e.i.Components
	e.i.Components = list
	id := func(name string) string {
		for _, c := range e.i.Project.Components {
			if c.Name == name {
				return idText(c.ID)
			}
		}
		return ""
	}
	for _, name := range gone(was, list) {
		e.note(ChangeItem{Field: "Component", From: id(name), FromString: name}, "components")
	}
	for _, name := range gone(list, was) {
		e.note(ChangeItem{Field: "Component", To: id(name), ToString: name}, "components")
	}
}

// FixVersions replaces the versions in which the work comes out.
func (e *Edit) FixVersions(list []*Version) {
	was := e.i.Rare().FixVersions
	if !slices.Equal(was, list) {
		e.i.aside().FixVersions = list
		e.versions("Fix Version", "fixVersions", was, list)
	}
}

// Versions replaces the affected versions.
func (e *Edit) Versions(list []*Version) {
	was := e.i.Rare().Versions
	if !slices.Equal(was, list) {
		e.i.aside().Versions = list
		e.versions("Version", "versions", was, list)
	}
}

func (e *Edit) versions(field, recorded string, was, list []*Version) {
	for _, v := range gone(was, list) {
		e.note(ChangeItem{Field: field, From: idText(v.ID), FromString: v.Name}, recorded)
	}
	for _, v := range gone(list, was) {
		e.note(ChangeItem{Field: field, To: idText(v.ID), ToString: v.Name}, recorded)
	}
}

// gone lists what one list has and the other has not.
func gone[T comparable](was, is []T) []T {
	return slices.DeleteFunc(slices.Clone(was), func(v T) bool { return slices.Contains(is, v) })
}

// Parent puts the issue below another; nil: below none. The history speaks of
// an epic or of a parent, as what it is below; an epic notes its new child.
func (e *Edit) Parent(p *JiraIssue, by *User) {
	was := e.i.Parent
	if e.draft { // it is joined to its parent when it is made
		e.i.Parent = p
		return
	}
	if was == p && (p != nil || e.i.ParentKey == "") {
		return
	}
	fromText := e.i.ParentKey
	item := ChangeItem{Field: "Parent"}
	if !e.i.Type.Subtask {
		item.Field = "Epic Link"
	}
	if was != nil {
		item.From, fromText = idText(was.ID), was.Key
		was.Children = slices.DeleteFunc(slices.Clone(was.Children), func(c *JiraIssue) bool { return c == e.i })
	}
	item.FromString = fromText
	e.i.Parent, e.i.ParentKey = p, ""
	if p != nil {
		item.To, item.ToString = idText(p.ID), p.Key
		p.Children = append(p.Children, e.i)
	}
	e.note(item, "parent", "epic", EpicLinkFieldID)
	e.child(was, ChangeItem{Field: "Epic Child", From: idText(e.i.ID), FromString: e.i.Key}, by)
	e.child(p, ChangeItem{Field: "Epic Child", To: idText(e.i.ID), ToString: e.i.Key}, by)
}

// child notes on an epic that it has lost or won a child; on the parent of a
// sub-task nothing is noted.
func (e *Edit) child(epic *JiraIssue, item ChangeItem, by *User) {
	if epic == nil {
		return
	}
	epic.Recorded.Drop("subtasks")
	if !e.i.Type.Subtask {
		up := e.s.Edit(epic)
		up.note(item)
		up.Done(by)
	}
}

// rankDigits are the digits of a rank, by size.
const rankDigits = "0123456789abcdefghijklmnopqrstuvwxyz"

// NewRank is a rank between two others; empty stands for the beginning or the
// end of the backlog. Ranks compare as text: "0|", a number of base 36 of fixed
// width, a colon, and as many digits as it takes to come between.
func NewRank(after, before string) string {
	low, width := rankOf(after)
	high, other := rankOf(before)
	width = max(width, other)
	if width == 0 {
		width = len("i00000")
	}
	mid := between(low, high)
	for len(mid) < width {
		mid += rankDigits[:1]
	}
	return "0|" + mid[:width] + ":" + mid[width:]
}

func rankOf(rank string) (digits string, width int) {
	whole, rest, _ := strings.Cut(strings.TrimPrefix(rank, "0|"), ":")
	return whole + rest, len(whole)
}

// between is a text of digits above low and below high, if there is one; an
// empty high is no bound.
func between(low, high string) string {
	var b strings.Builder
	bound := high != ""
	for n := 0; ; n++ {
		from, to := 0, len(rankDigits)
		if n < len(low) {
			from = max(strings.IndexByte(rankDigits, low[n]), 0)
		}
		if bound && n < len(high) {
			to = max(strings.IndexByte(rankDigits, high[n]), 0)
		}
		if to-from > 1 {
			b.WriteByte(rankDigits[(from+to)/2])
			return b.String()
		}
		b.WriteByte(rankDigits[from])
		bound = bound && to == from
	}
}
