package github

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"strata/internal/tracker"
	"strata/internal/work"
)

// Remember tells the adapter where items are that were read by an earlier
// process, so that it need not look for them. It is never required.
func (g *GitHub) Remember(records []work.Record) {
	for _, r := range records {
		if at, ok := parseKey(r.Key); ok && r.Ref.Tracker == g.name && r.Ref.ID != "" {
			if _, known := g.mem.spot(r.Ref.ID); !known {
				g.mem.learn(r.Ref.ID, at, "")
			}
		}
	}
}

// spot finds where an item is reached. GitHub cannot be asked by id alone, so an
// item that this process has not read is looked for in the repositories it
// knows, a hundred issues in a request, and each repository once.
func (g *GitHub) spot(ctx context.Context, ref work.Ref) (spot, error) {
	op := "find " + ref.String()
	if ref.Tracker != g.name || ref.ID == "" {
		return spot{}, &tracker.Error{Kind: tracker.NotFound, Op: op, Err: fmt.Errorf("not an item of tracker %s", g.name)}
	}
	if s, ok := g.mem.spot(ref.ID); ok {
		return s, nil
	}
	for _, repo := range g.mem.known() {
		if err := g.learnPlaces(ctx, op, repo); err != nil && tracker.KindOf(err) != tracker.NotFound {
			return spot{}, err
		}
		if s, ok := g.mem.spot(ref.ID); ok {
			return s, nil
		}
	}
	return spot{}, &tracker.Error{Kind: tracker.NotFound, Op: op, Err: errors.New("in none of the repositories that were read")}
}

// learnPlaces reads where each issue of a repository stands, once.
func (g *GitHub) learnPlaces(ctx context.Context, op, repo string) error {
	placed := false
	g.mem.with(repo, func(r *repository) { placed = r.placed })
	if placed {
		return nil
	}
	owner, name, _ := strings.Cut(repo, "/")
	for after, more := "", true; more; {
		answer, err := paged[repositoryAnswer](ctx, g, op, placesQuery, map[string]any{"owner": owner, "name": name}, after)
		if err != nil {
			return err
		}
		if err := answer.whole(op); err != nil {
			return err
		}
		if answer.Data.Repository == nil {
			return &tracker.Error{Kind: tracker.NotFound, Op: op, Err: errors.New("no repository " + repo)}
		}
		list := answer.Data.Repository.Issues
		for _, n := range list.Nodes {
			if n != nil {
				g.mem.learn(n.ID, place{repo: answer.Data.Repository.NameWithOwner, number: n.Number}, n.NodeID)
			}
		}
		more = list.PageInfo.HasNextPage && list.PageInfo.EndCursor != after
		after = list.PageInfo.EndCursor
	}
	g.mem.with(repo, func(r *repository) { r.placed = true })
	return nil
}
