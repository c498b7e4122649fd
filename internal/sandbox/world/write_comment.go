package world

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
)

// AddComment posts a comment. People are notified on both trackers. A nil
// author is a person nobody remembers.
func (s *State) AddComment(it Item, by *User, body string, props map[string]json.RawMessage) *Comment {
	series, from := "comment-jira", int64(10500)
	if it.Tracker() == GitHub {
		series, from = "comment-github", 2_900_000_000 // younger ids pass 2^31, as in 2026
	}
	now := it.stamp(s.Now())
	c := &Comment{ID: s.id(series, from), Author: by, Body: body, Created: now, Updated: now, Properties: maps.Clone(props)}
	*it.thread() = append(*it.thread(), c)
	s.comments[it.Tracker()][c.ID] = place{it, c}
	it.touch(now)
	dropComments(it)
	if i, ok := it.(*GitHubIssue); ok {
		s.refer(i, body, c, by)
	}
	marker, _ := ReadMarker(it.Tracker(), c)
	told := s.notify(it, by)
	if by != nil && by.Bot {
		s.tallies[it.Tracker()].count(marker.Kind, func(n *Count) { n.Posted++ })
		if marker.Open() {
			s.enter(it, c, marker)
		}
	}
	s.log(it, "comment", by, Entry{Comment: c.ID, Marker: marker.Text, Bytes: len(body), Notified: told})
	return c
}

// EditComment replaces a comment's text and, when props is not nil, the
// properties it names. On Jira an edit notifies every watcher, on GitHub
// nobody.
func (s *State) EditComment(it Item, c *Comment, by *User, body string, props map[string]json.RawMessage) {
	before, _ := ReadMarker(it.Tracker(), c)
	now := it.stamp(s.Now())
	c.Body, c.Updated, c.Editor = body, now, by
	if len(props) > 0 && c.Properties == nil {
		c.Properties = map[string]json.RawMessage{}
	}
	maps.Copy(c.Properties, props)
	it.touch(now)
	dropComments(it)
	told := 0
	if it.Tracker() == Jira {
		told = s.notify(it, by)
	}
	after := s.remark(it, c, by, before, true)
	s.log(it, "edit-comment", by, Entry{Comment: c.ID, Marker: after.Text, Bytes: len(body), Notified: told})
}

// DeleteComment removes a comment for good; nobody is notified.
func (s *State) DeleteComment(it Item, c *Comment, by *User) {
	marker, _ := ReadMarker(it.Tracker(), c)
	list := it.thread()
	*list = slices.DeleteFunc(slices.Clone(*list), func(o *Comment) bool { return o == c })
	delete(s.comments[it.Tracker()], c.ID)
	delete(s.nodes, c.Node)
	it.touch(s.Now())
	dropComments(it)
	if i, ok := it.(*GitHubIssue); ok {
		s.happened(i, IssueEvent{Kind: "comment_deleted", By: by, Comment: c})
	}
	s.leave(it, c, marker)
	if by != nil && by.Bot {
		s.tallies[it.Tracker()].count(marker.Kind, func(n *Count) { n.Erased++ })
	}
	s.log(it, "delete-comment", by, Entry{Comment: c.ID, Marker: marker.Text})
}

// SetProperty sets a Jira comment's property; a nil value removes it. It tells
// nobody and moves no time.
func (s *State) SetProperty(it Item, c *Comment, key string, value json.RawMessage, by *User) {
	before, _ := ReadMarker(it.Tracker(), c)
	if value == nil {
		delete(c.Properties, key)
	} else {
		if c.Properties == nil {
			c.Properties = map[string]json.RawMessage{}
		}
		c.Properties[key] = slices.Clone(value)
	}
	s.changed(it)
	after := s.remark(it, c, by, before, false)
	s.log(it, "comment-property", by, Entry{Comment: c.ID, Marker: after.Text, Bytes: len(value), Detail: key})
}

// Minimise hides a GitHub comment for a reason (resolved, outdated, …); an
// empty reason shows it again. It does not move the issue's updated_at.
func (s *State) Minimise(it Item, c *Comment, reason string, by *User) {
	c.Minimised = reason
	s.changed(it)
	op := "minimise"
	if reason == "" {
		op = "unminimise"
	}
	marker, _ := ReadMarker(it.Tracker(), c)
	s.log(it, op, by, Entry{Comment: c.ID, Marker: marker.Text, Detail: reason})
}

// remark counts an edit or a fold and keeps the identities right.
//
//	before | after  | counted
//	open   | folded | folded
//	any    | any    | edited, when the text was written
func (s *State) remark(it Item, c *Comment, by *User, before Marker, text bool) Marker {
	after, _ := ReadMarker(it.Tracker(), c)
	bot := c.Author != nil && c.Author.Bot
	folded := before.Open() && after.Kind != "" && !after.Open()
	if bot && before.Open() && (folded || identify(it, before) != identify(it, after)) {
		s.leave(it, c, before)
	}
	if bot && after.Open() {
		s.enter(it, c, after)
	}
	if by == nil || !by.Bot {
		return after
	}
	switch {
	case folded:
		s.tallies[it.Tracker()].count(after.Kind, func(n *Count) { n.Folded++ })
	case text:
		s.tallies[it.Tracker()].count(after.Kind, func(n *Count) { n.Edited++ })
	}
	return after
}

// notify counts who is told; the writer is never told of their own words.
func (s *State) notify(it Item, by *User) int {
	if s.quiet {
		return 0
	}
	n := it.Watchers()
	if by != nil && !by.Bot && watches(it, by) {
		n--
	}
	if by != nil && by.Bot {
		s.tallies[it.Tracker()].Notifications += n
	}
	return n
}

func watches(it Item, u *User) bool {
	switch i := it.(type) {
	case *JiraIssue:
		return i.Assignee == u || i.Reporter == u
	case *GitHubIssue:
		return i.Author == u || slices.Contains(i.Assignees, u) ||
			slices.ContainsFunc(i.Comments, func(c *Comment) bool { return c.Author == u })
	}
	return false
}

func dropComments(it Item) {
	switch i := it.(type) {
	case *JiraIssue:
		i.Recorded.Drop("comment")
	case *GitHubIssue:
		i.Recorded.Drop("comments")
	}
}

// CommentOf finds a comment of an item by id.
func CommentOf(it Item, id int64) (*Comment, error) {
	for _, c := range it.Thread() {
		if c.ID == id {
			return c, nil
		}
	}
	return nil, fmt.Errorf("no comment %d on %s", id, it.Handle())
}
