package jirasim

import (
	"encoding/json"
	"net/http"
	"slices"
	"strconv"

	"strata/internal/sandbox/world"
)

// workflow are the statuses that an issue can go to: from every one to every
// one, in the order new, in progress, done, as a simplified workflow has it.
// Statuses that share an id are one.
func workflow(st *world.State) []*world.Status {
	var out []*world.Status
	for _, category := range []string{"undefined", "new", "indeterminate", "done"} {
		for _, s := range st.Statuses {
			if s.Category == category && !slices.ContainsFunc(out, func(o *world.Status) bool { return o.ID == s.ID }) {
				out = append(out, s)
			}
		}
	}
	return out
}

// transitionID is the id of the transition to the nth status: 11, 21, 31.
func transitionID(n int) string { return strconv.Itoa(10*(n+1) + 1) }

// onTransition are the fields on the screen of a transition; who closes says
// the resolution.
func onTransition(to *world.Status) []string {
	if to.Category == "done" {
		return []string{"resolution", "assignee", "fixVersions"}
	}
	return []string{"assignee"}
}

// transitions are the ways out of an issue's status; one to the status that it
// has is among them, as a global transition is.
func (c *call) transitions(st *world.State, i *world.JiraIssue, withFields bool) []obj {
	out := []obj{}
	for n, to := range workflow(st) {
		t := obj{"id": transitionID(n), "name": c.tongue(to.Name), "to": c.statusJSON(to), "hasScreen": to.Category == "done",
			"isGlobal": true, "isInitial": false, "isAvailable": true, "isConditional": false, "isLooped": false}
		if !c.s.cloud() {
			t["opsbarSequence"] = 10 * (n + 1)
		}
		if withFields {
			t["fields"] = c.screenMeta(st, i, onTransition(to))
		}
		out = append(out, t)
	}
	return out
}

func getTransitions(c *call) error {
	withFields := slices.Contains(c.words("expand"), "transitions.fields")
	one := c.URL.Query().Get("transitionId")
	return c.read(func(st *world.State) (any, error) {
		i, err := c.issue(st)
		if err != nil {
			return nil, err
		}
		list := []obj{}
		if c.user.MayEdit() && !i.Archived {
			list = c.transitions(st, i, withFields)
		}
		if one != "" {
			list = slices.DeleteFunc(list, func(t obj) bool { return t["id"] != one })
		}
		return obj{"expand": "transitions", "transitions": list}, nil
	})
}

// transitionIssue moves an issue. Closing sets a resolution, the usual one when
// none is said; opening clears it.
func transitionIssue(c *call) error {
	var in struct {
		filled
		Transition *struct {
			ID json.RawMessage `json:"id"`
		} `json:"transition"`
	}
	if err := c.body(&in, false); err != nil {
		return err
	}
	if in.Transition == nil || word(in.Transition.ID) == "" {
		return refuse(http.StatusBadRequest, "Missing 'transition' identifier")
	}
	name := word(in.Transition.ID)
	return c.write(func(st *world.State) (int, any, error) {
		i, err := c.issue(st)
		if err != nil {
			return 0, nil, err
		}
		to := target(st, name)
		if to == nil || !c.user.MayEdit() {
			return 0, nil, refuse(http.StatusBadRequest, "Transition id '"+name+"' is not valid for this issue.")
		}
		if err := c.touch(i, toEdit); err != nil {
			return 0, nil, err
		}
		f := c.form(st, i, in.filled)
		f.closing = to.Category == "done"
		screen := append(onTransition(to), "comment", "worklog", "issuelinks")
		f.screen = func(field string) bool { return slices.Contains(screen, field) }
		if err := f.read(); err != nil {
			return 0, nil, err
		}
		c.save(st, f, "transition", false, func(e *world.Edit) { resolve(st, e, i, to) })
		return http.StatusNoContent, nil, nil
	})
}

// target is the status that a transition leads to; nil: there is no such one.
func target(st *world.State, transition string) *world.Status {
	for n, to := range workflow(st) {
		if transitionID(n) == transition {
			return to
		}
	}
	return nil
}

// resolve keeps resolution and status together: what is done has one.
func resolve(st *world.State, e *world.Edit, i *world.JiraIssue, to *world.Status) {
	switch {
	case to.Category != "done":
		e.Resolution(nil)
	case i.Resolution == nil:
		e.Resolution(usualResolution(st))
	}
	e.Status(to)
}

// usualResolution is what a workflow sets when nobody says otherwise.
func usualResolution(st *world.State) *world.Named {
	for _, name := range []string{"Done", "Fixed", "完成"} {
		for _, r := range st.Resolutions {
			if r.Name == name {
				return r
			}
		}
	}
	return st.Resolution("Done")
}
