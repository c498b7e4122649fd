package plan

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"iter"
	"slices"
	"strings"
	"time"

	"strata/internal/comment"
)

// Compute compares what is wanted with what is posted and decides what may be
// written now. It changes none of its arguments; equal arguments, in whatever
// order, give equal plans.
func Compute(wanted []Wanted, posted []Posted, policy Policy, now time.Time) Plan {
	var (
		p     Plan
		steps []step
	)
	for m := range matters(wanted, posted) {
		some, kept, unwanted := m.decide(now, policy.RenotifyAfter.Std())
		steps, p.Kept = append(steps, some...), p.Kept+kept
		if unwanted {
			p.Unwanted = append(p.Unwanted, m.id)
		}
	}
	slices.SortStableFunc(steps, func(a, b step) int {
		return cmp.Or(a.urgency.compare(b.urgency), strings.Compare(a.place.Key, b.place.Key))
	})
	p.sort(steps, policy, now)
	p.Held = count(p.Later)
	p.ID = name(p.All())
	return p
}

// sort puts each step among the actions or among the later ones.
func (p *Plan) sort(steps []step, policy Policy, now time.Time) {
	reasons, allowed := make([]Reason, len(steps)), 0
	for i, s := range steps {
		if reasons[i] = policy.permit(s, now); reasons[i] == "" {
			allowed += len(s.actions)
		}
	}
	whole, budget := policy.holds(allowed, now), policy.budget(now)
	for i, s := range steps {
		if reasons[i] == "" && whole {
			reasons[i] = Whole
		}
		if reasons[i] == "" && s.posts() {
			if budget == 0 {
				reasons[i] = Budget
			} else {
				budget--
			}
		}
		if reasons[i] == "" {
			p.Actions = append(p.Actions, s.actions...)
			continue
		}
		for _, a := range s.actions {
			p.Later = append(p.Later, Held{Action: a, Reason: reasons[i]})
		}
	}
}

func (s step) posts() bool {
	return slices.ContainsFunc(s.actions, func(a Action) bool { return a.Op == Post })
}

// matters groups the comments by identity, sorted by it. A matter is valid until the next.
func matters(wanted []Wanted, posted []Posted) iter.Seq[*matter] {
	want, all := sorted(wanted, posted)
	return func(yield func(*matter) bool) {
		var m matter
		for len(want) > 0 || len(all) > 0 {
			m = matter{}
			if len(want) > 0 && (len(all) == 0 || want[0].Identity.Compare(all[0].Identity) <= 0) {
				m.wanted, m.id, m.place = want[0], want[0].Identity, want[0].Place
			} else {
				m.id, m.place = all[0].Identity, all[0].Place
			}
			for len(want) > 0 && want[0].Identity == m.id {
				want = want[1:]
			}
			n, past := 0, 0
			for ; n < len(all) && all[n].Identity == m.id; n++ {
				place := all[n].Place
				m.place.Settled = m.place.Settled || place.Settled
				m.place.Frozen = cmp.Or(m.place.Frozen, place.Frozen)
				m.place.Refused = cmp.Or(m.place.Refused, place.Refused)
				if all[n].past() {
					past++
				}
			}
			m.past, m.open, all = all[:past], all[past:n], all[n:]
			if !yield(&m) {
				return
			}
		}
	}
}

// sorted orders both sides by identity; of one identity the worst that is wanted
// comes first, and what is past comes before what is open, each part oldest first.
func sorted(wanted []Wanted, posted []Posted) ([]*Wanted, []*Posted) {
	want, all := make([]*Wanted, len(wanted)), make([]*Posted, len(posted))
	for i := range wanted {
		want[i] = &wanted[i]
	}
	for i := range posted {
		all[i] = &posted[i]
	}
	slices.SortFunc(want, func(a, b *Wanted) int {
		// One identity wanted twice is one comment: the worse speaks.
		return cmp.Or(a.Identity.Compare(b.Identity), cmp.Compare(b.Severity, a.Severity), strings.Compare(a.Digest, b.Digest))
	})
	slices.SortFunc(all, func(a, b *Posted) int {
		if c := a.Identity.Compare(b.Identity); c != 0 {
			return c
		}
		if a.past() != b.past() {
			if a.past() {
				return -1
			}
			return 1
		}
		return cmp.Or(a.PostedAt.Compare(b.PostedAt), cmp.Compare(len(a.CommentID), len(b.CommentID)), strings.Compare(a.CommentID, b.CommentID))
	})
	return want, all
}

func (p *Posted) past() bool { return p.Deleted || p.State == comment.Folded }

// count adds up what is held by reason.
func count(later []Held) []Hold {
	n := map[Reason]int{}
	for _, h := range later {
		n[h.Reason]++
	}
	var holds []Hold
	for reason, actions := range n {
		holds = append(holds, Hold{Reason: reason, Actions: actions})
	}
	slices.SortFunc(holds, func(a, b Hold) int { return strings.Compare(string(a.Reason), string(b.Reason)) })
	return holds
}

// name derives the plan's ID from what there is to write, whatever its order.
func name(all []Action) string {
	slices.SortFunc(all, func(a, b Action) int {
		return cmp.Or(a.Identity.Compare(b.Identity), strings.Compare(string(a.Op), string(b.Op)), strings.Compare(a.CommentID, b.CommentID))
	})
	sum := sha256.New()
	for _, a := range all {
		fmt.Fprintf(sum, "%q %q %q %q %q %q %q %q\n", a.Op, a.Identity.Item, a.Identity.Kind, a.Identity.Period, a.CommentID, a.Digest, a.Cause, a.Reasons)
	}
	return "p-" + hex.EncodeToString(sum.Sum(nil)[:4])
}
