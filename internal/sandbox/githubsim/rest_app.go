package githubsim

import (
	"strconv"
	"strings"

	"strata/internal/sandbox/world"
)

// asApp refuses whoever is not an App that speaks for itself, by a JWT.
func (c *call) asApp() (*App, *reply) {
	if c.who.app != nil {
		return c.who.app, nil
	}
	return nil, stop(refused(undecodable()))
}

// registeredJSON is an App asked for by itself, or by its name.
type registeredJSON struct {
	ID            int64             `json:"id"`
	ClientID      string            `json:"client_id"`
	Slug          string            `json:"slug"`
	NodeID        string            `json:"node_id"`
	Owner         *userJSON         `json:"owner"`
	Name          string            `json:"name"`
	Description   *string           `json:"description"`
	ExternalURL   string            `json:"external_url"`
	HTMLURL       string            `json:"html_url"`
	CreatedAt     string            `json:"created_at"`
	UpdatedAt     string            `json:"updated_at"`
	Permissions   map[string]string `json:"permissions"`
	Events        []string          `json:"events"`
	Installations *int              `json:"installations_count,omitempty"`
}

// appEvents are the webhooks that an App may hear.
var appEvents = []string{"issue_comment", "issue_dependencies", "issues", "projects_v2_item", "sub_issues"}

func (c *call) showApp(a *App) *registeredJSON {
	owner := ""
	if len(a.Installations) > 0 {
		owner = a.Installations[0].Account
	}
	page := c.at.web + "/apps/" + a.Slug
	return &registeredJSON{
		ID: a.ID, ClientID: a.ClientID, Slug: a.Slug, NodeID: "A_kwDO" + strconv.FormatInt(a.ID, 36), Owner: c.at.user(&world.User{ID: steadyID(owner), Login: owner, Kind: organization}),
		Name: a.Slug, ExternalURL: page, HTMLURL: page, CreatedAt: epoch, UpdatedAt: epoch, Permissions: a.permissions(), Events: appEvents,
	}
}

func getApp(c *call) reply {
	app, no := c.asApp()
	if no != nil {
		return *no
	}
	out, n := c.showApp(app), len(app.Installations)
	out.Installations = &n
	return ok(out)
}

func getAppBySlug(c *call) reply {
	if app := c.sim.appBySlug(c.params["slug"]); app != nil {
		return ok(c.showApp(app))
	}
	return refused(notFound())
}

// installationJSON is an App in an organisation.
type installationJSON struct {
	ID              int64             `json:"id"`
	ClientID        string            `json:"client_id"`
	Account         *userJSON         `json:"account"`
	Selection       string            `json:"repository_selection"`
	TokensURL       string            `json:"access_tokens_url"`
	RepositoriesURL string            `json:"repositories_url"`
	HTMLURL         string            `json:"html_url"`
	AppID           int64             `json:"app_id"`
	AppSlug         string            `json:"app_slug"`
	TargetID        int64             `json:"target_id"`
	TargetType      string            `json:"target_type"`
	Permissions     map[string]string `json:"permissions"`
	Events          []string          `json:"events"`
	CreatedAt       string            `json:"created_at"`
	UpdatedAt       string            `json:"updated_at"`
	SingleFile      *string           `json:"single_file_name"`
	SeveralFiles    bool              `json:"has_multiple_single_files"`
	FilePaths       []string          `json:"single_file_paths"`
	SuspendedBy     *userJSON         `json:"suspended_by"`
	SuspendedAt     *string           `json:"suspended_at"`
}

func (c *call) showInstallation(a *App, in *Installation) *installationJSON {
	account := &world.User{ID: steadyID(in.Account), Login: in.Account, Kind: organization}
	for _, o := range c.s.Orgs {
		if strings.EqualFold(o.Login, in.Account) {
			account = o
		}
	}
	out := &installationJSON{
		ID: in.ID, ClientID: a.ClientID, Account: c.at.user(account), Selection: in.selection(),
		TokensURL: c.at.api + "/app/installations/" + strconv.FormatInt(in.ID, 10) + "/access_tokens", RepositoriesURL: c.at.api + "/installation/repositories",
		HTMLURL: c.at.web + "/organizations/" + in.Account + "/settings/installations/" + strconv.FormatInt(in.ID, 10),
		AppID:   a.ID, AppSlug: a.Slug, TargetID: account.ID, TargetType: kindOf(account), Permissions: a.permissions(), Events: appEvents,
		CreatedAt: epoch, UpdatedAt: epoch, FilePaths: []string{},
	}
	if in.Suspended {
		out.SuspendedAt, out.SuspendedBy = textOrNull(epoch), out.Account
	}
	return out
}

func (in *Installation) selection() string {
	if in.Repositories == nil {
		return "all"
	}
	return "selected"
}

func listInstallations(c *call) reply {
	app, no := c.asApp()
	if no != nil {
		return *no
	}
	var list []*Installation
	for n := range app.Installations {
		list = append(list, &app.Installations[n])
	}
	return paged(c, list, func(in *Installation) *installationJSON { return c.showInstallation(app, in) })
}

// installation finds the installation of the path, which must be the App's own.
func (c *call) installation() (*App, *Installation, *reply) {
	app, no := c.asApp()
	if no != nil {
		return nil, nil, no
	}
	in := app.installation(c.number("installation_id"))
	if in == nil {
		return nil, nil, stop(refused(notFound()))
	}
	return app, in, nil
}

func getInstallation(c *call) reply {
	app, in, no := c.installation()
	if no != nil {
		return *no
	}
	return ok(c.showInstallation(app, in))
}

// getRepositoryInstallation finds the App's installation that covers a repository. The App sees no more of it.
func getRepositoryInstallation(c *call) reply {
	app, no := c.asApp()
	if no != nil {
		return *no
	}
	r := c.repo()
	if r == nil || r.Hidden {
		return refused(notFound())
	}
	if in := app.at(r.Owner, r); in != nil {
		return ok(c.showInstallation(app, in))
	}
	return refused(notFound())
}

func getAccountInstallation(c *call) reply {
	app, no := c.asApp()
	if no != nil {
		return *no
	}
	if in := app.at(c.params["login"], nil); in != nil {
		return ok(c.showInstallation(app, in))
	}
	return refused(notFound())
}
