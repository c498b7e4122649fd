package githubsim

import (
	"cmp"
	"strconv"

	"strata/internal/sandbox/world"
)

// cardShelf keeps the cards of boards that are shown and those that are archived: a client that reads a board page by
// page does not make us look at all of it each time, whoever writes meanwhile.
type cardShelf struct {
	lists world.Answers[*world.ProjectItem]
}

// cards lists a board's cards by position. The caller must not change the list.
func (s *cardShelf) cards(state *world.State, p *world.GitHubProject, archived bool) []*world.ProjectItem {
	q := world.Question[*world.ProjectItem]{
		Name:    strconv.FormatInt(p.ID, 10) + " " + strconv.FormatBool(archived),
		Among:   func() []*world.ProjectItem { return p.Items },
		InOrder: true,
		Holds:   func(c *world.ProjectItem) bool { return c.Project == p && c.Archived == archived },
	}
	if !p.Moved() { // they stand as they came
		q.Order = func(a, b *world.ProjectItem) int { return cmp.Compare(a.ID, b.ID) }
	}
	return s.lists.Ask(state, q)
}
