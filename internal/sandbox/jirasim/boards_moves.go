package jirasim

import (
	"encoding/json"
	"net/http"
	"slices"

	"strata/internal/sandbox/world"
)

// moving is the body of the agile API's writes: at most 50 issues at once.
type moving struct {
	Issues []json.RawMessage `json:"issues"`
	Before string            `json:"rankBeforeIssue"`
	After  string            `json:"rankAfterIssue"`
}

// moved reads the issues of a request that moves them; each must be there.
func (c *call) moved(st *world.State, in moving) ([]*world.JiraIssue, error) {
	if len(in.Issues) == 0 || len(in.Issues) > 50 {
		return nil, refuse(http.StatusBadRequest, "issues: between 1 and 50 issues can be moved at once.")
	}
	if anchor := in.Before + in.After; anchor != "" && !c.sees(st.JiraIssue(anchor)) {
		return nil, refuse(http.StatusBadRequest, "The issue '"+anchor+"' to rank by does not exist.")
	}
	var out []*world.JiraIssue
	for _, raw := range in.Issues {
		i := st.JiraIssue(word(raw))
		if !c.sees(i) {
			return nil, refuse(http.StatusNotFound, "Issue '"+word(raw)+"' does not exist or you do not have permission to see it.")
		}
		if err := c.touch(i, toEdit); err != nil {
			return nil, err
		}
		out = append(out, i)
	}
	return out, nil
}

// move changes every issue of a request in the same way. What prepare finds
// wrong with one of them keeps all of them where they are.
func (c *call) move(op string, prepare func(st *world.State, list []*world.JiraIssue) (setter, error)) error {
	var in moving
	if err := c.body(&in, false); err != nil {
		return err
	}
	return c.write(func(st *world.State) (int, any, error) {
		list, err := c.moved(st, in)
		if err != nil {
			return 0, nil, err
		}
		change, err := prepare(st, list)
		if err != nil {
			return 0, nil, err
		}
		for _, i := range list {
			e := st.Edit(i)
			change(e)
			if fields := e.Fields(); e.Done(c.user) {
				st.Told(i, op, c.user, fields)
			}
		}
		if anchor := in.Before + in.After; anchor != "" {
			c.place(st, list, st.JiraIssue(anchor), in.Before != "")
		}
		return http.StatusNoContent, nil, nil
	})
}

func moveToBacklog(c *call) error {
	return c.move("sprint", func(*world.State, []*world.JiraIssue) (setter, error) {
		return func(e *world.Edit) { e.Sprint(nil) }, nil
	})
}

// place ranks issues before or behind another one, in their order.
func (c *call) place(st *world.State, list []*world.JiraIssue, at *world.JiraIssue, before bool) {
	all := c.ranked(st, func(i *world.JiraIssue) bool { return i == at || !slices.Contains(list, i) })
	n := slices.Index(all, at)
	low, high := at.Rank, ""
	switch {
	case before && n > 0:
		low, high = all[n-1].Rank, at.Rank
	case before:
		low, high = "", at.Rank
	case n+1 < len(all):
		high = all[n+1].Rank
	}
	for _, i := range list {
		if i == at {
			continue
		}
		low = world.NewRank(low, high)
		words := "Ranked lower"
		if low < i.Rank {
			words = "Ranked higher"
		}
		e := st.Edit(i)
		e.Rank(low, words)
		if e.Done(c.user) {
			st.Untold(i, "rank", c.user, "")
		}
	}
}

func rankIssues(c *call) error {
	return c.move("rank", func(*world.State, []*world.JiraIssue) (setter, error) { return func(*world.Edit) {}, nil })
}

func (c *call) estimation(i *world.JiraIssue) obj {
	out := obj{"fieldId": world.PointsFieldID}
	if i.Points != nil {
		out["value"] = *i.Points
	}
	return out
}

func getEstimation(c *call) error {
	return c.read(func(st *world.State) (any, error) {
		i, err := c.issue(st)
		if err != nil {
			return nil, err
		}
		return c.estimation(i), nil
	})
}

// setEstimation sets the points; the value comes as a text or a number.
func setEstimation(c *call) error {
	var in struct {
		Value json.RawMessage `json:"value"`
	}
	if err := c.body(&in, false); err != nil {
		return err
	}
	return c.write(func(st *world.State) (int, any, error) {
		i, err := c.written(st, toEdit)
		if err != nil {
			return 0, nil, err
		}
		number := json.RawMessage("null")
		if text := word(in.Value); text != "" {
			number = json.RawMessage(text)
		}
		set, err := readPoints(nil, "value", number)
		if err != nil {
			return 0, nil, err
		}
		c.save(st, c.form(st, i, filled{}), "update", false, set)
		return http.StatusOK, c.estimation(i), nil
	})
}
