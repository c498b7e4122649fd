package githubsim

import (
	"cmp"
	"net/http"
	"regexp"
	"slices"
	"strings"

	"strata/internal/sandbox/world"
)

func (c *call) showRepository(r *world.Repo) *repositoryJSON {
	return c.at.repository(r, c.sort.open(c.s, r), c.me)
}

// fullRepositoryJSON is a repository that is asked for by name: with its organisation, and counts that lists leave out.
type fullRepositoryJSON struct {
	*repositoryJSON
	Organization     *userJSON `json:"organization,omitempty"`
	NetworkCount     int       `json:"network_count"`
	SubscribersCount int       `json:"subscribers_count"`
}

func (c *call) showFull(r *world.Repo) fullRepositoryJSON {
	out := fullRepositoryJSON{repositoryJSON: c.showRepository(r)}
	if out.Owner.Type == "Organization" {
		out.Organization = out.Owner
	}
	return out
}

func getRepository(c *call) reply {
	r, no := c.repository()
	if no != nil {
		return *no
	}
	return ok(c.showFull(r))
}

// repositories lists what the caller may see of those that a test keeps, by the order asked for.
func (c *call) repositories(keeps func(*world.Repo) bool) reply {
	var list []*world.Repo
	for _, r := range c.s.Repos {
		if c.sees(r) && keeps(r) {
			list = append(list, r)
		}
	}
	c.arrangeRepositories(list)
	return paged(c, list, c.showRepository)
}

func (c *call) arrangeRepositories(list []*world.Repo) {
	down := c.query.Get("direction") == "desc"
	switch c.query.Get("sort") {
	case "full_name":
	default: // created, updated, pushed: as they were made, newest first
		slices.SortFunc(list, func(a, b *world.Repo) int { return cmp.Compare(a.ID, b.ID) })
		down = c.query.Get("direction") != "asc"
	}
	if down {
		slices.Reverse(list)
	}
}

// kept is the type parameter of lists of repositories.
func (c *call) kept(r *world.Repo) bool {
	switch c.query.Get("type") {
	case "public":
		return !r.Private
	case "private":
		return r.Private
	case "forks":
		return false
	}
	switch c.query.Get("visibility") {
	case "public":
		return !r.Private
	case "private":
		return r.Private
	}
	return true
}

func listOrgRepositories(c *call) reply {
	if c.organization() == nil {
		return refused(notFound())
	}
	return c.listOwned()
}

func listUserRepositories(c *call) reply {
	if c.account() == nil {
		return refused(notFound())
	}
	return c.listOwned()
}

func (c *call) listOwned() reply {
	return c.repositories(func(r *world.Repo) bool { return strings.EqualFold(r.Owner, c.params["login"]) && c.kept(r) })
}

// listMyRepositories lists what the account may work in.
func listMyRepositories(c *call) reply {
	if no := c.login(); no != nil {
		return *no
	}
	return c.repositories(c.kept)
}

func listPublicRepositories(c *call) reply {
	return c.repositories(func(r *world.Repo) bool { return !r.Private })
}

type repositoryInput struct {
	Name      *string   `json:"name"`
	About     *string   `json:"description"`
	Private   *bool     `json:"private"`
	Archived  *bool     `json:"archived"`
	HasIssues *bool     `json:"has_issues"`
	Topics    *[]string `json:"topics"`
}

var repositoryName = regexp.MustCompile(`^[A-Za-z0-9_.-]{1,100}$`)

// editRepository renames, describes, archives, hides: what its administrators may do.
func editRepository(c *call) reply {
	r, no := c.repository()
	if no != nil {
		return *no
	}
	var in repositoryInput
	switch wrong := c.decode(&in); {
	case wrong != nil:
		return refused(wrong)
	case !c.reaches(world.Admin):
		return refused(needAdmin())
	case r.Archived && (in.Archived == nil || *in.Archived):
		return refused(archived())
	case in.Name != nil && !repositoryName.MatchString(*in.Name):
		return refused(wrongValue("Repository", "name", *in.Name))
	case in.Name != nil && c.takenName(r, *in.Name):
		return refused(invalid(fieldError{Resource: "Repository", Code: "custom", Field: "name", Message: "name already exists on this account"}))
	}
	c.s.EditRepo(r, c.me, func(r *world.Repo) {
		r.About, r.Private, r.Archived = valueOr(in.About, r.About), valueOr(in.Private, r.Private), valueOr(in.Archived, r.Archived)
		r.IssuesOff, r.Topics = !valueOr(in.HasIssues, !r.IssuesOff), valueOr(in.Topics, r.Topics)
	})
	if in.Name != nil && *in.Name != r.Name {
		c.s.RenameRepo(r, r.Owner, *in.Name, c.me)
	}
	return ok(c.showFull(r))
}

func (c *call) takenName(r *world.Repo, name string) bool {
	o := c.s.Repo(r.Owner + "/" + name)
	return o != nil && o != r && sameName(o, r.Owner, name)
}

// listCollaborators lists who may work in a repository, to those who may push.
func listCollaborators(c *call) reply {
	r, no := c.repository()
	if no != nil {
		return *no
	}
	if !c.reaches(world.Writer) {
		return refused(refuse(http.StatusForbidden, "Must have push access to view repository collaborators."))
	}
	return paged(c, c.s.People(), func(u *world.User) *rightsUserJSON { return c.showRights(r, u).User })
}

// checkCollaborator answers 204 for somebody who may work in a repository.
func checkCollaborator(c *call) reply {
	if _, no := c.repository(); no != nil {
		return *no
	}
	if !c.reaches(world.Writer) {
		return refused(refuse(http.StatusForbidden, "Must have push access to view repository collaborators."))
	}
	if slices.ContainsFunc(c.s.People(), func(u *world.User) bool { return strings.EqualFold(u.Login, c.params["username"]) }) {
		return noContent()
	}
	return refused(notFound())
}
