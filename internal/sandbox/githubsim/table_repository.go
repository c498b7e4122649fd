package githubsim

// Routes below a repository. Their templates continue /repos/{owner}/{repo} and /repositories/{repository_id}.

var repositoryRoutes = []route{
	{method: get, permission: meta, docs: "repos/repos#get-a-repository", serve: getRepository},
	{method: patch, permission: manage, docs: "repos/repos#update-a-repository", serve: editRepository},
	{method: get, template: "/installation", docs: "apps/apps#get-a-repository-installation-for-the-authenticated-app", serve: getRepositoryInstallation},
	{method: get, template: "/collaborators", permission: meta, docs: "collaborators/collaborators#list-repository-collaborators", serve: listCollaborators},
	{method: get, template: "/collaborators/{username}", permission: meta, docs: "collaborators/collaborators#check-if-a-user-is-a-repository-collaborator", serve: checkCollaborator},
	{method: get, template: "/collaborators/{username}/permission", permission: meta, docs: "collaborators/collaborators#get-repository-permissions-for-a-user", serve: getRights},
	{method: get, template: "/assignees", permission: readBoth, docs: "issues/assignees#list-assignees", serve: listAssignees},
	{method: get, template: "/assignees/{login}", permission: readBoth, docs: "issues/assignees#check-if-a-user-can-be-assigned", serve: checkAssignee},
	{method: get, template: "/interaction-limits", permission: "administration=read", docs: "interactions/repos#get-interaction-restrictions-for-a-repository", serve: getLimit},
	{method: put, template: "/interaction-limits", permission: manage, docs: "interactions/repos#set-interaction-restrictions-for-a-repository", serve: setLimit},
	{method: del, template: "/interaction-limits", permission: manage, docs: "interactions/repos#remove-interaction-restrictions-for-a-repository", serve: endLimit},
}

var issueRoutes = []route{
	{method: get, template: "/issues", permission: read, docs: "issues/issues#list-repository-issues", serve: listIssues},
	{method: post, template: "/issues", permission: write, docs: "issues/issues#create-an-issue", serve: createIssue, creates: true},
	{method: get, template: "/issues/{number}", permission: read, docs: "issues/issues#get-an-issue", serve: getIssue},
	{method: patch, template: "/issues/{number}", permission: write, docs: "issues/issues#update-an-issue", serve: editIssue},
	{method: put, template: "/issues/{number}/lock", permission: writeBoth, docs: "issues/issues#lock-an-issue", serve: lockIssue},
	{method: del, template: "/issues/{number}/lock", permission: writeBoth, docs: "issues/issues#unlock-an-issue", serve: unlockIssue},
	{method: get, template: "/issues/{number}/parent", permission: read, docs: "issues/sub-issues#get-parent-issue", serve: getParent},
	{method: get, template: "/issues/{number}/sub_issues", permission: read, docs: "issues/sub-issues#list-sub-issues", serve: listSubIssues},
	{method: post, template: "/issues/{number}/sub_issues", permission: write, docs: "issues/sub-issues#add-sub-issue", serve: addSubIssue, creates: true},
	{method: del, template: "/issues/{number}/sub_issue", permission: write, docs: "issues/sub-issues#remove-sub-issue", serve: removeSubIssue},
	{method: patch, template: "/issues/{number}/sub_issues/priority", permission: write, docs: "issues/sub-issues#reprioritize-sub-issue", serve: moveSubIssue},
	{method: get, template: "/issues/{number}/dependencies/blocked_by", permission: read, docs: "issues/issue-dependencies#list-dependencies-an-issue-is-blocked-by", serve: listBlockedBy},
	{method: post, template: "/issues/{number}/dependencies/blocked_by", permission: write, docs: "issues/issue-dependencies#add-a-dependency-an-issue-is-blocked-by", serve: addBlockedBy, creates: true},
	{method: del, template: "/issues/{number}/dependencies/blocked_by/{issue_id}", permission: write, docs: "issues/issue-dependencies#remove-dependency-an-issue-is-blocked-by", serve: removeBlockedBy},
	{method: get, template: "/issues/{number}/dependencies/blocking", permission: read, docs: "issues/issue-dependencies#list-dependencies-an-issue-is-blocking", serve: listBlocking},
	{method: get, template: "/issues/{number}/events", permission: readBoth, docs: "issues/events#list-issue-events", serve: listEvents},
	{method: get, template: "/issues/{number}/timeline", permission: readBoth, docs: "issues/timeline#list-timeline-events-for-an-issue", serve: listTimeline},
	{method: get, template: "/issues/events", permission: readBoth, docs: "issues/events#list-issue-events-for-a-repository", serve: listRepositoryEvents},
	{method: get, template: "/issues/events/{event_id}", permission: readBoth, docs: "issues/events#get-an-issue-event", serve: getEvent},
}

var commentRoutes = []route{
	{method: get, template: "/issues/comments", permission: readBoth, docs: "issues/comments#list-issue-comments-for-a-repository", serve: listRepositoryComments},
	{method: get, template: "/issues/comments/{comment_id}", permission: readBoth, docs: "issues/comments#get-an-issue-comment", serve: getComment},
	{method: patch, template: "/issues/comments/{comment_id}", permission: writeBoth, docs: "issues/comments#update-an-issue-comment", serve: editComment},
	{method: del, template: "/issues/comments/{comment_id}", permission: writeBoth, docs: "issues/comments#delete-an-issue-comment", serve: deleteComment},
	{method: get, template: "/issues/{number}/comments", permission: readBoth, docs: "issues/comments#list-issue-comments", serve: listComments},
	{method: post, template: "/issues/{number}/comments", permission: writeBoth, docs: "issues/comments#create-an-issue-comment", serve: createComment, creates: true},
	{method: get, template: "/issues/{number}/reactions", permission: readBoth, docs: "reactions/reactions#list-reactions-for-an-issue", serve: listIssueReactions},
	{method: post, template: "/issues/{number}/reactions", permission: writeBoth, docs: "reactions/reactions#create-reaction-for-an-issue", serve: addIssueReaction, creates: true},
	{method: del, template: "/issues/{number}/reactions/{reaction_id}", permission: writeBoth, docs: "reactions/reactions#delete-an-issue-reaction", serve: removeIssueReaction},
	{method: get, template: "/issues/comments/{comment_id}/reactions", permission: readBoth, docs: "reactions/reactions#list-reactions-for-an-issue-comment", serve: listCommentReactions},
	{method: post, template: "/issues/comments/{comment_id}/reactions", permission: writeBoth, docs: "reactions/reactions#create-reaction-for-an-issue-comment", serve: addCommentReaction, creates: true},
	{method: del, template: "/issues/comments/{comment_id}/reactions/{reaction_id}", permission: writeBoth, docs: "reactions/reactions#delete-an-issue-comment-reaction", serve: removeCommentReaction},
}

var markRoutes = []route{
	{method: get, template: "/labels", permission: readBoth, docs: "issues/labels#list-labels-for-a-repository", serve: listLabels},
	{method: post, template: "/labels", permission: writeBoth, docs: "issues/labels#create-a-label", serve: createLabel, creates: true},
	{method: get, template: "/labels/{label}", permission: readBoth, docs: "issues/labels#get-a-label", serve: getLabel},
	{method: patch, template: "/labels/{label}", permission: writeBoth, docs: "issues/labels#update-a-label", serve: editLabel},
	{method: del, template: "/labels/{label}", permission: writeBoth, docs: "issues/labels#delete-a-label", serve: deleteLabel},
	{method: get, template: "/issues/{number}/labels", permission: readBoth, docs: "issues/labels#list-labels-for-an-issue", serve: listIssueLabels},
	{method: post, template: "/issues/{number}/labels", permission: writeBoth, docs: "issues/labels#add-labels-to-an-issue", serve: addIssueLabels},
	{method: put, template: "/issues/{number}/labels", permission: writeBoth, docs: "issues/labels#set-labels-for-an-issue", serve: setIssueLabels},
	{method: del, template: "/issues/{number}/labels", permission: writeBoth, docs: "issues/labels#remove-all-labels-from-an-issue", serve: clearIssueLabels},
	{method: del, template: "/issues/{number}/labels/{label}", permission: writeBoth, docs: "issues/labels#remove-a-label-from-an-issue", serve: removeIssueLabel},
	{method: post, template: "/issues/{number}/assignees", permission: writeBoth, docs: "issues/assignees#add-assignees-to-an-issue", serve: addAssignees},
	{method: del, template: "/issues/{number}/assignees", permission: writeBoth, docs: "issues/assignees#remove-assignees-from-an-issue", serve: removeAssignees},
	{method: get, template: "/issues/{number}/assignees/{login}", permission: readBoth, docs: "issues/assignees#check-if-a-user-can-be-assigned-to-a-issue", serve: checkIssueAssignee},
	{method: get, template: "/milestones", permission: readBoth, docs: "issues/milestones#list-milestones", serve: listMilestones},
	{method: post, template: "/milestones", permission: writeBoth, docs: "issues/milestones#create-a-milestone", serve: createMilestone, creates: true},
	{method: get, template: "/milestones/{number}", permission: readBoth, docs: "issues/milestones#get-a-milestone", serve: getMilestone},
	{method: patch, template: "/milestones/{number}", permission: writeBoth, docs: "issues/milestones#update-a-milestone", serve: editMilestone},
	{method: del, template: "/milestones/{number}", permission: writeBoth, docs: "issues/milestones#delete-a-milestone", serve: deleteMilestone},
	{method: get, template: "/milestones/{number}/labels", permission: readBoth, docs: "issues/labels#list-labels-for-issues-in-a-milestone", serve: listMilestoneLabels},
}
