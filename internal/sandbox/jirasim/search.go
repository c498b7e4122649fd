package jirasim

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"time"

	"strata/internal/sandbox/world"
)

func searchRoutes(t table) {
	for _, method := range []string{"GET", "POST"} {
		t.cloud(method+" /search", searchGone)
		t.cloud(method+" /search/jql", searchCloud)
		t.dc(method+" /search", searchOffsets)
	}
	t.cloud("POST /search/approximate-count", approximateCount)
}

// searchGone is what Cloud left where search used to be.
func searchGone(c *call) error {
	return refuse(http.StatusGone, fmt.Sprintf("The requested API has been removed. Please migrate to the /rest/api/%d/search/jql API. "+
		"A full migration guideline is available at https://developer.atlassian.com/changelog/#CHANGE-2046", c.version))
}

// lag is the moment after which the index has seen nothing yet (F05); zero:
// the index is up to date.
func (c *call) lag(st *world.State) time.Time {
	if c.fresh {
		return time.Time{}
	}
	if f, on := c.s.faults.Take(c.s.router.pattern(c.Request), "", "F05"); on {
		return st.Now().Add(-f.Seconds(time.Minute))
	}
	return time.Time{}
}

// offsets is the body of Data Center's search. Anything else in it is refused,
// as its bean does.
type offsets struct {
	JQL        string   `json:"jql"`
	StartAt    int      `json:"startAt"`
	MaxResults *int     `json:"maxResults"`
	Fields     []string `json:"fields"`
	Expand     []string `json:"expand"`
	Validate   *bool    `json:"validateQuery"`
}

func (c *call) offsets() (offsets, error) {
	in := offsets{}
	if c.Method == http.MethodPost {
		err := c.body(&in, true)
		return in, err
	}
	var err error
	if in.StartAt, err = c.number("startAt", 0); err != nil {
		return in, err
	}
	n := -1 // as many as there may be
	if c.URL.Query().Get("maxResults") != "-1" {
		if n, err = c.number("maxResults", 50); err != nil {
			return in, err
		}
	}
	valid := c.flag("validateQuery", true)
	in.JQL, in.MaxResults, in.Fields, in.Expand, in.Validate = c.URL.Query().Get("jql"), &n, c.words("fields"), c.words("expand"), &valid
	return in, nil
}

// searchOffsets is Data Center's search: startAt, total, a cap on the page.
func searchOffsets(c *call) error {
	in, err := c.offsets()
	if err != nil {
		return err
	}
	w := window{in.StartAt, 50}
	if in.MaxResults != nil {
		w.size = *in.MaxResults
	}
	if w.size < 0 {
		w.size = c.s.o.PageCap
	}
	if in.StartAt < 0 {
		return refuse(http.StatusBadRequest, "The value of startAt must not be negative.")
	}
	w.size = min(w.size, c.s.o.PageCap)
	if err := c.brokenPage(in.StartAt); err != nil {
		return err
	}
	lenient := in.Validate != nil && !*in.Validate
	v := detail{sel: choose(in.Fields, "*navigable"), expand: in.Expand, properties: c.words("properties"), capped: true}
	v.sel.onlyID = false // Data Center always gives the key
	return c.read(func(st *world.State) (any, error) {
		found, err := c.find(st, in.JQL, false, lenient)
		if err != nil {
			return nil, err
		}
		return c.offsetPage(st, found, w, v), nil
	})
}

// offsetPage is a page of issues with a place and a total.
func (c *call) offsetPage(st *world.State, found []*world.JiraIssue, w window, v detail) json.RawMessage {
	list := c.issueList(st, cut(w, found), v)
	out := members{b: make([]byte, 0, room(list))}
	out.add("expand", "schema,names")
	out.add("startAt", w.start)
	out.add("maxResults", w.size)
	out.add("total", len(found))
	out.add("issues", list)
	if len(c.warnings) > 0 {
		out.add("warningMessages", c.warnings)
	}
	for name, value := range c.namesAnd(st, v.expand, obj{}) {
		out.add(name, value)
	}
	return out.end()
}

func (c *call) issueList(st *world.State, list []*world.JiraIssue, v detail) []json.RawMessage {
	out := make([]json.RawMessage, 0, len(list))
	for _, i := range list {
		out = append(out, c.issueJSON(st, i, v))
	}
	return out
}

// room is how many bytes a page of issues takes, about.
func room(list []json.RawMessage) int {
	sum := 512
	for _, raw := range list {
		sum += len(raw) + 1
	}
	return sum
}

// brokenPage fails for ever at one place of a listing (F13).
func (c *call) brokenPage(start int) error {
	f, on := c.s.faults.On("F13")
	if !on || start != f.Number(100) {
		return nil
	}
	if _, hit := c.s.faults.Take(c.s.router.pattern(c.Request), "", "F13"); !hit {
		return nil
	}
	return refuse(http.StatusInternalServerError, "Internal server error")
}

func approximateCount(c *call) error {
	var in struct {
		JQL string `json:"jql"`
	}
	if err := c.body(&in, true); err != nil {
		return err
	}
	return c.read(func(st *world.State) (any, error) {
		found, err := c.find(st, in.JQL, true, false)
		if err != nil {
			return nil, err
		}
		return obj{"count": len(found)}, nil
	})
}

// among are those of a list that a query finds, in the query's order; without a
// query they stay as they are.
func (c *call) among(st *world.State, list []*world.JiraIssue, jql string) ([]*world.JiraIssue, error) {
	if jql == "" {
		return list, nil
	}
	found, err := c.find(st, jql, false, !c.flag("validateQuery", true))
	if err != nil {
		return nil, err
	}
	of := make(map[*world.JiraIssue]bool, len(list))
	for _, i := range list {
		of[i] = true
	}
	return slices.DeleteFunc(slices.Clone(found), func(i *world.JiraIssue) bool { return !of[i] }), nil
}
