package githubsim

import (
	"encoding/base64"
	"fmt"
	"strings"

	"strata/internal/sandbox/world"
)

// eventJSON is an event of an issue; which of the last fields it has depends on its kind.
type eventJSON struct {
	ID             int64         `json:"id"`
	NodeID         string        `json:"node_id"`
	URL            string        `json:"url"`
	Actor          *userJSON     `json:"actor"`
	Event          string        `json:"event"`
	CommitID       *string       `json:"commit_id"`
	CommitURL      *string       `json:"commit_url"`
	CreatedAt      string        `json:"created_at"`
	StateReason    any           `json:"state_reason,omitempty"` // of closed: a reason or null
	Label          *eventLabel   `json:"label,omitempty"`
	Assignee       *userJSON     `json:"assignee,omitempty"`
	Assigner       *userJSON     `json:"assigner,omitempty"`
	Milestone      *eventTitle   `json:"milestone,omitempty"`
	Rename         *eventRename  `json:"rename,omitempty"`
	LockReason     any           `json:"lock_reason,omitempty"` // of locked: a reason or null
	IssueType      *eventType    `json:"issue_type,omitempty"`
	PrevIssueType  *eventType    `json:"prev_issue_type,omitempty"`
	SubIssue       *issueRefJSON `json:"sub_issue,omitempty"`
	ParentIssue    *issueRefJSON `json:"parent_issue,omitempty"`
	BlockedBy      *issueRefJSON `json:"blocked_by,omitempty"`
	Blocking       *issueRefJSON `json:"blocking,omitempty"`
	PerformedByApp *appJSON      `json:"performed_via_github_app"`
	Issue          *issueJSON    `json:"issue,omitempty"` // where events of a whole repository stand
}

type eventLabel struct {
	Name  string `json:"name"`
	Color string `json:"color"`
}

type eventTitle struct {
	Title string `json:"title"`
}

type eventRename struct {
	From string `json:"from"`
	To   string `json:"to"`
}

type eventType struct {
	ID     int64  `json:"id"`
	NodeID string `json:"node_id"`
	Name   string `json:"name"`
	Color  string `json:"color"`
}

// issueRefJSON is the other end of a link, as events show it.
type issueRefJSON struct {
	Number      int             `json:"number"`
	Title       string          `json:"title"`
	State       string          `json:"state"`
	StateReason *string         `json:"state_reason"`
	IssueType   *eventType      `json:"issue_type"`
	Repository  *repositoryJSON `json:"repository"`
}

// crossJSON tells that another issue names this one. It has no id.
type crossJSON struct {
	Actor     *userJSON   `json:"actor"`
	CreatedAt string      `json:"created_at"`
	UpdatedAt string      `json:"updated_at"`
	Source    crossSource `json:"source"`
	Event     string      `json:"event"`
}

type crossSource struct {
	Type  string     `json:"type"`
	Issue *issueJSON `json:"issue"`
}

// spokenJSON is a comment in a timeline.
type spokenJSON struct {
	*commentJSON
	Event string    `json:"event"`
	Actor *userJSON `json:"actor"`
}

func (c *call) showEvent(i *world.GitHubIssue, e *world.IssueEvent) *eventJSON {
	out := &eventJSON{
		ID: e.ID, NodeID: eventNode(e), URL: fmt.Sprintf("%s/repos/%s/issues/events/%d", c.at.api, i.Repo.FullName(), e.ID),
		Actor: c.at.actor(e.By), Event: e.Kind, CreatedAt: stamp(e.At), Assignee: c.at.user(e.Assignee),
		IssueType: eventTypeOf(e.Type), PrevIssueType: eventTypeOf(e.Was), PerformedByApp: c.at.app(e.By),
	}
	if e.Assignee != nil {
		out.Assigner = out.Actor
	}
	if e.Label != nil {
		out.Label = &eventLabel{Name: e.Label.Name, Color: e.Label.Color}
	}
	if e.Milestone != "" {
		out.Milestone = &eventTitle{e.Milestone}
	}
	switch e.Kind {
	case "renamed":
		out.Rename = &eventRename{From: e.From, To: e.To}
	case "locked":
		out.LockReason = textOrNull(e.Reason)
	case "closed", "reopened":
		out.StateReason = textOrNull(e.Reason)
	case "issue_type_removed":
		out.IssueType, out.PrevIssueType = out.PrevIssueType, nil
	}
	if c.shows(e.Other) {
		out.link(e.Kind, c.showRef(e.Other))
	}
	return out
}

func (e *eventJSON) link(kind string, ref *issueRefJSON) {
	switch {
	case strings.HasPrefix(kind, "sub_issue"):
		e.SubIssue = ref
	case strings.HasPrefix(kind, "parent_issue"):
		e.ParentIssue = ref
	case strings.HasPrefix(kind, "blocked_by"):
		e.BlockedBy = ref
	case strings.HasPrefix(kind, "blocking"):
		e.Blocking = ref
	}
}

func (c *call) showRef(i *world.GitHubIssue) *issueRefJSON {
	return &issueRefJSON{
		Number: i.Number, Title: i.Title, State: stateWord(i.Closed), StateReason: textOrNull(i.StateReason),
		IssueType: eventTypeOf(i.Type), Repository: c.at.repository(i.Repo, c.sort.open(c.s, i.Repo), c.me),
	}
}

func eventTypeOf(t *world.GitHubType) *eventType {
	if t == nil {
		return nil
	}
	shown := issueType(t)
	return &eventType{ID: shown.ID, NodeID: shown.NodeID, Name: shown.Name, Color: shown.Color}
}

// actor is who did something; GitHub shows lost accounts as ghost.
func (a address) actor(u *world.User) *userJSON {
	if u == nil {
		u = &world.User{ID: 10137, Login: "ghost"}
	}
	return a.user(u)
}

// eventNode is an event's GraphQL id, which names its kind.
func eventNode(e *world.IssueEvent) string {
	var prefix strings.Builder
	for _, word := range strings.FieldsFunc(e.Kind, func(r rune) bool { return r == '_' || r == '-' }) {
		prefix.WriteString(strings.ToUpper(word[:1]))
	}
	return fmt.Sprintf("%sE_%s", prefix.String(), base64.RawURLEncoding.EncodeToString(fmt.Appendf(nil, "%d", e.ID)))
}

// passage is one entry of a timeline: an event, or a comment.
type passage struct {
	event   *world.IssueEvent
	comment *world.Comment
}

// timeline weaves an issue's events and comments into one, oldest first.
func (c *call) timeline(i *world.GitHubIssue) []passage {
	var out []passage
	comments := i.Comments
	for _, e := range c.s.IssueEvents(i) {
		if e.Kind == crossReferenced && !c.shows(e.Other) {
			continue
		}
		for len(comments) > 0 && (comments[0].Created.Before(e.At) || comments[0].Created.Equal(e.At) && comments[0].ID <= e.After) {
			out, comments = append(out, passage{comment: comments[0]}), comments[1:]
		}
		out = append(out, passage{event: e})
	}
	for _, o := range comments {
		out = append(out, passage{comment: o})
	}
	return out
}

func (c *call) showPassage(i *world.GitHubIssue, m passage) any {
	switch {
	case m.comment != nil:
		return spokenJSON{commentJSON: c.showComment(i, m.comment), Event: "commented", Actor: c.at.actor(m.comment.Author)}
	case m.event.Kind == crossReferenced:
		return c.showCross(m.event)
	}
	return c.showEvent(i, m.event)
}

// crossReferenced is the kind of event that stands in timelines alone.
const crossReferenced = "cross-referenced"

func (c *call) showCross(e *world.IssueEvent) crossJSON {
	return crossJSON{
		Actor: c.at.actor(e.By), CreatedAt: stamp(e.At), UpdatedAt: stamp(e.At), Event: e.Kind,
		Source: crossSource{Type: "issue", Issue: c.showAbroad(e.Other)},
	}
}
