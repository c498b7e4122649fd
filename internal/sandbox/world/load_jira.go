package world

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"
	"time"
)

// jiraLoader collects, beside the issues, every status, type, resolution,
// project, user, sprint and link type that they mention.
type jiraLoader struct {
	s         *State
	statuses  map[int64]*Status
	types     map[int64]*IssueType
	resolved  map[int64]*Named
	priority  map[int64]*Named
	projects  map[int64]*Project
	sprints   map[int64]*Sprint
	linkTypes map[int64]*LinkType
	boards    map[int64]*Board
	fields    map[string]*FieldDef
	parents   map[*JiraIssue]string
}

func newJiraLoader(s *State) *jiraLoader {
	l := &jiraLoader{s: s, parents: map[*JiraIssue]string{},
		statuses:  index(s.Statuses, func(v *Status) int64 { return v.ID }),
		types:     index(s.Types, func(v *IssueType) int64 { return v.ID }),
		resolved:  index(s.Resolutions, func(v *Named) int64 { return v.ID }),
		priority:  index(s.Priorities, func(v *Named) int64 { return v.ID }),
		projects:  index(s.Projects, func(v *Project) int64 { return v.ID }),
		sprints:   index(s.Sprints, func(v *Sprint) int64 { return v.ID }),
		linkTypes: index(s.LinkTypes, func(v *LinkType) int64 { return v.ID }),
		boards:    index(s.Boards, func(v *Board) int64 { return v.ID }),
		fields:    index(s.Fields, func(v *FieldDef) string { return v.ID })}
	return l
}

func index[K comparable, V any](list []V, key func(V) K) map[K]V {
	out := make(map[K]V, len(list))
	for _, v := range list {
		out[key(v)] = v
	}
	return out
}

// issue makes an item of one record. An id that was there before is replaced:
// the later record holds.
func (l *jiraLoader) issue(raw json.RawMessage) (again bool, err error) {
	top, err := split(raw)
	if err != nil {
		return false, &unfit{"not a JSON object", err}
	}
	var id num
	top.decode("id", &id)
	key := top.word("key")
	project, number, ok := strings.Cut(key, "-")
	if _, bad := strconv.Atoi(number); !ok || bad != nil || project == "" {
		return false, &unfit{"no key", nil}
	}
	if id == 0 {
		return false, &unfit{"no numeric id", nil}
	}
	body, ok := top.Get("fields")
	if !ok {
		return false, &unfit{"no fields", nil}
	}
	f, err := split(body)
	if err != nil || string(body) == "null" {
		return false, &unfit{"fields are no object", err}
	}
	if other := l.s.issueByKey[strings.ToUpper(key)]; other != nil && other.ID != int64(id) && other.Key == key {
		return false, &unfit{"key taken by another id", nil}
	}
	i := &JiraIssue{ID: int64(id), Key: key, Recorded: f}
	l.fill(i, f)
	l.names(top)
	l.history(i, top)
	if old := l.s.issueByID[i.ID]; old != nil {
		l.replace(old, i)
		return true, nil
	}
	l.s.addJira(i)
	l.register(i)
	return false, nil
}

// replace puts the later record in the earlier one's place.
func (l *jiraLoader) replace(old, i *JiraIssue) {
	for _, c := range old.Comments {
		delete(l.s.comments[Jira], c.ID)
	}
	delete(l.parents, old)
	if p, ok := l.parents[i]; ok {
		l.parents[old] = p
		delete(l.parents, i)
	}
	if old.Key != i.Key {
		old.OldKeys = append(old.OldKeys, old.Key)
		i.OldKeys = old.OldKeys
	}
	*old = *i
	old.home = l.s
	l.s.issueByKey[strings.ToUpper(old.Key)] = old
	l.register(old)
}

func (l *jiraLoader) register(i *JiraIssue) {
	for _, c := range i.Comments {
		l.s.comments[Jira][c.ID] = place{i, c}
		l.s.reserve("comment-jira", c.ID)
	}
}

// fill reads what the world must know of an issue; what is missing gets a
// sensible default.
func (l *jiraLoader) fill(i *JiraIssue, f Fields) {
	i.Summary = f.word("summary")
	if raw, ok := f.Get("description"); ok {
		i.Description = richText(raw)
	}
	i.Project = l.project(f, i.Key)
	i.Type, i.Status = l.issueType(f), l.status(f)
	i.Resolution = named(f, "resolution", l.resolved, &l.s.Resolutions)
	i.Priority = named(f, "priority", l.priority, &l.s.Priorities)
	i.Created, i.Updated, i.Resolved = when(f.word("created")), when(f.word("updated")), when(f.word("resolutiondate"))
	if i.Created.IsZero() {
		i.Created = l.s.Now().Add(-24 * time.Hour).Truncate(time.Millisecond)
	}
	if i.Updated.Before(i.Created) {
		i.Updated = i.Created
	}
	if i.Moved = when(f.word("statuscategorychangedate")); i.Moved.IsZero() {
		i.Moved = i.Updated
	}
	i.Due = f.word("duedate")
	f.decode("labels", &i.Labels)
	var parts []struct {
		ID   num    `json:"id"`
		Name string `json:"name"`
	}
	f.decode("components", &parts)
	for _, p := range parts {
		i.Components = append(i.Components, p.Name)
		i.Project.component(int64(p.ID), p.Name)
	}
	i.Assignee, i.Reporter = l.user(f, "assignee"), l.user(f, "reporter")
	var watches struct {
		Count int `json:"watchCount"`
	}
	f.decode("watches", &watches)
	i.watchers = watches.Count
	l.parent(i, f)
	l.custom(i, f)
	l.comments(i, f)
}

func (p *Project) component(id int64, name string) {
	for _, c := range p.Components {
		if c.Name == name {
			return
		}
	}
	p.Components = append(p.Components, Component{id, name})
}

func (l *jiraLoader) project(f Fields, issue string) *Project {
	var in struct {
		ID   num    `json:"id"`
		Key  string `json:"key"`
		Name string `json:"name"`
		Kind string `json:"projectTypeKey"`
	}
	f.decode("project", &in)
	prefix, _, _ := strings.Cut(issue, "-")
	if in.Key == "" {
		in.Key = prefix
	}
	if p := l.projects[int64(in.ID)]; p != nil && in.ID != 0 {
		return p
	}
	if p := l.s.Project(in.Key); p != nil {
		return p
	}
	if in.ID == 0 {
		in.ID = num(l.s.id("project", 900_000))
	}
	if in.Kind == "" {
		in.Kind = "software"
	}
	p := &Project{ID: int64(in.ID), Key: in.Key, Name: in.Name, Kind: in.Kind}
	if p.Name == "" {
		p.Name = p.Key
	}
	p.Raw, _ = f.Get("project")
	p.Raw = bytes.Clone(p.Raw)
	l.projects[p.ID] = p
	l.s.Projects = append(l.s.Projects, p)
	return p
}

func (l *jiraLoader) issueType(f Fields) *IssueType {
	var in struct {
		ID      num    `json:"id"`
		Name    string `json:"name"`
		Subtask bool   `json:"subtask"`
		Level   *int   `json:"hierarchyLevel"`
	}
	raw, _ := f.Get("issuetype")
	if !f.decode("issuetype", &in) || in.ID == 0 {
		return l.s.typeAt(0)
	}
	if t := l.types[int64(in.ID)]; t != nil {
		return t
	}
	t := &IssueType{ID: int64(in.ID), Name: in.Name, Subtask: in.Subtask, Raw: bytes.Clone(raw)}
	switch {
	case in.Level != nil:
		t.Level = *in.Level
	case in.Subtask:
		t.Level = -1
	case strings.EqualFold(in.Name, "epic"): // Data Center tells no level
		t.Level = 1
	}
	l.types[t.ID] = t
	l.s.Types = append(l.s.Types, t)
	l.s.reserve("type", t.ID)
	return t
}

// status keeps two statuses of one id apart when their categories differ, as
// real exports have it: each issue shows what was recorded.
func (l *jiraLoader) status(f Fields) *Status {
	var in struct {
		ID       num    `json:"id"`
		Name     string `json:"name"`
		Category struct {
			Key string `json:"key"`
		} `json:"statusCategory"`
	}
	raw, _ := f.Get("status")
	if !f.decode("status", &in) || in.Name == "" {
		return l.s.StatusIn("new")
	}
	if in.Category.Key == "" {
		in.Category.Key = "undefined"
	}
	for _, st := range l.s.Statuses {
		if st.ID == int64(in.ID) && st.Category == in.Category.Key && st.Name == in.Name {
			return st
		}
	}
	st := &Status{ID: int64(in.ID), Name: in.Name, Category: in.Category.Key, Raw: bytes.Clone(raw)}
	l.s.Statuses = append(l.s.Statuses, st)
	l.s.reserve("status", st.ID)
	return st
}

func named(f Fields, field string, known map[int64]*Named, list *[]*Named) *Named {
	var in struct {
		ID   num    `json:"id"`
		Name string `json:"name"`
	}
	raw, _ := f.Get(field)
	if !f.decode(field, &in) || in.Name == "" {
		return nil
	}
	if n := known[int64(in.ID)]; n != nil && n.Name == in.Name {
		return n
	}
	for _, n := range *list {
		if n.ID == int64(in.ID) && n.Name == in.Name {
			return n
		}
	}
	n := &Named{ID: int64(in.ID), Name: in.Name, Raw: bytes.Clone(raw)}
	known[n.ID] = n
	*list = append(*list, n)
	return n
}

func (l *jiraLoader) user(f Fields, field string) *User {
	raw, _ := f.Get(field)
	return l.s.userOf(raw)
}

// userOf finds or registers the person of a recorded user object.
func (s *State) userOf(raw json.RawMessage) *User {
	var in struct {
		AccountID string `json:"accountId"`
		Name      string `json:"name"`
		Key       string `json:"key"`
		Display   string `json:"displayName"`
		Email     string `json:"emailAddress"`
		TimeZone  string `json:"timeZone"`
		Active    *bool  `json:"active"`
	}
	if len(raw) == 0 || json.Unmarshal(raw, &in) != nil {
		return nil
	}
	for _, name := range []string{in.AccountID, in.Name, in.Key} {
		if name == "" {
			continue
		}
		if u := s.User(name); u != nil {
			return u
		}
	}
	if in.AccountID == "" && in.Name == "" && in.Key == "" {
		return nil
	}
	if in.Display == "" {
		in.Display = in.Name
	}
	return s.AddUser(&User{Login: in.Name, AccountID: in.AccountID, Key: in.Key, Name: in.Display, Email: in.Email, TimeZone: in.TimeZone,
		Inactive: in.Active != nil && !*in.Active})
}
