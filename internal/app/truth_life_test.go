package app_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"strata/internal/cycle"
	"strata/internal/sandbox"
	"strata/internal/sandbox/jirasim"
	"strata/internal/sandbox/world"
)

// meddler changes a world at random, as people would, through the control API's
// mutations. The same seed makes the same changes.
type meddler struct {
	*house
	r    *rand.Rand
	done []string // what was done since the last comparison, for messages
	new  []string // items made or hidden since: nobody has read them as they were
	tied []world.Dependency
}

// try does a mutation; what the world refuses is no mistake of a meddler's.
func (m *meddler) try(op, item string, more ...any) {
	m.t.Helper()
	wish := map[string]any{"op": op}
	if item != "" {
		wish["item"] = item
	}
	for i := 0; i+1 < len(more); i += 2 {
		wish[more[i].(string)] = more[i+1]
	}
	out, err := m.attempt(wish)
	if err == nil {
		m.done = append(m.done, fmt.Sprint(op, " ", item, " ", more, ": ", out.Item, " ", out.Detail))
	}
	if err == nil && (op == "create" || op == "hide") {
		m.new = append(m.new, out.Item)
	}
}

// one draws an item that fits; empty when there is none.
func (m *meddler) one(fits func(s *world.State, it world.Item) bool) string {
	var all []string
	m.box.World.Read(func(s *world.State) {
		each(s, func(it world.Item) {
			if fits(s, it) && !slices.Contains(m.new, it.Handle()) {
				all = append(all, it.Handle())
			}
		})
	})
	if len(all) == 0 {
		return ""
	}
	slices.Sort(all)
	return all[m.r.IntN(len(all))]
}

// ours are items of the product that a person would meddle with; most of them
// bear a dependency.
func (m *meddler) ours() string {
	product := func(s *world.State, it world.Item) bool {
		switch i := it.(type) {
		case *world.JiraIssue:
			return slices.Contains(s.Calendar().Projects, i.Project.Key) && !i.Hidden && !i.Archived && !i.Secret(s.JiraBot)
		case *world.GitHubIssue:
			return !i.Hidden && !i.PullRequest && slices.Contains(s.Calendar().Repos, i.Repo.FullName())
		}
		return false
	}
	if m.r.IntN(3) == 0 {
		return m.one(product)
	}
	var names []string
	for _, d := range m.tied {
		names = append(names, d.Waiting, d.Blocker)
	}
	return m.one(func(s *world.State, it world.Item) bool { return product(s, it) && slices.Contains(names, it.Handle()) })
}

// beyond are items that the account sees and that are not the product's.
func (m *meddler) beyond() string {
	return m.one(func(_ *world.State, it world.Item) bool {
		switch i := it.(type) {
		case *world.JiraIssue:
			return i.Project.Key == "LEGAL"
		case *world.GitHubIssue:
			return i.Repo.Name == "vendor" || i.PullRequest
		}
		return false
	})
}

func pick[T any](r *rand.Rand, list ...T) T { return list[r.IntN(len(list))] }

// look begins a batch of changes.
func (m *meddler) look() { m.done, m.new, m.tied = nil, nil, m.box.World.Truth().Unresolved }

// announce changes what a tracker tells at once.
func (m *meddler) announce() {
	item, other := m.ours(), m.ours()
	switch m.r.IntN(16) {
	case 0:
		m.try("close", item)
	case 1:
		m.try("drop", item, "resolution", pick(m.r, "Won't Do", "Duplicate", "Cancelled", "Declined"))
	case 2:
		m.try("reopen", item)
	case 3:
		m.try("doing", item)
	case 4, 5:
		m.try("link", item, "blocker", other)
	case 6:
		m.try("link", item, "to", other, "type", pick(m.r, "Depends", "Blocks", "Requires", "Gantt", "Duplicate", "Relates", "Blocked"))
	case 7:
		m.try("unlink", item, "to", other)
		m.untie()
	case 8:
		m.try("sprint", item, "sprint", pick(m.r, "next", "+2", "active"))
	case 9, 10:
		m.try("body", item, "body", m.prose(item, other))
	case 11:
		m.try("create", "", "project", pick(m.r, "WEB", "CORE", "SHOP"), "title", "New", "body", "blocked by "+other, "sprint", "next")
	case 12:
		m.try("create", "", "repository", pick(m.r, "acme/api", "acme/platform"), "title", "New", "body", "Depends on "+other+" and "+item+".")
	case 13:
		m.try("comment", item, "author", "ada", "body", "blocked by "+other)
		m.try("title", item, "title", "blocked by "+other)
	case 14:
		if m.onGitHub(item) {
			m.try("transfer", item, "repository", pick(m.r, "acme/api", "acme/platform"))
		} else {
			m.try("move", item, "project", pick(m.r, "WEB", "CORE", "SHOP"))
		}
	case 15:
		m.try("link", item, "blocker", m.beyond())
	}
}

// untie takes one dependency away that there is.
func (m *meddler) untie() {
	if len(m.tied) > 0 {
		d := m.tied[m.r.IntN(len(m.tied))]
		m.try("unlink", d.Waiting, "blocker", d.Blocker)
	}
}

// hush changes what a tracker tells in a full reading only, or never.
func (m *meddler) hush() {
	item := m.ours()
	switch m.r.IntN(6) {
	case 0, 1:
		m.try("hide", item, "on", true)
	case 2, 3:
		m.try("delete", item)
	case 4:
		m.try(pick(m.r, "close", "drop", "reopen", "doing"), m.beyond())
	case 5:
		if m.onGitHub(item) {
			m.try("transfer", item, "repository", "acme/vendor")
		} else {
			m.try("move", item, "project", "LEGAL")
		}
	}
}

// show lets what was hidden be seen again.
func (m *meddler) show() {
	for range 3 {
		m.try("hide", m.one(func(_ *world.State, it world.Item) bool {
			switch i := it.(type) {
			case *world.JiraIssue:
				return i.Hidden
			case *world.GitHubIssue:
				return i.Hidden
			}
			return false
		}), "on", false)
	}
}

// prose says something about other items that means a dependency, or does not.
func (m *meddler) prose(item, other string) string {
	page := m.box.JiraURL + "/browse/" + other
	if repo, number, ok := strings.Cut(other, "#"); ok {
		page = m.box.GitHubURL + "/" + repo + "/issues/" + number
	}
	third := m.ours()
	texts := []string{
		"blocked by OTHER", "Depends on OTHER, THIRD.", "This blocks OTHER.", "Blocks: OTHER", "waiting for PAGE and THIRD", "Blocked by:\n\n* OTHER\n* THIRD",
		"It is blocked by OTHER (see the notes), and depends on THIRD.", "blocked by OTHER or THIRD", "Is this blocked by OTHER?", "no longer blocked by OTHER",
		"OTHER depends on THIRD", "If it rains, blocked by OTHER.", "Was blocked by OTHER.\nDepends on THIRD", "See OTHER and PAGE", "", "blocked by SELF",
	}
	if m.onGitHub(item) {
		texts = append(texts, "```\nblocked by OTHER\n```\n", "> blocked by OTHER\n\ndepends on THIRD", "`blocked by OTHER`", "### Blocked by\n- [ ] OTHER\n- [x] THIRD", "**Blocked by:** [it](PAGE)", "blocked by #1, #2")
	} else {
		texts = append(texts, "{code}\nblocked by OTHER\n{code}", "bq. blocked by OTHER", "{{blocked by OTHER}}", "h3. Blocked by\n* OTHER\n* THIRD", "*Blocked by:* [it|PAGE]", "-blocked by OTHER- depends on THIRD")
	}
	return strings.NewReplacer("OTHER", other, "THIRD", third, "PAGE", page, "SELF", item).Replace(pick(m.r, texts...))
}

// wantTruth is the house's, but for what lies beyond the product: nobody can tell
// from the world what the daemon asked for once, when something planned waited for
// it, and remembers.
func (m *meddler) wantTruth(when string, r *cycle.Report) {
	m.t.Helper()
	truth := m.box.World.Truth()
	told := map[[2]string]string{}
	for _, d := range r.JSON().Dependencies {
		told[[2]string{d.Waiting, d.Blocker}] = string(d.State)
	}
	var want []world.Dependency
	listed := map[[2]string]bool{}
	for _, d := range truth.Unresolved {
		for _, name := range d.Former { // a link keeps the key that it showed last
			if _, ok := told[[2]string{d.Waiting, name}]; ok {
				d.Blocker = name
			}
		}
		if d.Known == world.KnownByLink || d.Known == world.KnownByName {
			state, ok := told[[2]string{d.Waiting, d.Blocker}]
			if !ok {
				continue // it was delivered when it was asked for
			}
			d.State = state
		}
		want, listed[[2]string{d.Waiting, d.Blocker}] = append(want, d), true
	}
	truth.Unresolved = want
	m.compare(when+"after\n  "+strings.Join(m.done, "\n  ")+"\n", truth, r, func(waiting, blocker string) bool {
		return listed[[2]string{waiting, blocker}] || !m.isBeyond(blocker)
	})
}

// isBeyond says whether an item lies beyond the product.
func (m *meddler) isBeyond(name string) (beyond bool) {
	m.box.World.Read(func(s *world.State) {
		switch it, _ := s.Find(name); i := it.(type) {
		case *world.JiraIssue:
			beyond = !slices.Contains(s.Calendar().Projects, i.Project.Key)
		case *world.GitHubIssue:
			beyond = i.PullRequest || !slices.Contains(s.Calendar().Repos, i.Repo.FullName())
		}
	})
	return beyond
}

// meddle lets a world be changed for some rounds and compares after each.
func (m *meddler) meddle(rounds, each int) {
	m.t.Helper()
	for round := range rounds {
		m.look()
		for range each {
			m.announce()
		}
		m.advance(time.Hour)
		m.once()
		m.wantTruth(fmt.Sprintf("round %d ", round+1), m.once())
		if m.t.Failed() {
			return
		}
		m.look()
		for range each/3 + 1 {
			if round%3 == 2 {
				m.show()
				break
			}
			m.hush()
		}
		m.advance(25 * time.Hour) // the next full reading
		m.once()
		m.wantTruth(fmt.Sprintf("round %d, a full reading ", round+1), m.once())
		if m.t.Failed() {
			return
		}
	}
}

func TestReportEqualsTheLedgerWhateverPeopleDo(t *testing.T) {
	flavours(t, func(t *testing.T, f jirasim.Flavour) {
		type scene struct {
			size, rounds, each int
			seeds              uint64
		}
		for _, scene := range some(t, 1, []scene{{100, 6, 8, 3}, {300, 6, 12, 2}, {1000, 2, 40, 1}}) {
			for seed := range scene.seeds {
				t.Run(fmt.Sprintf("%d items, seed %d", scene.size, seed+1), func(t *testing.T) {
					s := settings{flavour: f, seed: seed + 1, items: scene.size}
					if scene.size >= 1000 {
						s.production = []sandbox.Limit{sandbox.Mode} // it is not about hundreds of comments
					}
					h := build(t, s)
					h.once()
					h.once()
					m := &meddler{house: h, r: rand.New(rand.NewPCG(seed+1, 0x3edd1e))}
					m.meddle(scene.rounds, scene.each)
				})
			}
		}
	})
}
