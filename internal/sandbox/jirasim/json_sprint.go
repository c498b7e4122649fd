package jirasim

import (
	"fmt"
	"strings"
	"time"

	"strata/internal/sandbox/world"
)

// agileTime is how the agile API writes times.
const agileTime = "2006-01-02T15:04:05.000Z"

// sprintJSON is the sprint field on Cloud: an object.
func sprintJSON(s *world.Sprint) any {
	if s.Raw != nil {
		return s.Raw
	}
	out := obj{"id": s.ID, "name": s.Name, "state": s.State, "boardId": s.Board, "goal": s.Goal}
	for name, t := range map[string]time.Time{"startDate": s.Start, "endDate": s.End, "completeDate": s.Complete} {
		if !t.IsZero() {
			out[name] = t.UTC().Format(agileTime)
		}
	}
	return out
}

// sprintText is the sprint field on Data Center: a Java object's toString, with
// <null> for what is missing and the state in capitals.
func sprintText(s *world.Sprint) string {
	at := func(t time.Time) string {
		if t.IsZero() {
			return "<null>"
		}
		return t.UTC().Format(agileTime)
	}
	goal := s.Goal
	if goal == "" {
		goal = "<null>"
	}
	activated := s.Start
	if s.State == world.Future {
		activated = time.Time{}
	}
	return fmt.Sprintf("com.atlassian.greenhopper.service.sprint.Sprint@%x[id=%d,rapidViewId=%d,state=%s,name=%s,startDate=%s,endDate=%s,"+
		"completeDate=%s,activatedDate=%s,sequence=%d,goal=%s,synced=false,autoStartStop=false,incompleteIssuesDestinationId=<null>]",
		0xa88a698+s.ID, s.ID, s.Board, strings.ToUpper(s.State), s.Name, at(s.Start), at(s.End), at(s.Complete), at(activated), s.ID, goal)
}

// agileSprint is a sprint of the agile API. A dateless one has no dates, not
// null.
func (c *call) agileSprint(s *world.Sprint) obj {
	out := obj{"id": s.ID, "self": c.base + "/rest/agile/1.0/sprint/" + id(s.ID), "state": s.State, "name": s.Name, "originBoardId": s.Board, "goal": s.Goal}
	for name, t := range map[string]time.Time{"startDate": s.Start, "endDate": s.End, "completeDate": s.Complete} {
		if !t.IsZero() {
			out[name] = t.UTC().Format(agileTime)
		}
	}
	if !c.s.cloud() {
		out["synced"], out["autoStartStop"] = false, false
		if s.State != world.Future && !s.Start.IsZero() {
			out["activatedDate"] = s.Start.UTC().Format(agileTime)
		}
	}
	return out
}
