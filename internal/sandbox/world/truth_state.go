package world

import "strings"

// state is how a party is known to stand.
//
//	an item of the product, or one that was asked for | as it is; a duplicate of what is delivered is delivered
//	beyond it, linked                                  | as the link says: open or being worked on; it does not tell how one was closed
//	beyond it, only named                              | unknown
//	gone, or not to be seen                            | unknown
func (l *ledger) state(p *party) string {
	switch {
	case p.gone:
		return unknownState
	case p.item == nil && p.stub != nil:
		return byCategory(p.stub.Category)
	case p.item == nil, !l.s.exists(p.item), !l.visible(p.item):
		return unknownState
	case l.known(p.item):
		own := l.own(p.item)
		if own == droppedState && l.original(p.item) != nil {
			return deliveredState
		}
		return own
	case !p.linked:
		return unknownState
	}
	switch i := p.item.(type) {
	case *JiraIssue:
		return byCategory(i.Status.Category)
	case *GitHubIssue:
		if !i.Closed {
			return openState
		}
	}
	return unknownState
}

// Known is how a blocker's state is known.
type Known string

// The ways in which it is.
const (
	KnownRead   Known = "read" // the item itself
	KnownByLink Known = "link" // what its link shows of it: nothing planned waits for it, so nobody asks
	KnownByName Known = "name" // nothing but its name
	KnownGone   Known = "gone" // it may not be seen, or is no more
)

func (l *ledger) source(p *party) Known {
	switch {
	case p.gone, p.item != nil && (!l.s.exists(p.item) || !l.visible(p.item)):
		return KnownGone
	case p.item != nil && l.known(p.item):
		return KnownRead
	case p.linked || p.stub != nil:
		return KnownByLink
	}
	return KnownByName
}

func formerNames(it Item) []string {
	if i, ok := it.(*JiraIssue); ok {
		return i.OldKeys
	}
	return nil
}

func byCategory(category string) string {
	switch category {
	case "new":
		return openState
	case "indeterminate":
		return doingState
	}
	return unknownState
}

// own is how an item stands by itself.
func (l *ledger) own(it Item) string {
	switch i := it.(type) {
	case *JiraIssue:
		switch {
		case i.Done() && i.Resolution != nil && dropped(i.Resolution.Name):
			return droppedState
		case i.Done():
			return deliveredState
		case i.Status != nil && i.Status.Category == "indeterminate":
			return doingState
		}
	case *GitHubIssue:
		switch {
		case i.PullRequest && !i.Merged.IsZero():
			return deliveredState
		case i.PullRequest && i.Closed:
			return droppedState
		case i.PullRequest:
			return doingState
		case i.Closed && (i.StateReason == NotPlanned || i.StateReason == Duplicate):
			return droppedState
		case i.Closed:
			return deliveredState
		}
		if c := l.card(i); c != nil {
			if v := c.Value("Status"); v != nil && v.Option != nil && doingNames[lower(v.Option.Name)] {
				return doingState
			}
		}
	}
	return openState
}

// plainApostrophe lets "Won’t Do" and "Won't Do" be one.
var plainApostrophe = strings.NewReplacer("’", "'", "‘", "'", "`", "'", "´", "'")

// dropped says whether a resolution means that nothing was delivered, by its usual
// names.
func dropped(resolution string) bool {
	return droppedNames[plainApostrophe.Replace(lower(strings.TrimSpace(resolution)))]
}

// original is the delivered item that a dropped one is a duplicate of; nil when
// there is none, or when it was dropped for another reason than being one.
func (l *ledger) original(it Item) Item { return l.originalOf(it, 10) }

func (l *ledger) originalOf(it Item, steps int) Item {
	if steps == 0 || l.own(it) != droppedState {
		return nil
	}
	var candidates []Item
	switch i := it.(type) {
	case *JiraIssue:
		name := lower(i.Resolution.Name)
		if dropped(name) && !strings.HasPrefix(name, "duplicate") {
			return nil
		}
		for _, k := range i.Links {
			if k.Type.Speaker() == Duplicates && k.From.Issue == i && k.To.Issue != nil {
				candidates = append(candidates, k.To.Issue)
			}
		}
	case *GitHubIssue:
		if i.DuplicateOf != nil {
			candidates = append(candidates, i.DuplicateOf)
		}
	}
	for _, o := range candidates {
		if !l.known(o) {
			continue
		}
		if l.own(o) == deliveredState {
			return o
		}
		if last := l.originalOf(o, steps-1); last != nil {
			return last
		}
	}
	return nil
}

// planned says whether an item has a date or is in a Sprint that is not over.
func (l *ledger) planned(it Item) bool {
	switch i := it.(type) {
	case *JiraIssue:
		return i.Due != "" || i.Sprint() != nil
	case *GitHubIssue:
		if i.Milestone != nil && !i.Milestone.Due.IsZero() {
			return true
		}
		c := l.card(i)
		if c == nil {
			return false
		}
		for _, v := range c.Values {
			if v.Iteration != nil && v.Iteration.End().After(l.s.Now()) {
				return true
			}
		}
	}
	return false
}

// crossTeam says whether an item is refined by several teams: an epic or larger.
// On GitHub a feature is one when it has sub-issues.
func (l *ledger) crossTeam(p *party) bool {
	large := func(name string) bool { name = lower(name); return name == "epic" || name == "initiative" }
	if p.item == nil {
		return p.stub != nil && large(p.stub.Type)
	}
	switch i := p.item.(type) {
	case *JiraIssue:
		return l.known(i) && i.Type.Level > 0 || large(i.Type.Name)
	case *GitHubIssue:
		if i.Type != nil && (large(i.Type.Name) || l.known(i) && lower(i.Type.Name) == "feature" && len(i.Subs) > 0) {
			return true
		}
		for _, label := range i.Labels {
			if l.known(i) && large(strings.NewReplacer("type: ", "", "type:", "", "kind/", "").Replace(lower(label.Name))) {
				return true
			}
		}
	}
	return false
}
