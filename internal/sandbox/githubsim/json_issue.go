package githubsim

import (
	"encoding/json"
	"fmt"
	"strings"

	"strata/internal/sandbox/world"
)

// issueJSON is an issue, or a pull request in the clothes of an issue, with its fields in recorded order.
type issueJSON struct {
	URL           string          `json:"url"`
	RepositoryURL string          `json:"repository_url"`
	LabelsURL     string          `json:"labels_url"`
	CommentsURL   string          `json:"comments_url"`
	EventsURL     string          `json:"events_url"`
	HTMLURL       string          `json:"html_url"`
	ID            int64           `json:"id"`
	NodeID        string          `json:"node_id"`
	Number        int             `json:"number"`
	Title         string          `json:"title"`
	User          *userJSON       `json:"user"`
	Labels        []labelJSON     `json:"labels"`
	State         string          `json:"state"`
	Locked        bool            `json:"locked"`
	Assignees     []*userJSON     `json:"assignees"`
	Milestone     *milestoneJSON  `json:"milestone"`
	Comments      int             `json:"comments"`
	CreatedAt     string          `json:"created_at"`
	UpdatedAt     string          `json:"updated_at"`
	ClosedAt      *string         `json:"closed_at"`
	Assignee      any             `json:"assignee,omitempty"` // left out by the late version of the API
	Association   string          `json:"author_association"`
	Type          *typeJSON       `json:"type"`
	LockReason    *string         `json:"active_lock_reason"`
	Draft         *bool           `json:"draft,omitempty"`
	PullRequest   *pullJSON       `json:"pull_request,omitempty"`
	SubIssues     *subIssuesJSON  `json:"sub_issues_summary,omitempty"`
	Dependencies  *dependencyJSON `json:"issue_dependencies_summary,omitempty"`
	ParentURL     string          `json:"parent_issue_url,omitempty"`
	Repository    *repositoryJSON `json:"repository,omitempty"`
	bodyJSON
	ClosedBy       any             `json:"closed_by,omitempty"` // left out by lists that cross repositories
	Reactions      json.RawMessage `json:"reactions"`
	PinnedComment  *struct{}       `json:"pinned_comment"`
	TimelineURL    string          `json:"timeline_url"`
	PerformedByApp *appJSON        `json:"performed_via_github_app"`
	StateReason    *string         `json:"state_reason"`
	Score          *float64        `json:"score,omitempty"` // of a search
}

// bodyJSON is a text in the forms that the client asked for.
type bodyJSON struct {
	Body any    `json:"body,omitempty"` // a text or null
	Text string `json:"body_text,omitempty"`
	HTML string `json:"body_html,omitempty"`
}

type typeJSON struct {
	ID          int64   `json:"id"`
	NodeID      string  `json:"node_id"`
	Name        string  `json:"name"`
	Description *string `json:"description"`
	Color       string  `json:"color"`
	CreatedAt   string  `json:"created_at"`
	UpdatedAt   string  `json:"updated_at"`
	IsEnabled   bool    `json:"is_enabled"`
}

type pullJSON struct {
	URL      string  `json:"url"`
	HTMLURL  string  `json:"html_url"`
	DiffURL  string  `json:"diff_url"`
	PatchURL string  `json:"patch_url"`
	MergedAt *string `json:"merged_at"`
}

type subIssuesJSON struct {
	Total     int `json:"total"`
	Completed int `json:"completed"`
	Percent   int `json:"percent_completed"`
}

// dependencyJSON counts open issues in the plain fields and all of them in the total ones (recorded).
type dependencyJSON struct {
	BlockedBy      int `json:"blocked_by"`
	TotalBlockedBy int `json:"total_blocked_by"`
	Blocking       int `json:"blocking"`
	TotalBlocking  int `json:"total_blocking"`
}

func (a address) issueURL(i *world.GitHubIssue) string {
	return fmt.Sprintf("%s/repos/%s/issues/%d", a.api, i.Repo.FullName(), i.Number)
}

// page is where a person reads the issue.
func (a address) page(i *world.GitHubIssue) string {
	kind := "issues"
	if i.PullRequest {
		kind = "pull"
	}
	return fmt.Sprintf("%s/%s/%s/%d", a.web, i.Repo.FullName(), kind, i.Number)
}

// showIssue is an issue as GET and the list of a repository show it.
func (c *call) showIssue(i *world.GitHubIssue) *issueJSON {
	out := c.showBare(i)
	out.ClosedBy = c.at.user(i.ClosedBy)
	return out
}

// showAbroad is an issue as lists show it that cross repositories (recorded: with the whole repository in each, and
// without who closed it).
func (c *call) showAbroad(i *world.GitHubIssue) *issueJSON {
	out := c.showBare(i)
	out.Repository = c.at.repository(i.Repo, c.sort.open(c.s, i.Repo), c.me)
	return out
}

func (c *call) showBare(i *world.GitHubIssue) *issueJSON {
	a, self := c.at, c.at.issueURL(i)
	out := &issueJSON{
		URL: self, RepositoryURL: a.api + "/repos/" + i.Repo.FullName(),
		LabelsURL: self + "/labels{/name}", CommentsURL: self + "/comments", EventsURL: self + "/events",
		HTMLURL: a.page(i), ID: i.ID, NodeID: i.NodeID(), Number: i.Number, Title: i.Title,
		User: a.user(i.Author), Labels: a.labels(i.Repo, i.Labels), State: stateWord(i.Closed), Locked: i.Locked,
		Assignees: a.users(i.Assignees), Milestone: c.showMilestone(i.Repo, i.Milestone),
		Comments: commentCount(i), CreatedAt: stamp(i.Created), UpdatedAt: stamp(i.Updated),
		ClosedAt: stampOrNull(i.ClosedAt), Association: association(i), Type: issueType(i.Type),
		bodyJSON: c.at.media.body(i.Body, textOrNull(i.Body)), Reactions: rollup(self, c.s.Reactions(i, nil), i.Recorded),
		TimelineURL: self + "/timeline", PerformedByApp: a.app(i.Author), StateReason: textOrNull(i.StateReason),
	}
	if raw, recorded := i.Recorded.Get("body"); recorded && string(raw) != "null" && a.media.raw {
		out.Body = i.Body // an empty text stays one where the record has it
	}
	if a.version != lateVersion {
		var first *userJSON
		if len(out.Assignees) > 0 {
			first = out.Assignees[0]
		}
		out.Assignee = first
	}
	if i.Locked {
		out.LockReason = textOrNull(i.LockReason)
	}
	if i.PullRequest {
		out.Draft = &i.Draft
		out.PullRequest = &pullJSON{
			URL:     fmt.Sprintf("%s/repos/%s/pulls/%d", a.api, i.Repo.FullName(), i.Number),
			HTMLURL: out.HTMLURL, DiffURL: out.HTMLURL + ".diff", PatchURL: out.HTMLURL + ".patch", MergedAt: stampOrNull(i.Merged),
		}
		return out
	}
	subs, deps := subIssuesOf(i), dependenciesOf(i)
	out.SubIssues, out.Dependencies = &subs, &deps
	if visible(i.Parent) {
		out.ParentURL = a.issueURL(i.Parent)
	}
	return out
}

// body shows a text: raw as given (null where null is given), plain, rendered, or all three.
func (m media) body(text string, raw *string) bodyJSON {
	var out bodyJSON
	if m.raw {
		out.Body = raw
	}
	if m.html || m.text {
		html := rendered(text)
		if m.html {
			out.HTML = strings.TrimSuffix(html, "\n")
		}
		if m.text {
			out.Text = textOfHTML(html)
		}
	}
	return out
}

func stateWord(closed bool) string {
	if closed {
		return "closed"
	}
	return "open"
}

// association is the recorded standing of the author, or a likely one.
func association(i *world.GitHubIssue) string {
	if raw, ok := i.Recorded.Get("author_association"); ok {
		return strings.Trim(string(raw), `"`)
	}
	return standing(i.Repo, i.Author)
}

func standing(r *world.Repo, u *world.User) string {
	switch {
	case u == nil || u.Kind == botKind || !u.MayEdit():
		return "NONE" // of no part of the organisation
	case strings.EqualFold(u.Login, r.Owner):
		return "OWNER"
	}
	return "MEMBER"
}

func issueType(t *world.GitHubType) *typeJSON {
	if t == nil {
		return nil
	}
	color := t.Color
	if color == "" {
		color = typeColor(t.Name)
	}
	return &typeJSON{
		ID: t.ID, NodeID: t.NodeID(), Name: t.Name, Description: textOrNull(t.About), Color: color,
		CreatedAt: epoch, UpdatedAt: epoch, IsEnabled: !t.Disabled,
	}
}

// typeColor is the colour GitHub gives to the types that every organisation begins with.
func typeColor(name string) string {
	switch name {
	case "Bug":
		return "red"
	case "Feature":
		return "blue"
	case "Task":
		return "yellow"
	}
	return "gray"
}
