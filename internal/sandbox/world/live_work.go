package world

import (
	"math/rand/v2"
	"slices"
	"strings"
	"time"
)

// most bounds what happens on one day, so that a large product stays readable.
const most = 12

// work lets teams start and deliver what is in the running Sprint, and lets a
// dependency or two change.
func (s *State) work() {
	now := s.Now()
	current := s.stories(func(it Item) bool { return inSprint(now, it) })
	left := max(s.lastPlace()-s.live.day.Place+1, 1)
	rate := min((len(current)*4/10+left-1)/left, most)
	shuffled := slices.Clone(current)
	s.live.r.Shuffle(len(shuffled), func(a, b int) { shuffled[a], shuffled[b] = shuffled[b], shuffled[a] })
	s.done(shuffled, rate)
	s.begun(shuffled, rate)
	switch s.live.day.Place % 10 {
	case 1, 6:
		s.liveLink()
	case 2, 5, 7:
		s.liveFinish()
	case 3, 8:
		s.liveSlip()
	case 4:
		s.liveDrop()
	case 9:
		s.liveUnlink()
	}
	if s.live.day.Place%10 == 6 {
		s.liveReopen()
	}
}

func (s *State) begun(current []Item, rate int) {
	for _, it := range current {
		if rate == 0 {
			return
		}
		if StateOf(it) == "open" {
			s.start(it, s.somebody())
			s.tell(Started, it, "doing", "is started")
			rate--
		}
	}
}

// done delivers what nothing holds up.
func (s *State) done(current []Item, rate int) {
	for _, it := range current {
		if rate == 0 {
			return
		}
		if StateOf(it) == "doing" && !slices.ContainsFunc(s.Blockers(it), pending) {
			s.finish(it, s.somebody())
			s.tell(Delivered, it, "close", "is delivered")
			rate--
		}
	}
}

// inSprint reports an item of the sprint that runs now.
func inSprint(now time.Time, it Item) bool {
	start, end := windowOf(it)
	return !start.IsZero() && start.Before(now) && end.After(now)
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

func (s *State) liveFinish() {
	if p, ok := s.pair(pending); ok {
		s.finish(p.blocker, s.somebody())
		s.tell(Delivered, p.blocker, "close", "is delivered; %s waited for it", p.waiter.Handle())
	}
}

func (s *State) liveSlip() {
	p, ok := s.pair(func(b Item) bool { return pending(b) && !s.flows(b) })
	if !ok {
		return
	}
	out, err := s.replan(p.blocker, "+2", s.somebody())
	if err != nil {
		return
	}
	s.tell(Slipped, p.blocker, "sprint", "slips to %s; %s waits for it", out.Detail, p.waiter.Handle())
	s.say(p.waiter, "mia", "Seen. We talk about a smaller slice in the cross-team refinement.", false)
}

func (s *State) liveDrop() {
	if p, ok := s.pair(pending); ok {
		s.abandon(p.blocker, "", s.somebody())
		s.live.dropped = append(s.live.dropped, p.blocker)
		s.tell(Dropped, p.blocker, "drop", "is closed as not planned; %s waits for it", p.waiter.Handle())
	}
}

func (s *State) liveReopen() {
	for len(s.live.dropped) > 0 {
		it := s.live.dropped[0]
		s.live.dropped = s.live.dropped[1:]
		if s.exists(it) && !pending(it) {
			s.again(it, s.somebody())
			s.tell(Again, it, "reopen", "is reopened")
			return
		}
	}
}

// liveLink makes an item of the next sprint wait for one that comes later.
func (s *State) liveLink() {
	now := s.Now()
	w := s.drawn(func(it Item) bool {
		start, _ := windowOf(it)
		return start.After(now) && start.Before(now.AddDate(0, 0, 15)) && len(s.Blockers(it)) == 0
	})
	if w == nil {
		return
	}
	b := s.drawn(func(it Item) bool {
		start, _ := windowOf(it)
		return it != w && it.Tracker() == w.Tracker() && (start.IsZero() || start.After(now.AddDate(0, 0, 14))) && len(s.Blockers(it)) == 0
	})
	if b == nil {
		return
	}
	s.wait(w, b, b.Handle(), s.somebody())
	s.live.pairs = append(s.live.pairs, pair{w, b})
	s.tell(Linked, w, "link", "now waits for %s", b.Handle())
}

func (s *State) liveUnlink() {
	p, ok := s.pair(func(Item) bool { return true })
	if ok && s.free(p.waiter, p.blocker, "", false, s.somebody()) > 0 {
		s.tell(Unlinked, p.waiter, "unlink", "no longer waits for %s", p.blocker.Handle())
	}
}

// drawn draws a story that fits, or nil.
func (s *State) drawn(fits func(Item) bool) Item {
	list := s.stories(fits)
	if len(list) == 0 {
		return nil
	}
	return list[s.live.r.IntN(len(list))]
}

// another writes a new story beside one that is there: the same team, the same
// epic, in the backlog.
func (s *State) another(like Item) Item {
	by := s.somebody()
	switch i := like.(type) {
	case *JiraIssue:
		return s.CreateIssue(i.Project, JiraIssue{Type: i.Type, Priority: i.Priority, Summary: storyTitle(s.live.r, i.Parent),
			Description: storyText(s.live.r, false), Components: i.Components, Labels: slices.Clone(i.Labels), Parent: i.Parent, Team: i.Team, Points: i.Points}, by)
	case *GitHubIssue:
		var up Item
		if i.Parent != nil {
			up = i.Parent
		}
		n := s.CreateGitHub(i.Repo, GitHubIssue{Title: storyTitle(s.live.r, up), Body: storyText(s.live.r, true), Type: i.Type, Labels: slices.Clone(i.Labels)}, by)
		for _, card := range i.Items {
			c := s.AddCard(card.Project, n, nil, by)
			for _, v := range card.Values {
				if v.Iteration == nil && v.Field.Name != "Status" {
					s.SetValue(c, *v)
				}
			}
		}
		s.column(n, "Todo")
		if i.Parent != nil && len(i.Parent.Subs) < 100 {
			s.AddSub(i.Parent, n)
		}
		return n
	}
	return nil
}

// storyTitle fits the epic's theme, if it has one of ours.
func storyTitle(r *rand.Rand, up Item) string {
	name := ""
	switch i := up.(type) {
	case *JiraIssue:
		if i != nil {
			name = i.Summary
		}
	case *GitHubIssue:
		name = i.Title
	}
	for n := range themes {
		if name != "" && strings.HasPrefix(name, themes[n].title) {
			return themes[n].story(r)
		}
	}
	return themes[r.IntN(len(themes))].story(r)
}

func storyText(r *rand.Rand, markdown bool) string {
	return strings.TrimSpace(section(markdown, "Acceptance criteria", []string{criteria[r.IntN(len(criteria))], "is shown in the next review"})) + "\n"
}
