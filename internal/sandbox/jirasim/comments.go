package jirasim

import (
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"strata/internal/sandbox/world"
)

// most is the number of comments after which Cloud answers 413.
const most = 5000

func commentRoutes(t table) {
	t.on("GET /issue/{issue}/comment", listComments)
	t.on("POST /issue/{issue}/comment", addComment)
	t.on("GET /issue/{issue}/comment/{comment}", getComment)
	t.on("PUT /issue/{issue}/comment/{comment}", editComment)
	t.on("DELETE /issue/{issue}/comment/{comment}", deleteComment)
	t.on("GET /comment/{comment}/properties", listProperties)
	t.on("GET /comment/{comment}/properties/{key}", getProperty)
	t.on("PUT /comment/{comment}/properties/{key}", setProperty)
	t.on("DELETE /comment/{comment}/properties/{key}", dropProperty)
	t.cloud("POST /comment/list", commentsByID)
}

// renderedBodies asks for comments with their HTML.
var renderedBodies = []string{"renderedBody"}

// remark is a comment as the API tells it.
func (c *call) remark(i *world.JiraIssue, m *world.Comment, expand []string) obj {
	editor := m.Editor
	if editor == nil {
		editor = m.Author
	}
	out := obj{"id": id(m.ID), "self": c.self("issue/%d/comment/%d", i.ID, m.ID), "created": c.stamp(m.Created), "updated": c.stamp(m.Updated), "body": c.rich(m.Body)}
	if m.Author != nil { // some old comments have no author
		out["author"], out["updateAuthor"] = c.userJSON(m.Author), c.userJSON(editor)
	}
	if m.Visible != nil {
		out["visibility"] = c.visibility(m.Visible)
	}
	if c.s.cloud() {
		out["jsdPublic"] = !strings.Contains(string(m.Properties["sd.public.comment"]), `"internal":true`)
	}
	if slices.Contains(expand, "properties") {
		list := []obj{}
		for _, k := range sortedKeys(m.Properties) {
			list = append(list, obj{"key": k, "value": m.Properties[k]})
		}
		out["properties"] = list
	}
	if slices.Contains(expand, "renderedBody") {
		out["renderedBody"] = c.html(m.Body)
	}
	return out
}

// readable are the comments of an issue that the asker may read.
func (c *call) readable(i *world.JiraIssue) []*world.Comment {
	if !slices.ContainsFunc(i.Comments, func(m *world.Comment) bool { return m.Visible != nil }) {
		return i.Comments
	}
	return slices.DeleteFunc(slices.Clone(i.Comments), func(m *world.Comment) bool { return !c.mayRead(m) })
}

// embeddedComments is the field "comment" of an issue: capped in a search on
// Cloud, with the true total.
func (c *call) embeddedComments(i *world.JiraIssue, capped bool) any {
	all := c.readable(i)
	shown := all[:min(len(all), most)]
	if capped {
		shown = all[:min(len(all), c.s.o.CommentCap)]
	}
	list := make([]json.RawMessage, 0, len(shown))
	for _, m := range shown {
		list = append(list, appendJSON(nil, c.remark(i, m, nil)))
	}
	var out members
	out.add("comments", list)
	out.add("self", c.self("issue/%d/comment", i.ID))
	out.add("maxResults", len(shown))
	out.add("total", len(all)+i.CommentsCut)
	out.add("startAt", 0)
	return out.end()
}

func listComments(c *call) error {
	w, err := c.window(map[bool]int{true: 100, false: 50}[c.s.cloud()], 1000)
	if err != nil {
		return err
	}
	order := strings.TrimSpace(c.URL.Query().Get("orderBy")) // a plus is a space in a query
	if order != "" && order != "created" && order != "+created" && order != "-created" {
		return refuse(http.StatusBadRequest, "orderBy: use created or -created.")
	}
	expand := c.words("expand")
	return c.read(func(st *world.State) (any, error) {
		i, err := c.issue(st)
		if err != nil {
			return nil, err
		}
		all := slices.Clone(c.readable(i))
		if order == "-created" {
			slices.Reverse(all)
		}
		list := each(cut(w, all), func(m *world.Comment) any { return c.remark(i, m, expand) })
		return obj{"startAt": w.start, "maxResults": w.size, "total": len(all), "comments": list}, nil
	})
}

// commentsByID is Cloud's documented way to read comments with properties.
func commentsByID(c *call) error {
	var in struct {
		IDs []int64 `json:"ids"`
	}
	if err := c.body(&in, true); err != nil {
		return err
	}
	if len(in.IDs) == 0 || len(in.IDs) > 1000 {
		return refuse(http.StatusBadRequest, "ids: between 1 and 1000 comments can be listed at once.")
	}
	expand := c.words("expand")
	return c.read(func(st *world.State) (any, error) {
		list := []obj{}
		for _, n := range in.IDs {
			it, m := st.Comment(world.Jira, n)
			if i, ok := it.(*world.JiraIssue); ok && c.sees(i) && c.mayRead(m) {
				list = append(list, c.remark(i, m, expand))
			}
		}
		return obj{"startAt": 0, "maxResults": 1000, "total": len(list), "isLast": true, "values": list}, nil
	})
}

// comment finds the comment of the path on the issue of the path.
func (c *call) comment(st *world.State) (*world.JiraIssue, *world.Comment, error) {
	i, err := c.issue(st)
	if err != nil {
		return nil, nil, err
	}
	n, _ := strconv.ParseInt(c.PathValue("comment"), 10, 64)
	m, err := world.CommentOf(i, n)
	if err != nil || !c.mayRead(m) {
		return nil, nil, refuse(http.StatusNotFound, "Can not find a comment for the id: "+c.PathValue("comment")+".")
	}
	return i, m, nil
}

func getComment(c *call) error {
	return c.read(func(st *world.State) (any, error) {
		i, m, err := c.comment(st)
		if err != nil {
			return nil, err
		}
		return c.remark(i, m, c.words("expand")), nil
	})
}

// noted finds the comment of a property's path, wherever it stands.
func (c *call) noted(st *world.State) (*world.JiraIssue, *world.Comment, error) {
	n, _ := strconv.ParseInt(c.PathValue("comment"), 10, 64)
	it, m := st.Comment(world.Jira, n)
	if i, ok := it.(*world.JiraIssue); ok && c.sees(i) && c.mayRead(m) {
		return i, m, nil
	}
	return nil, nil, refuse(http.StatusNotFound, "The comment with the id '"+c.PathValue("comment")+"' does not exist.")
}

func listProperties(c *call) error {
	return c.read(func(st *world.State) (any, error) {
		_, m, err := c.noted(st)
		if err != nil {
			return nil, err
		}
		return c.propertyKeys(m.Properties, "comment/%d/properties", m.ID), nil
	})
}

func getProperty(c *call) error {
	return c.read(func(st *world.State) (any, error) {
		_, m, err := c.noted(st)
		if err != nil {
			return nil, err
		}
		v, ok := m.Properties[c.PathValue("key")]
		if !ok {
			return nil, noProperty(c.PathValue("key"))
		}
		return obj{"key": c.PathValue("key"), "value": v}, nil
	})
}

// ownNoted is a comment whose properties the asker may write: their own.
func (c *call) ownNoted(st *world.State) (*world.JiraIssue, *world.Comment, error) {
	i, m, err := c.noted(st)
	switch {
	case err != nil:
		return nil, nil, err
	case m.Author != c.user:
		return nil, nil, refuse(http.StatusForbidden, "You do not have the permission to edit this comment.")
	}
	return i, m, c.touch(i, toWatch)
}

func setProperty(c *call) error {
	value, err := c.value()
	if err != nil {
		return err
	}
	return c.write(func(st *world.State) (int, any, error) {
		i, m, err := c.ownNoted(st)
		if err != nil {
			return 0, nil, err
		}
		_, had := m.Properties[c.PathValue("key")]
		st.SetProperty(i, m, c.PathValue("key"), value, c.user)
		if had {
			return http.StatusOK, nil, nil
		}
		return http.StatusCreated, nil, nil
	})
}

func dropProperty(c *call) error {
	return c.write(func(st *world.State) (int, any, error) {
		i, m, err := c.ownNoted(st)
		if err != nil {
			return 0, nil, err
		}
		if _, had := m.Properties[c.PathValue("key")]; !had {
			return 0, nil, noProperty(c.PathValue("key"))
		}
		st.SetProperty(i, m, c.PathValue("key"), nil, c.user)
		return http.StatusNoContent, nil, nil
	})
}

// clip keeps a JSON object that is not empty.
func clip(raw json.RawMessage) json.RawMessage {
	if len(raw) == 0 || string(raw) == "null" || string(raw) == "{}" {
		return nil
	}
	return slices.Clone(raw)
}
