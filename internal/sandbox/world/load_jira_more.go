package world

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// parent takes the parent's key from `parent`, else from the agile form's
// epic, else from a field that the record's names call Epic Link.
func (l *jiraLoader) parent(i *JiraIssue, f Fields) {
	var in struct {
		ID  num    `json:"id"`
		Key string `json:"key"`
	}
	if !f.decode("parent", &in) || in.Key == "" {
		f.decode("epic", &in)
	}
	if in.Key == "" {
		in.Key = f.word(EpicLinkFieldID)
	}
	if in.Key != "" {
		i.ParentKey = in.Key
		l.parents[i] = in.Key
	}
}

// custom reads sprints wherever they are, and the fields whose meaning their
// value shows. The record's names tell the rest.
func (l *jiraLoader) custom(i *JiraIssue, f Fields) {
	seen := map[int64]bool{}
	add := func(raw json.RawMessage) bool {
		sp, ok := sprintRecord(raw)
		if !ok {
			return false
		}
		if known := l.sprints[sp.ID]; known != nil {
			sp = known
		} else {
			l.addSprint(sp, raw)
		}
		if !seen[sp.ID] {
			seen[sp.ID] = true
			i.Sprints = append(i.Sprints, sp)
		}
		return true
	}
	for _, field := range f {
		if !strings.HasPrefix(field.Name, "customfield_") {
			continue
		}
		l.define(field)
		if len(field.Value) == 0 || field.Value[0] != '[' || !looksLikeSprint(field.Value) {
			continue
		}
		var list []json.RawMessage
		if json.Unmarshal(field.Value, &list) != nil {
			continue
		}
		for _, raw := range list {
			if add(raw) {
				i.SprintField = field.Name
				l.fields[field.Name].Name = "Sprint"
				l.fields[field.Name].Custom = "com.pyxis.greenhopper.jira:gh-sprint"
				l.fields[field.Name].Type, l.fields[field.Name].Items = "array", "json"
			}
		}
	}
	var closed []json.RawMessage // the agile form
	f.decode("closedSprints", &closed)
	if raw, ok := f.Get("sprint"); ok {
		closed = append(closed, raw)
	}
	for _, raw := range closed {
		add(raw)
	}
	if p, ok := f.Get(PointsFieldID); ok {
		if v, err := strconv.ParseFloat(string(p), 64); err == nil {
			i.Points = &v
		}
	}
}

func looksLikeSprint(raw json.RawMessage) bool {
	return bytes.Contains(raw, []byte("greenhopper.service.sprint.Sprint@")) ||
		(bytes.Contains(raw, []byte(`"state"`)) && (bytes.Contains(raw, []byte(`oardId"`)) || bytes.Contains(raw, []byte(`"rapidViewId"`))))
}

// define lists a custom field that a record shows; ranks are known by their
// look.
func (l *jiraLoader) define(f Field) {
	d := l.fields[f.Name]
	if d == nil {
		d = &FieldDef{ID: f.Name, Name: f.Name, Type: "any"}
		l.fields[f.Name] = d
		l.s.Fields = append(l.s.Fields, d)
	}
	if bytes.HasPrefix(f.Value, []byte(`"0|`)) && bytes.HasSuffix(f.Value, []byte(`:"`)) {
		d.Name, d.Custom = "Rank", "com.pyxis.greenhopper.jira:gh-lexo-rank"
	}
}

// names takes the fields' names from a record read with expand=names.
func (l *jiraLoader) names(top Fields) {
	var names map[string]string
	if !top.decode("names", &names) {
		return
	}
	for id, name := range names {
		if d := l.fields[id]; d != nil && d.Name == d.ID {
			d.Name = name
		}
	}
}

func (l *jiraLoader) addSprint(sp *Sprint, raw json.RawMessage) {
	if len(raw) > 0 && raw[0] == '{' {
		sp.Raw = bytes.Clone(raw)
	}
	l.sprints[sp.ID] = sp
	l.s.Sprints = append(l.s.Sprints, sp)
	l.s.reserve("sprint", sp.ID)
	if sp.Board == 0 {
		return
	}
	b := l.boards[sp.Board]
	if b == nil {
		b = &Board{ID: sp.Board, Name: fmt.Sprintf("Board %d", sp.Board), Kind: "scrum"}
		l.boards[b.ID] = b
		l.s.Boards = append(l.s.Boards, b)
		l.s.reserve("board", b.ID)
	}
	b.Sprints = append(b.Sprints, sp)
}

// comments are those that the record carries; how many it leaves out is kept.
func (l *jiraLoader) comments(i *JiraIssue, f Fields) {
	var in struct {
		Total    int `json:"total"`
		Comments []struct {
			ID      num             `json:"id"`
			Author  json.RawMessage `json:"author"`
			Body    json.RawMessage `json:"body"`
			Created string          `json:"created"`
			Updated string          `json:"updated"`
			Visible *Visibility     `json:"visibility"`
		} `json:"comments"`
	}
	f.decode("comment", &in)
	for _, c := range in.Comments {
		if c.ID == 0 {
			continue
		}
		made := when(c.Created)
		edited := when(c.Updated)
		if edited.IsZero() {
			edited = made
		}
		i.Comments = append(i.Comments, &Comment{ID: int64(c.ID), Author: l.s.userOf(c.Author), Body: richText(c.Body), Created: made, Updated: edited, Visible: c.Visible})
	}
	slices.SortFunc(i.Comments, func(a, b *Comment) int { return cmp.Compare(a.ID, b.ID) })
	i.CommentsCut = max(in.Total-len(i.Comments), 0)
}

// history is oldest first, whatever the record's order: Cloud tells the newest
// first.
func (l *jiraLoader) history(i *JiraIssue, top Fields) {
	var in struct {
		Histories []json.RawMessage `json:"histories"`
	}
	top.decode("changelog", &in)
	for _, raw := range in.Histories {
		var change struct {
			ID      num    `json:"id"`
			Created string `json:"created"`
		}
		_ = json.Unmarshal(raw, &change) // a change without a time stays where it is
		i.History = append(i.History, Change{ID: int64(change.ID), At: when(change.Created), Raw: bytes.Clone(raw)})
		l.s.reserve("change", int64(change.ID))
	}
	slices.SortStableFunc(i.History, func(a, b Change) int { return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.ID, b.ID)) })
}

// finish joins what the records say of each other.
func (l *jiraLoader) finish(out *Load) {
	slices.SortFunc(l.s.Jira, func(a, b *JiraIssue) int { return cmp.Compare(a.ID, b.ID) })
	for i, key := range l.parents {
		if p := l.s.JiraIssue(key); p != nil && p != i {
			i.Parent = p
		}
	}
	for _, i := range l.s.Jira { // in the order of ids
		if i.Parent != nil && !slices.Contains(i.Parent.Children, i) {
			i.Parent.Children = append(i.Parent.Children, i)
		}
		for _, sp := range i.Sprints {
			if b := l.boards[sp.Board]; b != nil && b.Project == nil {
				b.Project = i.Project
			}
		}
	}
	for _, i := range l.s.Jira {
		l.links(i, out)
	}
	sortBy(l.s.Statuses, func(a, b *Status) bool { return a.ID < b.ID })
	sortBy(l.s.Types, func(a, b *IssueType) bool { return a.ID < b.ID })
	sortBy(l.s.Projects, func(a, b *Project) bool { return a.ID < b.ID })
	sortBy(l.s.Sprints, func(a, b *Sprint) bool { return a.ID < b.ID })
	sortBy(l.s.LinkTypes, func(a, b *LinkType) bool { return a.ID < b.ID })
	sortBy(l.s.Boards, func(a, b *Board) bool { return a.ID < b.ID })
	l.oneSprintField()
	l.s.guess()
}

// oneSprintField serves every issue's sprints under the field in which most
// records have them: a site has one Sprint field, whatever its id.
func (l *jiraLoader) oneSprintField() {
	uses := map[string]int{}
	for _, i := range l.s.Jira {
		if i.SprintField != "" {
			uses[i.SprintField]++
		}
	}
	most := ""
	for name, n := range uses {
		if most == "" || n > uses[most] || n == uses[most] && name < most {
			most = name
		}
	}
	if most == "" {
		return
	}
	for _, d := range l.s.Fields {
		if d.ID != most && strings.HasSuffix(d.Custom, ":gh-sprint") {
			d.Custom, d.Name = "", d.ID
		}
	}
	for _, i := range l.s.Jira {
		i.SprintField = most
	}
}

// links reads the links of an issue. One link stands on both issues with the
// same id; where the other is loaded and does not show it, it does now.
func (l *jiraLoader) links(i *JiraIssue, out *Load) {
	var list []struct {
		ID   num `json:"id"`
		Type struct {
			ID      num    `json:"id"`
			Name    string `json:"name"`
			Inward  string `json:"inward"`
			Outward string `json:"outward"`
		} `json:"type"`
		Inward  json.RawMessage `json:"inwardIssue"`
		Outward json.RawMessage `json:"outwardIssue"`
	}
	i.Recorded.decode("issuelinks", &list)
	for _, in := range list {
		t := l.linkTypes[int64(in.Type.ID)]
		if t == nil || t.Name != in.Type.Name {
			t = &LinkType{ID: int64(in.Type.ID), Name: in.Type.Name, Inward: in.Type.Inward, Outward: in.Type.Outward}
			l.linkTypes[t.ID] = t
			l.s.LinkTypes = append(l.s.LinkTypes, t)
			l.s.reserve("linktype", t.ID)
		}
		stub, speaks := in.Inward, false
		if len(in.Outward) > 0 && string(in.Outward) != "null" {
			stub, speaks = in.Outward, true
		}
		other := l.end(stub)
		here := End{Issue: i, ID: i.ID, Key: i.Key}
		link := &Link{ID: int64(in.ID), Type: t, From: other, To: here}
		if speaks {
			link.From, link.To = here, other
		}
		l.join(i, link, other, out)
	}
}

func (l *jiraLoader) end(stub json.RawMessage) End {
	var in struct {
		ID  num    `json:"id"`
		Key string `json:"key"`
	}
	_ = json.Unmarshal(stub, &in) // a stub without id or key stays as it is
	e := End{ID: int64(in.ID), Key: in.Key, Stub: bytes.Clone(stub)}
	if e.Issue = l.s.issueByID[e.ID]; e.Issue == nil && in.Key != "" {
		e.Issue = l.s.issueByKey[strings.ToUpper(in.Key)]
	}
	return e
}

func (l *jiraLoader) join(i *JiraIssue, link *Link, other End, out *Load) {
	if link.ID == 0 {
		link.ID = l.s.id("link", 9_000_000)
	}
	if known := l.s.links[link.ID]; known != nil {
		if !slices.Contains(i.Links, known) {
			i.Links = append(i.Links, known)
		}
		return
	}
	l.s.links[link.ID] = link
	l.s.reserve("link", link.ID)
	i.Links = append(i.Links, link)
	if o := other.Issue; o != nil && o != i && !l.shows(o, link.ID) {
		o.Links = append(o.Links, link)
		o.Recorded.Drop("issuelinks")
		out.Mirrored++
	}
}

// shows reports whether an issue's record has a link of this id.
func (l *jiraLoader) shows(i *JiraIssue, id int64) bool {
	raw, ok := i.Recorded.Get("issuelinks")
	if !ok {
		return slices.ContainsFunc(i.Links, func(k *Link) bool { return k.ID == id })
	}
	return bytes.Contains(raw, []byte(`"`+strconv.FormatInt(id, 10)+`"`))
}
