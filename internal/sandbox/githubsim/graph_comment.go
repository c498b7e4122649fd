package githubsim

import (
	"strings"

	"strata/internal/sandbox/githubsim/graphql"
	"strata/internal/sandbox/world"
)

type comment struct {
	g *graph
	i *world.GitHubIssue
	c *world.Comment
}

func (c *comment) ID() graphql.ID            { return graphql.ID(c.c.NodeID()) }
func (c *comment) DatabaseID() *int          { return smallID(c.c.ID) }
func (c *comment) FullDatabaseID() *string   { return bigID(c.c.ID) }
func (c *comment) Body() string              { return c.c.Body }
func (c *comment) BodyHTML() string          { return rendered(c.c.Body) }
func (c *comment) BodyText() string          { return plainText(c.c.Body) }
func (c *comment) URL() string               { return c.g.at.commentPage(c.i, c.c) }
func (c *comment) ResourcePath() string      { return strings.TrimPrefix(c.URL(), c.g.at.web) }
func (c *comment) Author() *account          { return c.g.actor(c.c.Author) }
func (c *comment) AuthorAssociation() string { return standing(c.i.Repo, c.c.Author) }
func (c *comment) CreatedAt() string         { return stamp(c.c.Created) }
func (c *comment) UpdatedAt() string         { return stamp(c.c.Updated) }
func (c *comment) PublishedAt() *string      { return stampOrNull(c.c.Created) }
func (c *comment) IsMinimized() bool         { return c.c.Minimised != "" }
func (c *comment) MinimizedReason() *string  { return textOrNull(strings.ToLower(c.c.Minimised)) }
func (c *comment) ViewerDidAuthor() bool     { return c.c.Author == c.g.me }
func (c *comment) Issue() *issue             { return &issue{c.g, c.i} }
func (c *comment) Repository() *repository   { return &repository{c.g, c.i.Repo} }
func (c *comment) Editor() *account          { return c.g.actor(c.c.Editor) }
func (c *comment) IncludesCreatedEdit() bool { return c.c.Editor != nil }

// mine: it is the account's own, or the account has the role.
func (c *comment) mine(role world.Role) bool {
	return !c.i.Repo.Archived && (c.c.Author == c.g.me || c.g.reaches(c.i.Repo, role))
}

func (c *comment) ViewerCanUpdate() bool     { return c.mine(world.Writer) }
func (c *comment) ViewerCanDelete() bool     { return c.mine(world.Writer) }
func (c *comment) ViewerCanMinimize() bool   { return c.mine(world.Triager) && c.c.Minimised == "" }
func (c *comment) ViewerCanUnminimize() bool { return c.mine(world.Triager) && c.c.Minimised != "" }
func (c *comment) ViewerCanReact() bool      { return c.g.maySpeak(c.i) == nil }

func (c *comment) ViewerCannotUpdateReasons() []string {
	return cannotUpdate(c.mine(world.Writer), c.i)
}

func (c *comment) PullRequest() *pullRequest {
	if !c.i.PullRequest {
		return nil
	}
	return &pullRequest{issue{c.g, c.i}}
}

func (c *comment) LastEditedAt() *string {
	if c.c.Editor == nil {
		return nil
	}
	return stampOrNull(c.c.Updated)
}

// UserContentEdits are kept by the last one only.
func (c *comment) UserContentEdits(args span) (*connection[any], error) {
	return none("userContentEdits", args)
}
