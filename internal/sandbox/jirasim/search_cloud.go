package jirasim

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"strata/internal/sandbox/world"
)

// asked is the body of Cloud's search. Anything else in it is refused, as the
// published schema (additionalProperties: false) says.
type asked struct {
	JQL        string   `json:"jql"`
	Fields     []string `json:"fields"`
	MaxResults *int     `json:"maxResults"`
	Expand     string   `json:"expand"`
	Token      string   `json:"nextPageToken"`
	Properties []string `json:"properties"`
	ByKeys     bool     `json:"fieldsByKeys"`
	Reconcile  []int64  `json:"reconcileIssues"`
}

func (c *call) asked() (asked, error) {
	var in asked
	if c.Method == http.MethodPost {
		err := c.body(&in, true)
		return in, err
	}
	n, err := c.number("maxResults", 50)
	if err != nil {
		return in, err
	}
	q := c.URL.Query()
	in = asked{JQL: q.Get("jql"), Fields: c.words("fields"), MaxResults: &n, Expand: strings.Join(c.words("expand"), ","),
		Token: q.Get("nextPageToken"), Properties: c.words("properties")}
	for _, w := range c.words("reconcileIssues") {
		n, err := strconv.ParseInt(w, 10, 64)
		if err != nil {
			return in, refuse(http.StatusBadRequest, "reconcileIssues: '"+w+"' is not a numeric id.")
		}
		in.Reconcile = append(in.Reconcile, n)
	}
	return in, nil
}

// check holds the limits of the search.
func (in asked) check() error {
	switch {
	case len(in.Reconcile) > 50:
		return refuse(http.StatusBadRequest, "reconcileIssues: at most 50 issues can be reconciled.")
	case len(in.Properties) > 5:
		return refuse(http.StatusBadRequest, "properties: at most 5 properties can be asked for.")
	case in.MaxResults != nil && *in.MaxResults < 0:
		return refuse(http.StatusBadRequest, "maxResults must not be negative.")
	}
	return nil
}

// size is how many issues a page holds at most: 5,000 that tell nothing but
// who they are, fewer when there is much to carry.
func (in asked) size(sel selection, limit int) int {
	light := len(in.Properties) == 0 && in.Expand == "" && !sel.all && !sel.navigable &&
		!slices.ContainsFunc(sel.with, func(f string) bool { return f != "id" && f != "key" })
	if light {
		limit = max(5000, limit)
	}
	size := 50
	if in.MaxResults != nil {
		size = *in.MaxResults
	}
	return max(min(size, limit), 1)
}

// searchCloud is the token-paged search: no total, no startAt, id only unless
// fields are asked for, and smaller pages than asked when there is much to
// carry.
func searchCloud(c *call) error {
	in, err := c.asked()
	if err != nil {
		return err
	}
	if err := in.check(); err != nil {
		return err
	}
	v := detail{sel: choose(in.Fields, "id"), expand: commas([]string{in.Expand}), properties: in.Properties, capped: true}
	size := in.size(v.sel, c.s.o.PageCap)
	return c.read(func(st *world.State) (any, error) {
		return c.tokenPage(st, in, v, size)
	})
}

func (c *call) tokenPage(st *world.State, in asked, v detail, size int) (any, error) {
	query := fmt.Sprint(in.JQL, "\x00", in.Fields, "\x00", in.Expand, "\x00", in.Properties, "\x00", c.asker())
	var list []*world.JiraIssue
	start := 0
	var err error
	if in.Token != "" {
		list, start, err = c.s.results.resume(in.Token, query)
	} else {
		list, err = c.reconciled(st, in)
	}
	if err != nil {
		return nil, err
	}
	if err := c.brokenPage(start); err != nil {
		return nil, err
	}
	end := min(start+size, len(list))
	shown := make([]*world.JiraIssue, 0, end-start)
	for _, i := range list[start:end] {
		if st.JiraIssue(id(i.ID)) == i && c.sees(i) { // deleted or hidden since the first page
			shown = append(shown, i)
		}
	}
	issues := c.issueList(st, shown, v)
	out := members{b: make([]byte, 0, room(issues))}
	out.add("issues", issues)
	out.add("isLast", end == len(list))
	if end < len(list) {
		out.add("nextPageToken", c.s.results.token(in.Token, query, list, end))
	}
	for name, value := range c.namesAnd(st, v.expand, obj{}) {
		out.add(name, value)
	}
	return out.end(), nil
}

// reconciled is what a query finds: what a lagging index has seen, and the
// issues that the asker named by id as they are now.
func (c *call) reconciled(st *world.State, in asked) ([]*world.JiraIssue, error) {
	lag := c.lag(st)
	if lag.IsZero() || len(in.Reconcile) == 0 {
		return c.find(st, in.JQL, true, false)
	}
	c.fresh = true
	found, err := c.find(st, in.JQL, true, false)
	c.fresh = false
	return slices.DeleteFunc(slices.Clone(found), func(i *world.JiraIssue) bool {
		return i.Updated.After(lag) && !slices.Contains(in.Reconcile, i.ID)
	}), err
}
