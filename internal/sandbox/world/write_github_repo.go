package world

import (
	"strings"
	"time"
)

// InteractionLimit is who may still comment and open issues in a repository, until when.
type InteractionLimit struct {
	Who  string // existing_users, contributors_only, collaborators_only; empty: everybody
	Ends time.Time
}

// Limits are the interaction limits that GitHub knows.
var Limits = []string{"existing_users", "contributors_only", "collaborators_only"}

// InForce answers who may interact now; empty when everybody may.
func (l InteractionLimit) InForce(now time.Time) string {
	if l.Who == "" || !l.Ends.IsZero() && !now.Before(l.Ends) {
		return ""
	}
	return l.Who
}

// SetLimit limits who may interact with a repository; an empty limit ends it.
func (s *State) SetLimit(r *Repo, l InteractionLimit, by *User) {
	r.Limit = l
	s.noteRepo(r, "limit", by, l.Who)
}

// OrgLimit is the interaction limit of an organisation, which holds for all its public repositories.
func (s *State) OrgLimit(login string) InteractionLimit { return s.book.outside[lower(login)] }

// SetOrgLimit limits who may interact with an organisation's repositories.
func (s *State) SetOrgLimit(login string, l InteractionLimit) {
	if s.book.outside == nil {
		s.book.outside = map[string]InteractionLimit{}
	}
	s.book.outside[lower(login)] = l
}

// RenameRepo gives a repository another owner or name; the former one keeps finding it.
func (s *State) RenameRepo(r *Repo, owner, name string, by *User) {
	was := r.FullName()
	r.Former = append(r.Former, was)
	r.Owner, r.Name = owner, name
	s.repoByName[strings.ToLower(r.FullName())] = r
	for _, i := range r.Issues {
		i.Recorded.Drop("url", "repository_url", "html_url", "labels_url", "comments_url", "events_url", "timeline_url")
	}
	sortBy(s.Repos, func(a, b *Repo) bool { return a.FullName() < b.FullName() })
	s.noteRepo(r, "rename-repository", by, was)
}

// EditRepo changes a repository by f: its description, whether it is private, archived, has issues.
func (s *State) EditRepo(r *Repo, by *User, f func(*Repo)) {
	f(r)
	s.noteRepo(r, "repository", by, "")
}

// noteRepo writes a change of a whole repository into the journal.
func (s *State) noteRepo(r *Repo, op string, by *User, detail string) {
	e := Entry{Seq: len(s.Journal) + 1, Time: s.Now(), Tracker: GitHub, Op: op, Item: r.FullName(), Author: authorName(by), Detail: detail}
	s.Journal = append(s.Journal, e)
	s.announce(nil, by, e)
}
