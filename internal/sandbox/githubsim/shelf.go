package githubsim

import (
	"cmp"
	"strconv"
	"time"

	"strata/internal/sandbox/world"
)

// shelf keeps the lists that clients ask for, and brings them up to date with what was written: a client that reads
// ten thousand pages does not make us sort ten thousand times.
type shelf struct {
	lists world.Answers[*world.GitHubIssue]
	cards cardShelf
}

func newShelf() *shelf { return &shelf{} }

// sortOrders are the world's orders by the names of GraphQL's.
var sortOrders = map[string]world.Order{"CREATED_AT": world.ByCreated, "UPDATED_AT": world.ByUpdated, "COMMENTS": world.ByComments}

// issues lists a repository's issues and pull requests by CREATED_AT, UPDATED_AT or COMMENTS, ascending; ties by id.
// The caller must not change the list, and is inside world.Read or world.Write.
func (s *shelf) issues(state *world.State, r *world.Repo, field string) []*world.GitHubIssue {
	return state.GitHubSorted(r, sortOrders[field])
}

// filtered is issues with only those that a filter keeps. Filters of one name keep the same; a filter looks at the
// issue alone.
func (s *shelf) filtered(state *world.State, r *world.Repo, field, name string, keeps func(*world.GitHubIssue) bool) []*world.GitHubIssue {
	return s.changed(state, r, field, name, time.Time{}, keeps)
}

// changed is filtered of the issues that were updated at a moment or later, which are few; the filter keeps no others.
func (s *shelf) changed(state *world.State, r *world.Repo, field, name string, since time.Time, keeps func(*world.GitHubIssue) bool) []*world.GitHubIssue {
	return s.lists.Ask(state, world.Question[*world.GitHubIssue]{
		Name: strconv.FormatInt(r.ID, 10) + " " + field + " " + name,
		Among: func() []*world.GitHubIssue {
			if since.IsZero() {
				return s.issues(state, r, field)
			}
			return state.GitHubUpdated(r, since)
		},
		InOrder: since.IsZero() || field == "UPDATED_AT",
		Holds:   func(i *world.GitHubIssue) bool { return i.Repo == r && visible(i) && keeps(i) },
		Order:   func(a, b *world.GitHubIssue) int { return compareBy(field, a, b) },
	})
}

func compareBy(field string, a, b *world.GitHubIssue) int {
	first := 0
	switch field {
	case "UPDATED_AT":
		first = a.Updated.Compare(b.Updated)
	case "COMMENTS":
		first = cmp.Compare(commentCount(a), commentCount(b))
	default:
		first = a.Created.Compare(b.Created)
	}
	return cmp.Or(first, cmp.Compare(a.ID, b.ID))
}

// commented lists the issues on which something was said at a moment or later, or more. What was changed in this world
// moves its issue's updated_at; of a loaded issue that is not sure.
func (s *shelf) commented(state *world.State, r *world.Repo, since time.Time) []*world.GitHubIssue {
	list := s.filtered(state, r, "CREATED_AT", "commented", func(i *world.GitHubIssue) bool { return len(i.Comments) > 0 })
	if since.IsZero() {
		return list
	}
	var out []*world.GitHubIssue
	for _, i := range list {
		if i.Recorded != nil || !i.Updated.Before(since) {
			out = append(out, i)
		}
	}
	return out
}

// under counts the open and closed issues of a milestone.
func (s *shelf) under(state *world.State, r *world.Repo, m *world.Milestone) (open, closed int) {
	name := "milestone " + strconv.FormatInt(m.ID, 10)
	all := s.filtered(state, r, "CREATED_AT", name, func(i *world.GitHubIssue) bool { return i.Milestone == m })
	still := s.filtered(state, r, "CREATED_AT", name+" open", func(i *world.GitHubIssue) bool { return i.Milestone == m && !i.Closed })
	return len(still), len(all) - len(still)
}

// open counts a repository's open issues and pull requests, as far as the account may see them.
func (s *shelf) open(state *world.State, r *world.Repo) int {
	return len(s.filtered(state, r, "CREATED_AT", "open", func(i *world.GitHubIssue) bool { return !i.Closed }))
}
