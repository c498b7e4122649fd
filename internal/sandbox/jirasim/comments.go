package jirasim

import (
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"unicode/utf8"

	"strata/internal/sandbox/world"
)

// longest is the most characters a comment may have, in both flavours.
const longest = 32767

// most is the number of comments after which Cloud answers 413.
const most = 5000

func (s *server) comments(both func(string, string, handler)) {
	both("GET", "/issue/{issue}/comment", listComments)
	both("POST", "/issue/{issue}/comment", addComment)
	both("GET", "/issue/{issue}/comment/{comment}", getComment)
	both("PUT", "/issue/{issue}/comment/{comment}", editComment)
	both("DELETE", "/issue/{issue}/comment/{comment}", deleteComment)
	both("GET", "/comment/{comment}/properties", listProperties)
	both("GET", "/comment/{comment}/properties/{key}", getProperty)
	both("PUT", "/comment/{comment}/properties/{key}", setProperty)
	both("DELETE", "/comment/{comment}/properties/{key}", dropProperty)
	if s.cloud() {
		both("POST", "/comment/list", commentsByID)
	}
}

func (c *call) commentJSON(i *world.JiraIssue, m *world.Comment, expand []string) obj {
	editor := m.Editor
	if editor == nil {
		editor = m.Author
	}
	out := obj{"id": id(m.ID), "self": c.self("issue/%d/comment/%d", i.ID, m.ID), "created": c.stamp(m.Created), "updated": c.stamp(m.Updated)}
	if m.Author != nil { // some old comments have no author
		out["author"], out["updateAuthor"] = c.userJSON(m.Author), c.userJSON(editor)
	}
	out["body"] = m.Body
	if c.version == 3 {
		out["body"] = toADF(m.Body)
	}
	if c.s.cloud() {
		out["jsdPublic"] = true
	}
	if slices.Contains(expand, "properties") {
		list := []obj{}
		for _, k := range sortedKeys(m.Properties) {
			list = append(list, obj{"key": k, "value": m.Properties[k]})
		}
		out["properties"] = list
	}
	if slices.Contains(expand, "renderedBody") {
		out["renderedBody"] = string(wikiHTML(m.Body))
	}
	return out
}

// embedded is the field "comment" of an issue: capped on Cloud, with the true
// total.
func (c *call) embedded(i *world.JiraIssue) obj {
	list := []obj{}
	for _, m := range i.Comments[:min(len(i.Comments), c.s.o.CommentCap)] {
		list = append(list, c.commentJSON(i, m, nil))
	}
	return obj{"self": c.self("issue/%d/comment", i.ID), "startAt": 0, "maxResults": len(list), "total": len(i.Comments) + i.CommentsCut, "comments": list}
}

func listComments(c *call) error {
	size := map[bool]int{true: 100, false: 50}[c.s.cloud()]
	start, err := c.number("startAt", 0)
	if err != nil {
		return err
	}
	if size, err = c.number("maxResults", size); err != nil {
		return err
	}
	size = min(size, 1000)
	order := c.URL.Query().Get("orderBy")
	if order != "" && order != "created" && order != "+created" && order != "-created" {
		return refuse(http.StatusBadRequest, "orderBy: use created or -created.")
	}
	expand := c.words("expand")
	return c.read(func(st *world.State) (any, error) {
		i, err := c.issue(st)
		if err != nil {
			return nil, err
		}
		all := slices.Clone(i.Comments)
		if order == "-created" {
			slices.Reverse(all)
		}
		list := []obj{}
		for _, m := range all[min(start, len(all)):min(start+size, len(all))] {
			list = append(list, c.commentJSON(i, m, expand))
		}
		return obj{"startAt": start, "maxResults": size, "total": len(all), "comments": list}, nil
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
			if i, ok := it.(*world.JiraIssue); ok && c.sees(i) {
				list = append(list, c.commentJSON(i, m, expand))
			}
		}
		return obj{"startAt": 0, "maxResults": 1000, "total": len(list), "isLast": true, "values": list}, nil
	})
}

// said is a comment as it comes in. Other members, such as the empty author
// and visibility that go-jira sends, are allowed and ignored.
type said struct {
	Body       json.RawMessage `json:"body"`
	Properties []struct {
		Key   string          `json:"key"`
		Value json.RawMessage `json:"value"`
	} `json:"properties"`
}

// parse checks a comment and brings it to wiki text: a string on version 2, a
// document on version 3, nothing else.
func (c *call) parse(in said) (string, map[string]json.RawMessage, error) {
	var text string
	if c.version == 3 {
		var err error
		if text, err = fromADF(in.Body); err != nil {
			return "", nil, refuse(http.StatusBadRequest, "INVALID_INPUT: "+err.Error())
		}
	} else if err := json.Unmarshal(in.Body, &text); err != nil {
		return "", nil, refuseField("comment", "Operation value must be a string")
	}
	if text == "" {
		return "", nil, refuseField("comment", "Comment body can not be empty!")
	}
	if utf8.RuneCountInString(text) > longest {
		return "", nil, refuseField("comment", "The entered text is too long. It exceeds the allowed limit of 32,767 characters.")
	}
	if len(in.Properties) == 0 {
		return text, nil, nil
	}
	props := map[string]json.RawMessage{}
	for _, p := range in.Properties {
		if err := checkProperty(p.Key, p.Value); err != nil {
			return "", nil, err
		}
		props[p.Key] = p.Value
	}
	return text, props, nil
}

// writable refuses what people may not write on.
func (c *call) writable(i *world.JiraIssue) error {
	switch {
	case i.Archived:
		return refuse(http.StatusForbidden, "You can't edit this issue because it is archived.")
	case i.Locked:
		return refuse(http.StatusBadRequest, "You do not have the permission to comment on this issue.")
	}
	return nil
}

func addComment(c *call) error {
	if err := c.needsUser(); err != nil {
		return err
	}
	var in said
	if err := c.body(&in, false); err != nil {
		return err
	}
	return c.write(func(st *world.State) (int, any, error) {
		i, err := c.issue(st)
		if err != nil {
			return 0, nil, err
		}
		if err := c.writable(i); err != nil {
			return 0, nil, err
		}
		text, props, err := c.parse(in)
		if err != nil {
			return 0, nil, err
		}
		if c.s.cloud() && len(i.Comments) >= most {
			return 0, nil, refuse(http.StatusRequestEntityTooLarge, "The issue has reached the limit of 5000 comments.")
		}
		m := st.AddComment(i, c.user, text, props)
		return http.StatusCreated, c.commentJSON(i, m, c.words("expand")), nil
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
	if err != nil {
		return nil, nil, refuse(http.StatusNotFound, "Can not find a comment for the id: "+c.PathValue("comment")+".")
	}
	return i, m, nil
}

// own finds a comment that the asker may change: Jira answers 400 for others'.
func (c *call) own(st *world.State, verb string) (*world.JiraIssue, *world.Comment, error) {
	if err := c.needsUser(); err != nil {
		return nil, nil, err
	}
	i, m, err := c.comment(st)
	if err != nil {
		return nil, nil, err
	}
	if err := c.writable(i); err != nil {
		return nil, nil, err
	}
	if m.Author != c.user {
		return nil, nil, refuse(http.StatusBadRequest, "You do not have the permission to "+verb+" this comment.")
	}
	return i, m, nil
}

func getComment(c *call) error {
	return c.read(func(st *world.State) (any, error) {
		i, m, err := c.comment(st)
		if err != nil {
			return nil, err
		}
		return c.commentJSON(i, m, c.words("expand")), nil
	})
}

func editComment(c *call) error {
	var in said
	if err := c.body(&in, false); err != nil {
		return err
	}
	return c.write(func(st *world.State) (int, any, error) {
		i, m, err := c.own(st, "edit")
		if err != nil {
			return 0, nil, err
		}
		if c.URL.Query().Get("notifyUsers") == "false" { // only administrators may be silent
			return 0, nil, refuse(http.StatusForbidden, "To discard the user notification either admin or project admin permissions are required.")
		}
		text, props, err := c.parse(in)
		if err != nil {
			return 0, nil, err
		}
		st.EditComment(i, m, c.user, text, props)
		return http.StatusOK, c.commentJSON(i, m, c.words("expand")), nil
	})
}

func deleteComment(c *call) error {
	return c.write(func(st *world.State) (int, any, error) {
		i, m, err := c.own(st, "delete")
		if err != nil {
			return 0, nil, err
		}
		st.DeleteComment(i, m, c.user)
		return http.StatusNoContent, nil, nil
	})
}
