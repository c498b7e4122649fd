package jirasim

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"

	"strata/internal/sandbox/world"
)

// said is a comment as it comes in. Other members, such as the empty author
// that go-jira sends, are allowed and ignored.
type said struct {
	Body       json.RawMessage `json:"body"`
	Properties []property      `json:"properties"`
	Visibility *shown          `json:"visibility"`
}

// shown is the wish to show a comment to a group or a project role alone.
type shown struct {
	Type       string `json:"type"`
	Value      string `json:"value"`
	Identifier string `json:"identifier"`
}

// restriction is nil for an empty wish, as go-jira sends it.
func (s *shown) restriction() *world.Visibility {
	if s == nil || s.Type == "" {
		return nil
	}
	value := s.Value
	if value == "" {
		value = s.Identifier
	}
	return &world.Visibility{Type: s.Type, Value: value}
}

// parse checks a comment and brings it to wiki text: a string on version 2, a
// document on version 3, nothing else. A document may be empty, a string not.
func (c *call) parse(in said) (string, map[string]json.RawMessage, error) {
	text, err := c.wiki("comment", in.Body)
	switch {
	case err != nil:
		return "", nil, err
	case len(clip(in.Body)) == 0 || (c.version == 2 && strings.TrimSpace(text) == ""):
		return "", nil, refuseField("comment", "Comment body can not be empty!")
	}
	if v := in.Visibility.restriction(); v != nil {
		if err := c.mayRestrict(v); err != nil {
			return "", nil, err
		}
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

func addComment(c *call) error {
	var in said
	if err := c.body(&in, false); err != nil {
		return err
	}
	return c.write(func(st *world.State) (int, any, error) {
		i, err := c.written(st, toComment)
		if err != nil {
			return 0, nil, err
		}
		text, props, err := c.parse(in)
		if err != nil {
			return 0, nil, err
		}
		if c.s.cloud() && len(i.Comments)+i.CommentsCut >= most {
			return 0, nil, refuse(http.StatusRequestEntityTooLarge, "The issue has reached the limit of 5000 comments.")
		}
		m := st.AddComment(i, c.user, text, props)
		m.Visible = in.Visibility.restriction()
		return http.StatusCreated, c.remark(i, m, c.words("expand")), nil
	})
}

// own finds a comment that the asker may change: Jira answers 400 for others'.
func (c *call) own(st *world.State, verb string) (*world.JiraIssue, *world.Comment, error) {
	i, m, err := c.comment(st)
	if err != nil {
		return nil, nil, err
	}
	if err := c.touch(i, toComment); err != nil {
		return nil, nil, err
	}
	if m.Author != c.user {
		return nil, nil, refuse(http.StatusBadRequest, "You do not have the permission to "+verb+" this comment.")
	}
	return i, m, nil
}

// editComment replaces text, visibility and the properties that are named. Only
// Cloud lets an administrator do it without telling anybody.
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
		quiet := false
		if c.s.cloud() {
			if quiet, err = c.silence(); err != nil {
				return 0, nil, err
			}
		}
		text, props, err := c.parse(in)
		if err != nil {
			return 0, nil, err
		}
		edit := func() error {
			st.EditComment(i, m, c.user, text, props)
			return nil
		}
		if quiet {
			err = st.Quietly(edit)
		} else {
			err = edit()
		}
		if in.Visibility != nil {
			m.Visible = in.Visibility.restriction()
		}
		return http.StatusOK, c.remark(i, m, c.words("expand")), err
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

// mayRead says whether the asker may read a comment at all.
func (c *call) mayRead(m *world.Comment) bool {
	if m.Visible == nil || m.Author == c.user {
		return true
	}
	if m.Visible.Type == "group" {
		return slices.Contains(groupsOf(c.user), m.Visible.Value)
	}
	return slices.Contains(rolesOf(c.user), m.Visible.Value)
}

// mayRestrict checks a restriction: the group or role exists, and the asker is
// one of them.
func (c *call) mayRestrict(v *world.Visibility) error {
	known, mine := groups, groupsOf(c.user)
	word := "Group"
	if v.Type == "role" {
		known, mine, word = roleNames(), rolesOf(c.user), "Role"
	}
	switch {
	case v.Type != "role" && v.Type != "group":
		return refuseField("visibility", "The visibility type '"+v.Type+"' is not one of group, role.")
	case !slices.Contains(known, v.Value):
		return refuseField("commentLevel", word+": "+v.Value+" does not exist.")
	case !slices.Contains(mine, v.Value):
		return refuseField("commentLevel", "You are currently not a member of the "+strings.ToLower(word)+": "+v.Value+".")
	}
	return nil
}

// visibility tells who may read a comment; Cloud adds an identifier.
func (c *call) visibility(v *world.Visibility) obj {
	out := obj{"type": v.Type, "value": v.Value}
	if c.s.cloud() {
		out["identifier"] = v.Value
		if v.Type == "group" {
			out["identifier"] = groupID(v.Value)
		}
	}
	return out
}
