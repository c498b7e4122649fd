package githubsim

import (
	"encoding/json"
	"fmt"

	"strata/internal/sandbox/world"
)

// commentJSON is a comment on an issue or pull request.
type commentJSON struct {
	URL         string    `json:"url"`
	HTMLURL     string    `json:"html_url"`
	IssueURL    string    `json:"issue_url"`
	ID          int64     `json:"id"`
	NodeID      string    `json:"node_id"`
	User        *userJSON `json:"user"`
	CreatedAt   string    `json:"created_at"`
	UpdatedAt   string    `json:"updated_at"`
	Association string    `json:"author_association"`
	bodyJSON
	Reactions      json.RawMessage `json:"reactions"`
	PerformedByApp *appJSON        `json:"performed_via_github_app"`
	Pin            *struct{}       `json:"pin"`
	Minimised      *minimisedJSON  `json:"minimized"`
}

type minimisedJSON struct {
	Reason string `json:"reason"`
}

func (a address) commentURL(i *world.GitHubIssue, o *world.Comment) string {
	return fmt.Sprintf("%s/repos/%s/issues/comments/%d", a.api, i.Repo.FullName(), o.ID)
}

func (c *call) showComment(i *world.GitHubIssue, o *world.Comment) *commentJSON {
	self := c.at.commentURL(i, o)
	out := &commentJSON{
		URL: self, HTMLURL: c.at.commentPage(i, o), IssueURL: c.at.issueURL(i), ID: o.ID, NodeID: o.NodeID(), User: c.at.user(o.Author),
		CreatedAt: stamp(o.Created), UpdatedAt: stamp(o.Updated), bodyJSON: c.at.media.body(o.Body, &o.Body), Association: standing(i.Repo, o.Author),
		Reactions: rollup(self, c.s.Reactions(i, o), nil), PerformedByApp: c.at.app(o.Author),
	}
	if o.Minimised != "" {
		out.Minimised = &minimisedJSON{Reason: o.Minimised}
	}
	return out
}

// commentPage is where a person reads the comment.
func (a address) commentPage(i *world.GitHubIssue, c *world.Comment) string {
	return fmt.Sprintf("%s#issuecomment-%d", a.page(i), c.ID)
}
