package github

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"strata/internal/tracker"
	"strata/internal/work"
)

// Changes reads a scope: see the package's document for what is asked when.
func (g *GitHub) Changes(ctx context.Context, scope tracker.Scope, cursor tracker.Cursor) (tracker.Page, error) {
	of, err := selector(scope)
	if err != nil {
		return tracker.Page{}, &tracker.Error{Kind: tracker.Rejected, Op: "read scope " + scope.Name, Err: err}
	}
	p := parseCursor(cursor, of)
	s := &step{GitHub: g, scope: scope, position: p, reading: g.mem.resume(scope.Name, p.Reading)}
	if p.Reading == 0 || s.reading == nil {
		s.begin()
	}
	if s.self, err = g.whoami(ctx); err != nil {
		return tracker.Page{}, err
	}
	if err := g.learnGroups(ctx); err != nil {
		return tracker.Page{}, err
	}
	if err := s.take(ctx); err != nil {
		return tracker.Page{}, fmt.Errorf("read scope %s: %w", scope.Name, err)
	}
	for i := range s.page.Records {
		s.page.Records[i].Scopes = []string{scope.Name}
	}
	s.page.Next = s.cursor()
	return s.page, nil
}

// step is one page of a reading being made.
type step struct {
	*GitHub
	scope   tracker.Scope
	self    identity
	reading *reading
	position
	page tracker.Page
	// fresh are the items of a project on this page. They count as seen once the
	// page is given: one that fails is asked for again.
	fresh map[string]struct{}
}

// begin starts a reading at what was kept of the last one. A reading that
// another process began is begun again from its marks.
func (s *step) begin() {
	s.reading = s.mem.begin(s.scope.Name)
	s.position = position{Of: s.Of, Marks: s.Marks, Reading: s.reading.id, Full: s.scope.Project != "" || len(s.Marks) == 0}
	if s.scope.Project != "" {
		s.Phase = items
		return
	}
	for _, repo := range s.scope.Repositories {
		s.mem.with(repo, func(*repository) {})
	}
	s.enter(s.scope.Repositories[0])
}

// take asks for one page of whatever the reading stands at.
func (s *step) take(ctx context.Context) error {
	s.page.Full, s.page.More = s.Full, true
	switch s.Phase {
	case items:
		return s.takeItems(ctx)
	case everyone:
		return s.takeIssues(ctx)
	case changes:
		return s.takeChanges(ctx)
	case edges:
		return s.takeEdges(ctx)
	case comments:
		return s.takeComments(ctx)
	}
	return errors.New("the cursor is of another release; read from the beginning")
}

// enter begins with a repository of a scope of repositories.
//
//	cursor | this process made the last reading | → phases
//	empty  | –                                  | every issue, comments
//	kept   | no (just started)                  | open issues, changes, comments
//	kept   | yes                                | changes, dependencies of open issues, comments
func (s *step) enter(repo string) {
	s.Repo, s.After, s.Walk, s.Began = repo, "", walk{}, time.Time{}
	if s.Full || s.edgesKnown() == nil {
		s.Phase = everyone
		return
	}
	s.startChanges()
}

func (s *step) startChanges() {
	s.Phase, s.Walk = changes, walk{Since: from(s.mark().Issues)}
}

// startComments goes on where the last reading of comments ended, or begins
// with the first comment when there was none, or when everything is read anew.
func (s *step) startComments() {
	mark := s.mark()
	s.Phase, s.After = comments, ""
	s.Whole = !mark.Listed
	s.Walk = walk{Since: from(mark.Comments)}
	if s.Whole {
		s.Walk = walk{}
	}
	s.reading.ours, s.reading.remarks, s.reading.spoken = map[int64]said{}, map[int64]heard{}, map[int]int64{}
}

// mark is what the last reading kept of the repository.
func (s *step) mark() marks { return s.Marks[strings.ToLower(s.Repo)] }

// leave goes on with the repository after this one, or ends the reading.
func (s *step) leave() {
	repos := s.repositories()
	for i, repo := range repos {
		if !strings.EqualFold(repo, s.Repo) || i+1 == len(repos) {
			continue
		}
		if s.scope.Project == "" {
			s.enter(repos[i+1])
		} else {
			s.Repo = repos[i+1]
			s.startComments()
		}
		return
	}
	s.finish()
}

func (s *step) finish() {
	s.keepEdges()
	s.position, s.page.More = s.done(), false
}

// repositories lists what the reading goes through: the scope's own, or those that a project's items are in.
func (s *step) repositories() []string {
	if s.scope.Project == "" {
		return s.scope.Repositories
	}
	return s.reading.repositories()
}

// record adds an item to the page and remembers where it is.
func (s *step) record(r work.Record, at place, node string) {
	s.mem.learn(r.Ref.ID, at, node)
	s.page.Records = append(s.page.Records, r)
}

// keep counts what the page gives as read.
func (s *step) keep() {
	for id := range s.fresh {
		s.reading.seen[id] = struct{}{}
	}
	for _, r := range s.page.Records {
		s.reading.note(r)
	}
	s.fresh = nil
}
