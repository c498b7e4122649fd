package jirasim

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"strata/internal/sandbox/world"
)

func (s *server) searches(both func(string, string, handler)) {
	if s.cloud() {
		both("GET", "/search", searchGone)
		both("POST", "/search", searchGone)
		both("GET", "/search/jql", searchCloud)
		both("POST", "/search/jql", searchCloud)
		both("POST", "/search/approximate-count", approximateCount)
		return
	}
	both("GET", "/search", searchOffsets)
	both("POST", "/search", searchOffsets)
}

// searchGone is what Cloud left where search used to be.
func searchGone(c *call) error {
	return refuse(http.StatusGone, fmt.Sprintf("The requested API has been removed. Please migrate to the /rest/api/%d/search/jql API. "+
		"A full migration guideline is available at https://developer.atlassian.com/changelog/#CHANGE-2046", c.version))
}

// find runs a query: the issues that the asker may see, in order. Bounded
// refuses a query without any restriction, as Cloud does.
func (c *call) find(st *world.State, jql string, bounded, lenient bool) ([]*world.JiraIssue, error) {
	if c.user == nil {
		return nil, nil // anonymous people see no project: 200 and nothing
	}
	q, err := parseJQL(jql)
	if err != nil {
		return nil, err
	}
	if q.Where == nil && bounded {
		return nil, refuse(http.StatusBadRequest, "Unbounded JQL queries are not allowed here. Please add a search restriction to your query.")
	}
	name := fmt.Sprint(lenient, jql)
	known, fresh := c.cached(st, name)
	if fresh {
		return known, nil
	}
	match := func(*world.JiraIssue) bool { return true }
	if q.Where != nil {
		k := &compiler{c: c, st: st, now: st.Now(), lenient: lenient}
		if match, err = k.or(q.Where); err != nil {
			return nil, err
		}
	}
	less, err := order(q.Order)
	if err != nil {
		return nil, err
	}
	lag := c.lag(st)
	var out []*world.JiraIssue
	for _, i := range st.Jira {
		if !i.Archived && c.sees(i) && match(i) && (lag.IsZero() || !i.Updated.After(lag)) {
			out = append(out, i)
		}
	}
	slices.SortStableFunc(out, less)
	c.keep(st, name, out)
	return out, nil
}

// lag is the moment after which the index has seen nothing yet (F05); zero:
// the index is up to date.
func (c *call) lag(st *world.State) time.Time {
	if f, on := c.s.faults.On("F05"); on {
		return st.Now().Add(-f.Seconds(time.Minute))
	}
	return time.Time{}
}

func order(fields []jqlOrder) (func(a, b *world.JiraIssue) int, error) {
	type by struct {
		compare func(a, b *world.JiraIssue) int
		sign    int
	}
	var list []by
	for _, o := range fields {
		f, ok := jqlFields[strings.ToLower(unquote(o.Field))]
		if !ok {
			return nil, badJQL("Field '%s' does not exist or you do not have permission to view it.", unquote(o.Field))
		}
		if f.compare == nil {
			return nil, badJQL("Field '%s' does not support sorting by this server.", unquote(o.Field))
		}
		sign := 1
		if strings.EqualFold(o.Dir, "desc") {
			sign = -1
		}
		list = append(list, by{f.compare, sign})
	}
	return func(a, b *world.JiraIssue) int {
		for _, o := range list {
			if n := o.compare(a, b); n != 0 {
				return o.sign * n
			}
		}
		if len(list) == 0 {
			return int(b.ID - a.ID) // the newest first
		}
		return int(a.ID - b.ID)
	}, nil
}

// searchOffsets is Data Center's search: startAt, total, a cap on the page.
func searchOffsets(c *call) error {
	in := struct {
		JQL        string   `json:"jql"`
		StartAt    int      `json:"startAt"`
		MaxResults *int     `json:"maxResults"`
		Fields     []string `json:"fields"`
		Expand     []string `json:"expand"`
		Validate   *bool    `json:"validateQuery"`
		ByKeys     bool     `json:"fieldsByKeys"`
		Properties []string `json:"properties"`
	}{}
	if c.Method == http.MethodPost {
		if err := c.body(&in, false); err != nil {
			return err
		}
	} else {
		var err error
		if in.StartAt, err = c.number("startAt", 0); err != nil {
			return err
		}
		n, err := c.number("maxResults", 50)
		if err != nil {
			return err
		}
		valid := c.URL.Query().Get("validateQuery") != "false"
		in.JQL, in.MaxResults, in.Fields, in.Expand, in.Validate = c.URL.Query().Get("jql"), &n, c.words("fields"), c.words("expand"), &valid
	}
	size := 50
	if in.MaxResults != nil && *in.MaxResults >= 0 {
		size = *in.MaxResults
	}
	if in.StartAt < 0 {
		return refuse(http.StatusBadRequest, "startAt must not be negative.")
	}
	size = min(size, c.s.o.PageCap)
	if err := c.brokenPage(in.StartAt); err != nil {
		return err
	}
	sel := choose(in.Fields, "*navigable")
	sel.onlyID = false // Data Center always gives the key
	return c.read(func(st *world.State) (any, error) {
		found, err := c.find(st, in.JQL, false, in.Validate != nil && !*in.Validate)
		if err != nil {
			return nil, err
		}
		list := []obj{}
		for _, i := range found[min(in.StartAt, len(found)):min(in.StartAt+size, len(found))] {
			list = append(list, c.issueJSON(st, i, sel, in.Expand))
		}
		out := obj{"expand": "names,schema", "startAt": in.StartAt, "maxResults": size, "total": len(found), "issues": list}
		if slices.Contains(in.Expand, "names") {
			out["names"] = names(st)
		}
		return out, nil
	})
}

// brokenPage fails for ever at one place of a listing (F13).
func (c *call) brokenPage(start int) error {
	f, on := c.s.faults.On("F13")
	if !on {
		return nil
	}
	at := 100
	if f.Value != "" {
		if _, err := fmt.Sscanf(f.Value, "%d", &at); err != nil {
			at = 100
		}
	}
	if start != at {
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
