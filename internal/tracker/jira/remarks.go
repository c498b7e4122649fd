package jira

import (
	"encoding/json"
	"strings"

	"strata/internal/tracker"
	"strata/internal/work"
)

// remarksOf picks the comments that are not ours and may bear a command.
func (t *Tracker) remarksOf(s *session, item work.Ref, all []remark) []work.Remark {
	var list []work.Remark
	for _, one := range all {
		if t.ours(s, one.Author) {
			continue
		}
		var text string
		_ = json.Unmarshal(one.Body, &text) // a body of another form bears no command
		body, bears := tracker.RemarkBody(text)
		if !bears {
			continue
		}
		t.meet(one.Author)
		list = append(list, work.Remark{
			Item: item, ID: one.ID, URL: t.commentURL(item.ID, one.ID),
			Author:  work.Person{ID: one.Author.person(), Name: one.Author.DisplayName},
			Bot:     one.Author.Type == "app",
			Dialect: work.JiraWiki, Body: body, Created: one.Created.Time, Updated: one.Updated.Time,
		})
	}
	return list
}

// person is the id by which an account is remembered. Where a Data Center names
// its users by their e-mail addresses, which are not kept, it is the key.
func (u user) person() string {
	if u.AccountID == "" && u.Key != "" && strings.Contains(u.Name, "@") {
		return u.Key
	}
	return u.id()
}

// meet remembers a user of Data Center, so that asking for their rights needs no look-up.
func (t *Tracker) meet(u user) {
	if u.AccountID == "" && u.Name != "" {
		t.mu.Lock()
		defer t.mu.Unlock()
		t.people[u.person()] = u
	}
}

func (t *Tracker) met(id string) (u user, ok bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	u, ok = t.people[id]
	return u, ok
}
