package githubsim

import (
	"slices"

	"strata/internal/sandbox/world"
)

// listEvents lists an issue's events, oldest first. What only timelines tell is left out.
func listEvents(c *call) reply {
	i, no := c.issue()
	if no != nil {
		return *no
	}
	list := slices.DeleteFunc(slices.Clone(c.s.IssueEvents(i)), func(e *world.IssueEvent) bool { return e.Kind == crossReferenced })
	return paged(c, list, func(e *world.IssueEvent) *eventJSON { return c.showEvent(i, e) })
}

// eventOf is an event with the issue it happened to.
type eventOf struct {
	i *world.GitHubIssue
	e *world.IssueEvent
}

// listRepositoryEvents lists the events of a repository's issues, newest first.
func listRepositoryEvents(c *call) reply {
	r, no := c.repository()
	if no != nil {
		return *no
	}
	var list []eventOf
	for _, i := range r.Issues {
		if !visible(i) {
			continue
		}
		for _, e := range c.s.IssueEvents(i) {
			if e.Kind != crossReferenced {
				list = append(list, eventOf{i, e})
			}
		}
	}
	slices.SortFunc(list, func(a, b eventOf) int { return world.EventOrder(a.e, b.e) })
	return paged(c, list, func(o eventOf) *eventJSON { return c.showEventOf(o.i, o.e) })
}

func (c *call) showEventOf(i *world.GitHubIssue, e *world.IssueEvent) *eventJSON {
	out := c.showEvent(i, e)
	out.Issue = c.showIssue(i)
	return out
}

func getEvent(c *call) reply {
	r, no := c.repository()
	if no != nil {
		return *no
	}
	i, e := c.s.IssueEvent(r, c.number("event_id"))
	if e == nil || !visible(i) || e.Kind == crossReferenced {
		return refused(notFound())
	}
	return ok(c.showEventOf(i, e))
}

// listTimeline lists everything that happened to an issue, comments included, oldest first.
func listTimeline(c *call) reply {
	i, no := c.issue()
	if no != nil {
		return *no
	}
	return paged(c, c.timeline(i), func(m passage) any { return c.showPassage(i, m) })
}
