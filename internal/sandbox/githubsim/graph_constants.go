package githubsim

// What is the same for everybody and everything here: no repository has code, wiki or releases, nobody hires.

var userConstants = map[string]any{
	"bio": nil, "bioHTML": "", "company": nil, "companyHTML": "", "isEmployee": false, "isHireable": false, "isSiteAdmin": false,
	"location": nil, "pronouns": nil, "twitterUsername": nil, "userViewType": "PUBLIC", "websiteUrl": nil,
}

var organizationConstants = map[string]any{
	"archivedAt": nil, "description": nil, "descriptionHTML": nil, "isVerified": false, "location": nil, "twitterUsername": nil,
	"viewerCanCreateTeams": false, "webCommitSignoffRequired": false, "websiteUrl": nil,
}

var teamConstants = map[string]any{
	"avatarUrl": nil, "privacy": "VISIBLE", "viewerCanSubscribe": false, "viewerSubscription": nil,
}

var repositoryConstants = map[string]any{
	"allowUpdateBranch": false, "autoMergeAllowed": false, "codeOfConduct": nil, "contactLinks": []any{}, "deleteBranchOnMerge": false,
	"diskUsage": 0, "forkCount": 0, "forkingAllowed": true, "fundingLinks": []any{}, "hasDiscussionsEnabled": false, "hasProjectsEnabled": true,
	"hasPullRequestsEnabled": true, "hasVulnerabilityAlertsEnabled": false, "hasWikiEnabled": false, "homepageUrl": nil,
	"isBlankIssuesEnabled": true, "isDisabled": false, "isEmpty": false, "isFork": false, "isLocked": false, "isMirror": false,
	"isSecurityPolicyEnabled": false, "isTemplate": false, "isUserConfigurationRepository": false, "issueTemplates": []any{}, "languages": nil,
	"latestRelease": nil, "licenseInfo": nil, "mergeCommitAllowed": true, "mergeCommitMessage": "PR_TITLE", "mergeCommitTitle": "MERGE_MESSAGE",
	"mirrorUrl": nil, "parent": nil, "pullRequestTemplates": []any{}, "rebaseMergeAllowed": true,
	"securityPolicyUrl": nil, "squashMergeAllowed": true, "squashMergeCommitMessage": "COMMIT_MESSAGES", "squashMergeCommitTitle": "COMMIT_OR_PR_TITLE",
	"stargazerCount": 0, "templateRepository": nil, "usesCustomOpenGraphImage": false, "viewerCanSubscribe": true, "viewerDefaultCommitEmail": nil,
	"viewerDefaultMergeMethod": "MERGE", "viewerHasStarred": false, "viewerPossibleCommitEmails": []any{}, "viewerSubscription": "UNSUBSCRIBED",
	"webCommitSignoffRequired": false,
}

var pullConstants = map[string]any{
	"additions": 0, "autoMergeRequest": nil, "baseRefName": mainBranch, "canBeRebased": true, "changedFiles": 0, "createdViaEmail": false,
	"deletions": 0, "headRef": nil, "isCrossRepository": false, "maintainerCanModify": false, "mergeCommit": nil, "potentialMergeCommit": nil,
	"reviewDecision": nil, "statusCheckRollup": nil, "viewerCanApplySuggestion": false, "viewerCanDeleteHeadRef": false,
	"viewerCanDisableAutoMerge": false, "viewerCanEnableAutoMerge": false, "viewerCanSubscribe": true,
}

var commentConstants = map[string]any{
	"createdViaEmail": false, "isPinned": false, "pinnedAt": nil, "pinnedBy": nil, "viewerCanPin": false, "viewerCanUnpin": false,
}
