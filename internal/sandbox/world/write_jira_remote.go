package world

import (
	"encoding/json"
	"slices"
)

// PutRemote makes a remote link of an issue, or replaces the one with the same
// global id: what the new one leaves out is then gone. It reports whether the
// link is new.
func (s *State) PutRemote(i *JiraIssue, link RemoteLink, by *User) (*RemoteLink, bool) {
	for _, l := range i.Remote {
		if link.GlobalID != "" && l.GlobalID == link.GlobalID {
			s.SetRemote(i, l, link, by)
			return l, false
		}
	}
	l := &link
	l.ID = s.id("remote-link", 10000)
	i.Remote = append(i.Remote, l)
	e := s.Edit(i)
	e.note(ChangeItem{Field: "RemoteIssueLink", To: idText(l.ID), ToString: l.says()})
	e.Done(by)
	s.log(i, "remote-link", by, Entry{Detail: l.URL})
	return l, true
}

// SetRemote replaces a remote link; its id stays.
func (s *State) SetRemote(i *JiraIssue, l *RemoteLink, link RemoteLink, by *User) {
	was := l.says()
	link.ID = l.ID
	*l = link
	e := s.Edit(i)
	e.note(ChangeItem{"RemoteIssueLink", idText(l.ID), was, idText(l.ID), l.says()})
	e.Done(by)
	s.log(i, "remote-link", by, Entry{Detail: l.URL})
}

// DropRemote removes a remote link.
func (s *State) DropRemote(i *JiraIssue, l *RemoteLink, by *User) {
	i.Remote = slices.DeleteFunc(slices.Clone(i.Remote), func(o *RemoteLink) bool { return o == l })
	e := s.Edit(i)
	e.note(ChangeItem{Field: "RemoteIssueLink", From: idText(l.ID), FromString: l.says()})
	e.Done(by)
	s.log(i, "remote-unlink", by, Entry{Detail: l.URL})
}

// says is how an issue's history speaks of a remote link.
func (l *RemoteLink) says() string {
	var app struct {
		Name string `json:"name"`
	}
	if len(l.Application) > 0 && json.Unmarshal(l.Application, &app) != nil || app.Name == "" {
		app.Name = "Web Link"
	}
	return `This issue links to "` + l.Title + " (" + app.Name + `)"`
}
