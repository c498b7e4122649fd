package githubsim

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"strata/internal/sandbox/world"
)

// issueWish is what a client may say about an issue; absent fields stay as they are.
type issueWish struct {
	Title       json.RawMessage    `json:"title"` // a text, or a number
	Body        *string            `json:"body"`
	State       *string            `json:"state"`
	StateReason *string            `json:"state_reason"`
	Labels      *[]json.RawMessage `json:"labels"` // names, or objects with a name
	Assignee    *string            `json:"assignee"`
	Assignees   *[]string          `json:"assignees"`
	Milestone   json.RawMessage    `json:"milestone"` // a number, as number or text, or null
	Type        *string            `json:"type"`
}

func (in issueWish) title() (string, bool) {
	text := strings.TrimSpace(string(in.Title))
	if text == "" || text == "null" {
		return "", false
	}
	var title string
	if json.Unmarshal(in.Title, &title) == nil {
		return title, true
	}
	return text, true
}

// checkIssue refuses what GitHub refuses before anything is changed.
func (c *call) checkIssue(r *world.Repo, in issueWish) *refusal {
	title, titled := in.title()
	switch {
	case titled && strings.TrimSpace(title) == "":
		return invalid(fieldError{Resource: "Issue", Code: "missing_field", Field: "title"})
	case utf8.RuneCountInString(title) > titleLimit:
		return invalid(fieldError{Resource: "Issue", Code: "custom", Field: "title", Message: "title is too long (maximum is 256 characters)"})
	case in.Body != nil && utf8.RuneCountInString(*in.Body) > maxBody:
		return invalid(fieldError{Resource: "Issue", Code: "custom", Field: "body", Message: "body is too long (maximum is 65536 characters)"})
	case in.State != nil && !slices.Contains([]string{"open", "closed"}, *in.State):
		return wrongValue("Issue", "state", *in.State)
	case in.StateReason != nil && !slices.Contains([]string{world.Completed, world.NotPlanned, world.Duplicate, world.Reopened}, *in.StateReason):
		return wrongValue("Issue", "state_reason", *in.StateReason)
	case in.Type != nil && *in.Type != "" && c.typeNamed(*in.Type) == nil:
		return wrongValue("Issue", "type", *in.Type)
	}
	if _, known := c.milestoneOf(r, in.Milestone); !known {
		return wrongValue("Issue", "milestone", in.Milestone)
	}
	return c.checkPeople(in)
}

// maxAssignees is how many people one issue may be assigned to.
const maxAssignees = 10

func (c *call) checkPeople(in issueWish) *refusal {
	var unknown []string
	for _, login := range in.assignees() {
		if u := c.s.User(login); u == nil || u.Login == "" || u.Kind == "Organization" {
			unknown = append(unknown, login)
		}
	}
	if len(unknown) > 0 {
		return wrongValue("Issue", "assignees", unknown)
	}
	if len(in.assignees()) > maxAssignees {
		return invalid(fieldError{Resource: "Issue", Code: "custom", Field: "assignees", Message: "assignees cannot exceed 10"})
	}
	return nil
}

// assignees are the logins that were given, in either form.
func (in issueWish) assignees() []string {
	switch {
	case in.Assignees != nil:
		return *in.Assignees
	case in.Assignee != nil && *in.Assignee != "":
		return []string{*in.Assignee}
	}
	return nil
}

func (c *call) assigneesOf(in issueWish) []*world.User {
	var out []*world.User
	for _, login := range in.assignees() {
		if u := c.s.User(login); u != nil && !slices.Contains(out, u) {
			out = append(out, u)
		}
	}
	return out
}

// milestoneOf reads a milestone's number; known is false for one that is not there.
func (c *call) milestoneOf(r *world.Repo, raw json.RawMessage) (m *world.Milestone, known bool) {
	text := strings.Trim(strings.TrimSpace(string(raw)), `"`)
	if text == "" || text == "null" {
		return nil, true
	}
	number, err := strconv.Atoi(text)
	if err != nil {
		return nil, false
	}
	m = r.MilestoneByNumber(number)
	return m, m != nil
}

// labelsOf finds labels by name, and makes those that are not there yet.
func (c *call) labelsOf(r *world.Repo, names *[]json.RawMessage) []*world.Label {
	if names == nil {
		return nil
	}
	var out []*world.Label
	for _, raw := range *names {
		var name string
		if json.Unmarshal(raw, &name) != nil {
			var object struct{ Name string }
			if json.Unmarshal(raw, &object) != nil {
				continue
			}
			name = object.Name
		}
		if name == "" {
			continue
		}
		if l := c.s.LabelIn(r, name); !slices.Contains(out, l) {
			out = append(out, l)
		}
	}
	return out
}
