package github

import (
	"encoding/json"
	"time"
)

// The shapes of GraphQL answers, lean: what we ask for and nothing else.

type pageInfo struct {
	HasNextPage bool   `json:"hasNextPage"`
	EndCursor   string `json:"endCursor"`
}

type nodes[T any] struct {
	TotalCount int      `json:"totalCount"`
	PageInfo   pageInfo `json:"pageInfo"`
	Nodes      []T      `json:"nodes"`
}

type named struct {
	Name string `json:"name"`
}

type account struct {
	Login string `json:"login"`
}

type repositoryNode struct {
	NameWithOwner string `json:"nameWithOwner"`
	IsPrivate     bool   `json:"isPrivate"`
}

// endNode is the far end of a link.
type endNode struct {
	ID          string         `json:"fullDatabaseId"`
	Number      int            `json:"number"`
	Title       string         `json:"title"`
	URL         string         `json:"url"`
	State       string         `json:"state"`
	StateReason string         `json:"stateReason"`
	IssueType   *named         `json:"issueType"`
	Repository  repositoryNode `json:"repository"`
}

// issueNode is an issue, or a pull request in the same clothes.
type issueNode struct {
	Typename    string          `json:"__typename"`
	NodeID      string          `json:"id"`
	ID          string          `json:"fullDatabaseId"`
	Number      int             `json:"number"`
	Title       string          `json:"title"`
	Body        string          `json:"body"`
	URL         string          `json:"url"`
	State       string          `json:"state"`
	PullState   string          `json:"pullState"`
	StateReason string          `json:"stateReason"`
	CreatedAt   time.Time       `json:"createdAt"`
	UpdatedAt   time.Time       `json:"updatedAt"`
	ClosedAt    *time.Time      `json:"closedAt"`
	Repository  repositoryNode  `json:"repository"`
	IssueType   *named          `json:"issueType"`
	Milestone   *milestoneNode  `json:"milestone"`
	Labels      *nodes[named]   `json:"labels"`
	Assignees   nodes[account]  `json:"assignees"`
	Parent      *endNode        `json:"parent"`
	DuplicateOf *endNode        `json:"duplicateOf"`
	SubIssues   *subIssues      `json:"subIssuesSummary"`
	BlockedBy   nodes[*endNode] `json:"blockedBy"`
	Blocking    nodes[*endNode] `json:"blocking"`
	Summary     *edgesSummary   `json:"issueDependenciesSummary"`
}

type subIssues struct {
	Total int `json:"total"`
}

type edgesSummary struct {
	BlockedBy int `json:"totalBlockedBy"`
	Blocking  int `json:"totalBlocking"`
}

type milestoneNode struct {
	DueOn *time.Time `json:"dueOn"`
}

func (n *issueNode) place() place {
	return place{repo: n.Repository.NameWithOwner, number: n.Number}
}

// itemNode is an item of a project.
type itemNode struct {
	ID         string      `json:"id"`
	Type       string      `json:"type"`
	IsArchived bool        `json:"isArchived"`
	Content    *issueNode  `json:"content"`
	Status     *fieldValue `json:"status"`
	Iteration  *fieldValue `json:"iteration"`
	Estimate   *fieldValue `json:"estimate"`
	Team       *fieldValue `json:"team"`
	Start      *fieldValue `json:"start"`
	Due        *fieldValue `json:"due"`
	NeededBy   *fieldValue `json:"neededBy"`
}

// fieldValue is a value of a project's field; Typename says which of the others is set.
type fieldValue struct {
	Typename    string   `json:"__typename"`
	Name        string   `json:"name"`
	OptionID    string   `json:"optionId"`
	IterationID string   `json:"iterationId"`
	Title       string   `json:"title"`
	StartDate   string   `json:"startDate"`
	Duration    int      `json:"duration"`
	Number      *float64 `json:"number"`
	Text        string   `json:"text"`
	Date        string   `json:"date"`
}

// iterationNode is a time box of an iteration field.
type iterationNode struct {
	ID        string `json:"id"`
	Title     string `json:"title"`
	StartDate string `json:"startDate"`
	Duration  int    `json:"duration"`
}

type iterationField struct {
	Configuration *struct {
		Iterations          []iterationNode `json:"iterations"`
		CompletedIterations []iterationNode `json:"completedIterations"`
	} `json:"configuration"`
}

// projectAnswer is a page of a project.
type projectAnswer struct {
	Owner *struct {
		Project *struct {
			Iterations *iterationField  `json:"iterations"`
			Items      nodes[*itemNode] `json:"items"`
		} `json:"projectV2"`
	} `json:"repositoryOwner"`
}

// repositoryAnswer is a page of a repository's issues.
type repositoryAnswer struct {
	Repository *struct {
		NameWithOwner string            `json:"nameWithOwner"`
		Issues        nodes[*issueNode] `json:"issues"`
	} `json:"repository"`
}

// restIssue is an issue as REST tells it, with the fields that the library's struct lacks.
type restIssue struct {
	ID            int64          `json:"id"`
	NodeID        string         `json:"node_id"`
	Number        int            `json:"number"`
	Title         string         `json:"title"`
	Body          string         `json:"body"`
	HTMLURL       string         `json:"html_url"`
	URL           string         `json:"url"`
	RepositoryURL string         `json:"repository_url"`
	State         string         `json:"state"`
	StateReason   string         `json:"state_reason"`
	Type          *named         `json:"type"`
	Labels        []named        `json:"labels"`
	Assignees     []account      `json:"assignees"`
	Milestone     *restMilestone `json:"milestone"`
	PullRequest   *restPull      `json:"pull_request"`
	SubIssues     *subIssues     `json:"sub_issues_summary"`
	Dependencies  *restEdges     `json:"issue_dependencies_summary"`
	ParentURL     string         `json:"parent_issue_url"`
	CreatedAt     time.Time      `json:"created_at"`
	UpdatedAt     time.Time      `json:"updated_at"`
	ClosedAt      *time.Time     `json:"closed_at"`
	Repository    *struct {
		Private bool `json:"private"`
	} `json:"repository"`
}

// restPull is there for pull requests only, which REST lists among the issues.
type restPull struct {
	MergedAt *time.Time `json:"merged_at"`
}

type restMilestone struct {
	DueOn *time.Time `json:"due_on"`
}

// restEdges counts open and settled ends together.
type restEdges struct {
	BlockedBy int `json:"total_blocked_by"`
	Blocking  int `json:"total_blocking"`
}

// restComment is a comment as REST tells it, with the App and the minimising
// that the library's struct lacks.
type restComment struct {
	ID        int64           `json:"id"`
	NodeID    string          `json:"node_id"`
	Body      string          `json:"body"`
	HTMLURL   string          `json:"html_url"`
	IssueURL  string          `json:"issue_url"`
	User      *restUser       `json:"user"`
	App       *restApp        `json:"performed_via_github_app"`
	Minimized json.RawMessage `json:"minimized"` // null or {reason}; absent on older servers
	Reactions *struct {
		Total int `json:"total_count"`
	} `json:"reactions"`
	CreatedAt time.Time `json:"created_at"`
	UpdatedAt time.Time `json:"updated_at"`
}

type restUser struct {
	ID    int64  `json:"id"`
	Login string `json:"login"`
	Type  string `json:"type"`
}

type restApp struct {
	ID int64 `json:"id"`
}
