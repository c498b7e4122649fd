package github

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"strata/internal/tracker"
	"strata/internal/tracker/wire"
	"strata/internal/work"
)

// Fetch reads items in bulk: those whose node is known by node, a hundred in a
// request, the others by their place, fifty in a request. One that is not where
// it was is looked for once more at the address to which GitHub redirects.
func (g *GitHub) Fetch(ctx context.Context, targets []work.Target) ([]tracker.Fetched, error) {
	const op = "fetch items"
	out := make([]tracker.Fetched, len(targets))
	found := make([]*issueNode, len(targets))
	at := make([]place, len(targets))
	var byNode []string
	var nodeOf []int
	for i, t := range targets {
		out[i].Target = t
		s, ok, err := g.find(ctx, t)
		if err != nil {
			return nil, err
		}
		at[i] = s.at
		if ok && s.node != "" {
			byNode, nodeOf = append(byNode, s.node), append(nodeOf, i)
		}
	}
	list, err := g.issuesByNode(ctx, op, byNode)
	if err != nil {
		return nil, err
	}
	for j, i := range nodeOf {
		found[i] = list[j]
	}
	if err := g.fillByPlace(ctx, at, found); err != nil {
		return nil, err
	}
	for i, n := range found {
		if n == nil {
			out[i].Err = &tracker.Error{Kind: tracker.NotFound, Op: "fetch " + nameOf(targets[i]), Err: errors.New("gone, or hidden from the account")}
			continue
		}
		if err := g.restOfEdges(ctx, n); err != nil {
			return nil, err
		}
		g.mem.learn(n.ID, n.place(), n.NodeID)
		out[i].Record = g.issue(n)
		if key := targets[i].Key; key != "" && !strings.EqualFold(key, out[i].Record.Key) {
			out[i].Record.OldKeys = []string{key}
		}
	}
	return out, nil
}

// fillByPlace finds what is not found yet by repository and number, and where
// that fails by the redirect that a transferred issue leaves.
func (g *GitHub) fillByPlace(ctx context.Context, at []place, found []*issueNode) error {
	for _, look := range []func(context.Context, []place) ([]*issueNode, error){g.issuesAt, g.issuesMoved} {
		var places []place
		var of []int
		for i := range at {
			if found[i] == nil && !at[i].isZero() {
				places, of = append(places, at[i]), append(of, i)
			}
		}
		list, err := look(ctx, places)
		if err != nil {
			return err
		}
		for j, i := range of {
			found[i] = list[j]
		}
	}
	return nil
}

// find tells where a target is reached, as far as that is known.
func (g *GitHub) find(ctx context.Context, t work.Target) (spot, bool, error) {
	if t.Ref.Tracker == g.name && t.Ref.ID != "" {
		if s, ok := g.mem.spot(t.Ref.ID); ok {
			return s, true, nil
		}
	}
	if at, ok := parseKey(t.Key); ok {
		return spot{at: at}, true, nil
	}
	if at, ok := g.host.parseURL(t.URL); ok {
		return spot{at: at}, true, nil
	}
	if t.Ref.Tracker != g.name || t.Ref.ID == "" {
		return spot{}, false, nil
	}
	s, err := g.spot(ctx, t.Ref)
	if tracker.KindOf(err) == tracker.NotFound {
		return spot{}, false, nil
	}
	return s, err == nil, err
}

func nameOf(t work.Target) string {
	switch {
	case t.Key != "":
		return t.Key
	case t.URL != "":
		return t.URL
	}
	return t.Ref.String()
}

// aliases is how many issues one request asks for by place.
const aliases = 50

// issuesAt reads issues by place, in the order of the places; what is gone or
// hidden is nil and harms no other.
func (g *GitHub) issuesAt(ctx context.Context, places []place) ([]*issueNode, error) {
	const op = "fetch issues by number"
	var out []*issueNode
	for chunk := range slices.Chunk(places, aliases) {
		query, variables := placesQueryFor(chunk)
		answer, err := ask[map[string]json.RawMessage](ctx, g, op, query, variables)
		if err != nil {
			return nil, err
		}
		spoilt := slices.DeleteFunc(slices.Clone(answer.Errors), func(e graphError) bool { return e.hidden() && len(e.Path) <= 2 })
		if len(spoilt) > 0 {
			return nil, judge(op, spoilt, nil, wire.Read)
		}
		for i := range chunk {
			var repo *struct {
				Issue *issueNode `json:"issue"`
			}
			if raw := answer.Data[alias(i)]; len(raw) > 0 {
				if err := json.Unmarshal(raw, &repo); err != nil {
					return nil, &tracker.Error{Kind: tracker.Transient, Op: op, Err: err}
				}
			}
			var n *issueNode
			if repo != nil {
				n = repo.Issue
			}
			if n != nil {
				g.mem.learn(n.ID, n.place(), n.NodeID)
			}
			out = append(out, n)
		}
	}
	return out, nil
}

func alias(i int) string { return fmt.Sprintf("i%d", i) }

// placesQueryFor asks for each place under an alias of its own. Names travel as variables.
func placesQueryFor(places []place) (string, map[string]any) {
	variables := map[string]any{}
	var head, body strings.Builder
	for i, at := range places {
		owner, name, _ := strings.Cut(at.repo, "/")
		variables[fmt.Sprintf("o%d", i)], variables[fmt.Sprintf("r%d", i)], variables[fmt.Sprintf("n%d", i)] = owner, name, at.number
		fmt.Fprintf(&head, "$o%d: String!, $r%d: String!, $n%d: Int!, ", i, i, i)
		fmt.Fprintf(&body, "\n  i%d: repository(owner: $o%d, name: $r%d) { issue: issueOrPullRequest(number: $n%d) { __typename ... on Issue { ...issue } ... on PullRequest { ...pull } } }", i, i, i, i)
	}
	return "query issuesByNumber(" + strings.TrimSuffix(head.String(), ", ") + ") {" + body.String() + "\n}" + issueFragment + pullFragment, variables
}

// goneFor is how long a place that led nowhere is not asked for again.
const goneFor = time.Hour

// issuesMoved follows the redirect that a transferred issue leaves in REST: one
// request for each place that GraphQL did not know, and at most one an hour.
func (g *GitHub) issuesMoved(ctx context.Context, places []place) ([]*issueNode, error) {
	ids := make([]string, 0, len(places))
	of := make([]int, 0, len(places))
	for i, at := range places {
		if g.mem.goneSince(at) < goneFor {
			continue
		}
		row, err := g.issueAt(ctx, at)
		switch kind := tracker.KindOf(err); {
		case kind == tracker.NotFound:
			g.mem.lost(at)
		case err != nil:
			return nil, err
		default:
			ids, of = append(ids, row.NodeID), append(of, i)
		}
	}
	out := make([]*issueNode, len(places))
	list, err := g.issuesByNode(ctx, "fetch moved issues", ids)
	if err != nil {
		return nil, err
	}
	for j, i := range of {
		out[i] = list[j]
	}
	return out, nil
}

// issueAt reads one issue by REST, which follows transfers and renames.
func (g *GitHub) issueAt(ctx context.Context, at place) (*restIssue, error) {
	op := "fetch " + at.key()
	var row restIssue
	err := g.get(ctx, op, "repos/{owner}/{repo}/issues/{number}", fmt.Sprintf("repos/%s/issues/%d", at.repo, at.number), &row)
	if err != nil {
		return nil, err
	}
	if row.NodeID == "" || row.Number == 0 {
		return nil, &tracker.Error{Kind: tracker.NotFound, Op: op, Status: http.StatusOK, Err: errors.New("the answer is no issue")}
	}
	return &row, nil
}
