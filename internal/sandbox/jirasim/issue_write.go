package jirasim

import (
	"net/http"
	"slices"

	"strata/internal/sandbox/world"
)

// silence reads notifyUsers: only administrators may write without anybody
// being told.
func (c *call) silence() (bool, error) {
	if c.flag("notifyUsers", true) {
		return false, nil
	}
	if !c.user.Administers() {
		return false, refuse(http.StatusForbidden, "To discard the user notification either admin or project admin permissions are required.")
	}
	return true, nil
}

// editIssue writes fields. On Cloud the answer may be asked for.
func editIssue(c *call) error {
	var in filled
	if err := c.body(&in, false); err != nil {
		return err
	}
	return c.write(func(st *world.State) (int, any, error) {
		i, err := c.written(st, toEdit)
		if err != nil {
			return 0, nil, err
		}
		quiet, err := c.silence()
		if err != nil {
			return 0, nil, err
		}
		f := c.form(st, i, in)
		if err := f.read(); err != nil {
			return 0, nil, err
		}
		for _, p := range in.Properties {
			if err := checkProperty(p.Key, p.Value); err != nil {
				return 0, nil, err
			}
		}
		c.save(st, f, "update", quiet, func(*world.Edit) {})
		for _, p := range in.Properties {
			st.SetIssueProperty(i, p.Key, p.Value, c.user)
		}
		if c.s.cloud() && c.flag("returnIssue", false) {
			return http.StatusOK, c.issueJSON(st, i, detail{sel: choose(nil, "*all"), expand: c.words("expand")}), nil
		}
		return http.StatusNoContent, nil, nil
	})
}

// save writes a form that was found right into its issue: one entry of the
// history, one notice to those who watch.
func (c *call) save(st *world.State, f *form, op string, quiet bool, more func(*world.Edit)) {
	write := func() error {
		e := st.Edit(f.issue)
		f.apply(e)
		more(e)
		if fields := e.Fields(); e.Done(c.user) {
			st.Told(f.issue, op, c.user, fields)
		}
		f.finish(f.issue)
		return nil
	}
	if quiet {
		_ = st.Quietly(write) // write never fails
		return
	}
	_ = write()
}

// assignIssue gives an issue to somebody; null is nobody, "-1" whom the project
// names.
func assignIssue(c *call) error {
	var in struct {
		AccountID *string `json:"accountId"`
		Name      *string `json:"name"`
		Key       *string `json:"key"`
	}
	if err := c.body(&in, false); err != nil {
		return err
	}
	return c.write(func(st *world.State) (int, any, error) {
		i, err := c.written(st, toEdit)
		if err != nil {
			return 0, nil, err
		}
		var u *world.User
		for _, name := range []*string{in.AccountID, in.Name, in.Key} {
			if name == nil {
				continue
			}
			if u, err = c.someone(st, i.Project, "assignee", *name); err != nil {
				return 0, nil, err
			}
			break
		}
		if u != nil && !assignable(u) {
			return 0, nil, refuseField("assignee", "User '"+c.nameOf(u)+"' cannot be assigned issues.")
		}
		c.save(st, c.form(st, i, filled{}), "assign", false, func(e *world.Edit) { e.Assignee(u) })
		return http.StatusNoContent, nil, nil
	})
}

// deleteIssue removes an issue for good. One with sub-tasks goes only together
// with them.
func deleteIssue(c *call) error {
	return c.write(func(st *world.State) (int, any, error) {
		i, err := c.issue(st)
		if err != nil {
			return 0, nil, err
		}
		if !c.user.Administers() {
			return 0, nil, refuse(http.StatusForbidden, "You do not have permission to delete issues in this project.")
		}
		if err := c.touch(i, toEdit); err != nil {
			return 0, nil, err
		}
		subtasks := slices.DeleteFunc(slices.Clone(i.Children), func(child *world.JiraIssue) bool { return !child.Type.Subtask })
		if len(subtasks) > 0 && !c.flag("deleteSubtasks", false) {
			return 0, nil, refuse(http.StatusBadRequest, "The issue '"+i.Key+"' has subtasks. You must specify the 'deleteSubtasks' parameter to delete this issue and all its subtasks.")
		}
		for _, gone := range append(subtasks, i) {
			st.Untold(gone, "delete", c.user, gone.Summary)
			st.DeleteIssue(gone, c.user)
		}
		return http.StatusNoContent, nil, nil
	})
}

// archiveIssue archives one issue, or restores it, as Data Center does.
func archiveIssue(on bool) handler {
	return func(c *call) error {
		return c.write(func(st *world.State) (int, any, error) {
			i, err := c.issue(st)
			if err != nil {
				return 0, nil, err
			}
			if err := c.archive(st, i, on); err != nil {
				return 0, nil, err
			}
			return http.StatusNoContent, nil, nil
		})
	}
}

// archive takes the sub-tasks along; alone they stay.
func (c *call) archive(st *world.State, i *world.JiraIssue, on bool) error {
	switch {
	case i.Type.Subtask:
		return refuse(http.StatusBadRequest, "The issue "+i.Key+" is a sub-task: it is archived together with its parent.")
	case !c.user.Administers():
		return refuse(http.StatusForbidden, "You do not have permission to archive issues in this project.")
	case i.Archived == on:
		return refuse(http.StatusBadRequest, "The issue "+i.Key+" is "+map[bool]string{true: "already archived.", false: "not archived."}[on])
	}
	for _, one := range append([]*world.JiraIssue{i}, i.Children...) {
		if one == i || one.Type.Subtask {
			st.Archive(one, on, c.user)
			st.Untold(one, map[bool]string{true: "archive", false: "restore"}[on], c.user, "")
		}
	}
	return nil
}

// archiveIssues archives up to 1,000 issues, or brings them back, as Cloud does:
// what it cannot do is told beside the number of what it did.
func archiveIssues(on bool) handler {
	return func(c *call) error {
		var in struct {
			IDs []any `json:"issueIdsOrKeys"`
		}
		if err := c.body(&in, false); err != nil {
			return err
		}
		if len(in.IDs) == 0 || len(in.IDs) > 1000 {
			return refuse(http.StatusBadRequest, "issueIdsOrKeys: between 1 and 1000 issues.")
		}
		return c.write(func(st *world.State) (int, any, error) {
			if !c.user.Administers() {
				return 0, nil, refuse(http.StatusForbidden, "You do not have permission to archive issues.")
			}
			done := 0
			errs := obj{}
			for _, i := range c.named(st, in.IDs) {
				if c.archive(st, i, on) == nil {
					done++
				}
			}
			if missing := len(in.IDs) - done; missing > 0 {
				errs["issuesNotFound"] = obj{"count": missing, "issueIdsOrKeys": []string{}, "message": "Issue(s) not found."}
			}
			return http.StatusOK, obj{"numberOfIssuesUpdated": done, "errors": errs}, nil
		})
	}
}
