package githubsim

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"

	"strata/internal/sandbox/world"
)

// issueInput is what a client may say about an issue; absent fields stay as they are.
type issueInput struct {
	Title       *string            `json:"title"`
	Body        *string            `json:"body"`
	State       *string            `json:"state"`
	StateReason *string            `json:"state_reason"`
	Labels      *[]json.RawMessage `json:"labels"` // names, or objects with a name
	Assignees   *[]string          `json:"assignees"`
}

func createIssue(c *call) reply {
	r, no := c.repository()
	if no != nil {
		return *no
	}
	var in issueInput
	if wrong := c.decode(&in); wrong != nil {
		return refused(wrong)
	}
	if r.Archived {
		return refused(archived())
	}
	if in.Title == nil || strings.TrimSpace(*in.Title) == "" {
		return refused(invalid(fieldError{Resource: "Issue", Code: "missing_field", Field: "title"}))
	}
	if in.Body != nil && utf8.RuneCountInString(*in.Body) > maxBody {
		return refused(tooLong("Issue"))
	}
	draft := world.GitHubIssue{Title: *in.Title}
	if in.Body != nil {
		draft.Body = *in.Body
	}
	draft.Labels, draft.Assignees = c.labelsOf(r, in.Labels), c.assigneesOf(in.Assignees)
	i := c.s.CreateGitHub(r, draft, c.me)
	c.s.Note(i, "create", c.me, "")
	return created(c.at.issue(i), c.at.issueURL(i))
}

// editIssue changes an issue as a person does: close, reopen, rename, label, assign.
func editIssue(c *call) reply {
	i, no := c.issue()
	if no != nil {
		return *no
	}
	var in issueInput
	if wrong := c.decode(&in); wrong != nil {
		return refused(wrong)
	}
	if i.Repo.Archived {
		return refused(archived())
	}
	if wrong := in.check(); wrong != nil {
		return refused(wrong)
	}
	if in.Title != nil || in.Body != nil || in.Labels != nil || in.Assignees != nil {
		c.s.Note(i, "edit", c.me, "")
	}
	if in.Title != nil {
		c.s.SetTitle(i, *in.Title)
	}
	if in.Body != nil {
		c.s.SetBody(i, c.stored(*in.Body))
	}
	if in.Labels != nil {
		c.s.SetLabels(i, c.labelsOf(i.Repo, in.Labels))
	}
	if in.Assignees != nil {
		c.s.SetAssignees(i, c.assigneesOf(in.Assignees))
	}
	c.setState(i, in)
	return ok(c.at.issue(i))
}

// check refuses what GitHub refuses before anything is changed.
func (in issueInput) check() *refusal {
	if in.State != nil && !slices.Contains([]string{"open", "closed"}, *in.State) {
		return invalid(fieldError{Resource: "Issue", Code: "invalid", Field: "state"})
	}
	if in.StateReason != nil && !slices.Contains([]string{world.Completed, world.NotPlanned, world.Duplicate, world.Reopened}, *in.StateReason) {
		return invalid(fieldError{Resource: "Issue", Code: "invalid", Field: "state_reason"})
	}
	if in.Title != nil && strings.TrimSpace(*in.Title) == "" {
		return invalid(fieldError{Resource: "Issue", Code: "missing_field", Field: "title"})
	}
	if in.Body != nil && utf8.RuneCountInString(*in.Body) > maxBody {
		return tooLong("Issue")
	}
	return nil
}

// setState closes or reopens; closing without a reason means completed.
func (c *call) setState(i *world.GitHubIssue, in issueInput) {
	if in.State == nil {
		return
	}
	reason := world.Completed
	if in.StateReason != nil {
		reason = *in.StateReason
	}
	switch {
	case *in.State == "closed" && (!i.Closed || in.StateReason != nil):
		c.s.CloseIssue(i, reason, c.me)
		c.s.Note(i, "close", c.me, reason)
	case *in.State == "open" && i.Closed:
		c.s.ReopenIssue(i, c.me)
		c.s.Note(i, "reopen", c.me, "")
	}
}

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
		if name != "" {
			out = append(out, c.s.LabelIn(r, name))
		}
	}
	return out
}

// assigneesOf leaves out logins that nobody has, silently, as GitHub does.
func (c *call) assigneesOf(logins *[]string) []*world.User {
	if logins == nil {
		return nil
	}
	var out []*world.User
	for _, login := range *logins {
		if u := c.s.User(login); u != nil {
			out = append(out, u)
		}
	}
	return out
}

func lockIssue(c *call) reply {
	i, no := c.issue()
	if no != nil {
		return *no
	}
	var in struct {
		Reason string `json:"lock_reason"`
	}
	if len(c.body) > 0 && json.Unmarshal(c.body, &in) != nil {
		return refused(refuse(http.StatusBadRequest, "Problems parsing JSON"))
	}
	c.s.SetLock(i, true, in.Reason)
	c.s.Note(i, "lock", c.me, in.Reason)
	return reply{status: http.StatusNoContent}
}

func unlockIssue(c *call) reply {
	i, no := c.issue()
	if no != nil {
		return *no
	}
	c.s.SetLock(i, false, "")
	c.s.Note(i, "unlock", c.me, "")
	return reply{status: http.StatusNoContent}
}
