package jira

import (
	"cmp"
	"encoding/json"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"strata/internal/work"
)

// sprint is a time box in either of the two forms of a sprint field's values.
type sprint struct {
	ID       int64   `json:"id"`
	Name     string  `json:"name"`
	State    string  `json:"state"`
	Goal     string  `json:"goal"`
	Board    int64   `json:"boardId"`
	Origin   int64   `json:"originBoardId"` // what the Agile interface calls it
	Start    instant `json:"startDate"`
	End      instant `json:"endDate"`
	Complete instant `json:"completeDate"`
}

// sprintsOf reads the value of a sprint field: an array, whose elements are
// objects on Cloud and strings on Data Center.
func sprintsOf(raw json.RawMessage) []sprint {
	var elements []json.RawMessage
	if json.Unmarshal(raw, &elements) != nil {
		return nil
	}
	var sprints []sprint
	for _, element := range elements {
		var s sprint
		var text string
		if json.Unmarshal(element, &text) == nil {
			s = parseSprint(text)
		} else if json.Unmarshal(element, &s) != nil {
			continue
		}
		if s.ID > 0 {
			sprints = append(sprints, s)
		}
	}
	slices.SortFunc(sprints, func(a, b sprint) int { return cmp.Compare(a.ID, b.ID) })
	return slices.CompactFunc(sprints, func(a, b sprint) bool { return a.ID == b.ID })
}

// sprintKey finds where a value of the string form begins. Names and goals may
// hold commas, equal signs and brackets, so only the known keys divide.
var sprintKey = regexp.MustCompile(`(?:^|,)(id|rapidViewId|state|name|goal|startDate|endDate|completeDate|activatedDate|sequence|synced|autoStartStop|incompleteIssuesDestinationId)=`)

// parseSprint reads "com.atlassian.greenhopper.service.sprint.Sprint@a88a698[id=1,rapidViewId=1,state=ACTIVE,name=…]".
func parseSprint(text string) sprint {
	_, inner, found := strings.Cut(text, "[")
	if !found {
		return sprint{}
	}
	inner = strings.TrimSuffix(inner, "]")
	values := map[string]string{}
	marks := sprintKey.FindAllStringSubmatchIndex(inner, -1)
	for i, mark := range marks {
		end := len(inner)
		if i+1 < len(marks) {
			end = marks[i+1][0]
		}
		key, value := inner[mark[2]:mark[3]], inner[mark[1]:end]
		if _, twice := values[key]; !twice && value != "<null>" {
			values[key] = value
		}
	}
	number := func(key string) int64 {
		n, _ := strconv.ParseInt(values[key], 10, 64)
		return n
	}
	return sprint{
		ID: number("id"), Board: number("rapidViewId"), Name: values["name"], State: values["state"], Goal: values["goal"],
		Start: instant{parseTime(values["startDate"])}, End: instant{parseTime(values["endDate"])}, Complete: instant{parseTime(values["completeDate"])},
	}
}

func (s sprint) id(tracker string) work.SprintID {
	return work.SprintID(tracker + ":" + strconv.FormatInt(s.ID, 10))
}

func (s sprint) record(tracker string) work.RecordSprint {
	r := work.RecordSprint{
		ID: s.id(tracker), Name: s.Name, State: work.SprintState(strings.ToLower(s.State)), Goal: s.Goal,
		Start: s.Start.Time, End: s.End.Time, Completed: s.Complete.Time,
	}
	if board := cmp.Or(s.Board, s.Origin); board > 0 {
		r.Board = strconv.FormatInt(board, 10)
	}
	return r
}
