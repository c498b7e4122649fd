package githubsim

import (
	"net/url"

	"strata/internal/sandbox/world"
)

// userJSON is a user inside other objects, as recorded answers show it.
type userJSON struct {
	Login             string `json:"login"`
	ID                int64  `json:"id"`
	NodeID            string `json:"node_id"`
	AvatarURL         string `json:"avatar_url"`
	GravatarID        string `json:"gravatar_id"`
	URL               string `json:"url"`
	HTMLURL           string `json:"html_url"`
	FollowersURL      string `json:"followers_url"`
	FollowingURL      string `json:"following_url"`
	GistsURL          string `json:"gists_url"`
	StarredURL        string `json:"starred_url"`
	SubscriptionsURL  string `json:"subscriptions_url"`
	OrganizationsURL  string `json:"organizations_url"`
	ReposURL          string `json:"repos_url"`
	EventsURL         string `json:"events_url"`
	ReceivedEventsURL string `json:"received_events_url"`
	Type              string `json:"type"`
	UserViewType      string `json:"user_view_type"`
	SiteAdmin         bool   `json:"site_admin"`
}

// profileJSON is a user asked for by name.
type profileJSON struct {
	*userJSON
	Name        *string `json:"name"`
	Company     *string `json:"company"`
	Blog        string  `json:"blog"`
	Location    *string `json:"location"`
	Email       *string `json:"email"`
	Hireable    *bool   `json:"hireable"`
	Bio         *string `json:"bio"`
	Twitter     *string `json:"twitter_username"`
	PublicRepos int     `json:"public_repos"`
	PublicGists int     `json:"public_gists"`
	Followers   int     `json:"followers"`
	Following   int     `json:"following"`
	CreatedAt   string  `json:"created_at"`
	UpdatedAt   string  `json:"updated_at"`
}

// viewerJSON is the account that asks, which is told more about itself.
type viewerJSON struct {
	profileJSON
	PrivateGists      int      `json:"private_gists"`
	TotalPrivateRepos int      `json:"total_private_repos"`
	OwnedPrivateRepos int      `json:"owned_private_repos"`
	DiskUsage         int      `json:"disk_usage"`
	Collaborators     int      `json:"collaborators"`
	TwoFactor         bool     `json:"two_factor_authentication"`
	Plan              planJSON `json:"plan"`
}

type planJSON struct {
	Name          string `json:"name"`
	Space         int    `json:"space"`
	Collaborators int    `json:"collaborators"`
	PrivateRepos  int    `json:"private_repos"`
}

// orgJSON is an organisation in lists; orgProfileJSON is one asked for by name.
type orgJSON struct {
	Login            string  `json:"login"`
	ID               int64   `json:"id"`
	NodeID           string  `json:"node_id"`
	URL              string  `json:"url"`
	ReposURL         string  `json:"repos_url"`
	EventsURL        string  `json:"events_url"`
	HooksURL         string  `json:"hooks_url"`
	IssuesURL        string  `json:"issues_url"`
	MembersURL       string  `json:"members_url"`
	PublicMembersURL string  `json:"public_members_url"`
	AvatarURL        string  `json:"avatar_url"`
	Description      *string `json:"description"`
}

type orgProfileJSON struct {
	orgJSON
	Name                    *string `json:"name"`
	Company                 *string `json:"company,omitempty"`
	Blog                    string  `json:"blog"`
	Location                *string `json:"location,omitempty"`
	Email                   *string `json:"email,omitempty"`
	Twitter                 *string `json:"twitter_username"`
	IsVerified              bool    `json:"is_verified"`
	HasOrganizationProjects bool    `json:"has_organization_projects"`
	HasRepositoryProjects   bool    `json:"has_repository_projects"`
	PublicRepos             int     `json:"public_repos"`
	PublicGists             int     `json:"public_gists"`
	Followers               int     `json:"followers"`
	Following               int     `json:"following"`
	HTMLURL                 string  `json:"html_url"`
	CreatedAt               string  `json:"created_at"`
	UpdatedAt               string  `json:"updated_at"`
	ArchivedAt              *string `json:"archived_at"`
	Type                    string  `json:"type"`
}

// botKind is GitHub's type of an App's account.
const botKind = "Bot"

// epoch stands in for the birth of accounts, repositories and labels, which no record tells.
const epoch = "2020-01-01T00:00:00Z"

// user is nil for accounts that are gone, which GitHub shows as null.
func (a address) user(u *world.User) *userJSON {
	if u == nil {
		return nil
	}
	api := a.api + "/users/" + url.PathEscape(u.Login)
	return &userJSON{
		Login: u.Login, ID: u.ID, NodeID: u.NodeID(),
		AvatarURL: a.web + "/avatars/" + url.PathEscape(u.Login),
		URL:       api, HTMLURL: a.web + "/" + url.PathEscape(u.Login),
		FollowersURL: api + "/followers", FollowingURL: api + "/following{/other_user}",
		GistsURL: api + "/gists{/gist_id}", StarredURL: api + "/starred{/owner}{/repo}",
		SubscriptionsURL: api + "/subscriptions", OrganizationsURL: api + "/orgs", ReposURL: api + "/repos",
		EventsURL: api + "/events{/privacy}", ReceivedEventsURL: api + "/received_events",
		Type: kindOf(u), UserViewType: "public",
	}
}

func (a address) users(list []*world.User) []*userJSON {
	out := make([]*userJSON, 0, len(list))
	for _, u := range list {
		out = append(out, a.user(u))
	}
	return out
}

func (a address) profile(u *world.User) profileJSON {
	return profileJSON{userJSON: a.user(u), Name: textOrNull(u.Name), Email: textOrNull(u.Email), CreatedAt: epoch, UpdatedAt: epoch}
}

func (a address) viewer(u *world.User) viewerJSON {
	shown := a.profile(u)
	shown.UserViewType = "private"
	return viewerJSON{profileJSON: shown, TwoFactor: true, Plan: planJSON{Name: "free", Space: 976562499, PrivateRepos: 10000}}
}

func (a address) org(u *world.User) orgJSON {
	self := a.api + "/orgs/" + url.PathEscape(u.Login)
	return orgJSON{
		Login: u.Login, ID: u.ID, NodeID: u.NodeID(), URL: self, ReposURL: self + "/repos", EventsURL: self + "/events",
		HooksURL: self + "/hooks", IssuesURL: self + "/issues", MembersURL: self + "/members{/member}",
		PublicMembersURL: self + "/public_members{/member}", AvatarURL: a.web + "/avatars/" + url.PathEscape(u.Login),
	}
}

func (a address) orgProfile(u *world.User, repositories int) orgProfileJSON {
	return orgProfileJSON{
		orgJSON: a.org(u), Name: textOrNull(u.Name), HasOrganizationProjects: true, HasRepositoryProjects: true, PublicRepos: repositories,
		HTMLURL: a.web + "/" + url.PathEscape(u.Login), CreatedAt: epoch, UpdatedAt: epoch, Type: "Organization",
	}
}

// kindOf is GitHub's type of an account.
func kindOf(u *world.User) string {
	if u.Kind == "" {
		return "User"
	}
	return u.Kind
}

// appJSON is the GitHub App through which something was written.
type appJSON struct {
	ID          int64             `json:"id"`
	Slug        string            `json:"slug"`
	NodeID      string            `json:"node_id"`
	Owner       *userJSON         `json:"owner"`
	Name        string            `json:"name"`
	Description string            `json:"description"`
	ExternalURL string            `json:"external_url"`
	HTMLURL     string            `json:"html_url"`
	CreatedAt   string            `json:"created_at"`
	UpdatedAt   string            `json:"updated_at"`
	Permissions map[string]string `json:"permissions"`
	Events      []string          `json:"events"`
}

// app names the App behind an author, or null: only accounts of type Bot write through one.
func (a address) app(author *world.User) *appJSON {
	if author == nil || author.Kind != botKind {
		return nil
	}
	slug := appSlug(author.Login)
	return &appJSON{
		ID: author.ID, Slug: slug, NodeID: author.NodeID(), Owner: a.user(author), Name: slug,
		ExternalURL: a.web + "/apps/" + slug, HTMLURL: a.web + "/apps/" + slug,
		CreatedAt: epoch, UpdatedAt: epoch,
		Permissions: map[string]string{"issues": "write", "metadata": "read"}, Events: []string{},
	}
}
