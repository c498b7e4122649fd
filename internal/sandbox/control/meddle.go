package control

import (
	"encoding/json"
	"strings"

	"strata/internal/sandbox/world"
)

// meddlings change the world when the next request comes: the item that is named, or one that chance chooses.
var meddlings = []Row{
	{Name: "F01", Trackers: jiraOnly, Does: "the account's time zone is value, in which JQL reads dates", Value: "Pacific/Kiritimati", meddle: (*meddling).zone},
	{Name: "F02", Does: "the item is touched before each request, as one that somebody edits all the time", meddle: (*meddling).touch, always: true},
	{Name: "F04", Does: "an item's title changes after each answer, while the daemon goes on reading", meddle: (*meddling).retitle, always: true, after: true},
	{Name: "F06", Does: "after each page one item moves to the other end of what was last changed; `close`: it leaves, or comes back", Value: "touch", meddle: (*meddling).shuffle, always: true, after: true},
	{Name: "F07", Does: "value items have one and the same time of their last change", Value: "1000", meddle: (*meddling).level},
	{Name: "F14", Does: "the item is deleted", meddle: func(m *meddling) bool { return m.do("delete") }},
	{Name: "F15", Trackers: jiraOnly, Does: "the item is moved to the project value; `rename`: its project gets another key", Value: "another project", meddle: (*meddling).move},
	{Name: "F16", Trackers: gitHubOnly, Does: "the item is transferred to the repository value", Value: "another repository", meddle: (*meddling).transfer},
	{Name: "F17", Trackers: jiraOnly, Does: "the item, or every item of the project named as item, may not be seen: 404, absent from search"},
	{Name: "F17", Trackers: gitHubOnly, Does: "the item, or every item of the repository named as item, may not be seen: 404, absent from lists; until the fault is switched off", meddle: (*meddling).hide},
	{Name: "F19", Does: "the item is planned for another Sprint (or waits for value) and its updated time stays", Value: "next Sprint", meddle: (*meddling).quietly},
	{Name: "F20", Does: "the item loses its blockers, and in GitHub its labels", meddle: (*meddling).strip, fits: func(world.Item) bool { return true }},
	{Name: "F21", Does: "an item that was closed long ago is opened again", meddle: func(m *meddling) bool { return m.do("reopen") }, fits: closed},
	{Name: "F36", Does: "a person copies the daemon's comment, marker and all", meddle: (*meddling).forge, fits: talkedTo},
	{Name: "F37", Does: "a person deletes the daemon's comment; `edit` or (GitHub) `hide` instead", Value: "delete", meddle: (*meddling).silence, fits: talkedTo},
	{Name: "F39", Does: "the item is closed, opened, closed … with each request", meddle: (*meddling).flap, always: true},
	{Name: "F41", Does: "the item refuses comments: `lock`, `archive`, `limit` (GitHub: of interactions) or `cap` (2,500 comments); until the fault is switched off", Value: "lock", meddle: (*meddling).shut},
	{Name: "F43", Does: "the item's title is full of what dialects and terminals read as commands", meddle: func(m *meddling) bool { return m.do("title", "title", hostileTitle) }},
	{Name: "F48", Does: "the item's text names what only looks like keys: UTF-8, CVE-2024-1, ISO-8601, keys in longer words", meddle: (*meddling).lookalikes},
	{Name: "F49", Does: "the item's blocker waits for the item", meddle: (*meddling).circle},
	{Name: "F50", Does: "the item is closed without delivery, with the resolution value", Value: "Won't Do", meddle: (*meddling).drop},
}

const hostileTitle = "[click|https://phish.example] @ada {code} | # **fixes #1** <b>x</b> \u202edlrow\u202c `x` [~ada] é 🐘"

// meddling is one change of the world on account of a fault.
type meddling struct {
	world   *world.World
	tracker world.Tracker
	fault   Fault
	item    string // handle
	undo    func() // gives back what was taken from the account
}

// meddle plays what changes the world, before the request or after its answer.
func (x *exchange) meddle(after bool) {
	faults := x.front.Faults
	all := faults.drawAll(x.route, x.about, func(r Row) bool { return r.meddle != nil && r.after == after })
	for _, o := range all {
		row := faults.known[o.Name]
		m := &meddling{world: x.front.World, tracker: faults.tracker, fault: o.Fault, item: o.Item}
		if m.item == "" {
			m.item = x.choose(row)
		}
		if m.item == "" || !row.meddle(m) {
			faults.missed(o)
			continue
		}
		if row.always && !after { // one and the same from now on
			faults.keep(o, m.item, m.undo)
		} else if m.undo != nil {
			faults.keep(o, o.Item, m.undo)
		}
	}
}

// choose draws an item that fits, by the faults' seeded chance.
func (x *exchange) choose(row Row) string {
	fits := row.fits
	if fits == nil {
		fits = func(it world.Item) bool { return !closed(it) }
	}
	var all []string
	x.front.World.Read(func(s *world.State) {
		for _, it := range s.All(x.tracker()) {
			if shown(s, it) && fits(it) {
				all = append(all, it.Handle())
			}
		}
	})
	if len(all) == 0 {
		return ""
	}
	faults := x.front.Faults
	faults.mu.Lock()
	defer faults.mu.Unlock()
	return all[faults.rand.IntN(len(all))]
}

func shown(s *world.State, it world.Item) bool {
	switch i := it.(type) {
	case *world.JiraIssue:
		return !i.Hidden && !i.Archived && !i.Secret(s.JiraBot)
	case *world.GitHubIssue:
		return !i.Hidden
	}
	return false
}

func closed(it world.Item) bool {
	state := world.StateOf(it)
	return state == "delivered" || state == "dropped"
}

func talkedTo(it world.Item) bool { return said(it) != nil }

// said is the first comment of a bot on an item that bears a marker.
func said(it world.Item) *world.Comment {
	for _, c := range it.Thread() {
		if m, _ := world.ReadMarker(it.Tracker(), c); m.Kind != "" && c.Author != nil && c.Author.Bot {
			return c
		}
	}
	return nil
}

// do asks for a mutation of the item; more are names and values.
func (m *meddling) do(op string, more ...any) bool {
	wish := map[string]any{"op": op, "item": m.item}
	for n := 0; n+1 < len(more); n += 2 {
		wish[more[n].(string)] = more[n+1] //nolint:forcetypeassert // names are written in this file
	}
	body, err := json.Marshal(wish)
	if err != nil {
		return false
	}
	_, err = m.world.Mutate(body)
	return err == nil
}

// see reads the item.
func (m *meddling) see(f func(*world.State, world.Item)) {
	m.world.Read(func(s *world.State) {
		if it, err := s.Find(m.item); err == nil {
			f(s, it)
		}
	})
}

// edit writes the item.
func (m *meddling) edit(f func(*world.State, world.Item) bool) (done bool) {
	err := m.world.Write(func(s *world.State) error {
		it, err := s.Find(m.item)
		if err == nil {
			done = f(s, it)
		}
		return err
	})
	return done && err == nil
}

func (m *meddling) shown() (out world.Shown) {
	m.see(func(s *world.State, it world.Item) { out = s.Show(it) })
	return out
}

func (m *meddling) zone() bool {
	zone := m.value("Pacific/Kiritimati")
	was := ""
	err := m.world.Write(func(s *world.State) error {
		was, s.JiraBot.TimeZone = s.JiraBot.TimeZone, zone
		return nil
	})
	m.undo = func() {
		_ = m.world.Write(func(s *world.State) error { s.JiraBot.TimeZone = was; return nil }) // cannot fail
	}
	return err == nil
}

// value is the fault's value, or what stands for none.
func (m *meddling) value(otherwise string) string {
	if m.fault.Value != "" {
		return m.fault.Value
	}
	return otherwise
}

func (m *meddling) touch() bool {
	return m.edit(func(s *world.State, it world.Item) bool { s.Touch(s.Now(), it); return true })
}

func (m *meddling) retitle() bool {
	title := strings.TrimSuffix(m.shown().Title, " (edited)")
	if title == m.shown().Title {
		title += " (edited)"
	}
	return m.do("title", "title", title)
}

func (m *meddling) shuffle() bool {
	if m.fault.Says("close") {
		return m.flap()
	}
	return m.touch()
}

// level gives many items one time.
func (m *meddling) level() bool {
	return m.edit(func(s *world.State, _ world.Item) bool {
		all := s.All(m.tracker)
		s.Touch(s.Now(), all[:min(len(all), m.fault.Number(1000))]...)
		return true
	})
}

func (m *meddling) move() bool {
	project := ""
	m.see(func(s *world.State, it world.Item) {
		i, ok := it.(*world.JiraIssue)
		if !ok {
			return
		}
		if project = m.fault.Value; project == "rename" {
			return
		}
		for _, key := range s.Calendar().Projects {
			if project == "" && key != i.Project.Key {
				project = key
			}
		}
	})
	if project == "rename" {
		key, _, _ := strings.Cut(m.item, "-")
		body, err := json.Marshal(map[string]string{"op": "rename-project", "project": key, "key": key + "X"})
		if err == nil {
			_, err = m.world.Mutate(body)
		}
		return err == nil
	}
	return m.do("move", "project", project)
}

func (m *meddling) transfer() bool {
	to := m.fault.Value
	m.see(func(s *world.State, it world.Item) {
		for _, name := range s.Calendar().Repos {
			if i, ok := it.(*world.GitHubIssue); ok && to == "" && name != i.Repo.FullName() {
				to = name
			}
		}
	})
	return m.do("transfer", "repository", to)
}
