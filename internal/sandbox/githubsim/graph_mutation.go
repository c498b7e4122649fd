package githubsim

import (
	"slices"
	"strings"
	"unicode/utf8"

	"strata/internal/sandbox/githubsim/graphql"
	"strata/internal/sandbox/world"
)

// mutation answers the writes of the schema. The whole request holds the world alone; each field of it is carried out
// in turn, and one that is refused does not take back those before it.
type mutation struct{ g *graph }

// echo is what every mutation takes and gives back.
type echo struct{ ClientMutationID *string }

// issueOf resolves the subject of a write: an issue, or a pull request as one.
func (g *graph) issueOf(id graphql.ID) (*world.GitHubIssue, error) {
	switch thing := g.find(id).(type) {
	case *issue:
		return thing.i, nil
	case *pullRequest:
		return thing.i, nil
	}
	return nil, unresolved(id)
}

// onlyIssue is issueOf for what pull requests cannot do.
func (g *graph) onlyIssue(id graphql.ID) (*world.GitHubIssue, error) {
	if thing, ok := g.find(id).(*issue); ok {
		return thing.i, nil
	}
	return nil, unresolved(id)
}

func (g *graph) pullOf(id graphql.ID) (*world.GitHubIssue, error) {
	if thing, ok := g.find(id).(*pullRequest); ok {
		return thing.i, nil
	}
	return nil, unresolved(id)
}

func (g *graph) commentOf(id graphql.ID) (*comment, error) {
	if c, ok := g.find(id).(*comment); ok {
		return c, nil
	}
	return nil, unresolved(id)
}

func (g *graph) repoOf(id graphql.ID) (*world.Repo, error) {
	if r, ok := g.find(id).(*repository); ok {
		return r.r, nil
	}
	return nil, unresolved(id)
}

// usersOf resolves people; the first that is not there ends it.
func (g *graph) usersOf(ids []graphql.ID) ([]*world.User, error) {
	out := []*world.User{}
	for _, id := range ids {
		a, ok := g.find(id).(*account)
		if !ok {
			return nil, unresolved(id)
		}
		out = append(out, a.u)
	}
	return out, nil
}

func (g *graph) labelsOf(ids []graphql.ID) ([]*world.Label, error) {
	out := []*world.Label{}
	for _, id := range ids {
		l, ok := g.find(id).(*label)
		if !ok {
			return nil, unresolved(id)
		}
		out = append(out, l.l)
	}
	return out, nil
}

// permits refuses a write that the account may not make, in GitHub's words. The name is the mutation's.
func (g *graph) permits(r *world.Repo, name string) error {
	switch {
	case r.Archived:
		return failure("FORBIDDEN", "Repository was archived so is read-only.")
	case g.shutOut(r):
		return failure("FORBIDDEN", "%s", g.call.inaccessible().Message)
	case !g.reaches(r, roleFor(name)):
		return g.incapable(name)
	}
	return nil
}

// forWriters are the mutations that take the right to write; those who triage may do the others. The list is GitHub's:
// docs.github.com, "Repository roles for an organization".
var forWriters = []string{"UpdateIssueComment", "DeleteIssueComment", "LockLockable", "UnlockLockable", "CreateLabel", "UpdateLabel", "DeleteLabel",
	"PinIssue", "UnpinIssue", "TransferIssue", "UpdatePullRequest", "DeleteIssue"}

func roleFor(name string) world.Role {
	if slices.Contains(forWriters, name) {
		return world.Writer
	}
	return world.Triager
}

// shutOut: the token names what it opens, and writing here is not among it.
func (g *graph) shutOut(r *world.Repo) bool {
	grant := g.call.who.grant
	return grant != nil && grant.fine() && (!grant.covers(r) || !grant.permits("issues=write"))
}

// permitsOwn is permits for what people may also do with what they wrote themselves.
func (g *graph) permitsOwn(r *world.Repo, author *world.User, name string) error {
	if grant := g.call.who.grant; author != nil && author == g.me && !r.Archived && (grant == nil || !grant.fine()) {
		return nil
	}
	return g.permits(r, name)
}

func (g *graph) incapable(name string) error {
	return failure("FORBIDDEN", "%s does not have the correct permissions to execute `%s`", g.me.Login, name)
}

// writable refuses texts that REST refuses too.
func writable(body string) error {
	switch {
	case strings.TrimSpace(body) == "":
		return failure("UNPROCESSABLE", "Body can't be blank")
	case utf8.RuneCountInString(body) > maxBody:
		return failure("UNPROCESSABLE", "Body is too long (maximum is %d characters)", maxBody)
	}
	return nil
}

// fits refuses titles and texts that are too long for an issue.
func fits(title, body *string) error {
	switch {
	case title != nil && strings.TrimSpace(*title) == "":
		return failure("UNPROCESSABLE", "Title can't be blank")
	case title != nil && utf8.RuneCountInString(*title) > maxTitle:
		return failure("UNPROCESSABLE", "Title is too long (maximum is %d characters)", maxTitle)
	case body != nil && utf8.RuneCountInString(*body) > maxBody:
		return failure("UNPROCESSABLE", "Body is too long (maximum is %d characters)", maxBody)
	}
	return nil
}

// maxTitle is GitHub's limit for titles, in characters.
const maxTitle = 256
