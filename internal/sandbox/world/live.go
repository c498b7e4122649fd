package world

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"time"
)

// life is what a living world remembers between its steps.
type life struct {
	r       *rand.Rand
	pairs   []pair // dependencies, as they were found or made
	dropped []Item
}

type pair struct{ waiter, blocker Item }

// Live lets the world progress by one step and says in plain words what
// happened; an empty answer means that nothing could. The kinds of steps take
// turns, so that a short run meets them all; who is hit follows from the seed.
func (w *World) Live(step int) string {
	said := ""
	_ = w.Write(func(s *State) error {
		if s.live == nil {
			s.live = s.born()
		}
		for n := range turns {
			if said = turns[(step+n)%len(turns)](s); said != "" {
				return nil
			}
		}
		return nil
	})
	return said
}

// turns are the kinds of steps, in their order.
var turns = []func(*State) string{(*State).liveLink, (*State).liveFinish, (*State).liveSlip, (*State).liveDrop, (*State).liveStart,
	(*State).liveReopen, (*State).liveLink, (*State).liveUnlink, (*State).liveFinish, (*State).liveStory}

func (s *State) born() *life {
	l := &life{r: rand.New(rand.NewPCG(s.seed, 0x11fe))}
	for _, t := range []Tracker{Jira, GitHub} {
		for _, it := range s.All(t) {
			for _, b := range s.Blockers(it) {
				l.pairs = append(l.pairs, pair{it, b})
			}
		}
	}
	return l
}

// pair draws a dependency of an item that is planned and not finished, whose
// blocker fits.
func (s *State) pair(fits func(b Item) bool) (pair, bool) {
	l := s.live
	for range 40 {
		if len(l.pairs) == 0 {
			break
		}
		p := l.pairs[l.r.IntN(len(l.pairs))]
		_, end := windowOf(p.waiter)
		if s.exists(p.waiter) && s.exists(p.blocker) && pending(p.waiter) && end.After(s.Now()) && fits(p.blocker) &&
			slices.Contains(s.Blockers(p.waiter), p.blocker) {
			return p, true
		}
	}
	return pair{}, false
}

func (s *State) exists(it Item) bool {
	switch i := it.(type) {
	case *JiraIssue:
		return s.issueByID[i.ID] == i
	case *GitHubIssue:
		return s.githubByID[i.ID] == i
	}
	return false
}

func pending(it Item) bool { return StateOf(it) == "open" || StateOf(it) == "doing" }

// somebody is who acts when nobody in particular does.
func (s *State) somebody() *User { return s.person("") }

func (s *State) liveFinish() string {
	p, ok := s.pair(pending)
	if !ok {
		return ""
	}
	s.finish(p.blocker, s.somebody())
	s.noteLife(p.blocker, "close")
	return fmt.Sprintf("%s is delivered; %s waited for it", p.blocker.Handle(), p.waiter.Handle())
}

func (s *State) liveSlip() string {
	p, ok := s.pair(pending)
	if !ok {
		return ""
	}
	out, err := s.replan(p.blocker, "+2", s.somebody())
	if err != nil {
		return ""
	}
	s.noteLife(p.blocker, "sprint")
	return fmt.Sprintf("%s slips to %s; %s waits for it", p.blocker.Handle(), out.Detail, p.waiter.Handle())
}

func (s *State) liveDrop() string {
	p, ok := s.pair(pending)
	if !ok {
		return ""
	}
	s.abandon(p.blocker, "", s.somebody())
	s.live.dropped = append(s.live.dropped, p.blocker)
	s.noteLife(p.blocker, "drop")
	return fmt.Sprintf("%s is closed as not planned; %s waits for it", p.blocker.Handle(), p.waiter.Handle())
}

func (s *State) liveReopen() string {
	for len(s.live.dropped) > 0 {
		it := s.live.dropped[0]
		s.live.dropped = s.live.dropped[1:]
		if s.exists(it) && !pending(it) {
			s.again(it, s.somebody())
			s.noteLife(it, "reopen")
			return it.Handle() + " is reopened"
		}
	}
	return ""
}

// liveLink makes an item of the next sprint wait for one that comes later.
func (s *State) liveLink() string {
	w := s.drawn(func(it Item) bool {
		start, _ := windowOf(it)
		return start.After(s.Now()) && start.Before(s.Now().AddDate(0, 0, 15)) && len(s.Blockers(it)) == 0
	})
	if w == nil {
		return ""
	}
	b := s.drawn(func(it Item) bool {
		start, _ := windowOf(it)
		return it != w && (start.IsZero() || start.After(s.Now().AddDate(0, 0, 14))) && len(s.Blockers(it)) == 0
	})
	if b == nil {
		return ""
	}
	s.wait(w, b, b.Handle(), s.somebody())
	s.live.pairs = append(s.live.pairs, pair{w, b})
	s.noteLife(w, "link")
	return fmt.Sprintf("%s now waits for %s", w.Handle(), b.Handle())
}

func (s *State) liveUnlink() string {
	p, ok := s.pair(func(Item) bool { return true })
	if !ok || s.free(p.waiter, p.blocker, "", false, s.somebody()) == 0 {
		return ""
	}
	s.noteLife(p.waiter, "unlink")
	return fmt.Sprintf("%s no longer waits for %s", p.waiter.Handle(), p.blocker.Handle())
}

func (s *State) liveStart() string {
	it := s.drawn(func(it Item) bool { return StateOf(it) == "open" && inSprint(s.Now(), it) })
	if it == nil {
		return ""
	}
	s.start(it, s.somebody())
	s.noteLife(it, "doing")
	return it.Handle() + " is started"
}

func (s *State) liveStory() string {
	it := s.drawn(func(it Item) bool { return StateOf(it) == "doing" && inSprint(s.Now(), it) })
	if it == nil {
		return ""
	}
	s.finish(it, s.somebody())
	s.noteLife(it, "close")
	return it.Handle() + " is delivered"
}

// inSprint reports an item of the sprint that runs now.
func inSprint(now time.Time, it Item) bool {
	start, end := windowOf(it)
	return !start.IsZero() && start.Before(now) && end.After(now)
}

// drawn draws a pending story that fits; nil when a fair number of draws
// finds none. Epics and home items are left alone.
func (s *State) drawn(fits func(Item) bool) Item {
	r, repos := s.live.r, s.Repos
	for range 200 {
		var it Item
		if n := len(s.Jira); n > 0 && (len(repos) == 0 || r.IntN(3) > 0) {
			i := s.Jira[r.IntN(n)]
			if i.Type.Level != 0 {
				continue
			}
			it = i
		} else if len(repos) > 0 {
			list := repos[r.IntN(len(repos))].Issues
			if len(list) == 0 {
				continue
			}
			i := list[r.IntN(len(list))]
			if i.PullRequest || (i.Type != nil && i.Type.Name == "Epic") {
				continue
			}
			it = i
		} else {
			return nil
		}
		if pending(it) && !s.isHome(it) && fits(it) {
			return it
		}
	}
	return nil
}

func (s *State) isHome(it Item) bool {
	name := it.Handle()
	if s.calendar.Home[it.Tracker()] == name {
		return true
	}
	return slices.ContainsFunc(s.calendar.Teams, func(t Team) bool { return t.Home[it.Tracker()] == name })
}

func (s *State) noteLife(it Item, op string) { s.log(it, op, s.somebody(), Entry{Detail: "live"}) }
