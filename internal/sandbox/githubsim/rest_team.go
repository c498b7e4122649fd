package githubsim

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"strata/internal/sandbox/world"
)

// teamJSON is a team of an organisation.
type teamJSON struct {
	ID              int64           `json:"id"`
	NodeID          string          `json:"node_id"`
	URL             string          `json:"url"`
	HTMLURL         string          `json:"html_url"`
	Name            string          `json:"name"`
	Slug            string          `json:"slug"`
	Description     *string         `json:"description"`
	Privacy         string          `json:"privacy"`
	Notification    string          `json:"notification_setting"`
	Permission      string          `json:"permission"`
	Type            string          `json:"type"`
	OrganizationID  int64           `json:"organization_id"`
	CreatedAt       string          `json:"created_at,omitempty"` // asked for by name
	UpdatedAt       string          `json:"updated_at,omitempty"`
	MembersURL      string          `json:"members_url"`
	RepositoriesURL string          `json:"repositories_url"`
	Parent          *struct{}       `json:"parent"`
	MembersCount    *int            `json:"members_count,omitempty"`
	ReposCount      *int            `json:"repos_count,omitempty"`
	Organization    *orgProfileJSON `json:"organization,omitempty"`
}

func (c *call) showTeam(t *world.OrgTeam) *teamJSON {
	self := fmt.Sprintf("%s/organizations/%d/team/%d", c.at.api, steadyID(t.Org), t.ID)
	return &teamJSON{
		ID: t.ID, NodeID: t.NodeID(), URL: self, HTMLURL: c.at.web + "/orgs/" + t.Org + "/teams/" + t.Slug, Name: t.Name, Slug: t.Slug,
		Description: textOrNull(t.About), Privacy: "closed", Notification: "notifications_enabled", Permission: "push", Type: "organization", OrganizationID: steadyID(t.Org),
		MembersURL: self + "/members{/member}", RepositoriesURL: self + "/repos",
	}
}

// insideOrg refuses strangers: teams are shown to members alone.
func (c *call) insideOrg() *reply {
	switch {
	case c.login() != nil:
		return c.login()
	case c.organization() == nil:
		return stop(refused(notFound()))
	case c.who.grant.fine() && !c.who.grant.permits(c.route.permission):
		return stop(refused(c.inaccessible()))
	case !c.who.grant.fine() && !c.who.grant.scoped("read:org", "write:org", "admin:org", "repo"):
		return stop(refused(refuse(http.StatusForbidden, "You must have read:org scope or be a member of the organization.")))
	}
	return nil
}

func listTeams(c *call) reply {
	if no := c.insideOrg(); no != nil {
		return *no
	}
	return paged(c, c.s.GitHubTeams(c.params["login"]), c.showTeam)
}

// team finds the team of the path.
func (c *call) team() (*world.OrgTeam, *reply) {
	if no := c.insideOrg(); no != nil {
		return nil, no
	}
	for _, t := range c.s.GitHubTeams(c.params["login"]) {
		if t.Slug == strings.ToLower(c.params["team"]) {
			return t, nil
		}
	}
	return nil, stop(refused(notFound()))
}

func getTeam(c *call) reply {
	t, no := c.team()
	if no != nil {
		return *no
	}
	out, n, repos := c.showTeam(t), len(t.Members), 0
	out.CreatedAt, out.UpdatedAt, out.ReposCount = epoch, epoch, &repos
	org := c.at.orgProfile(c.organization(), 0)
	out.MembersCount, out.Organization = &n, &org
	return ok(out)
}

func listTeamMembers(c *call) reply {
	t, no := c.team()
	if no != nil {
		return *no
	}
	return paged(c, t.Members, c.at.user)
}

// listMembers lists an organisation's members. They are the same for every organisation of this GitHub.
func listMembers(c *call) reply {
	if c.organization() == nil {
		return refused(notFound())
	}
	list := c.s.People()
	if c.query.Get("role") == "admin" {
		list = slices.DeleteFunc(list, func(u *world.User) bool { return !world.Reaches(u, world.Admin) })
	}
	return paged(c, list, c.at.user)
}

// checkMember answers 204 for a member and 404 for others.
func checkMember(c *call) reply {
	if c.organization() == nil {
		return refused(notFound())
	}
	if slices.ContainsFunc(c.s.People(), func(u *world.User) bool { return strings.EqualFold(u.Login, c.params["username"]) }) {
		return noContent()
	}
	no := notFound()
	no.Message = "User does not exist or is not a member of the organization"
	return refused(no)
}
