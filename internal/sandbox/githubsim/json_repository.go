package githubsim

import (
	"fmt"
	"net/url"
	"strings"

	"strata/internal/sandbox/world"
)

// repositoryJSON is a repository.
type repositoryJSON struct {
	ID          int64     `json:"id"`
	NodeID      string    `json:"node_id"`
	Name        string    `json:"name"`
	FullName    string    `json:"full_name"`
	Private     bool      `json:"private"`
	Owner       *userJSON `json:"owner"`
	HTMLURL     string    `json:"html_url"`
	Description *string   `json:"description"`
	Fork        bool      `json:"fork"`
	URL         string    `json:"url"`
	repositoryLinks
	CreatedAt       string          `json:"created_at"`
	UpdatedAt       string          `json:"updated_at"`
	PushedAt        string          `json:"pushed_at"`
	GitURL          string          `json:"git_url"`
	SSHURL          string          `json:"ssh_url"`
	CloneURL        string          `json:"clone_url"`
	SVNURL          string          `json:"svn_url"`
	Homepage        *string         `json:"homepage"`
	Size            int             `json:"size"`
	Stargazers      int             `json:"stargazers_count"`
	WatchersCount   int             `json:"watchers_count"`
	Language        *string         `json:"language"`
	HasIssues       bool            `json:"has_issues"`
	HasProjects     bool            `json:"has_projects"`
	HasDownloads    bool            `json:"has_downloads"`
	HasWiki         bool            `json:"has_wiki"`
	HasPages        bool            `json:"has_pages"`
	HasDiscussions  bool            `json:"has_discussions"`
	ForksCount      int             `json:"forks_count"`
	MirrorURL       *string         `json:"mirror_url"`
	Archived        bool            `json:"archived"`
	Disabled        bool            `json:"disabled"`
	OpenIssuesCount int             `json:"open_issues_count"`
	License         *struct{}       `json:"license"`
	AllowForking    bool            `json:"allow_forking"`
	IsTemplate      bool            `json:"is_template"`
	SignOff         bool            `json:"web_commit_signoff_required"`
	HasPulls        bool            `json:"has_pull_requests"`
	PullPolicy      string          `json:"pull_request_creation_policy"`
	Topics          []string        `json:"topics"`
	Visibility      string          `json:"visibility"`
	Forks           int             `json:"forks"`
	OpenIssues      int             `json:"open_issues"`
	Watchers        int             `json:"watchers"`
	DefaultBranch   string          `json:"default_branch"`
	Permissions     map[string]bool `json:"permissions"`
}

// repository shows a repository to an account; open is how many of its issues and pull requests are open.
func (a address) repository(r *world.Repo, open int, me *world.User) *repositoryJSON {
	visibility := "public"
	if r.Private {
		visibility = "private"
	}
	web := a.web + "/" + r.FullName()
	_, host, _ := strings.Cut(a.web, "://")
	self := a.api + "/repos/" + r.FullName()
	return &repositoryJSON{
		ID: r.ID, NodeID: r.NodeID(), Name: r.Name, FullName: r.FullName(), Private: r.Private, Owner: a.user(ownerOf(r)),
		HTMLURL: web, URL: self, Description: textOrNull(r.About), Language: textOrNull(r.Language), repositoryLinks: linksBelow(self), CreatedAt: epoch, UpdatedAt: epoch, PushedAt: epoch,
		GitURL: "git://" + host + "/" + r.FullName() + ".git", SSHURL: "git@" + host + ":" + r.FullName() + ".git",
		CloneURL: web + ".git", SVNURL: web, HasIssues: !r.IssuesOff, HasProjects: true, HasWiki: true, HasDownloads: true,
		Archived: r.Archived, OpenIssuesCount: open, OpenIssues: open, AllowForking: true, Topics: append([]string{}, r.Topics...), Visibility: visibility,
		HasPulls: true, PullPolicy: "all", DefaultBranch: "main", Permissions: mayDo(me),
	}
}

// mayDo is what an account may do in a repository, by GitHub's five words.
func mayDo(u *world.User) map[string]bool {
	return map[string]bool{
		"admin": world.Reaches(u, world.Admin), "maintain": world.Reaches(u, world.Maintainer), "push": world.Reaches(u, world.Writer),
		"triage": world.Reaches(u, world.Triager), "pull": true,
	}
}

// ownerOf is the organisation or person that a repository's name begins with.
func ownerOf(r *world.Repo) *world.User {
	return &world.User{ID: steadyID(r.Owner), Login: r.Owner, Kind: "Organization"}
}

// labelJSON is a label of a repository.
type labelJSON struct {
	ID          int64   `json:"id"`
	NodeID      string  `json:"node_id"`
	URL         string  `json:"url"`
	Name        string  `json:"name"`
	Color       string  `json:"color"`
	Default     bool    `json:"default"`
	Description *string `json:"description"`
}

func (a address) labels(r *world.Repo, list []*world.Label) []labelJSON {
	out := make([]labelJSON, 0, len(list))
	for _, l := range list {
		out = append(out, a.label(r, l))
	}
	return out
}

func (a address) label(r *world.Repo, l *world.Label) labelJSON {
	return labelJSON{
		ID: l.ID, NodeID: l.NodeID(), URL: a.api + "/repos/" + r.FullName() + "/labels/" + url.PathEscape(l.Name),
		Name: l.Name, Color: l.Color, Default: l.Default, Description: textOrNull(l.About),
	}
}

// milestoneJSON is a milestone of a repository.
type milestoneJSON struct {
	URL          string    `json:"url"`
	HTMLURL      string    `json:"html_url"`
	LabelsURL    string    `json:"labels_url"`
	ID           int64     `json:"id"`
	NodeID       string    `json:"node_id"`
	Number       int       `json:"number"`
	Title        string    `json:"title"`
	Description  *string   `json:"description"`
	Creator      *userJSON `json:"creator"`
	OpenIssues   int       `json:"open_issues"`
	ClosedIssues int       `json:"closed_issues"`
	State        string    `json:"state"`
	CreatedAt    string    `json:"created_at"`
	UpdatedAt    string    `json:"updated_at"`
	DueOn        *string   `json:"due_on"`
	ClosedAt     *string   `json:"closed_at"`
}

func (a address) milestone(r *world.Repo, m *world.Milestone) *milestoneJSON {
	if m == nil {
		return nil
	}
	self := fmt.Sprintf("%s/repos/%s/milestones/%d", a.api, r.FullName(), m.Number)
	out := &milestoneJSON{
		URL: self, HTMLURL: fmt.Sprintf("%s/%s/milestone/%d", a.web, r.FullName(), m.Number), LabelsURL: self + "/labels",
		ID: m.ID, NodeID: m.NodeID(), Number: m.Number, Title: m.Title, Description: textOrNull(m.About), Creator: a.user(m.Creator),
		State: stateWord(m.Closed), CreatedAt: epoch, UpdatedAt: epoch, ClosedAt: stampOrNull(m.ClosedAt), DueOn: stampOrNull(m.Due),
	}
	if m.Creator == nil {
		out.Creator = a.user(ownerOf(r))
	}
	if !m.Created.IsZero() {
		out.CreatedAt, out.UpdatedAt = stamp(m.Created), stamp(m.Created)
	}
	if !m.Updated.IsZero() {
		out.UpdatedAt = stamp(m.Updated)
	}
	return out
}

// showMilestone is a milestone with the number of its issues.
func (c *call) showMilestone(r *world.Repo, m *world.Milestone) *milestoneJSON {
	out := c.at.milestone(r, m)
	if out != nil {
		out.OpenIssues, out.ClosedIssues = c.sort.under(c.s, r, m)
	}
	return out
}
