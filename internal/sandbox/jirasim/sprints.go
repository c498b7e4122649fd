package jirasim

import (
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"time"
	"unicode/utf8"

	"strata/internal/sandbox/world"
)

func sprintRoutes(t table) {
	t.on("GET /sprint/{sprint}", getSprint)
	t.on("GET /sprint/{sprint}/issue", pageByOffset(issuesOfSprint))
	t.on("POST /sprint", createSprint)
	t.on("PUT /sprint/{sprint}", updateSprint(true))
	t.on("POST /sprint/{sprint}", updateSprint(false))
	t.on("DELETE /sprint/{sprint}", deleteSprint)
	t.on("POST /sprint/{sprint}/issue", moveToSprint)
}

func (c *call) sprint(st *world.State) (*world.Sprint, error) {
	if err := c.needsUser(); err != nil {
		return nil, err
	}
	n, _ := strconv.ParseInt(c.PathValue("sprint"), 10, 64)
	s := st.SprintByID(n)
	if s == nil {
		return nil, refuse(http.StatusNotFound, "Sprint does not exist or you do not have permission to view it.")
	}
	if b := st.Board(s.Board); b != nil && b.Project != nil && !c.seesProject(b.Project) {
		return nil, refuse(http.StatusNotFound, "Sprint does not exist or you do not have permission to view it.")
	}
	return s, nil
}

func getSprint(c *call) error {
	return c.read(func(st *world.State) (any, error) {
		s, err := c.sprint(st)
		if err != nil {
			return nil, err
		}
		return c.agileSprint(s), nil
	})
}

func issuesOfSprint(c *call, st *world.State) ([]*world.JiraIssue, error) {
	s, err := c.sprint(st)
	if err != nil {
		return nil, err
	}
	return c.ranked(st, func(i *world.JiraIssue) bool { return slices.Contains(i.Sprints, s) }), nil
}

// sprintWish is a sprint as a client sends it. What is not sent is nil; null and
// an empty date take the date away.
type sprintWish struct {
	Name  *string         `json:"name"`
	Goal  *string         `json:"goal"`
	State *string         `json:"state"`
	Start json.RawMessage `json:"startDate"`
	End   json.RawMessage `json:"endDate"`
	Board int64           `json:"originBoardId"`
}

// change reads the wish.
func (w sprintWish) change() (world.SprintChange, error) {
	out := world.SprintChange{Name: w.Name, Goal: w.Goal, State: w.State}
	if w.Name != nil && (*w.Name == "" || utf8.RuneCountInString(*w.Name) > 255) {
		return out, refuseField("name", "The Sprint name must have between 1 and 255 characters.")
	}
	for name, date := range map[string]struct {
		raw json.RawMessage
		at  **time.Time
	}{"startDate": {w.Start, &out.Start}, "endDate": {w.End, &out.End}} {
		if len(date.raw) == 0 {
			continue
		}
		var at time.Time
		if text := word(date.raw); text != "" {
			var ok bool
			if at, ok = momentOf(text); !ok {
				return out, refuseField(name, "Invalid date format. Please use a format such as: 2026-04-11T15:22:00.000+10:00.")
			}
		}
		*date.at = &at
	}
	return out, nil
}

// momentOf reads a time as clients of the agile API write it.
func momentOf(text string) (time.Time, bool) {
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04:05.999-0700", "2006-01-02T15:04Z07:00", time.DateOnly} {
		if t, err := time.Parse(layout, text); err == nil {
			return t.UTC(), true
		}
	}
	return time.Time{}, false
}

func (c *call) mayPlan() error {
	if c.user.MayEdit() {
		return nil
	}
	return refuse(http.StatusForbidden, "You do not have the permission to manage sprints.")
}

func createSprint(c *call) error {
	var in sprintWish
	if err := c.body(&in, false); err != nil {
		return err
	}
	change, err := in.change()
	if err != nil {
		return err
	}
	return c.write(func(st *world.State) (int, any, error) {
		b := st.Board(in.Board)
		switch {
		case in.Name == nil:
			return 0, nil, refuseField("name", "A Sprint must have a name.")
		case b == nil || (b.Project != nil && !c.seesProject(b.Project)):
			return 0, nil, refuse(http.StatusNotFound, "The requested board cannot be viewed because it either does not exist or you do not have permission to view it.")
		case b.Kind == "kanban":
			return 0, nil, refuse(http.StatusBadRequest, "The board does not support sprints")
		}
		if err := c.mayPlan(); err != nil {
			return 0, nil, err
		}
		s := st.AddSprint(b, *in.Name, "", time.Time{}, time.Time{})
		change.State = nil
		st.ChangeSprint(s, change)
		st.LogSprint("create-sprint", s, c.user)
		return http.StatusCreated, c.agileSprint(s), nil
	})
}

// updateSprint changes a sprint: POST what is sent, PUT all of it, so that what
// is left out is then empty. A sprint goes from future to active to closed and
// never back.
func updateSprint(whole bool) handler {
	return func(c *call) error {
		var in sprintWish
		if err := c.body(&in, false); err != nil {
			return err
		}
		if whole {
			in = in.complete()
		}
		change, err := in.change()
		if err != nil {
			return err
		}
		return c.write(func(st *world.State) (int, any, error) {
			s, err := c.sprint(st)
			if err != nil {
				return 0, nil, err
			}
			if err := c.mayPlan(); err != nil {
				return 0, nil, err
			}
			if err := mayBecome(s, change); err != nil {
				return 0, nil, err
			}
			st.ChangeSprint(s, change)
			st.LogSprint("change-sprint", s, c.user)
			return http.StatusOK, c.agileSprint(s), nil
		})
	}
}

// complete names what a full update left out.
func (w sprintWish) complete() sprintWish {
	nothing := json.RawMessage("null")
	if len(w.Start) == 0 {
		w.Start = nothing
	}
	if len(w.End) == 0 {
		w.End = nothing
	}
	if w.Goal == nil {
		w.Goal = new(string)
	}
	return w
}

// mayBecome checks a change of state and the dates that go with it.
func mayBecome(s *world.Sprint, c world.SprintChange) error {
	start, end, state := s.Start, s.End, s.State
	if c.Start != nil {
		start = *c.Start
	}
	if c.End != nil {
		end = *c.End
	}
	if c.State != nil {
		state = *c.State
	}
	order := map[string]int{world.Future: 1, world.Active: 2, world.Closed: 3}
	switch {
	case order[state] == 0:
		return refuse(http.StatusBadRequest, "The state '"+state+"' is not one of future, active, closed.")
	case order[state] < order[s.State] || order[state] > order[s.State]+1:
		return refuse(http.StatusBadRequest, "A sprint can only go from future to active and from active to closed.")
	case state != world.Future && (start.IsZero() || end.IsZero()):
		return refuse(http.StatusBadRequest, "The sprint must have a start date and an end date to be started.")
	case !start.IsZero() && !end.IsZero() && !end.After(start):
		return refuse(http.StatusBadRequest, "The end date of the sprint must be after its start date.")
	}
	return nil
}

func deleteSprint(c *call) error {
	return c.write(func(st *world.State) (int, any, error) {
		s, err := c.sprint(st)
		if err != nil {
			return 0, nil, err
		}
		if err := c.mayPlan(); err != nil {
			return 0, nil, err
		}
		if s.State == world.Active {
			return 0, nil, refuse(http.StatusBadRequest, "An active sprint cannot be deleted.")
		}
		st.LogSprint("delete-sprint", s, c.user)
		st.DropSprint(s, c.user)
		return http.StatusNoContent, nil, nil
	})
}

func moveToSprint(c *call) error {
	return c.move("sprint", func(st *world.State, _ []*world.JiraIssue) (setter, error) {
		s, err := c.sprint(st)
		if err != nil {
			return nil, err
		}
		if s.State == world.Closed {
			return nil, refuse(http.StatusBadRequest, "Issues cannot be moved to a closed sprint.")
		}
		return func(e *world.Edit) { e.Sprint(s) }, nil
	})
}
