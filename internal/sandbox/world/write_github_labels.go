package world

import (
	"slices"
	"strings"
	"time"
)

// Label finds a repository's label by name, without regard to case; nil when there is none.
func (r *Repo) Label(name string) *Label {
	for _, l := range r.Labels {
		if strings.EqualFold(l.Name, name) {
			return l
		}
	}
	return nil
}

// EditLabel gives a label another name, colour and description; the issues that bear it keep it.
func (s *State) EditLabel(r *Repo, l *Label, name, color, about string, by *User) {
	l.Name, l.Color, l.About = name, color, about
	for _, i := range r.Issues {
		if slices.Contains(i.Labels, l) {
			i.Recorded.Drop("labels")
			s.changed(i)
		}
	}
	s.noteRepo(r, "label", by, name)
}

// DeleteLabel takes a label from the repository and from every issue; no issue's updated_at moves.
func (s *State) DeleteLabel(r *Repo, l *Label, by *User) {
	r.Labels = without(r.Labels, l)
	for _, i := range r.Issues {
		if slices.Contains(i.Labels, l) {
			i.Labels = without(i.Labels, l)
			i.Recorded.Drop("labels")
			s.changed(i)
		}
	}
	s.noteRepo(r, "delete-label", by, l.Name)
}

// MilestoneByNumber finds a milestone of a repository; nil when there is none.
func (r *Repo) MilestoneByNumber(number int) *Milestone {
	for _, m := range r.Stones {
		if m.Number == number {
			return m
		}
	}
	return nil
}

// AddMilestone makes a milestone; its number follows the last one's.
func (s *State) AddMilestone(r *Repo, draft Milestone, by *User) *Milestone {
	m := &draft
	for _, o := range r.Stones {
		m.Number = max(m.Number, o.Number)
	}
	m.Number++
	m.ID, m.Creator = s.id("milestone", 12_000_001), by
	m.Created = s.Now().Truncate(time.Second)
	m.Updated = m.Created
	r.Stones = append(r.Stones, m)
	s.noteRepo(r, "milestone", by, m.Title)
	return m
}

// EditMilestone changes a milestone by f; the issues that stand under it show the change.
func (s *State) EditMilestone(r *Repo, m *Milestone, by *User, f func(*Milestone)) {
	closed := m.Closed
	f(m)
	m.Updated = s.Now().Truncate(time.Second)
	switch {
	case m.Closed && !closed:
		m.ClosedAt = m.Updated
	case !m.Closed:
		m.ClosedAt = time.Time{}
	}
	for _, i := range r.Issues {
		if i.Milestone == m {
			i.Recorded.Drop("milestone")
			s.changed(i)
		}
	}
	s.noteRepo(r, "milestone", by, m.Title)
}

// DeleteMilestone removes a milestone; its issues stand under none.
func (s *State) DeleteMilestone(r *Repo, m *Milestone, by *User) {
	r.Stones = without(r.Stones, m)
	for _, i := range r.Issues {
		if i.Milestone == m {
			s.happened(i, IssueEvent{Kind: "demilestoned", Milestone: m.Title, By: by})
			i.Milestone = nil
			i.Recorded.Drop("milestone")
			s.changed(i)
		}
	}
	s.noteRepo(r, "delete-milestone", by, m.Title)
}

// SetMilestone puts an issue under a milestone, or under none.
func (s *State) SetMilestone(i *GitHubIssue, m *Milestone) {
	if i.Milestone == m {
		return
	}
	if i.Milestone != nil {
		s.happened(i, IssueEvent{Kind: "demilestoned", Milestone: i.Milestone.Title})
	}
	if m != nil {
		s.happened(i, IssueEvent{Kind: "milestoned", Milestone: m.Title})
	}
	i.Milestone = m
	i.Recorded.Drop("milestone")
	i.touch(s.Now())
}

// SetType gives an issue another type, or none.
func (s *State) SetType(i *GitHubIssue, t *GitHubType) {
	kind := "issue_type_changed"
	switch {
	case i.Type == t:
		return
	case i.Type == nil:
		kind = "issue_type_added"
	case t == nil:
		kind = "issue_type_removed"
	}
	s.happened(i, IssueEvent{Kind: kind, Type: t, Was: i.Type})
	i.Type = t
	i.Recorded.Drop("type")
	i.touch(s.Now())
}

// MoveSub puts a sub-issue right after another one of the same parent, or right before it. It moves no time, and
// answers whether both are sub-issues of the parent.
func (s *State) MoveSub(parent, child, beside *GitHubIssue, before bool) bool {
	if child.Parent != parent || beside.Parent != parent || child == beside {
		return false
	}
	list := without(parent.Subs, child)
	at := slices.Index(list, beside)
	if !before {
		at++
	}
	parent.Subs = slices.Insert(list, at, child)
	s.changed(parent)
	return true
}

// AddGitHubType makes an issue type, as fill says.
func (s *State) AddGitHubType(fill func(*GitHubType)) *GitHubType {
	t := &GitHubType{}
	for _, o := range s.GitHubTypes {
		t.ID = max(t.ID, o.ID)
	}
	t.ID = max(t.ID, 24_000_000) + 1
	fill(t)
	s.GitHubTypes = append(s.GitHubTypes, t)
	return t
}

// DeleteGitHubType removes an issue type; issues of it have none.
func (s *State) DeleteGitHubType(t *GitHubType) {
	s.GitHubTypes = without(s.GitHubTypes, t)
	for _, r := range s.Repos {
		for _, i := range r.Issues {
			if i.Type == t {
				s.SetType(i, nil)
			}
		}
	}
}
