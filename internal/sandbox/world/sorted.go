package world

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Order is an order in which a tracker lists its issues; all are ascending, and
// equals come by id.
type Order string

// The orders of Jira's issues.
const (
	ByKey     Order = "key" // by project, then by number: WEB-9 before WEB-10
	ByUpdated Order = "updated"
	ByCreated Order = "created"
	ByRank    Order = "rank"
)

// ByComments is an order of GitHub's issues alone, as ByKey and ByRank are of Jira's.
const ByComments Order = "comments"

// JiraSorted lists all of Jira's issues in an order, whatever the asker may see.
// The list is not to be changed.
func (s *State) JiraSorted(o Order) []*JiraIssue {
	q := Question[*JiraIssue]{Name: string(o), Among: func() []*JiraIssue { return s.Jira }, Order: jiraOrders[o], Rank: jiraRanks[o]}
	if o == ByKey {
		q.Rank = s.keyRank()
	}
	return s.jiraLists.Ask(s, q)
}

// keyRank numbers keys: the project's place among all, then the issue's number.
func (s *State) keyRank() func(*JiraIssue) int64 {
	projects := slices.SortedFunc(slices.Values(s.Projects), func(a, b *Project) int { return strings.Compare(a.Key, b.Key) })
	at := make(map[*Project]int64, len(projects))
	for k, p := range projects {
		at[p] = int64(k) << 40
	}
	return func(i *JiraIssue) int64 { return at[i.Project] + int64(number(i.Key)) }
}

var jiraRanks = map[Order]func(*JiraIssue) int64{
	ByUpdated: func(i *JiraIssue) int64 { return i.Updated.UnixNano() },
	ByCreated: func(i *JiraIssue) int64 { return i.Created.UnixNano() },
}

// JiraUpdated lists the issues that were updated at a moment or later, oldest
// change first.
func (s *State) JiraUpdated(since time.Time) []*JiraIssue {
	return from(s.JiraSorted(ByUpdated), since, func(i *JiraIssue) time.Time { return i.Updated })
}

// JiraCreated lists the issues that were made at a moment or later, oldest first.
func (s *State) JiraCreated(since time.Time) []*JiraIssue {
	return from(s.JiraSorted(ByCreated), since, func(i *JiraIssue) time.Time { return i.Created })
}

// JiraIn lists a project's issues by number.
func (s *State) JiraIn(p *Project) []*JiraIssue {
	all := s.JiraSorted(ByKey)
	start, _ := slices.BinarySearchFunc(all, p.Key, func(i *JiraIssue, key string) int { return cmp.Compare(i.Project.Key, key) })
	end, _ := slices.BinarySearchFunc(all[start:], p.Key, func(i *JiraIssue, key string) int {
		if i.Project.Key <= key {
			return -1
		}
		return 1
	})
	return all[start : start+end : start+end]
}

// GitHubSorted lists a repository's issues and pull requests in an order,
// whatever the asker may see. The list is not to be changed.
func (s *State) GitHubSorted(r *Repo, o Order) []*GitHubIssue {
	return s.githubLists.Ask(s, Question[*GitHubIssue]{
		Name:  strconv.FormatInt(r.ID, 10) + " " + string(o),
		Among: func() []*GitHubIssue { return r.Issues },
		Holds: func(i *GitHubIssue) bool { return i.Repo == r },
		Order: githubOrders[o],
		Rank:  githubRanks[o],
	})
}

// GitHubUpdated lists a repository's issues and pull requests that were updated
// at a moment or later, oldest change first.
func (s *State) GitHubUpdated(r *Repo, since time.Time) []*GitHubIssue {
	return from(s.GitHubSorted(r, ByUpdated), since, func(i *GitHubIssue) time.Time { return i.Updated })
}

// from cuts off what lies before a moment.
func from[T any](list []T, since time.Time, at func(T) time.Time) []T {
	n, _ := slices.BinarySearchFunc(list, since, func(item T, t time.Time) int {
		if at(item).Before(t) {
			return -1
		}
		return 1
	})
	return list[n:len(list):len(list)]
}

var jiraOrders = map[Order]func(a, b *JiraIssue) int{
	ByKey:     CompareKeys,
	ByUpdated: func(a, b *JiraIssue) int { return cmp.Or(a.Updated.Compare(b.Updated), cmp.Compare(a.ID, b.ID)) },
	ByCreated: func(a, b *JiraIssue) int { return cmp.Or(a.Created.Compare(b.Created), cmp.Compare(a.ID, b.ID)) },
	ByRank:    func(a, b *JiraIssue) int { return cmp.Or(strings.Compare(a.Rank, b.Rank), cmp.Compare(a.ID, b.ID)) },
}

// CompareKeys orders issues by project, then by number, then by id.
func CompareKeys(a, b *JiraIssue) int {
	if a.Project != b.Project {
		if c := strings.Compare(a.Project.Key, b.Project.Key); c != 0 {
			return c
		}
	}
	return cmp.Or(cmp.Compare(number(a.Key), number(b.Key)), cmp.Compare(a.ID, b.ID))
}

// number is the number of a Jira key.
func number(key string) int {
	n := 0
	for _, c := range []byte(key[strings.LastIndexByte(key, '-')+1:]) {
		n = 10*n + int(c-'0')
	}
	return n
}

var githubRanks = map[Order]func(*GitHubIssue) int64{
	ByUpdated:  func(i *GitHubIssue) int64 { return i.Updated.Unix() },
	ByCreated:  func(i *GitHubIssue) int64 { return i.Created.Unix() },
	ByComments: func(i *GitHubIssue) int64 { return int64(len(i.Comments) + i.CommentsCut) },
}

var githubOrders = map[Order]func(a, b *GitHubIssue) int{
	ByUpdated: func(a, b *GitHubIssue) int { return cmp.Or(a.Updated.Compare(b.Updated), cmp.Compare(a.ID, b.ID)) },
	ByCreated: func(a, b *GitHubIssue) int { return cmp.Or(a.Created.Compare(b.Created), cmp.Compare(a.ID, b.ID)) },
	ByComments: func(a, b *GitHubIssue) int {
		return cmp.Or(cmp.Compare(len(a.Comments)+a.CommentsCut, len(b.Comments)+b.CommentsCut), cmp.Compare(a.ID, b.ID))
	},
}
