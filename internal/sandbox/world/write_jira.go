package world

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Every write below moves the issue's updated, as Jira does for fields, links,
// sprints and comments; it does not for entity properties.

// change notes a field's change: the record no longer holds, the changelog
// grows, updated moves.
func (s *State) change(i *JiraIssue, by *User, field, from, fromText, to, toText string, recorded ...string) {
	i.Recorded.Drop(recorded...)
	i.touch(s.Now())
	i.History = append(i.History, Change{
		ID: s.id("change", 90000), Author: by, At: i.Updated,
		Items: []ChangeItem{{Field: field, From: from, FromString: fromText, To: to, ToString: toText}},
	})
	if field != "Link" {
		s.stubsOf(i)
	}
}

// stubsOf lets the issues around i show what i is now, not what was recorded.
func (s *State) stubsOf(i *JiraIssue) {
	for _, l := range i.Links {
		for _, e := range []End{l.From, l.To} {
			if e.Issue != nil && e.Issue != i {
				e.Issue.Recorded.Drop("issuelinks")
			}
		}
	}
	for _, c := range i.Children {
		c.Recorded.Drop("parent", "epic")
	}
	if i.Parent != nil {
		i.Parent.Recorded.Drop("subtasks")
	}
}

// SetStatus moves an issue to a status; a done one may bear a resolution.
func (s *State) SetStatus(i *JiraIssue, st *Status, resolution *Named, by *User) {
	was := i.Status
	if was == nil {
		was = &Status{}
	}
	i.Status, i.Resolution = st, resolution
	if was.Category != st.Category {
		i.Moved = i.stamp(s.Now())
	}
	i.Resolved = time.Time{}
	if resolution != nil {
		i.Resolved = i.stamp(s.Now())
	}
	s.change(i, by, "status", strconv.FormatInt(was.ID, 10), was.Name, strconv.FormatInt(st.ID, 10), st.Name,
		"status", "resolution", "resolutiondate", "statuscategorychangedate", "statusCategory")
}

// LinkIssues makes "from outward to". A link that exists already is answered
// as it is.
func (s *State) LinkIssues(t *LinkType, from, to *JiraIssue, by *User) *Link {
	for _, l := range from.Links {
		if l.Type == t && l.From.Issue == from && l.To.Issue == to {
			return l
		}
	}
	l := &Link{ID: s.id("link", 20000), Type: t, From: End{Issue: from}, To: End{Issue: to}}
	s.links[l.ID] = l
	from.Links = append(from.Links, l)
	if to != from {
		to.Links = append(to.Links, l)
	}
	s.change(from, by, "Link", "", "", to.Key, "This issue "+t.Outward+" "+to.Key, "issuelinks")
	s.change(to, by, "Link", "", "", from.Key, "This issue "+t.Inward+" "+from.Key, "issuelinks")
	return l
}

// Unlink removes a link from both of its issues.
func (s *State) Unlink(l *Link, by *User) {
	delete(s.links, l.ID)
	for _, e := range []End{l.From, l.To} {
		if e.Issue == nil {
			continue
		}
		e.Issue.Links = slices.DeleteFunc(slices.Clone(e.Issue.Links), func(o *Link) bool { return o == l })
		other, phrase := l.To, l.Type.Outward
		if e.Issue == l.To.Issue {
			other, phrase = l.From, l.Type.Inward
		}
		s.change(e.Issue, by, "Link", other.Handle(), "This issue "+phrase+" "+other.Handle(), "", "", "issuelinks")
	}
}

// SetSprint plans an issue; closed sprints stay in its list, as Jira keeps
// them. Nil sends it to the backlog.
func (s *State) SetSprint(i *JiraIssue, sp *Sprint, by *User) {
	was := sprintIDs(i.Sprints)
	kept := slices.DeleteFunc(slices.Clone(i.Sprints), func(o *Sprint) bool { return o.State != Closed })
	if sp != nil && !slices.Contains(kept, sp) {
		kept = append(kept, sp)
	}
	i.Sprints = kept
	s.change(i, by, "Sprint", was, was, sprintIDs(kept), sprintIDs(kept), i.SprintField, SprintFieldID, "sprint", "closedSprints")
}

func sprintIDs(list []*Sprint) string {
	ids := make([]string, 0, len(list))
	for _, sp := range list {
		ids = append(ids, strconv.FormatInt(sp.ID, 10))
	}
	return strings.Join(ids, ", ")
}

// SetSummary renames an issue.
func (s *State) SetSummary(i *JiraIssue, text string, by *User) {
	was := i.Summary
	i.Summary = text
	s.change(i, by, "summary", "", was, "", text, "summary")
}

// SetDescription replaces the wiki text of an issue.
func (s *State) SetDescription(i *JiraIssue, text string, by *User) {
	was := i.Description
	i.Description = text
	s.change(i, by, "description", "", was, "", text, "description")
}

// SetAssignee gives an issue to somebody, or nobody.
func (s *State) SetAssignee(i *JiraIssue, u *User, by *User) {
	was := i.Assignee
	i.Assignee = u
	name := func(u *User) string {
		if u == nil {
			return ""
		}
		return u.Name
	}
	s.change(i, by, "assignee", "", name(was), "", name(u), "assignee")
}

// MoveIssue moves an issue to another project: a new key, the same id; the old
// key keeps finding it.
func (s *State) MoveIssue(i *JiraIssue, p *Project, by *User) {
	was := i.Key
	p.last++
	i.OldKeys = append(i.OldKeys, was)
	i.Key, i.Project = fmt.Sprintf("%s-%d", p.Key, p.last), p
	s.issueByKey[strings.ToUpper(i.Key)] = i
	s.change(i, by, "Key", "", was, "", i.Key, "project")
}

// RenameProject gives a project a new key; all its issues change theirs.
func (s *State) RenameProject(p *Project, key string) {
	was := p.Key
	p.FormerKeys = append(p.FormerKeys, was)
	p.Key, p.Raw = key, nil
	for _, i := range s.Jira {
		if i.Project != p {
			continue
		}
		_, number, _ := strings.Cut(i.Key, "-")
		i.OldKeys = append(i.OldKeys, i.Key)
		i.Key = key + "-" + number
		s.issueByKey[strings.ToUpper(i.Key)] = i
		i.Recorded.Drop("project")
		s.stubsOf(i)
	}
}

// CreateIssue adds an issue to a project. What draft leaves empty is given:
// id, key, type, status, times.
func (s *State) CreateIssue(p *Project, draft JiraIssue, by *User) *JiraIssue {
	i := &draft
	i.ID, i.Project = s.id("issue", 10000), p
	p.last++
	i.Key = fmt.Sprintf("%s-%d", p.Key, p.last)
	if i.Type == nil {
		i.Type = s.typeAt(0)
	}
	if i.Status == nil {
		i.Status = s.StatusIn("new")
	}
	i.Created = i.stamp(s.Now())
	i.Updated, i.Moved = i.Created, i.Created
	if i.Reporter == nil {
		i.Reporter = by
	}
	if i.SprintField == "" && len(s.Jira) > 0 {
		i.SprintField = s.Jira[0].SprintField // a site has one
	}
	s.addJira(i)
	if i.Parent != nil {
		i.Parent.Children = append(i.Parent.Children, i)
	}
	return i
}

// DeleteIssue removes an issue, its comments and its links for good.
func (s *State) DeleteIssue(i *JiraIssue, by *User) {
	for _, l := range slices.Clone(i.Links) {
		s.Unlink(l, by)
	}
	for _, c := range i.Comments {
		delete(s.comments[Jira], c.ID)
	}
	for _, c := range i.Children {
		c.Parent = nil
		c.Recorded.Drop("parent", "epic")
	}
	if p := i.Parent; p != nil {
		p.Children = slices.DeleteFunc(slices.Clone(p.Children), func(o *JiraIssue) bool { return o == i })
		p.Recorded.Drop("subtasks")
	}
	delete(s.issueByID, i.ID)
	for _, k := range append(slices.Clone(i.OldKeys), i.Key) {
		delete(s.issueByKey, strings.ToUpper(k))
	}
	s.Jira = slices.DeleteFunc(slices.Clone(s.Jira), func(o *JiraIssue) bool { return o == i })
}

// addJira indexes an issue; the caller keeps the order of ids.
func (s *State) addJira(i *JiraIssue) {
	s.Jira = append(s.Jira, i)
	s.issueByID[i.ID] = i
	s.issueByKey[strings.ToUpper(i.Key)] = i
	s.reserve("issue", i.ID)
	if _, n, ok := strings.Cut(i.Key, "-"); ok && i.Project != nil {
		if v, err := strconv.ParseInt(n, 10, 64); err == nil && v > i.Project.last {
			i.Project.last = v
		}
	}
}
