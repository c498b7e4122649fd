package jirasim

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"

	"strata/internal/sandbox/world"
)

func epicRoutes(t table) {
	t.on("GET /epic/none/issue", pageByOffset(issuesWithoutEpic))
	t.on("POST /epic/none/issue", leaveEpic)
	t.on("GET /epic/{epic}", getEpic)
	t.on("POST /epic/{epic}", updateEpic)
	t.on("GET /epic/{epic}/issue", pageByOffset(issuesOfEpic))
	t.on("POST /epic/{epic}/issue", moveToEpic)
}

// epicJSON is an epic as the agile API tells it; its name is a field of its
// own, where somebody gave it one.
func (c *call) epicJSON(i *world.JiraIssue) any {
	return c.once("epic", i, func() any {
		name := i.Summary
		if raw, ok := i.Value(epicNameField); ok && word(raw) != "" {
			name = word(raw)
		}
		return obj{"id": i.ID, "key": i.Key, "self": c.base + "/rest/agile/1.0/epic/" + id(i.ID), "name": name, "summary": i.Summary,
			"color": obj{"key": "color_" + id(1+i.ID%9)}, "done": i.Done()}
	})
}

// epicNameField is the field for an epic's short name.
const epicNameField = "customfield_10011"

// epic finds the epic of the path.
func (c *call) epic(st *world.State) (*world.JiraIssue, error) {
	if err := c.needsUser(); err != nil {
		return nil, err
	}
	i := st.JiraIssue(c.PathValue("epic"))
	if !c.sees(i) || i.Type.Level < 1 {
		return nil, refuse(http.StatusNotFound, "The requested epic cannot be viewed because it either does not exist or you do not have permission to view it.")
	}
	return i, nil
}

func getEpic(c *call) error {
	return c.read(func(st *world.State) (any, error) {
		i, err := c.epic(st)
		if err != nil {
			return nil, err
		}
		return c.epicJSON(i), nil
	})
}

// boardEpics lists the epics of a board: those of its project, and those whose
// stories are on it.
func boardEpics(c *call) error {
	w, err := c.window(50, 50)
	if err != nil {
		return err
	}
	done := c.URL.Query().Get("done")
	return c.read(func(st *world.State) (any, error) {
		b, err := c.board(st)
		if err != nil {
			return nil, err
		}
		list := c.ranked(st, func(i *world.JiraIssue) bool {
			return i.Type.Level == 1 && (done == "" || (done == "true") == i.Done()) &&
				(i.Project == b.Project || slices.ContainsFunc(i.Children, func(child *world.JiraIssue) bool { return on(b, child) }))
		})
		out := page(w, list)
		out["values"] = each(cut(w, list), c.epicJSON)
		return out, nil
	})
}

// issuesOfEpic are the children of an epic.
func issuesOfEpic(c *call, st *world.State) ([]*world.JiraIssue, error) {
	epic, err := c.epic(st)
	if err != nil {
		return nil, err
	}
	return c.ranked(st, func(i *world.JiraIssue) bool { return i.Parent == epic }), nil
}

func issuesWithoutEpic(c *call, st *world.State) ([]*world.JiraIssue, error) {
	return c.ranked(st, func(i *world.JiraIssue) bool { return i.Type.Level == 0 && i.Parent == nil }), nil
}

func moveToEpic(c *call) error {
	return c.move("update", func(st *world.State, list []*world.JiraIssue) (setter, error) {
		epic, err := c.epic(st)
		if err != nil {
			return nil, err
		}
		return func(e *world.Edit) { e.Parent(epic, c.user) }, onlyStories(list)
	})
}

func leaveEpic(c *call) error {
	return c.move("update", func(_ *world.State, list []*world.JiraIssue) (setter, error) {
		return func(e *world.Edit) { e.Parent(nil, c.user) }, onlyStories(list)
	})
}

// onlyStories refuses epics and sub-tasks: neither stands below an epic.
func onlyStories(list []*world.JiraIssue) error {
	for _, i := range list {
		if i.Type.Level != 0 {
			return refuse(http.StatusBadRequest, "The issue "+i.Key+" cannot be moved to an epic or from one: it is an epic or a sub-task.")
		}
	}
	return nil
}

// updateEpic changes name, summary and whether an epic is done.
func updateEpic(c *call) error {
	var in struct {
		Name    *string `json:"name"`
		Summary *string `json:"summary"`
		Done    *bool   `json:"done"`
	}
	if err := c.body(&in, false); err != nil {
		return err
	}
	return c.write(func(st *world.State) (int, any, error) {
		i, err := c.epic(st)
		if err != nil {
			return 0, nil, err
		}
		if err := c.touch(i, toEdit); err != nil {
			return 0, nil, err
		}
		if in.Summary != nil && (strings.TrimSpace(*in.Summary) == "" || len(*in.Summary) > 255) {
			return 0, nil, refuseField("summary", "You must specify a summary of the issue.")
		}
		c.save(st, c.form(st, i, filled{}), "update", false, func(e *world.Edit) {
			if in.Summary != nil {
				e.Summary(*in.Summary)
			}
			if in.Name != nil {
				raw, _ := json.Marshal(*in.Name) // a string is always JSON
				e.Value(epicNameField, raw)
			}
			switch {
			case in.Done != nil && *in.Done && !i.Done():
				resolve(st, e, i, st.StatusIn("done"))
			case in.Done != nil && !*in.Done && i.Done():
				resolve(st, e, i, st.StatusIn("new"))
			}
		})
		c.memory = nil // it has changed since it was rendered
		return http.StatusOK, c.epicJSON(i), nil
	})
}
