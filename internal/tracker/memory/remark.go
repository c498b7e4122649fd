package memory

import (
	"context"

	"strata/internal/tracker"
	"strata/internal/work"
)

// remarks lists what others said on an item that may bear a command. An author's
// id is their name.
func (t *Tracker) remarks(ref work.Ref) []work.Remark {
	var list []work.Remark
	for _, c := range t.comments[ref.ID] {
		body, bears := tracker.RemarkBody(c.Body)
		if c.Author == Account || !bears {
			continue
		}
		list = append(list, work.Remark{
			Item: ref, ID: c.ID, URL: c.URL, Author: work.Person{ID: c.Author, Name: c.Author}, Bot: t.robots[c.Author],
			Dialect: work.JiraWiki, Body: body, Created: c.Created, Updated: c.Updated,
		})
	}
	return list
}

// MayEdit says yes of everybody whose rights were not taken.
func (t *Tracker) MayEdit(_ context.Context, ref work.Ref, author string) (bool, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	op := "ask who may edit "
	if err := t.enter(MayEdit, op+ref.String()); err != nil {
		return false, err
	}
	if _, err := t.visible(ref, op); err != nil {
		return false, err
	}
	return author != "" && !t.readers[author], nil
}
