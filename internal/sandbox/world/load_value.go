package world

import (
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"strata/internal/sandbox/richtext"
)

// num is an id that records write as a string or as a number.
type num int64

// UnmarshalJSON reads 7 and "7".
func (n *num) UnmarshalJSON(b []byte) error {
	text := strings.Trim(string(b), `"`)
	if v, err := strconv.ParseInt(text, 10, 64); err == nil {
		*n = num(v)
	}
	return nil // what is no number counts as missing
}

var layouts = []string{"2006-01-02T15:04:05.999-0700", time.RFC3339Nano, "2006-01-02T15:04:05-0700", time.DateOnly}

// when reads a recorded time in any of the forms that Jira and GitHub use.
func when(text string) time.Time {
	for _, layout := range layouts {
		if t, err := time.Parse(layout, text); err == nil {
			return t.UTC()
		}
	}
	if ms, err := strconv.ParseInt(text, 10, 64); err == nil && ms > 0 {
		return time.UnixMilli(ms).UTC()
	}
	return time.Time{}
}

// richText is wiki text, or a document of version 3 brought to it. Of one that no
// Jira would take, the words are kept.
func richText(raw json.RawMessage) string {
	var text string
	if json.Unmarshal(raw, &text) == nil {
		return text
	}
	if d, err := richtext.FromADF(raw); err == nil {
		return richtext.Wiki(d)
	}
	return strings.TrimSpace(words(raw))
}

// words are the texts of a document, a line for each block.
func words(raw json.RawMessage) string {
	var node struct {
		Type    string            `json:"type"`
		Text    string            `json:"text"`
		Content []json.RawMessage `json:"content"`
	}
	if json.Unmarshal(raw, &node) != nil {
		return ""
	}
	var b strings.Builder
	b.WriteString(node.Text)
	for _, child := range node.Content {
		b.WriteString(words(child))
	}
	if node.Type == "paragraph" || node.Type == "heading" || node.Type == "hardBreak" {
		b.WriteString("\n")
	}
	return b.String()
}

// sprintRecord is a sprint as an object or as Data Center's string.
func sprintRecord(raw json.RawMessage) (*Sprint, bool) {
	var text string
	if json.Unmarshal(raw, &text) == nil {
		return sprintString(text)
	}
	var in struct {
		ID       num    `json:"id"`
		Name     string `json:"name"`
		State    string `json:"state"`
		Goal     string `json:"goal"`
		Board    num    `json:"boardId"`
		Origin   num    `json:"originBoardId"`
		RapidID  num    `json:"rapidViewId"`
		Start    string `json:"startDate"`
		End      string `json:"endDate"`
		Complete string `json:"completeDate"`
	}
	if json.Unmarshal(raw, &in) != nil || in.ID == 0 || in.State == "" {
		return nil, false
	}
	board := max(in.Board, in.Origin, in.RapidID)
	return &Sprint{ID: int64(in.ID), Name: in.Name, State: lower(in.State), Goal: in.Goal, Board: int64(board),
		Start: when(in.Start), End: when(in.End), Complete: when(in.Complete)}, true
}

// sprintKeys are the members that a sprint's string may have. A name or a goal
// may hold commas and equals signs, so the string is cut at these alone.
var sprintKeys = []string{"id", "rapidViewId", "state", "name", "startDate", "endDate", "completeDate", "activatedDate", "sequence", "goal",
	"synced", "autoStartStop", "incompleteIssuesDestinationId"}

func sprintString(text string) (*Sprint, bool) {
	_, body, ok := strings.Cut(text, "[")
	if !ok || !strings.Contains(text, "greenhopper.service.sprint.Sprint@") {
		return nil, false
	}
	body = "," + strings.TrimSuffix(body, "]")
	type cut struct {
		key      string
		from, at int
	}
	var cuts []cut
	for _, k := range sprintKeys {
		if n := strings.Index(body, ","+k+"="); n >= 0 {
			cuts = append(cuts, cut{k, n, n + len(k) + 2})
		}
	}
	sortBy(cuts, func(a, b cut) bool { return a.from < b.from })
	got := map[string]string{}
	for n, c := range cuts {
		end := len(body)
		if n+1 < len(cuts) {
			end = cuts[n+1].from
		}
		if v := body[c.at:max(end, c.at)]; v != "<null>" {
			got[c.key] = v
		}
	}
	id, err := strconv.ParseInt(got["id"], 10, 64)
	if err != nil {
		return nil, false
	}
	board, _ := strconv.ParseInt(got["rapidViewId"], 10, 64)
	return &Sprint{ID: id, Name: got["name"], State: lower(got["state"]), Goal: got["goal"], Board: board,
		Start: when(got["startDate"]), End: when(got["endDate"]), Complete: when(got["completeDate"])}, true
}
