package githubsim

import (
	"encoding/json"
	"fmt"

	"strata/internal/sandbox/world"
)

// commentJSON is a comment on an issue or pull request.
type commentJSON struct {
	URL            string          `json:"url"`
	HTMLURL        string          `json:"html_url"`
	IssueURL       string          `json:"issue_url"`
	ID             int64           `json:"id"`
	NodeID         string          `json:"node_id"`
	User           *userJSON       `json:"user"`
	CreatedAt      string          `json:"created_at"`
	UpdatedAt      string          `json:"updated_at"`
	Body           string          `json:"body"`
	Association    string          `json:"author_association"`
	Reactions      json.RawMessage `json:"reactions"`
	PerformedByApp *appJSON        `json:"performed_via_github_app"`
	Pin            *struct{}       `json:"pin"`
	Minimised      *minimisedJSON  `json:"minimized"`
}

type minimisedJSON struct {
	Reason string `json:"reason"`
}

func (a address) comment(i *world.GitHubIssue, c *world.Comment) *commentJSON {
	self := fmt.Sprintf("%s/repos/%s/issues/comments/%d", a.api, i.Repo.FullName(), c.ID)
	out := &commentJSON{
		URL: self, HTMLURL: a.commentPage(i, c), IssueURL: a.issueURL(i), ID: c.ID, NodeID: c.NodeID(), User: a.user(c.Author),
		CreatedAt: stamp(c.Created), UpdatedAt: stamp(c.Updated), Body: c.Body, Association: standing(i.Repo, c.Author),
		Reactions: reactions(self, nil), PerformedByApp: a.app(c.Author),
	}
	if c.Minimised != "" {
		out.Minimised = &minimisedJSON{Reason: c.Minimised}
	}
	return out
}

// commentPage is where a person reads the comment.
func (a address) commentPage(i *world.GitHubIssue, c *world.Comment) string {
	return fmt.Sprintf("%s#issuecomment-%d", a.page(i), c.ID)
}
