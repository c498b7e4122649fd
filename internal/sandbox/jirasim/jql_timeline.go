package jirasim

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"

	"strata/internal/sandbox/world"
)

// turns are the changes of a field, oldest first.
func (k *compiler) turns(field string, i *world.JiraIssue) []turn {
	var out []turn
	for _, h := range i.History {
		who := h.Author
		items := h.Items
		if len(items) == 0 && h.Raw != nil {
			who, items = k.recorded(h.Raw)
		}
		for _, it := range items {
			if strings.EqualFold(it.Field, field) {
				out = append(out, turn{h.At, who, moved{it.From, it.FromString}, moved{it.To, it.ToString}})
			}
		}
	}
	slices.SortStableFunc(out, func(a, b turn) int { return cmp.Compare(a.at.UnixNano(), b.at.UnixNano()) })
	return out
}

// recorded reads a change as it was recorded.
func (k *compiler) recorded(raw json.RawMessage) (*world.User, []world.ChangeItem) {
	var in struct {
		Author struct {
			AccountID string `json:"accountId"`
			Name      string `json:"name"`
		} `json:"author"`
		Items []struct {
			Field      string `json:"field"`
			From       string `json:"from"`
			FromString string `json:"fromString"`
			To         string `json:"to"`
			ToString   string `json:"toString"`
		} `json:"items"`
	}
	if json.Unmarshal(raw, &in) != nil {
		return nil, nil
	}
	items := make([]world.ChangeItem, 0, len(in.Items))
	for _, it := range in.Items {
		items = append(items, world.ChangeItem{Field: it.Field, From: it.From, FromString: it.FromString, To: it.To, ToString: it.ToString})
	}
	return k.st.User(cmp.Or(in.Author.AccountID, in.Author.Name)), items
}

// stays are the values that a field had, from the issue's beginning on: what the
// first change changed from, then what each changed to. Without a change it is
// what the field has now.
func (k *compiler) stays(f jqlField, i *world.JiraIssue) []stay {
	turns := k.turns(f.history, i)
	if len(turns) == 0 {
		var out []stay
		for _, v := range present(f.history, i) {
			out = append(out, stay{value: v, start: i.Created, by: i.Creator()})
		}
		return out
	}
	out := []stay{{value: turns[0].from, start: i.Created, end: turns[0].at, by: i.Creator()}}
	for n, t := range turns {
		s := stay{value: t.to, start: t.at, by: t.by}
		if n+1 < len(turns) {
			s.end = turns[n+1].at
		}
		out = append(out, s)
	}
	return out
}

// present is what a field has now, as the changelog would tell it.
func present(field string, i *world.JiraIssue) []moved {
	user := func(u *world.User) []moved {
		if u == nil {
			return []moved{{}}
		}
		return []moved{{cmp.Or(u.AccountID, u.Login), u.Name}}
	}
	named := func(n *world.Named) []moved {
		if n == nil {
			return []moved{{}}
		}
		return []moved{{id(n.ID), n.Name}}
	}
	switch field {
	case "status":
		return []moved{{id(i.Status.ID), i.Status.Name}}
	case "assignee":
		return user(i.Assignee)
	case "reporter":
		return user(i.Reporter)
	case "priority":
		return named(i.Priority)
	case "resolution":
		return named(i.Resolution)
	}
	out := []moved{}
	for _, v := range i.Rare().FixVersions {
		out = append(out, moved{id(v.ID), v.Name})
	}
	if len(out) == 0 {
		out = append(out, moved{})
	}
	return out
}
