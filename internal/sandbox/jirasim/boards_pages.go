package jirasim

import (
	"strata/internal/sandbox/world"
)

// softwareRoutes are Cloud's newer way to the issues of the agile API: by token,
// and without a total.
func softwareRoutes(t table) {
	for path, collection := range map[string]collection{
		"/board/{board}/issue": issuesOfBoard, "/board/{board}/backlog": issuesOfBacklog, "/board/{board}/sprint/{sprint}/issue": issuesOfSprint,
		"/board/{board}/epic/{epic}/issue": issuesOfEpic, "/board/{board}/epic/none/issue": boardIssuesWithoutEpic,
		"/sprint/{sprint}/issue": issuesOfSprint, "/epic/{epic}/issue": issuesOfEpic, "/epic/none/issue": issuesWithoutEpic,
	} {
		t.cloud("GET "+path, pageByToken(collection))
		t.cloud("GET "+path+"/approximate-count", countOf(collection))
	}
}

// collection finds the issues of a board, a sprint or an epic, in their order.
type collection func(c *call, st *world.State) ([]*world.JiraIssue, error)

// chosen are those of a collection that the request's query finds.
func (c *call) chosen(st *world.State, from collection) ([]*world.JiraIssue, error) {
	if err := c.needsUser(); err != nil {
		return nil, err
	}
	list, err := from(c, st)
	if err != nil {
		return nil, err
	}
	return c.among(st, list, c.URL.Query().Get("jql"))
}

func (c *call) agileDetail() detail {
	v := detail{sel: choose(c.words("fields"), "*all"), expand: c.words("expand"), agile: true, capped: true}
	v.sel.onlyID = false
	return v
}

// pageByOffset answers a page of issues with a place and a total, which still
// works on Cloud.
func pageByOffset(from collection) handler {
	return func(c *call) error {
		w, err := c.window(50, c.s.o.PageCap)
		if err != nil {
			return err
		}
		return c.read(func(st *world.State) (any, error) {
			list, err := c.chosen(st, from)
			if err != nil {
				return nil, err
			}
			return c.offsetPage(st, list, w, c.agileDetail()), nil
		})
	}
}

// pageByToken answers a page of issues and where the next one begins.
func pageByToken(from collection) handler {
	return func(c *call) error {
		w, err := c.window(50, c.s.o.PageCap)
		if err != nil {
			return err
		}
		if w.start, err = offsetOf(c.URL.Query().Get("nextPageToken")); err != nil {
			return err
		}
		return c.read(func(st *world.State) (any, error) {
			list, err := c.chosen(st, from)
			if err != nil {
				return nil, err
			}
			end := w.start + max(w.size, 1)
			out := obj{"issues": c.issueList(st, cut(window{w.start, end - w.start}, list), c.agileDetail()), "isLast": end >= len(list)}
			if end < len(list) {
				out["nextPageToken"] = tokenAt(end)
			}
			return out, nil
		})
	}
}

func countOf(from collection) handler {
	return func(c *call) error {
		return c.read(func(st *world.State) (any, error) {
			list, err := c.chosen(st, from)
			return obj{"count": len(list)}, err
		})
	}
}
