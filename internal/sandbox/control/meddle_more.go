package control

import (
	"encoding/json"
	"strings"

	"strata/internal/sandbox/world"
)

// hide takes an item or a repository out of the account's sight until the fault ends.
func (m *meddling) hide() bool {
	set := func(on bool) bool {
		wish := map[string]any{"op": "hide", "item": m.item, "on": on}
		if !strings.Contains(m.item, "#") {
			wish = map[string]any{"op": "hide", "repository": m.item, "on": on}
		}
		body, err := json.Marshal(wish)
		if err == nil {
			_, err = m.world.Mutate(body)
		}
		return err == nil
	}
	m.undo = func() { set(false) }
	return set(true)
}

// quietly changes an item and puts its updated time back.
func (m *meddling) quietly() bool {
	before := m.shown().Updated
	done := false
	if blocker := m.fault.Value; blocker != "" {
		done = m.do("link", "blocker", blocker)
	} else {
		done = m.do("sprint", "sprint", "next") && m.shown().Sprint != ""
	}
	return m.edit(func(s *world.State, it world.Item) bool { s.Touch(before, it); return done })
}

func (m *meddling) strip() bool {
	done := false
	for _, blocker := range m.shown().Blockers {
		done = m.do("unlink", "blocker", blocker) || done
	}
	return m.edit(func(s *world.State, it world.Item) bool {
		if i, ok := it.(*world.GitHubIssue); ok && len(i.Labels) > 0 {
			s.SetLabels(i, nil)
			done = true
		}
		return done
	})
}

// ours is the daemon's comment on the item.
func (m *meddling) ours() (id int64, body string) {
	m.see(func(_ *world.State, it world.Item) {
		if c := said(it); c != nil {
			id, body = c.ID, c.Body
		}
	})
	return id, body
}

func (m *meddling) forge() bool {
	id, body := m.ours()
	return id != 0 && m.do("comment", "body", body)
}

func (m *meddling) silence() bool {
	id, _ := m.ours()
	switch {
	case id == 0:
		return false
	case m.fault.Says("edit"):
		return m.do("edit-comment", "comment", id, "body", "I have read this, thank you.")
	case m.fault.Says("hide"):
		return m.edit(func(s *world.State, it world.Item) bool {
			if it.Tracker() == world.GitHub {
				s.Minimise(it, said(it), "outdated", s.Users[0])
			}
			return it.Tracker() == world.GitHub
		})
	}
	return m.do("delete-comment", "comment", id)
}

func (m *meddling) flap() bool {
	if state := m.shown().State; state == "delivered" || state == "dropped" {
		return m.do("reopen")
	}
	return m.do("close")
}

// shut makes an item refuse comments until the fault ends.
func (m *meddling) shut() bool {
	switch {
	case m.fault.Says("archive"):
		return m.archive()
	case m.fault.Says("limit") && m.tracker == world.GitHub:
		set := func(who string) bool {
			return m.edit(func(s *world.State, it world.Item) bool {
				i, ok := it.(*world.GitHubIssue)
				if ok {
					s.SetLimit(i.Repo, world.InteractionLimit{Who: who}, s.Users[0])
				}
				return ok
			})
		}
		m.undo = func() { set("") }
		return set("collaborators_only")
	case m.fault.Says("cap"):
		return m.fill()
	case m.fault.Says("limit"):
		return false
	}
	m.undo = func() { m.do("lock", "on", false) }
	return m.do("lock", "on", true)
}

func (m *meddling) archive() bool {
	if m.tracker == world.Jira {
		m.undo = func() { m.do("archive", "on", false) }
		return m.do("archive", "on", true)
	}
	set := func(on bool) bool {
		return m.edit(func(s *world.State, it world.Item) bool {
			i, ok := it.(*world.GitHubIssue)
			if ok {
				s.EditRepo(i.Repo, s.Users[0], func(r *world.Repo) { r.Archived = on })
			}
			return ok
		})
	}
	m.undo = func() { set(false) }
	return set(true)
}

// mostComments is how many an issue of GitHub takes from those who may not write to its repository.
const mostComments = 2500

// fill comments an item until it takes no more.
func (m *meddling) fill() bool {
	return m.edit(func(s *world.State, it world.Item) bool {
		for n := len(it.Thread()); n < mostComments; n++ {
			s.AddComment(it, s.Users[0], "+1", nil)
		}
		return true
	})
}

func (m *meddling) lookalikes() bool {
	text := m.shown().Text
	return m.do("body", "body", text+"\n\nblocked by UTF-8, CVE-2024-1, ISO-8601, SHA-256 and XX"+strings.ToLower(m.item)+"yy")
}

func (m *meddling) circle() bool {
	for _, blocker := range m.shown().Blockers {
		me := m.item
		m.item = blocker
		done := m.do("link", "blocker", me)
		m.item = me
		if done {
			return true
		}
	}
	return false
}

func (m *meddling) drop() bool { return m.do("drop", "resolution", m.value("Won't Do")) }
