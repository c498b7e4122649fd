package jirasim

import (
	"slices"
	"strings"

	"strata/internal/sandbox/world"
)

// linkGroup are the items that an issue says one phrase of.
type linkGroup struct {
	Phrase string
	Items  []linkedItem
}

// linkedItem is the other end of a link. Name and Type say how to cut it; without
// a type it is a line of the text.
type linkedItem struct {
	Name, Summary, Status, Category, Address, Type string
	Done                                           bool
	Said                                           bool // in a text, or elsewhere: cannot be cut here
}

// linkGroups are an issue's links, what its text waits for, what of the other
// tracker waits for it, and pages elsewhere.
func (c *call) linkGroups(st *world.State, i *world.JiraIssue) []linkGroup {
	var out []linkGroup
	add := func(phrase string, item linkedItem) {
		at := slices.IndexFunc(out, func(g linkGroup) bool { return g.Phrase == phrase })
		if at < 0 {
			out = append(out, linkGroup{Phrase: phrase})
			at = len(out) - 1
		}
		if !slices.ContainsFunc(out[at].Items, func(o linkedItem) bool { return o.Name == item.Name && o.Type == item.Type }) {
			out[at].Items = append(out[at].Items, item)
		}
	}
	linked := map[world.Item]bool{}
	for _, l := range i.Links {
		other, phrase := farEnd(l, i)
		if other == nil {
			end := l.To
			if l.To.Issue == i {
				end = l.From
			}
			add(phrase, linkedItem{Name: end.Handle(), Type: l.Type.Name, Said: true})
			continue
		}
		if c.sees(other) {
			linked[other] = true
			item := c.linkedItem(other)
			item.Type = l.Type.Name
			add(phrase, item)
		}
	}
	for _, b := range st.Blockers(i) {
		if !linked[b] {
			add("is blocked by", c.linkedItem(b))
		}
	}
	for _, w := range c.waiting(st, i) {
		item := c.linkedItem(w)
		item.Said = true
		add("blocks", item)
	}
	for _, l := range i.Remote {
		add("mentioned on", linkedItem{Name: l.Title, Address: webAddress(l.URL), Done: l.Resolved, Said: true})
	}
	return out
}

// linkedItem is an item of either tracker at the end of a link.
func (c *call) linkedItem(it world.Item) linkedItem {
	out := linkedItem{Name: it.Handle(), Address: c.address(it)}
	switch o := it.(type) {
	case *world.JiraIssue:
		out.Summary, out.Status, out.Category, out.Done = o.Summary, o.Status.Name, o.Status.Category, o.Done()
		if !c.sees(o) {
			out.Summary, out.Status, out.Category = "", "", "" // not even a title
		}
	case *world.GitHubIssue:
		out.Status, out.Category, out.Done = "Open", "new", o.Closed
		if o.Closed {
			out.Status, out.Category = "Closed", "done"
		}
		if !o.Hidden && !o.Repo.Hidden {
			out.Summary = o.Title
		}
	}
	return out
}

// waiting are the issues of GitHub whose text says that they wait for this one.
func (c *call) waiting(st *world.State, i *world.JiraIssue) []world.Item {
	var out []world.Item
	for _, r := range st.Repos {
		if r.Hidden {
			continue
		}
		for _, o := range r.Issues {
			if !o.Hidden && strings.Contains(o.Body, i.Key) && slices.Contains(st.Blockers(o), world.Item(i)) {
				out = append(out, o)
			}
		}
	}
	return out
}

// webAddress is an address that a page may lead to; empty for any other.
func webAddress(address string) string {
	lower := strings.ToLower(address)
	if strings.HasPrefix(lower, "https://") || strings.HasPrefix(lower, "http://") {
		return address
	}
	return ""
}
