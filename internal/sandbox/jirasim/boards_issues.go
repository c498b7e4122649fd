package jirasim

import (
	"cmp"
	"slices"
	"strings"

	"strata/internal/sandbox/world"
)

// ranked are the issues for which a test holds, in the order of the backlog.
func (c *call) ranked(st *world.State, holds func(*world.JiraIssue) bool) []*world.JiraIssue {
	var out []*world.JiraIssue
	for _, i := range st.Jira {
		if !i.Archived && holds(i) && c.sees(i) {
			out = append(out, i)
		}
	}
	slices.SortStableFunc(out, byRank)
	return out
}

func byRank(a, b *world.JiraIssue) int {
	return cmp.Or(strings.Compare(a.Rank, b.Rank), cmp.Compare(a.ID, b.ID))
}

// on says whether an issue is on a board: of its project, or in a sprint of it.
// Epics are not on Scrum boards.
func on(b *world.Board, i *world.JiraIssue) bool {
	if b.Kind == "scrum" && i.Type.Level > 0 {
		return false
	}
	return i.Project == b.Project || (b.Project == nil && slices.ContainsFunc(i.Sprints, func(s *world.Sprint) bool { return s.Board == b.ID }))
}

// onBoard are the issues of the path's board for which a test holds.
func (c *call) onBoard(st *world.State, holds func(*world.JiraIssue) bool) ([]*world.JiraIssue, error) {
	b, err := c.board(st)
	if err != nil {
		return nil, err
	}
	return c.ranked(st, func(i *world.JiraIssue) bool { return on(b, i) && holds(i) }), nil
}

func issuesOfBoard(c *call, st *world.State) ([]*world.JiraIssue, error) {
	return c.onBoard(st, func(*world.JiraIssue) bool { return true })
}

// issuesOfBacklog are the open issues that are in no sprint.
func issuesOfBacklog(c *call, st *world.State) ([]*world.JiraIssue, error) {
	return c.onBoard(st, func(i *world.JiraIssue) bool { return !i.Done() && i.Sprint() == nil && i.Type.Level == 0 })
}

func boardIssuesWithoutEpic(c *call, st *world.State) ([]*world.JiraIssue, error) {
	return c.onBoard(st, func(i *world.JiraIssue) bool { return i.Type.Level == 0 && i.Parent == nil })
}

// agileIssue is one issue in the agile form.
func agileIssue(c *call) error {
	v := detail{sel: choose(c.words("fields"), "*all"), expand: c.words("expand"), agile: true}
	v.sel.onlyID = false
	return c.read(func(st *world.State) (any, error) {
		if err := c.needsUser(); err != nil {
			return nil, err
		}
		i, err := c.issue(st)
		if err != nil {
			return nil, err
		}
		return c.issueJSON(st, i, v), nil
	})
}
