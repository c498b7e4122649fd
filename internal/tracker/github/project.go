package github

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"strata/internal/tracker"
	"strata/internal/tracker/wire"
)

// takeItems reads a page of a project's items.
func (s *step) takeItems(ctx context.Context) error {
	owner, number, err := parseProject(s.scope.Project)
	if err != nil {
		return err
	}
	op := "read project " + s.scope.Project
	variables := map[string]any{"owner": owner, "number": number}
	for _, f := range s.cfg.ProjectFields.named() {
		variables[f.alias] = f.name
	}
	if s.cfg.ProjectFields.Iteration != "" {
		variables["head"] = s.After == ""
	}
	answer, err := paged[projectAnswer](ctx, s.GitHub, op, projectQuery(s.cfg.ProjectFields), variables, s.After)
	if err != nil {
		return err
	}
	if answer.Data.Owner == nil || answer.Data.Owner.Project == nil {
		if err := answer.whole(op); err != nil {
			return err
		}
		// An App's token sees no project of a person, and GitHub does not say so.
		return &tracker.Error{Kind: tracker.NotFound, Op: op, Err: errors.New("no such project, or the account may not see it")}
	}
	project := answer.Data.Owner.Project
	if err := s.onlyHidden(op, answer.Errors); err != nil {
		return err
	}
	if s.page.Sprints, err = s.sprints(project.Iterations, s.scope.Project); err != nil {
		return &tracker.Error{Kind: tracker.Rejected, Op: op, Err: err}
	}
	for _, box := range s.page.Sprints {
		s.reading.box(box.ID)
	}
	s.page.Expected = project.Items.TotalCount
	for _, n := range project.Items.Nodes {
		if err := s.takeItem(ctx, n); err != nil {
			return err
		}
	}
	if project.Items.PageInfo.HasNextPage {
		if next := project.Items.PageInfo.EndCursor; next == "" || next == s.After {
			return &tracker.Error{Kind: tracker.Transient, Op: op, Err: errors.New("the project's pages do not advance")}
		}
		s.After = project.Items.PageInfo.EndCursor
		s.keep()
		return nil
	}
	return s.endItems(op, project.Items.TotalCount)
}

// takeItem turns one item into a record. Drafts have no page and no key, pull
// requests are no stories, archived items were put away: none of them is read.
func (s *step) takeItem(ctx context.Context, n *itemNode) error {
	s.Count++
	if n == nil {
		s.page.Hidden++
		return nil
	}
	if s.twice(n.ID) {
		s.Count--
		return nil
	}
	switch {
	case n.IsArchived:
	case n.Type == redactedItem, n.Type == issueItem && (n.Content == nil || n.Content.ID == ""):
		s.page.Hidden++
	case n.Type == issueItem:
		if err := s.restOfEdges(ctx, n.Content); err != nil {
			return err
		}
		s.record(s.item(n, s.Count), n.Content.place(), n.Content.NodeID)
		if box, ok := s.forgotten(n.Iteration, s.scope.Project); ok && s.reading.box(box.ID) {
			s.page.Sprints = append(s.page.Sprints, box)
		}
	}
	return nil
}

// twice says whether the item came before, and keeps it for the next time.
func (s *step) twice(id string) bool {
	_, before := s.reading.seen[id]
	_, here := s.fresh[id]
	if s.fresh == nil {
		s.fresh = map[string]struct{}{}
	}
	s.fresh[id] = struct{}{}
	return before || here
}

// onlyHidden lets errors pass that hide one whole item; any other leaves the page partial.
func (s *step) onlyHidden(op string, errs []graphError) error {
	spoilt := slices.DeleteFunc(slices.Clone(errs), func(e graphError) bool {
		// repositoryOwner.projectV2.items.nodes.7 or ….7.content
		return e.hidden() && (len(e.Path) == 5 || len(e.Path) == 6 && e.Path[5] == "content") && e.Path[3] == "nodes"
	})
	if len(spoilt) == 0 {
		return nil
	}
	return judge(op, spoilt, nil, wire.Read)
}

// endItems compares what was seen with what GitHub counts. Cards that move
// while the pages are turned can hide an item; then the project is read once more.
func (s *step) endItems(op string, total int) error {
	if s.Count < total {
		if s.Again {
			return &tracker.Error{Kind: tracker.Transient, Op: op, Err: fmt.Errorf("read twice, and found %d of %d items: the project changes while it is read", s.Count, total)}
		}
		s.Again, s.After, s.Count = true, "", 0
		s.reading.reset()
		return nil
	}
	s.keep()
	repos := s.reading.repositories()
	if len(repos) == 0 {
		s.finish()
		return nil
	}
	s.Repo = repos[0]
	s.startComments()
	return nil
}

// repositories lists where the items read are, sorted.
func (r *reading) repositories() []string {
	var out []string
	for _, key := range slices.Sorted(maps.Keys(r.names)) {
		out = append(out, r.names[key])
	}
	return out
}
