package world

import (
	"fmt"
	"strconv"
	"strings"
)

// say writes the dependency into the text of w, in a line of its own.
func (m *maker) say(w, b Item, name string) {
	m.touched[w], m.touched[b] = true, true
	m.tell(w, "blocked by "+name)
}

// tell adds a paragraph to the text of an item.
func (m *maker) tell(it Item, text string) {
	switch i := it.(type) {
	case *JiraIssue:
		i.Description += "\n\n" + text + "\n"
	case *GitHubIssue:
		i.Body += "\n\n" + text + "\n"
	}
}

// cross makes w wait for b of the other tracker: in the text of either, by handle,
// by address or in a list, and now and then with a remote link beside it.
func (m *maker) cross(w, b Item) {
	name := b.Handle()
	if m.chance(35) {
		name = m.address(b)
	}
	if m.chance(12) {
		m.tell(b, "This blocks "+w.Handle()+".")
	} else {
		m.phrase(w, name)
	}
	if i, ok := w.(*JiraIssue); ok && m.chance(40) {
		m.remote(i, b, pick(m, []string{"is blocked by", "depends on"}))
	}
}

// phrase says in one of people's ways that an item waits for what the name means.
func (m *maker) phrase(w Item, name string) {
	_, wiki := w.(*JiraIssue)
	switch m.r.IntN(7) {
	case 0:
		m.tell(w, "Depends on: "+name)
	case 1:
		m.tell(w, "We are waiting for "+name+".")
	case 2:
		if wiki {
			m.tell(w, "h3. Blocked by\n* "+name+" (see the notes of our refinement)")
		} else {
			m.tell(w, "### Blocked by\n- [ ] "+name)
		}
	case 3:
		if strings.HasPrefix(name, "http") {
			m.tell(w, map[bool]string{true: "Blocked by [the interface|" + name + "]", false: "Blocked by [the interface](" + name + ")"}[wiki])
			return
		}
		m.tell(w, "Cannot start because it depends on "+name+".")
	case 4:
		m.tell(w, map[bool]string{true: "*Blocked by:* ", false: "**Blocked by:** "}[wiki]+name)
	default:
		m.tell(w, "blocked by "+name)
	}
}

// decoy writes something that looks like a dependency and is none: quoted, in
// code, struck out, over, asked, or said of another item.
func (m *maker) decoy(it Item, name string) {
	wiki := []string{"{quote}\nblocked by %s\n{quote}", "{code}\nblocked by %s\n{code}", "bq. blocked by %s", "Was blocked by %s until last week.", "Is this blocked by %s?",
		"No longer depends on %s.", "See %s for the picture.", "Perhaps blocked by %s", "{{blocked by %s}}"}
	markdown := []string{"> blocked by %s", "```\nblocked by %s\n```", "`blocked by %s`", "This was blocked by %s until last week.", "Is this blocked by %s?",
		"No longer depends on %s.", "See %s for the picture.", "If we wait, this is blocked by %s", "<!-- blocked by %s -->", "~~blocked by %s~~"}
	if _, ok := it.(*JiraIssue); ok {
		m.tell(it, fmt.Sprintf(pick(m, wiki), name))
		return
	}
	m.tell(it, fmt.Sprintf(pick(m, markdown), name))
}

func numberOf(i *GitHubIssue) string { return strconv.Itoa(i.Number) }
