package github

import (
	"context"
	"errors"
	"slices"
	"time"

	"strata/internal/tracker"
	"strata/internal/work"
)

// How many items one question is about, and how often one History asks.
const (
	pastsAtOnce = 50
	mostAsked   = 4
)

var _ tracker.Historian = (*GitHub)(nil)

// pastsQuery asks for what tells how an issue went: a board's status, closing
// and reopening. What became of an iteration, GitHub does not keep.
const pastsQuery = `query pasts($ids: [ID!]!) {
  nodes(ids: $ids) {
    __typename
    ... on Issue {
      timelineItems(last: 60, itemTypes: [CLOSED_EVENT, REOPENED_EVENT, PROJECT_V2_ITEM_STATUS_CHANGED_EVENT]) {
        nodes {
          __typename
          ... on ClosedEvent { createdAt stateReason }
          ... on ReopenedEvent { createdAt }
          ... on ProjectV2ItemStatusChangedEvent { createdAt previousStatus status }
        }
      }
    }
  }
}`

type pastsAnswer struct {
	Nodes []*struct {
		Timeline nodes[pastEvent] `json:"timelineItems"`
	} `json:"nodes"`
}

// pastEvent is one event of a timeline.
type pastEvent struct {
	Typename string    `json:"__typename"`
	At       time.Time `json:"createdAt"`
	Reason   string    `json:"stateReason"`
	Previous string    `json:"previousStatus"`
	Status   string    `json:"status"`
}

// History reads what issues went through, fifty in a request. An issue whose
// node was never told is passed over until it is read again.
func (g *GitHub) History(ctx context.Context, items []work.Ref) ([]work.Past, error) {
	const op = "read the history of issues"
	var refs []work.Ref
	var ids []string
	for _, ref := range items {
		if s, ok := g.mem.spot(ref.ID); ok && s.node != "" && ref.Tracker == g.name {
			refs, ids = append(refs, ref), append(ids, s.node)
		}
	}
	var pasts []work.Past
	for asked := 0; len(ids) > 0 && asked < mostAsked; asked++ {
		size := min(pastsAtOnce, g.size(op), len(ids))
		answer, err := ask[pastsAnswer](ctx, g, op, pastsQuery, map[string]any{"ids": ids[:size]})
		if errors.Is(err, errTooHeavy) && g.shrink(op, size) {
			continue
		}
		if err != nil {
			return pasts, err
		}
		spoilt := slices.DeleteFunc(answer.Errors, func(e graphError) bool { return e.hidden() && len(e.Path) == 2 })
		if err := (reply[pastsAnswer]{Errors: spoilt}).whole(op); err != nil {
			return pasts, err
		}
		if len(answer.Data.Nodes) != size {
			return pasts, &tracker.Error{Kind: tracker.Transient, Op: op, Err: errors.New("the answer lacks nodes")}
		}
		for i, n := range answer.Data.Nodes {
			if n != nil {
				pasts = append(pasts, work.Past{Ref: refs[i], Steps: steps(n.Timeline.Nodes)})
			}
		}
		refs, ids = refs[size:], ids[size:]
	}
	return pasts, nil
}

// steps reads events, the oldest first. A board's statuses have no category:
// what they mean, the config says.
func steps(events []pastEvent) (list []work.Step) {
	open := work.Status{Category: work.CategoryNew}
	for _, e := range events {
		s := work.Step{At: e.At, Of: work.StatusStep}
		switch e.Typename {
		case "ClosedEvent":
			s.From, s.To = open, work.Status{ID: "closed", Category: work.CategoryDone}
		case "ReopenedEvent":
			s.From, s.To = work.Status{ID: "closed", Category: work.CategoryDone}, open
		case "ProjectV2ItemStatusChangedEvent":
			s.From = work.Status{Name: e.Previous, Category: work.CategoryNew}
			s.To = work.Status{Name: e.Status, Category: work.CategoryNew}
		default:
			continue
		}
		list = append(list, s)
	}
	slices.SortStableFunc(list, func(a, b work.Step) int { return a.At.Compare(b.At) })
	return list
}
