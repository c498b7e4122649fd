package githubsim

import (
	"cmp"
	"slices"
	"sync"

	"strata/internal/sandbox/world"
)

// shelf keeps a repository's issues in the orders that lists ask for, as long as nobody writes to the world: a
// client that reads ten thousand pages does not make us sort ten thousand times.
type shelf struct {
	mu      sync.Mutex
	version uint64
	sorted  map[shelfKey][]*world.GitHubIssue
	opened  map[int64]int // open issues and pull requests, by repository
}

type shelfKey struct {
	repo  int64
	field string
}

func newShelf() *shelf {
	return &shelf{sorted: map[shelfKey][]*world.GitHubIssue{}, opened: map[int64]int{}}
}

// issues lists a repository's issues and pull requests by CREATED_AT, UPDATED_AT or COMMENTS, ascending; ties by id.
// The caller must not change the list, and is inside world.Read or world.Write.
func (s *shelf) issues(state *world.State, r *world.Repo, field string) []*world.GitHubIssue {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.refresh(state)
	key := shelfKey{r.ID, field}
	if list, ok := s.sorted[key]; ok {
		return list
	}
	list := slices.Clone(r.Issues)
	slices.SortFunc(list, func(a, b *world.GitHubIssue) int { return compareBy(field, a, b) })
	s.sorted[key] = list
	return list
}

func compareBy(field string, a, b *world.GitHubIssue) int {
	first := 0
	switch field {
	case "UPDATED_AT":
		first = a.Updated.Compare(b.Updated)
	case "COMMENTS":
		first = cmp.Compare(len(a.Comments)+a.CommentsCut, len(b.Comments)+b.CommentsCut)
	default:
		first = a.Created.Compare(b.Created)
	}
	return cmp.Or(first, cmp.Compare(a.ID, b.ID))
}

// open counts a repository's open issues and pull requests, as far as the account may see them.
func (s *shelf) open(state *world.State, r *world.Repo) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.refresh(state)
	n, known := s.opened[r.ID]
	if known {
		return n
	}
	for _, i := range r.Issues {
		if !i.Closed && visible(i) {
			n++
		}
	}
	s.opened[r.ID] = n
	return n
}

// refresh forgets everything when somebody has written.
func (s *shelf) refresh(state *world.State) {
	if s.version != state.Version {
		clear(s.sorted)
		clear(s.opened)
		s.version = state.Version
	}
}
