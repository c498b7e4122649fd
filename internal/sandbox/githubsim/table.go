package githubsim

import "net/http"

// Methods, and the permissions that routes name.
const (
	get   = http.MethodGet
	post  = http.MethodPost
	put   = http.MethodPut
	patch = http.MethodPatch
	del   = http.MethodDelete

	read      = "issues=read"
	write     = "issues=write"
	readBoth  = "issues=read; pull_requests=read" // where issues and pull requests are one
	writeBoth = "issues=write; pull_requests=write"
	meta      = "metadata=read"
	members   = "members=read"
	manage    = "administration=write"
)

// table lists every route. Those of a repository are reachable by its name and by its id, because Link headers and
// redirects point to the id.
func (s *Simulator) table() []route {
	out := []route{{method: post, template: "/graphql", serve: s.serveGraphQL}}
	for _, group := range [][]route{doorRoutes, accountRoutes, appRoutes, organisationRoutes, searchRoutes} {
		out = append(out, group...)
	}
	for _, base := range []string{"/repos/{owner}/{repo}", "/repositories/{repository_id}"} {
		for _, group := range [][]route{repositoryRoutes, issueRoutes, commentRoutes, markRoutes} {
			for _, r := range group {
				r.template = base + r.template
				out = append(out, r)
			}
		}
	}
	return out
}

var doorRoutes = []route{
	{method: get, template: "/", docs: "meta/meta#github-api-root", serve: getRoot},
	{method: get, template: "/meta", docs: "meta/meta#get-apiname-meta-information", serve: getMeta},
	{method: get, template: "/zen", docs: "meta/meta#get-the-zen-of-github", serve: getZen},
	{method: get, template: "/versions", docs: "meta/meta#get-all-api-versions", serve: getVersions},
	{method: get, template: "/rate_limit", docs: "rate-limit/rate-limit#get-rate-limit-status-for-the-authenticated-user", serve: getRateLimit},
}

var accountRoutes = []route{
	{method: get, template: "/user", docs: "users/users#get-the-authenticated-user", serve: getViewer},
	{method: get, template: "/user/issues", docs: "issues/issues#list-user-account-issues-assigned-to-the-authenticated-user", serve: listMyIssues},
	{method: get, template: "/user/repos", permission: meta, docs: "repos/repos#list-repositories-for-the-authenticated-user", serve: listMyRepositories},
	{method: get, template: "/user/orgs", docs: "orgs/orgs#list-organizations-for-the-authenticated-user", serve: listMyOrgs},
	{method: get, template: "/user/{account_id}", docs: "users/users#get-a-user-using-their-id", serve: getUserByID},
	{method: get, template: "/users", docs: "users/users#list-users", serve: listUsers},
	{method: get, template: "/users/{login}", docs: "users/users#get-a-user", serve: getUser},
	{method: get, template: "/users/{login}/repos", permission: meta, docs: "repos/repos#list-repositories-for-a-user", serve: listUserRepositories},
	{method: get, template: "/users/{login}/orgs", docs: "orgs/orgs#list-organizations-for-a-user", serve: listUserOrgs},
	{method: get, template: "/users/{login}/installation", docs: "apps/apps#get-a-user-installation-for-the-authenticated-app", serve: getAccountInstallation},
	{method: get, template: "/issues", docs: "issues/issues#list-issues-assigned-to-the-authenticated-user", serve: listMyIssues},
}

var appRoutes = []route{
	{method: get, template: "/app", docs: "apps/apps#get-the-authenticated-app", serve: getApp},
	{method: get, template: "/app/installations", docs: "apps/apps#list-installations-for-the-authenticated-app", serve: listInstallations},
	{method: get, template: "/app/installations/{installation_id}", docs: "apps/apps#get-an-installation-for-the-authenticated-app", serve: getInstallation},
	{method: post, template: "/app/installations/{installation_id}/access_tokens", docs: "apps/apps#create-an-installation-access-token-for-an-app", serve: createToken},
	{method: get, template: "/apps/{slug}", docs: "apps/apps#get-an-app", serve: getAppBySlug},
	{method: get, template: "/installation/repositories", permission: meta, docs: "apps/installations#list-repositories-accessible-to-the-app-installation", serve: listInstallationRepositories},
	{method: del, template: "/installation/token", docs: "apps/installations#revoke-an-installation-access-token", serve: revokeToken},
}

var organisationRoutes = []route{
	{method: get, template: "/organizations", docs: "orgs/orgs#list-organizations", serve: listOrgs},
	{method: get, template: "/orgs/{login}", docs: "orgs/orgs#get-an-organization", serve: getOrg},
	{method: get, template: "/orgs/{login}/repos", permission: meta, docs: "repos/repos#list-organization-repositories", serve: listOrgRepositories},
	{method: get, template: "/orgs/{login}/issues", permission: readBoth, docs: "issues/issues#list-organization-issues-assigned-to-the-authenticated-user", serve: listOrgIssues},
	{method: get, template: "/orgs/{login}/installation", docs: "apps/apps#get-an-organization-installation-for-the-authenticated-app", serve: getAccountInstallation},
	{method: get, template: "/orgs/{login}/issue-types", permission: "issue_types=read", docs: "orgs/issue-types#list-issue-types-for-an-organization", serve: listIssueTypes},
	{method: post, template: "/orgs/{login}/issue-types", permission: "issue_types=write", docs: "orgs/issue-types#create-issue-type-for-an-organization", serve: createIssueType},
	{method: put, template: "/orgs/{login}/issue-types/{type_id}", permission: "issue_types=write", docs: "orgs/issue-types#update-issue-type-for-an-organization", serve: editIssueType},
	{method: del, template: "/orgs/{login}/issue-types/{type_id}", permission: "issue_types=write", docs: "orgs/issue-types#delete-issue-type-for-an-organization", serve: deleteIssueType},
	{method: get, template: "/orgs/{login}/members", permission: members, docs: "orgs/members#list-organization-members", serve: listMembers},
	{method: get, template: "/orgs/{login}/members/{username}", permission: members, docs: "orgs/members#check-organization-membership-for-a-user", serve: checkMember},
	{method: get, template: "/orgs/{login}/public_members", docs: "orgs/members#list-public-organization-members", serve: listMembers},
	{method: get, template: "/orgs/{login}/teams", permission: members, docs: "teams/teams#list-teams", serve: listTeams},
	{method: get, template: "/orgs/{login}/teams/{team}", permission: members, docs: "teams/teams#get-a-team-by-name", serve: getTeam},
	{method: get, template: "/orgs/{login}/teams/{team}/members", permission: members, docs: "teams/members#list-team-members", serve: listTeamMembers},
	{method: get, template: "/orgs/{login}/interaction-limits", permission: "organization_administration=read", docs: "interactions/orgs#get-interaction-restrictions-for-an-organization", serve: getOrgLimit},
	{method: put, template: "/orgs/{login}/interaction-limits", permission: "organization_administration=write", docs: "interactions/orgs#set-interaction-restrictions-for-an-organization", serve: setOrgLimit},
	{method: del, template: "/orgs/{login}/interaction-limits", permission: "organization_administration=write", docs: "interactions/orgs#remove-interaction-restrictions-for-an-organization", serve: endOrgLimit},
}

var searchRoutes = []route{
	{method: get, template: "/search/issues", docs: "search/search#search-issues-and-pull-requests", serve: searchIssues, resource: "search"},
	{method: get, template: "/search/repositories", docs: "search/search#search-repositories", serve: searchRepositories, resource: "search"},
	{method: get, template: "/repositories", docs: "repos/repos#list-public-repositories", serve: listPublicRepositories},
}
