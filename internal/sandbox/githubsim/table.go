package githubsim

import "net/http"

// table lists every REST route. Those of a repository are reachable by its name and by its id, because Link
// headers and redirects point to the id.
func (s *Simulator) table() []route {
	const get, post, patch, del = http.MethodGet, http.MethodPost, http.MethodPatch, http.MethodDelete
	const read, write, meta = "issues=read", "issues=write", "metadata=read"
	out := []route{
		{post, "/graphql", "", s.serveGraphQL},
		{get, "/", "", getRoot},
		{get, "/meta", "", getMeta},
		{get, "/zen", "", getZen},
		{get, "/rate_limit", "", s.getRateLimit},
		{get, "/user", "", getViewer},
		{get, "/user/{account_id}", "", getUserByID},
		{get, "/users/{login}", "", getUser},
		{get, "/orgs/{login}", "", getUser},
	}
	repo := []route{
		{get, "", meta, getRepository},
		{get, "/issues", read, listIssues},
		{post, "/issues", write, createIssue},
		{get, "/issues/comments", read, listRepositoryComments},
		{get, "/issues/comments/{comment_id}", read, getComment},
		{patch, "/issues/comments/{comment_id}", write, editComment},
		{del, "/issues/comments/{comment_id}", write, deleteComment},
		{get, "/issues/{number}", read, getIssue},
		{patch, "/issues/{number}", write, editIssue},
		{get, "/issues/{number}/comments", read, listComments},
		{post, "/issues/{number}/comments", write, createComment},
		{get, "/issues/{number}/labels", read, listIssueLabels},
		{get, "/issues/{number}/parent", read, getParent},
		{get, "/issues/{number}/sub_issues", read, listSubIssues},
		{post, "/issues/{number}/sub_issues", write, addSubIssue},
		{del, "/issues/{number}/sub_issue", write, removeSubIssue},
		{get, "/issues/{number}/dependencies/blocked_by", read, listBlockedBy},
		{post, "/issues/{number}/dependencies/blocked_by", write, addBlockedBy},
		{del, "/issues/{number}/dependencies/blocked_by/{issue_id}", write, removeBlockedBy},
		{get, "/issues/{number}/dependencies/blocking", read, listBlocking},
		{"PUT", "/issues/{number}/lock", write, lockIssue},
		{del, "/issues/{number}/lock", write, unlockIssue},
		{get, "/collaborators/{username}/permission", meta, getRights},
		{get, "/labels", read, listLabels},
		{get, "/milestones", read, listMilestones},
	}
	for _, base := range []string{"/repos/{owner}/{repo}", "/repositories/{repository_id}"} {
		for _, r := range repo {
			r.template = base + r.template
			out = append(out, r)
		}
	}
	return out
}
