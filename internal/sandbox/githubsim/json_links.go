package githubsim

// repositoryLinks are the address templates below a repository, all of which the published description requires.
type repositoryLinks struct {
	Archive       string `json:"archive_url"`
	Assignees     string `json:"assignees_url"`
	Blobs         string `json:"blobs_url"`
	Branches      string `json:"branches_url"`
	Collaborators string `json:"collaborators_url"`
	Comments      string `json:"comments_url"`
	Commits       string `json:"commits_url"`
	Compare       string `json:"compare_url"`
	Contents      string `json:"contents_url"`
	Contributors  string `json:"contributors_url"`
	Deployments   string `json:"deployments_url"`
	Downloads     string `json:"downloads_url"`
	Events        string `json:"events_url"`
	Forks         string `json:"forks_url"`
	GitCommits    string `json:"git_commits_url"`
	GitRefs       string `json:"git_refs_url"`
	GitTags       string `json:"git_tags_url"`
	Hooks         string `json:"hooks_url"`
	IssueComment  string `json:"issue_comment_url"`
	IssueEvents   string `json:"issue_events_url"`
	Issues        string `json:"issues_url"`
	Keys          string `json:"keys_url"`
	Labels        string `json:"labels_url"`
	Languages     string `json:"languages_url"`
	Merges        string `json:"merges_url"`
	Milestones    string `json:"milestones_url"`
	Notifications string `json:"notifications_url"`
	Pulls         string `json:"pulls_url"`
	Releases      string `json:"releases_url"`
	Stargazers    string `json:"stargazers_url"`
	Statuses      string `json:"statuses_url"`
	Subscribers   string `json:"subscribers_url"`
	Subscription  string `json:"subscription_url"`
	Tags          string `json:"tags_url"`
	Teams         string `json:"teams_url"`
	Trees         string `json:"trees_url"`
}

func linksBelow(self string) repositoryLinks {
	return repositoryLinks{
		Archive:       self + "/{archive_format}{/ref}",
		Assignees:     self + "/assignees{/user}",
		Blobs:         self + "/git/blobs{/sha}",
		Branches:      self + "/branches{/branch}",
		Collaborators: self + "/collaborators{/collaborator}",
		Comments:      self + "/comments{/number}",
		Commits:       self + "/commits{/sha}",
		Compare:       self + "/compare/{base}...{head}",
		Contents:      self + "/contents/{+path}",
		Contributors:  self + "/contributors",
		Deployments:   self + "/deployments",
		Downloads:     self + "/downloads",
		Events:        self + "/events",
		Forks:         self + "/forks",
		GitCommits:    self + "/git/commits{/sha}",
		GitRefs:       self + "/git/refs{/sha}",
		GitTags:       self + "/git/tags{/sha}",
		Hooks:         self + "/hooks",
		IssueComment:  self + "/issues/comments{/number}",
		IssueEvents:   self + "/issues/events{/number}",
		Issues:        self + "/issues{/number}",
		Keys:          self + "/keys{/key_id}",
		Labels:        self + "/labels{/name}",
		Languages:     self + "/languages",
		Merges:        self + "/merges",
		Milestones:    self + "/milestones{/number}",
		Notifications: self + "/notifications{?since,all,participating}",
		Pulls:         self + "/pulls{/number}",
		Releases:      self + "/releases{/id}",
		Stargazers:    self + "/stargazers",
		Statuses:      self + "/statuses/{sha}",
		Subscribers:   self + "/subscribers",
		Subscription:  self + "/subscription",
		Tags:          self + "/tags",
		Teams:         self + "/teams",
		Trees:         self + "/git/trees{/sha}",
	}
}
