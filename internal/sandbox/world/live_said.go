package world

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// talk lets people say what people say around a Sprint: takeaways before and in
// the cross-team refinement, how the Sprint Goals came out on the last day,
// feedback once it has ended, and later that a point is settled. Some of it must
// not count: said by somebody without rights, quoted, or in a block of code.
func (s *State) talk() {
	home, review := s.homeItem(s.calendar.Home), s.homeItem(s.calendar.Review)
	if home == nil {
		return
	}
	review = cmp.Or[Item](review, home)
	round, place, last := s.live.round, s.live.day.Place, s.lastPlace()
	ended := round > 1
	switch {
	case place == 1 && ended:
		s.live.given++
		s.say(review, "zoe", "/strata feedback "+points[2*round%len(points)], true)
		s.say(review, "ben", quote(review, "/strata feedback Quoted, so it must not count")+"\n\nI agree.", false)
	case place == 2 && ended:
		s.live.given++
		s.say(review, "mia", "Seen in the review:\n\n/strata feedback "+points[(2*round+1)%len(points)], true)
		s.say(review, "chen", code(review, "/strata done 1")+"\n\nThat is how one marks a point as done.", false)
	case place == 3:
		if epic := s.busiest(Jira); epic != nil {
			s.say(epic, "ada", "/strata takeaway "+takeaways[2*round%len(takeaways)], true)
		}
	case place == 4 && s.live.settled < s.live.given:
		s.say(review, "zoe", fmt.Sprintf("/strata done %d", s.live.settled+1), false)
	case place == 5 && s.live.settled < s.live.given:
		s.live.settled++
		points := fmt.Sprint(s.live.settled)
		if round%2 == 0 && s.live.settled < s.live.given {
			s.live.settled++
			points += fmt.Sprintf(", %d", s.live.settled)
		}
		s.say(review, "ada", "/strata done "+points, true)
	case place == last-3:
		if epic := s.busiest(GitHub); epic != nil {
			s.say(epic, "hana", "strata takeaway "+takeaways[(2*round+1)%len(takeaways)], true)
		}
	case place == last-1:
		s.say(home, "ada", "/strata takeaway "+sessions[round%len(sessions)], true)
	case place == last:
		s.outcomes(home)
	}
}

// outcomes are said on the last day: of the product by its owner, of teams on
// their home items, and once by somebody who may not.
func (s *State) outcomes(home Item) {
	s.say(home, "ada", "/strata goal partly The shop is faster, refunds wait for the bank", true)
	words := []string{"met", "missed The blocker came a week late", "met", "partly Two of three countries"}
	for n, t := range s.calendar.Teams {
		it := s.homeItem(t.Home)
		if it == nil || t.Planning == "flow" {
			continue
		}
		s.say(it, []string{"emre", "fay", "goran"}[n%3], "/strata goal "+words[n%len(words)], true)
		if n == 1 {
			s.say(it, "zoe", "/strata goal met", false)
		}
	}
}

var (
	takeaways = []string{"The smallest slice first, the rest behind a flag", "The interface is agreed before anybody builds on it", "No release without the measurement",
		"Three shoppers try it before the release", "We start with one country"}
	sessions = []string{"Payment comes before everything else", "Each team names its dependencies before Thursday", "We say no to new countries until Poland is live"}
	points   = []string{"The receipt comes too late", "Show the price with tax from the start", "Guests do not find the pickup points", "Refunds should name the order", "The passkey text is hard to read"}
)

// say lets a person write a comment.
func (s *State) say(it Item, login, body string, counts bool) {
	by := s.User(login)
	if by == nil {
		by = s.person(login)
		if login == "zoe" {
			by.Role = Reader
		}
	}
	s.AddComment(it, by, body, nil)
	s.live.day.Events = append(s.live.day.Events, Event{Kind: Said, Item: it.Handle(), Author: by.Name, Said: body, Counts: counts,
		Text: fmt.Sprintf("%s says: %s", by.Name, inWords(body))})
}

func (s *State) homeItem(home map[Tracker]string) Item {
	for _, t := range []Tracker{Jira, GitHub} {
		if home[t] != "" {
			if it, err := s.Find(home[t]); err == nil {
				return it
			}
		}
	}
	return nil
}

// busiest is the open epic of a tracker with most planned children that are not
// done; the first of equals.
func (s *State) busiest(t Tracker) Item {
	var found Item
	best := 0
	for _, it := range s.All(t) {
		if !IsEpic(it) || !pending(it) || s.IsHome(it) {
			continue
		}
		n := 0
		for _, c := range childrenOf(it) {
			if _, end := windowOf(c); pending(c) && end.After(s.Now()) {
				n++
			}
		}
		if n > best {
			best, found = n, it
		}
	}
	return found
}

// Epic is the open epic of a tracker with most work to come; nil when there is none.
func (s *State) Epic(t Tracker) Item { return s.busiest(t) }

func childrenOf(it Item) (children []Item) {
	switch i := it.(type) {
	case *JiraIssue:
		for _, c := range i.Children {
			children = append(children, c)
		}
	case *GitHubIssue:
		for _, c := range i.Subs {
			children = append(children, c)
		}
	}
	return slices.Clip(children)
}

// quote and code write a text as somebody else's, or as an example.
func quote(on Item, text string) string {
	if on.Tracker() == Jira {
		return "bq. " + text
	}
	return "> " + text
}

func code(on Item, text string) string {
	if on.Tracker() == Jira {
		return "{code}\n" + text + "\n{code}"
	}
	return "```\n" + text + "\n```"
}

// inWords writes a comment on one line.
func inWords(body string) string {
	body = strings.NewReplacer("bq. ", "(quoting) ", "> ", "(quoting) ", "{code}", "(code)", "```", "(code)").Replace(body)
	return strings.Join(strings.Fields(body), " ")
}
