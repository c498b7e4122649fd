package jirasim

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"

	"strata/internal/sandbox/world"
)

// embeddedChangelog is newest first; a search on Cloud gives the last 40.
func (c *call) embeddedChangelog(st *world.State, i *world.JiraIssue, capped bool) obj {
	shown := slices.Clone(i.History)
	slices.Reverse(shown)
	if capped && c.s.cloud() {
		shown = shown[:min(len(shown), 40)]
	}
	if !c.s.cloud() { // Data Center tells them oldest first, all of them
		slices.Reverse(shown)
	}
	return obj{"startAt": 0, "maxResults": len(shown), "total": len(i.History), "histories": c.histories(st, shown)}
}

func (c *call) histories(st *world.State, list []world.Change) []any {
	out := []any{}
	for _, h := range list {
		if h.Raw != nil {
			out = append(out, c.recordedChange(st, h.Raw))
			continue
		}
		items := each(h.Items, func(it world.ChangeItem) any { return c.changeItem(st, it) })
		change := obj{"id": id(h.ID), "created": c.stamp(h.At), "items": items}
		if h.Author != nil {
			change["author"] = c.userJSON(h.Author)
		}
		out = append(out, change)
	}
	return out
}

// recordedChange is a change to the letter, but for an author whom the record
// names as the other flavour does.
func (c *call) recordedChange(st *world.State, raw json.RawMessage) any {
	if !c.stranger(raw) {
		return raw
	}
	var change map[string]json.RawMessage
	var author struct {
		AccountID string `json:"accountId"`
		Name      string `json:"name"`
		Key       string `json:"key"`
	}
	if json.Unmarshal(raw, &change) != nil || json.Unmarshal(change["author"], &author) != nil {
		return raw
	}
	delete(change, "author")
	for _, name := range []string{author.AccountID, author.Name, author.Key} {
		if u := st.User(name); u != nil && name != "" {
			change["author"] = appendJSON(nil, c.userJSON(u))
		}
	}
	return change
}

// changedField are the ids of the system fields that a history names otherwise;
// an empty id stands for what has none.
var changedField = map[string]string{"Component": "components", "Fix Version": "fixVersions", "Version": "versions", "Attachment": "attachment",
	"Link": "", "Key": "", "Parent": "", "RemoteIssueLink": "", "WorklogId": "", "Epic Child": ""}

// changeItem is one field's change. Users are named as the flavour names them;
// Data Center tells no ids of fields.
func (c *call) changeItem(st *world.State, it world.ChangeItem) any {
	out := obj{"field": it.Field, "fieldtype": "jira", "from": orNil(it.From), "fromString": orNil(it.FromString), "to": orNil(it.To), "toString": orNil(it.ToString)}
	field, system := changedField[it.Field]
	if !system {
		field = it.Field
		for _, f := range st.Fields {
			if f.Name == it.Field && isCustom(f) {
				out["fieldtype"], field = "custom", f.ID
			}
		}
	}
	if it.Field == "Epic Child" {
		out["fieldtype"] = "custom"
	}
	if it.Field == "Sprint" || it.Field == "labels" { // empty, not null
		for _, k := range []string{"from", "fromString", "to", "toString"} {
			if out[k] == nil {
				out[k] = ""
			}
		}
	}
	if c.s.cloud() && field != "" {
		out["fieldId"] = field
	}
	if it.Field == "assignee" || it.Field == "reporter" {
		out["from"], out["to"] = c.handle(st, it.From), c.handle(st, it.To)
		if c.s.cloud() {
			out["tmpFromAccountId"], out["tmpToAccountId"] = out["from"], out["to"]
		}
	}
	return out
}

// handle is how the flavour names the user of a change.
func (c *call) handle(st *world.State, name string) any {
	if u := st.User(name); u != nil && !c.s.cloud() {
		return keyOf(u)
	}
	return orNil(name)
}

// changelog is paged on Cloud, oldest first; Data Center has no such path.
func changelog(c *call) error {
	w, err := c.window(100, 100)
	if err != nil {
		return err
	}
	return c.read(func(st *world.State) (any, error) {
		i, err := c.issue(st)
		if err != nil {
			return nil, err
		}
		out := page(w, i.History)
		out["values"] = c.histories(st, cut(w, i.History))
		out["self"] = c.base + c.URL.RequestURI()
		if end := w.start + w.size; end < len(i.History) && w.size > 0 {
			q := c.URL.Query()
			q.Set("startAt", id(int64(end)))
			q.Set("maxResults", id(int64(w.size)))
			out["nextPage"] = c.base + c.URL.Path + "?" + q.Encode()
		}
		return out, nil
	})
}

// changelogList answers the changes of an issue by their ids.
func changelogList(c *call) error {
	var in struct {
		IDs []json.Number `json:"changelogIds"`
	}
	if err := c.body(&in, true); err != nil {
		return err
	}
	return c.read(func(st *world.State) (any, error) {
		i, err := c.issue(st)
		if err != nil {
			return nil, err
		}
		found := slices.DeleteFunc(slices.Clone(i.History), func(h world.Change) bool {
			return !slices.ContainsFunc(in.IDs, func(n json.Number) bool { return n.String() == id(h.ID) })
		})
		return obj{"startAt": 0, "maxResults": len(found), "total": len(found), "histories": c.histories(st, found)}, nil
	})
}

// changedFields are the ids of the fields that a change is about.
func (c *call) changedFields(st *world.State, h world.Change) []string {
	var out []string
	raw, _ := encode(c.histories(st, []world.Change{h}))
	var in []struct {
		Items []struct {
			Field   string `json:"field"`
			FieldID string `json:"fieldId"`
		} `json:"items"`
	}
	_ = json.Unmarshal(raw, &in) // our own, or a record
	for _, change := range in {
		for _, it := range change.Items {
			out = append(out, it.FieldID, strings.ToLower(it.Field))
		}
	}
	return out
}

// bulkChangelogs answers the histories of many issues, by ascending id of the
// issue, oldest first.
func bulkChangelogs(c *call) error {
	var in struct {
		IDs    []any    `json:"issueIdsOrKeys"`
		Fields []string `json:"fieldIds"`
		Size   *int     `json:"maxResults"`
		Token  string   `json:"nextPageToken"`
	}
	if err := c.body(&in, true); err != nil {
		return err
	}
	size := 1000
	if in.Size != nil {
		size = *in.Size
	}
	switch {
	case len(in.IDs) == 0 || len(in.IDs) > 1000:
		return refuse(http.StatusBadRequest, "issueIdsOrKeys: between 1 and 1000 issues can be asked for at once.")
	case len(in.Fields) > 10:
		return refuse(http.StatusBadRequest, "fieldIds: at most 10 fields.")
	case size < 1 || size > 10000:
		return refuse(http.StatusBadRequest, "maxResults: between 1 and 10000.")
	}
	from, err := offsetOf(in.Token)
	if err != nil {
		return err
	}
	return c.read(func(st *world.State) (any, error) {
		var all []changeOf
		for _, i := range c.named(st, in.IDs) {
			for _, h := range i.History {
				if len(in.Fields) == 0 || slices.ContainsFunc(c.changedFields(st, h), func(f string) bool { return f != "" && slices.Contains(in.Fields, f) }) {
					all = append(all, changeOf{i, h})
				}
			}
		}
		w := window{from, size}
		out := obj{"issueChangeLogs": c.changelogsByIssue(st, cut(w, all))}
		if from+size < len(all) {
			out["nextPageToken"] = tokenAt(from + size)
		}
		return out, nil
	})
}

type changeOf struct {
	issue  *world.JiraIssue
	change world.Change
}

func (c *call) changelogsByIssue(st *world.State, list []changeOf) []obj {
	out := []obj{}
	for n, at := range list {
		if n == 0 || list[n-1].issue != at.issue {
			out = append(out, obj{"issueId": id(at.issue.ID), "changeHistories": []any{}})
		}
		last := out[len(out)-1]
		last["changeHistories"] = append(last["changeHistories"].([]any), c.histories(st, []world.Change{at.change})...)
	}
	return out
}
