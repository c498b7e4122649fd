package jirasim

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"strata/internal/sandbox/world"
)

func (s *server) issues(both func(string, string, handler)) {
	both("GET", "/issue/{issue}", getIssue)
	both("GET", "/issue/{issue}/remotelink", remoteLinks)
	both("GET", "/issue/{issue}/changelog", changelog)
	if s.cloud() {
		both("POST", "/issue/bulkfetch", bulkFetch)
	}
}

// issue finds the issue of the path by id, key or former key; 404 also when it
// is hidden.
func (c *call) issue(st *world.State) (*world.JiraIssue, error) {
	if i := st.JiraIssue(c.PathValue("issue")); c.sees(i) {
		return i, nil
	}
	return nil, gone()
}

func getIssue(c *call) error {
	sel := choose(c.words("fields"), "*all")
	expand := c.words("expand")
	return c.read(func(st *world.State) (any, error) {
		i, err := c.issue(st)
		if err != nil {
			return nil, err
		}
		return c.issueJSON(st, i, sel, expand), nil
	})
}

// issueJSON is an issue under its present key.
func (c *call) issueJSON(st *world.State, i *world.JiraIssue, sel selection, expand []string) obj {
	if sel.onlyID {
		return obj{"id": id(i.ID)}
	}
	out := obj{"id": id(i.ID), "key": i.Key, "self": c.self("issue/%d", i.ID),
		"expand": "renderedFields,names,schema,operations,editmeta,changelog,versionedRepresentations", "fields": c.fields(st, i, sel)}
	if slices.Contains(expand, "changelog") {
		out["changelog"] = c.embeddedChangelog(i)
	}
	if slices.Contains(expand, "names") {
		out["names"] = names(st)
	}
	if slices.Contains(expand, "renderedFields") {
		out["renderedFields"] = obj{"description": string(wikiHTML(i.Description))}
	}
	return out
}

func names(st *world.State) obj {
	out := obj{}
	for _, f := range st.Fields {
		out[f.ID] = f.Name
	}
	return out
}

// embeddedChangelog is capped at 40 on Cloud, newest first; Data Center gives
// all.
func (c *call) embeddedChangelog(i *world.JiraIssue) obj {
	list := c.histories(i)
	total := len(list)
	if c.s.cloud() {
		slices.Reverse(list)
		list = list[:min(len(list), 40)]
	}
	return obj{"startAt": 0, "maxResults": len(list), "total": total, "histories": list}
}

func (c *call) histories(i *world.JiraIssue) []any {
	out := []any{}
	for _, h := range i.History {
		if h.Raw != nil {
			out = append(out, h.Raw)
			continue
		}
		items := []obj{}
		for _, it := range h.Items {
			items = append(items, obj{"field": it.Field, "fieldtype": "jira", "fieldId": strings.ToLower(it.Field),
				"from": orNil(it.From), "fromString": orNil(it.FromString), "to": orNil(it.To), "toString": orNil(it.ToString)})
		}
		out = append(out, obj{"id": id(h.ID), "author": c.userJSON(h.Author), "created": c.stamp(h.At), "items": items})
	}
	return out
}

// changelog is paged on Cloud, oldest first; Data Center has no such path.
func changelog(c *call) error {
	if !c.s.cloud() {
		return refuse(http.StatusNotFound, "null for uri: "+c.URL.String())
	}
	start, err := c.number("startAt", 0)
	if err != nil {
		return err
	}
	size, err := c.number("maxResults", 100)
	if err != nil {
		return err
	}
	return c.read(func(st *world.State) (any, error) {
		i, err := c.issue(st)
		if err != nil {
			return nil, err
		}
		all := c.histories(i)
		from := min(start, len(all))
		to := min(from+min(size, 100), len(all))
		return obj{"self": c.self("issue/%s/changelog", i.Key), "startAt": start, "maxResults": min(size, 100), "total": len(all),
			"isLast": to == len(all), "values": all[from:to]}, nil
	})
}

func remoteLinks(c *call) error {
	return c.read(func(st *world.State) (any, error) {
		i, err := c.issue(st)
		if err != nil {
			return nil, err
		}
		out := []any{}
		for _, l := range i.Remote {
			if l.Raw != nil {
				out = append(out, l.Raw)
				continue
			}
			out = append(out, obj{"id": l.ID, "self": c.self("issue/%s/remotelink/%d", i.Key, l.ID), "globalId": l.GlobalID,
				"relationship": l.Relationship, "object": obj{"url": l.URL, "title": l.Title, "status": obj{"resolved": l.Resolved}}})
		}
		return out, nil
	})
}

// bulkFetch answers at most 100 issues, by ascending id; what is missing or
// hidden is silently absent.
func bulkFetch(c *call) error {
	var in struct {
		IDs        []any    `json:"issueIdsOrKeys"`
		Fields     []string `json:"fields"`
		Expand     []string `json:"expand"`
		Properties []string `json:"properties"`
		ByKeys     bool     `json:"fieldsByKeys"`
	}
	if err := c.body(&in, true); err != nil {
		return err
	}
	if len(in.IDs) == 0 || len(in.IDs) > 100 {
		return refuse(http.StatusBadRequest, "issueIdsOrKeys: between 1 and 100 issues can be fetched at once.")
	}
	sel := choose(in.Fields, "*navigable")
	return c.read(func(st *world.State) (any, error) {
		var found []*world.JiraIssue
		for _, v := range in.IDs {
			if i := st.JiraIssue(plain(v)); c.sees(i) && !slices.Contains(found, i) {
				found = append(found, i)
			}
		}
		slices.SortFunc(found, func(a, b *world.JiraIssue) int { return int(a.ID - b.ID) })
		list := []obj{}
		for _, i := range found {
			list = append(list, c.issueJSON(st, i, sel, in.Expand))
		}
		return obj{"expand": "schema,names", "issues": list, "issueErrors": []any{}}, nil
	})
}

// plain is a JSON value that may be a string or a number.
func plain(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case float64:
		return strconv.FormatInt(int64(v), 10)
	}
	return ""
}
