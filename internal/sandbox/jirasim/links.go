package jirasim

import (
	"encoding/json"
	"net/http"
	"strconv"

	"strata/internal/sandbox/world"
)

func linkRoutes(t table) {
	t.on("POST /issueLink", addLink)
	t.on("GET /issueLink/{link}", getLink)
	t.on("DELETE /issueLink/{link}", deleteLink)
	t.on("GET /issueLinkType", listLinkTypes)
	t.on("GET /issueLinkType/{name}", getLinkType)
	t.on("GET /issue/{issue}/remotelink", remoteLinks)
	t.on("POST /issue/{issue}/remotelink", addRemoteLink)
	t.on("DELETE /issue/{issue}/remotelink", dropRemoteLinks)
	t.on("GET /issue/{issue}/remotelink/{link}", getRemoteLink)
	t.on("PUT /issue/{issue}/remotelink/{link}", editRemoteLink)
	t.on("DELETE /issue/{issue}/remotelink/{link}", dropRemoteLink)
}

// linkWish is a link as a client asks for it.
type linkWish struct {
	Type struct {
		ID   json.RawMessage `json:"id"`
		Name string          `json:"name"`
	} `json:"type"`
	Inward  ref             `json:"inwardIssue"`
	Outward ref             `json:"outwardIssue"`
	Comment json.RawMessage `json:"comment"`
}

// kind names the type, by name or id.
func (w linkWish) kind() string {
	if w.Type.Name != "" {
		return w.Type.Name
	}
	return word(w.Type.ID)
}

// addLink reads "inwardIssue outward-phrase outwardIssue": A-1 blocks B-1 when
// A-1 is the inwardIssue. It answers nothing; a comment that comes along is
// written on the outward issue.
func addLink(c *call) error {
	var in linkWish
	if err := c.body(&in, false); err != nil {
		return err
	}
	return c.write(func(st *world.State) (int, any, error) {
		t := st.LinkType(in.kind())
		if t == nil {
			return 0, nil, refuse(http.StatusNotFound, "No issue link type with name '"+in.kind()+"' found.")
		}
		from, to := st.JiraIssue(in.Inward.says()), st.JiraIssue(in.Outward.says())
		if !c.sees(from) || !c.sees(to) {
			return 0, nil, gone()
		}
		for _, i := range []*world.JiraIssue{from, to} {
			if err := c.touch(i, toLink); err != nil {
				return 0, nil, err
			}
		}
		if from == to {
			return 0, nil, refuse(http.StatusBadRequest, "You cannot link an issue to itself.")
		}
		var text string
		var props map[string]json.RawMessage
		if clip(in.Comment) != nil {
			var remark said
			err := json.Unmarshal(in.Comment, &remark)
			if err == nil {
				text, props, err = c.parse(remark)
			}
			if err != nil {
				return 0, nil, err
			}
		}
		st.LinkIssues(t, from, to, c.user)
		st.Told(from, "link", c.user, t.Outward+" "+to.Key)
		if text != "" {
			st.AddComment(to, c.user, text, props)
		}
		return http.StatusCreated, nil, nil
	})
}

// link finds the link of the path; both ends must be seen.
func (c *call) link(st *world.State) (*world.Link, error) {
	n, err := strconv.ParseInt(c.PathValue("link"), 10, 64)
	if err != nil {
		return nil, refuse(http.StatusBadRequest, "The issue link id '"+c.PathValue("link")+"' is not a number.")
	}
	l := st.LinkByID(n)
	if l == nil || c.user == nil || (l.From.Issue != nil && !c.sees(l.From.Issue)) || (l.To.Issue != nil && !c.sees(l.To.Issue)) {
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
		return obj{"id": id(l.ID), "self": c.self("issueLink/%d", l.ID), "type": c.linkTypeJSON(l.Type), "inwardIssue": stub(l.From), "outwardIssue": stub(l.To)}, nil
	})
}

func deleteLink(c *call) error {
	return c.write(func(st *world.State) (int, any, error) {
		l, err := c.link(st)
		if err != nil {
			return 0, nil, err
		}
		var first *world.JiraIssue
		for _, e := range []world.End{l.From, l.To} {
			if e.Issue == nil {
				continue
			}
			if err := c.touch(e.Issue, toLink); err != nil {
				return 0, nil, err
			}
			if first == nil {
				first = e.Issue
			}
		}
		st.Unlink(l, c.user)
		st.Told(first, "unlink", c.user, l.From.Handle()+" "+l.Type.Outward+" "+l.To.Handle())
		return http.StatusNoContent, nil, nil
	})
}

func listLinkTypes(c *call) error {
	return c.read(func(st *world.State) (any, error) {
		list := st.LinkTypes
		if c.user == nil {
			list = nil
		}
		return obj{"issueLinkTypes": each(list, func(t *world.LinkType) any { return c.linkTypeJSON(t) })}, nil
	})
}

func getLinkType(c *call) error {
	return c.read(func(st *world.State) (any, error) {
		if t := st.LinkType(c.PathValue("name")); t != nil && c.user != nil {
			return c.linkTypeJSON(t), nil
		}
		return nil, refuse(http.StatusNotFound, "No issue link type with id '"+c.PathValue("name")+"' found.")
	})
}
