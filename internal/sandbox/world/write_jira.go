package world

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Every write below moves the issue's updated, as Jira does for fields, links,
// sprints and comments; it does not for entity properties.

// stubsOf lets the issues around i show what i is now, not what was recorded.
func (s *State) stubsOf(i *JiraIssue) {
	s.changed(i)
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
	e := s.Edit(i)
	e.Resolution(resolution)
	e.Status(st)
	e.Done(by)
}

// LinkIssues makes "from outward to". A link that exists already is answered
// as it is.
func (s *State) LinkIssues(t *LinkType, from, to *JiraIssue, by *User) *Link {
	for _, l := range from.Links {
		if l.Type == t && l.From.Issue == from && l.To.Issue == to {
			return l
		}
	}
	l := &Link{ID: s.id("link", 20000), Type: t, From: End{Issue: from}, To: End{Issue: to}, made: s.Version + 1}
	s.links[l.ID] = l
	from.Links = append(from.Links, l)
	if to != from {
		to.Links = append(to.Links, l)
	}
	s.linked(from, by, ChangeItem{Field: "Link", To: to.Key, ToString: "This issue " + t.Outward + " " + to.Key})
	s.linked(to, by, ChangeItem{Field: "Link", To: from.Key, ToString: "This issue " + t.Inward + " " + from.Key})
	return l
}

// Unlink removes a link from both of its issues.
func (s *State) Unlink(l *Link, by *User) {
	if w, b, ok := l.pair(); ok && w.Issue != nil && b.Issue != nil {
		s.unshow(w.Issue, b.Issue, l.made, 0)
	}
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
		s.linked(e.Issue, by, ChangeItem{Field: "Link", From: other.Handle(), FromString: "This issue " + phrase + " " + other.Handle()})
	}
}

func (s *State) linked(i *JiraIssue, by *User, item ChangeItem) {
	e := s.Edit(i)
	e.note(item, "issuelinks")
	e.Done(by)
}

// SetSprint plans an issue; nil sends it to the backlog.
func (s *State) SetSprint(i *JiraIssue, sp *Sprint, by *User) {
	e := s.Edit(i)
	e.Sprint(sp)
	e.Done(by)
}

// SetSummary renames an issue.
func (s *State) SetSummary(i *JiraIssue, text string, by *User) {
	e := s.Edit(i)
	e.Summary(text)
	e.Done(by)
}

// SetDescription replaces the wiki text of an issue.
func (s *State) SetDescription(i *JiraIssue, text string, by *User) {
	e := s.Edit(i)
	e.Description(text)
	e.Done(by)
}

// SetAssignee gives an issue to somebody, or nobody.
func (s *State) SetAssignee(i *JiraIssue, u *User, by *User) {
	e := s.Edit(i)
	e.Assignee(u)
	e.Done(by)
}

// MoveIssue moves an issue to another project: a new key, the same id; the old
// key keeps finding it. What only the old project has (components, versions, a
// security level) is gone.
func (s *State) MoveIssue(i *JiraIssue, p *Project, by *User) {
	was, from := i.Key, i.Project
	e := s.Edit(i)
	e.Components(componentsIn(p, i.Components))
	e.FixVersions(nil)
	e.Versions(nil)
	e.Security(nil)
	p.last++
	i.OldKeys = append(i.OldKeys, was)
	i.Key, i.Project = fmt.Sprintf("%s-%d", p.Key, p.last), p
	s.issueByKey[strings.ToUpper(i.Key)] = i
	e.note(ChangeItem{"project", idText(from.ID), from.Name, idText(p.ID), p.Name}, "project")
	e.note(ChangeItem{Field: "Key", FromString: was, ToString: i.Key})
	e.Done(by)
}

// componentsIn are those of a list that a project has: an issue that moves there
// keeps no others.
func componentsIn(p *Project, names []string) []string {
	var kept []string
	for _, name := range names {
		if slices.ContainsFunc(p.Components, func(c Component) bool { return c.Name == name }) {
			kept = append(kept, name)
		}
	}
	return kept
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
	s.forget()
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
	if i.Rank == "" { // at the end
		i.Rank = "0|i" + fmt.Sprintf("%06s", strconv.FormatInt(i.ID, 36)) + ":"
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
	s.changed(i)
	if i.Parent != nil {
		i.Parent.Children = append(i.Parent.Children, i)
	}
	return i
}

// DeleteIssue removes an issue, its comments and its links for good.
func (s *State) DeleteIssue(i *JiraIssue, by *User) {
	s.haunt(i)
	for _, l := range slices.Clone(i.Links) {
		s.Unlink(l, by)
	}
	for _, c := range i.Comments {
		delete(s.comments[Jira], c.ID)
	}
	for _, c := range i.Children {
		c.Parent = nil
		c.Recorded.Drop("parent", "epic")
		s.changed(c)
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
	s.changed(i)
}

// addJira indexes an issue; the caller keeps the order of ids.
func (s *State) addJira(i *JiraIssue) {
	i.home = s
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
