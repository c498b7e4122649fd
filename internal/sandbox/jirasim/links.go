package jirasim

import (
	"net/http"
	"strconv"

	"strata/internal/sandbox/world"
)

func (s *server) links(both func(string, string, handler)) {
	both("POST", "/issueLink", addLink)
	both("GET", "/issueLink/{link}", getLink)
	both("DELETE", "/issueLink/{link}", deleteLink)
}

type end struct {
	ID  string `json:"id"`
	Key string `json:"key"`
}

func (e end) name() string {
	if e.Key != "" {
		return e.Key
	}
	return e.ID
}

// addLink reads "inwardIssue outward-phrase outwardIssue": A-1 blocks B-1 when
// A-1 is the inwardIssue. It moves no comment and answers nothing.
func addLink(c *call) error {
	if err := c.needsUser(); err != nil {
		return err
	}
	var in struct {
		Type struct {
			ID   string `json:"id"`
			Name string `json:"name"`
		} `json:"type"`
		Inward  end `json:"inwardIssue"`
		Outward end `json:"outwardIssue"`
	}
	if err := c.body(&in, false); err != nil {
		return err
	}
	return c.write(func(st *world.State) (int, any, error) {
		name := in.Type.Name
		if name == "" {
			name = in.Type.ID
		}
		t := st.LinkType(name)
		if t == nil {
			return 0, nil, refuse(http.StatusNotFound, "No issue link type with name '"+name+"' found.")
		}
		from, to := st.JiraIssue(in.Inward.name()), st.JiraIssue(in.Outward.name())
		if !c.sees(from) || !c.sees(to) {
			return 0, nil, gone()
		}
		if from == to {
			return 0, nil, refuse(http.StatusBadRequest, "You cannot link an issue to itself.")
		}
		st.LinkIssues(t, from, to, c.user)
		return http.StatusCreated, nil, nil
	})
}

func (c *call) link(st *world.State) (*world.Link, error) {
	n, _ := strconv.ParseInt(c.PathValue("link"), 10, 64)
	l := st.LinkByID(n)
	if l == nil || (l.From.Issue != nil && !c.sees(l.From.Issue)) || (l.To.Issue != nil && !c.sees(l.To.Issue)) {
		return nil, refuse(http.StatusNotFound, "No issue link with id '"+c.PathValue("link")+"' exists.")
	}
	return l, nil
}

func getLink(c *call) error {
	return c.read(func(st *world.State) (any, error) {
		l, err := c.link(st)
		if err != nil {
			return nil, err
		}
		stub := func(e world.End) any {
			if e.Issue == nil {
				return e.Stub
			}
			return c.stubJSON(e.Issue)
		}
		return obj{"id": id(l.ID), "type": c.linkTypeJSON(l.Type), "inwardIssue": stub(l.From), "outwardIssue": stub(l.To)}, nil
	})
}

func deleteLink(c *call) error {
	return c.write(func(st *world.State) (int, any, error) {
		if err := c.needsUser(); err != nil {
			return 0, nil, err
		}
		l, err := c.link(st)
		if err != nil {
			return 0, nil, err
		}
		st.Unlink(l, c.user)
		return http.StatusNoContent, nil, nil
	})
}
