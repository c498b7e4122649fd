package world

import (
	"slices"
	"time"
)

// Reaction is what a person felt about an issue or a comment.
type Reaction struct {
	ID      int64
	By      *User
	Content string // +1, -1, laugh, confused, heart, hooray, rocket, eyes
	At      time.Time
}

// NodeID is the reaction's GraphQL id.
func (r *Reaction) NodeID() string { return nodeID("", "REA", r.ID) }

// Feelings are the contents a reaction may have, in GitHub's order.
var Feelings = []string{"+1", "-1", "laugh", "hooray", "confused", "heart", "rocket", "eyes"}

// reacted is what a reaction belongs to: an issue, or (comment) a comment.
type reacted struct {
	id      int64
	comment bool
}

func reactedTo(i *GitHubIssue, c *Comment) reacted {
	if c != nil {
		return reacted{c.ID, true}
	}
	return reacted{i.ID, false}
}

// Reactions lists those to a comment, or to the issue itself where c is nil, oldest first.
func (s *State) Reactions(i *GitHubIssue, c *Comment) []*Reaction {
	return s.book.reactions[reactedTo(i, c)]
}

// React adds a reaction. Who feels the same twice gets the first back, and false. It moves no time.
func (s *State) React(i *GitHubIssue, c *Comment, by *User, content string) (*Reaction, bool) {
	key := reactedTo(i, c)
	for _, r := range s.book.reactions[key] {
		if r.By == by && r.Content == content {
			return r, false
		}
	}
	r := &Reaction{ID: s.id("reaction", 270_000_001), By: by, Content: content, At: i.stamp(s.Now())}
	if s.book.reactions == nil {
		s.book.reactions = map[reacted][]*Reaction{}
	}
	s.book.reactions[key] = append(s.book.reactions[key], r)
	s.dropReactions(i, c)
	s.log(i, "react", by, Entry{Comment: commentID(c), Detail: content})
	return r, true
}

// Unreact takes a reaction back; it answers whether there was one of that id.
func (s *State) Unreact(i *GitHubIssue, c *Comment, id int64, by *User) bool {
	key := reactedTo(i, c)
	list := s.book.reactions[key]
	at := slices.IndexFunc(list, func(r *Reaction) bool { return r.ID == id })
	if at < 0 {
		return false
	}
	content := list[at].Content
	s.book.reactions[key] = slices.Delete(slices.Clone(list), at, at+1)
	s.dropReactions(i, c)
	s.log(i, "unreact", by, Entry{Comment: commentID(c), Detail: content})
	return true
}

func (s *State) dropReactions(i *GitHubIssue, c *Comment) {
	s.changed(i)
	if c == nil {
		i.Recorded.Drop("reactions")
	}
}

func commentID(c *Comment) int64 {
	if c == nil {
		return 0
	}
	return c.ID
}
