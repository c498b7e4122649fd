package githubsim

import (
	_ "embed"

	"strata/internal/sandbox/githubsim/graphql"
)

// Schema is the GraphQL schema that the simulator executes, a part of GitHub's own.
//
//go:embed schema.graphql
var Schema string

// newEngine binds the schema to the Go types that answer for it. Types of the schema that nothing is bound to can be
// asked about and never come about: nobody commits, reviews or checks anything here.
func newEngine() (*graphql.Schema, error) {
	return graphql.New(Schema, append(scalarChecks(),
		graphql.Bind[root]("Query"), graphql.Bind[mutation]("Mutation"),
		graphql.Bind[*account]("User").With(userConstants), graphql.Bind[*account]("Bot"), graphql.Bind[*account]("Organization").With(organizationConstants),
		graphql.Bind[*team]("Team").With(teamConstants),
		graphql.Bind[*repository]("Repository").With(repositoryConstants),
		graphql.Bind[*branch]("Ref").With(map[string]any{"branchProtectionRule": nil, "target": nil}),
		graphql.Bind[*issue]("Issue").With(map[string]any{"createdViaEmail": false, "viewerCanSubscribe": true}),
		graphql.Bind[*pullRequest]("PullRequest").With(pullConstants),
		graphql.Bind[*comment]("IssueComment").With(commentConstants),
		graphql.Bind[*label]("Label"), graphql.Bind[*milestone]("Milestone"),
		graphql.Bind[*issueKind]("IssueType").With(map[string]any{"isPrivate": false}),
		graphql.Bind[*reaction]("Reaction"), graphql.Bind[*pinned]("PinnedIssue"), graphql.Bind[*reviewRequest]("ReviewRequest"),
		graphql.Bind[*project]("ProjectV2"), graphql.Bind[*projectItem]("ProjectV2Item"), graphql.Bind[*draftIssue]("DraftIssue"), graphql.Bind[*view]("ProjectV2View"),
		graphql.Bind[*projectField]("ProjectV2Field", "ProjectV2SingleSelectField", "ProjectV2IterationField"),
		graphql.Bind[*itemValue](valueTypes()...), graphql.Bind[*event](eventTypeNames()...),
	)...)
}

// mustBind is newEngine for a schema that a test has bound before: it cannot fail any more.
func mustBind() *graphql.Schema {
	engine, err := newEngine()
	if err != nil {
		panic(err)
	}
	return engine
}

func valueTypes() []string {
	var out []string
	for _, name := range []string{"Text", "Number", "Date", "SingleSelect", "Iteration", "Label", "User", "Milestone", "Repository", "PullRequest", "Reviewer"} {
		out = append(out, (&itemValue{name: name}).TypeName())
	}
	return out
}

func eventTypeNames() []string {
	var out []string
	for _, name := range eventTypes {
		out = append(out, name)
	}
	return out
}
