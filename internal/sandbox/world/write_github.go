package world

import (
	"slices"
	"strings"
	"time"
)

// What moves what on GitHub (seen in recorded exchanges of 2026): title, body,
// state, label, assignee, lock and comment move the issue's updated_at;
// dependencies, sub-issues and board values do not. A board value moves the
// updatedAt of its card.

// CloseIssue closes an issue for a reason: completed, not_planned, duplicate.
func (s *State) CloseIssue(i *GitHubIssue, reason string, by *User) {
	s.happened(i, IssueEvent{Kind: "closed", Reason: reason, By: by})
	i.Closed, i.StateReason, i.ClosedBy = true, reason, by
	i.ClosedAt = i.stamp(s.Now())
	i.Recorded.Drop("state", "state_reason", "closed_at", "closed_by")
	i.touch(s.Now())
}

// ReopenIssue opens a closed issue again.
func (s *State) ReopenIssue(i *GitHubIssue, by *User) {
	s.happened(i, IssueEvent{Kind: "reopened", By: by})
	i.Closed, i.StateReason, i.ClosedAt, i.ClosedBy, i.DuplicateOf = false, Reopened, time.Time{}, nil, nil
	i.Recorded.Drop("state", "state_reason", "closed_at", "closed_by")
	i.touch(s.Now())
}

// Block makes i wait for blocker. It moves no time on either.
func (s *State) Block(i, blocker *GitHubIssue) {
	if slices.Contains(i.BlockedBy, blocker) {
		return
	}
	s.happened(i, IssueEvent{Kind: "blocked_by_added", Other: blocker})
	s.happened(blocker, IssueEvent{Kind: "blocking_added", Other: i})
	i.BlockedBy = append(i.BlockedBy, blocker)
	blocker.Blocking = append(blocker.Blocking, i)
	s.blocks[[2]*GitHubIssue{i, blocker}] = s.Version + 1
	s.changed(i)
	s.changed(blocker)
	i.Recorded.Drop("issue_dependencies_summary", "blocked_by")
	blocker.Recorded.Drop("issue_dependencies_summary", "blocking")
}

// Unblock ends the waiting; it answers whether there was any.
func (s *State) Unblock(i, blocker *GitHubIssue) bool {
	if !slices.Contains(i.BlockedBy, blocker) {
		return false
	}
	s.happened(i, IssueEvent{Kind: "blocked_by_removed", Other: blocker})
	s.happened(blocker, IssueEvent{Kind: "blocking_removed", Other: i})
	pair := [2]*GitHubIssue{i, blocker}
	s.unshow(i, blocker, s.blocks[pair], 1)
	delete(s.blocks, pair)
	i.BlockedBy = without(i.BlockedBy, blocker)
	blocker.Blocking = without(blocker.Blocking, i)
	s.changed(i)
	s.changed(blocker)
	i.Recorded.Drop("issue_dependencies_summary", "blocked_by")
	blocker.Recorded.Drop("issue_dependencies_summary", "blocking")
	return true
}

// AddSub puts child under parent, away from a former parent. It moves no time.
func (s *State) AddSub(parent, child *GitHubIssue) {
	if child.Parent != nil {
		s.RemoveSub(child.Parent, child)
	}
	s.happened(parent, IssueEvent{Kind: "sub_issue_added", Other: child})
	s.happened(child, IssueEvent{Kind: "parent_issue_added", Other: parent})
	child.Parent = parent
	parent.Subs = append(parent.Subs, child)
	s.changed(parent)
	s.changed(child)
	parent.Recorded.Drop("sub_issues_summary")
	child.Recorded.Drop("parent_issue_url")
}

// RemoveSub takes child from under parent; it answers whether it was there.
func (s *State) RemoveSub(parent, child *GitHubIssue) bool {
	if child.Parent != parent {
		return false
	}
	s.happened(parent, IssueEvent{Kind: "sub_issue_removed", Other: child})
	s.happened(child, IssueEvent{Kind: "parent_issue_removed", Other: parent})
	child.Parent = nil
	parent.Subs = without(parent.Subs, child)
	s.changed(parent)
	s.changed(child)
	parent.Recorded.Drop("sub_issues_summary")
	child.Recorded.Drop("parent_issue_url")
	return true
}

// SetValue sets a card's value for v.Field; the card's updatedAt moves, the
// issue's does not.
func (s *State) SetValue(card *ProjectItem, v Value) {
	now := s.Now().Truncate(time.Second)
	v.Updated = now
	card.Values = slices.DeleteFunc(slices.Clone(card.Values), func(o *Value) bool { return o.Field == v.Field })
	card.Values = append(card.Values, &v)
	card.Updated, card.Project.Updated = now, now
	s.carded(card)
}

// ClearValue unsets a card's value for a field.
func (s *State) ClearValue(card *ProjectItem, f *ProjectField) {
	card.Values = slices.DeleteFunc(slices.Clone(card.Values), func(o *Value) bool { return o.Field == f })
	now := s.Now().Truncate(time.Second)
	card.Updated, card.Project.Updated = now, now
	s.carded(card)
}

// SetTitle renames an issue.
func (s *State) SetTitle(i *GitHubIssue, title string) {
	s.happened(i, IssueEvent{Kind: "renamed", From: i.Title, To: title})
	i.Title = title
	i.Recorded.Drop("title")
	i.touch(s.Now())
}

// SetBody replaces an issue's Markdown.
func (s *State) SetBody(i *GitHubIssue, body string) {
	s.refer(i, body, nil, nil)
	s.edited(i, nil)
	i.Body = body
	i.Recorded.Drop("body")
	i.touch(s.Now())
}

// SetAssignees replaces an issue's assignees.
func (s *State) SetAssignees(i *GitHubIssue, users []*User) {
	for _, u := range i.Assignees {
		if !slices.Contains(users, u) {
			s.happened(i, IssueEvent{Kind: "unassigned", Assignee: u})
		}
	}
	for _, u := range users {
		if !slices.Contains(i.Assignees, u) {
			s.happened(i, IssueEvent{Kind: "assigned", Assignee: u})
		}
	}
	i.Assignees = users
	i.Recorded.Drop("assignee", "assignees")
	i.touch(s.Now())
}

// SetLabels replaces an issue's labels.
func (s *State) SetLabels(i *GitHubIssue, labels []*Label) {
	for _, l := range i.Labels {
		if !slices.Contains(labels, l) {
			s.happened(i, IssueEvent{Kind: "unlabeled", Label: l})
		}
	}
	for _, l := range labels {
		if !slices.Contains(i.Labels, l) {
			s.happened(i, IssueEvent{Kind: "labeled", Label: l})
		}
	}
	i.Labels = labels
	i.Recorded.Drop("labels")
	i.touch(s.Now())
}

// SetLock locks or unlocks the conversation.
func (s *State) SetLock(i *GitHubIssue, locked bool, reason string) {
	if kind := map[bool]string{true: "locked", false: "unlocked"}[locked]; i.Locked != locked {
		s.happened(i, IssueEvent{Kind: kind, Reason: reason})
	}
	i.Locked, i.LockReason = locked, reason
	i.Recorded.Drop("locked", "active_lock_reason")
	i.touch(s.Now())
}

// Transfer moves an issue to another repository: a new number, the same id;
// the old place answers 301.
func (s *State) Transfer(i *GitHubIssue, to *Repo) {
	s.happened(i, IssueEvent{Kind: "transferred", From: i.Repo.FullName()})
	from := i.Repo
	from.Issues = without(from.Issues, i)
	delete(from.byNumber, i.Number)
	from.Moved[i.Number] = i
	for n, o := range from.Moved {
		if o == i {
			from.Moved[n] = i
		}
	}
	i.Repo, i.Number, i.Recorded = to, 0, nil
	s.addGitHub(i)
	i.touch(s.Now())
}

// DeleteGitHub removes an issue: 410 from now on.
func (s *State) DeleteGitHub(i *GitHubIssue) {
	s.haunt(i)
	for _, b := range slices.Clone(i.BlockedBy) {
		s.Unblock(i, b)
	}
	for _, w := range slices.Clone(i.Blocking) {
		s.Unblock(w, i)
	}
	for _, c := range slices.Clone(i.Subs) {
		s.RemoveSub(i, c)
	}
	if i.Parent != nil {
		s.RemoveSub(i.Parent, i)
	}
	for _, card := range i.Items {
		card.Project.Items = without(card.Project.Items, card)
		delete(s.cards, card.ID)
	}
	for _, c := range i.Comments {
		delete(s.comments[GitHub], c.ID)
	}
	s.forgetEvents(i)
	delete(s.githubByID, i.ID)
	delete(s.nodes, i.Node)
	delete(i.Repo.byNumber, i.Number)
	i.Repo.Issues = without(i.Repo.Issues, i)
	i.Repo.Gone[i.Number] = true
	for _, r := range s.Repos { // where it was before it was transferred
		for number, moved := range r.Moved {
			if moved == i {
				delete(r.Moved, number)
				r.Gone[number] = true
			}
		}
	}
	s.changed(i)
}

// CreateGitHub opens an issue. What draft leaves empty is given: id, number,
// times.
func (s *State) CreateGitHub(r *Repo, draft GitHubIssue, by *User) *GitHubIssue {
	i := &draft
	i.Repo, i.Number = r, 0
	i.ID = s.id("github", 4_570_000_000)
	if i.Author == nil {
		i.Author = by
	}
	i.Created = i.stamp(s.Now())
	i.Updated = i.Created
	s.addGitHub(i)
	s.changed(i)
	s.refer(i, i.Title+"\n"+i.Body, nil, by)
	return i
}

// AddCard puts an issue, or a draft, on a board.
func (s *State) AddCard(p *GitHubProject, i *GitHubIssue, d *DraftIssue, by *User) *ProjectItem {
	now := s.Now().Truncate(time.Second)
	card := &ProjectItem{ID: s.id("card", 120_000_000), Project: p, Issue: i, Draft: d, Author: by, Created: now, Updated: now}
	p.Items = append(p.Items, card)
	s.cards[card.ID] = card
	if i != nil {
		i.Items = append(i.Items, card)
	}
	if d != nil {
		s.drafts[d.ID] = d
	}
	s.carded(card)
	return card
}

// addGitHub indexes an issue and gives it a number when it has none.
func (s *State) addGitHub(i *GitHubIssue) {
	if i.Number == 0 {
		i.Number = i.Repo.last + 1
	}
	i.Repo.last = max(i.Repo.last, i.Number)
	i.home = s
	i.Repo.Issues = append(i.Repo.Issues, i)
	i.Repo.byNumber[i.Number] = i
	s.githubByID[i.ID] = i
	s.reserve("github", i.ID)
	if i.Node != "" {
		s.nodes[i.Node] = i
	}
}

// AddRepo makes a repository, or finds it.
func (s *State) AddRepo(owner, name string) *Repo {
	if r := s.Repo(owner + "/" + name); r != nil {
		return r
	}
	r := &Repo{ID: s.id("repo", 600_000_001), Owner: owner, Name: name,
		Gone: map[int]bool{}, Moved: map[int]*GitHubIssue{}, byNumber: map[int]*GitHubIssue{}}
	s.Repos = append(s.Repos, r)
	sortBy(s.Repos, func(a, b *Repo) bool { return a.FullName() < b.FullName() })
	s.repoByName[strings.ToLower(r.FullName())] = r
	return r
}

// LabelIn finds a repository's label, or makes it.
func (s *State) LabelIn(r *Repo, name string) *Label {
	for _, l := range r.Labels {
		if strings.EqualFold(l.Name, name) {
			return l
		}
	}
	l := &Label{ID: s.id("label", 4_100_000_001), Name: name, Color: "ededed"}
	r.Labels = append(r.Labels, l)
	return l
}

func without[T comparable](list []T, gone T) []T {
	return slices.DeleteFunc(slices.Clone(list), func(o T) bool { return o == gone })
}
