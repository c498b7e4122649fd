package github

import (
	"context"
	"errors"
	"slices"

	"strata/internal/tracker"
)

type nodesAnswer struct {
	Nodes []*issueNode `json:"nodes"`
}

// issuesByNode reads issues and pull requests by node ids, a hundred in a
// request, in the order of the ids; what is gone or hidden is nil.
func (g *GitHub) issuesByNode(ctx context.Context, op string, ids []string) ([]*issueNode, error) {
	var out []*issueNode
	for len(ids) > 0 {
		size := min(g.size(op+" nodes"), len(ids))
		answer, err := ask[nodesAnswer](ctx, g, op, nodesQuery, map[string]any{"ids": ids[:size]})
		if errors.Is(err, errTooHeavy) && g.shrink(op+" nodes", g.size(op+" nodes")) {
			continue
		}
		if err != nil {
			return nil, err
		}
		// An id that names nothing any more comes as an error beside the others' data.
		spoilt := slices.DeleteFunc(slices.Clone(answer.Errors), func(e graphError) bool { return e.hidden() && len(e.Path) == 2 })
		if err := (reply[nodesAnswer]{Errors: spoilt}).whole(op); err != nil {
			return nil, err
		}
		if len(answer.Data.Nodes) != size {
			return nil, &tracker.Error{Kind: tracker.Transient, Op: op, Err: errors.New("the answer lacks nodes")}
		}
		out = append(out, answer.Data.Nodes...)
		ids = ids[size:]
	}
	return out, nil
}

type endsAnswer struct {
	Node *struct {
		Ends nodes[*endNode] `json:"ends"`
	} `json:"node"`
}

// restOfEdges reads the dependencies of an issue that has more than fit on a page.
func (g *GitHub) restOfEdges(ctx context.Context, n *issueNode) error {
	for _, side := range []struct {
		query string
		ends  *nodes[*endNode]
	}{{moreBlockedByQuery, &n.BlockedBy}, {moreBlockingQuery, &n.Blocking}} {
		for side.ends.PageInfo.HasNextPage {
			op := "read dependencies of " + n.place().key()
			after := side.ends.PageInfo.EndCursor
			answer, err := ask[endsAnswer](ctx, g, op, side.query, map[string]any{"id": n.NodeID, "after": after})
			if err != nil {
				return err
			}
			if err := answer.whole(op); err != nil {
				return err
			}
			if answer.Data.Node == nil || answer.Data.Node.Ends.PageInfo.HasNextPage && answer.Data.Node.Ends.PageInfo.EndCursor == after {
				return &tracker.Error{Kind: tracker.Transient, Op: op, Err: errors.New("the pages of dependencies do not advance")}
			}
			side.ends.Nodes = append(side.ends.Nodes, answer.Data.Node.Ends.Nodes...)
			side.ends.PageInfo = answer.Data.Node.Ends.PageInfo
		}
	}
	return nil
}
