package githubsim

import graphql "github.com/graph-gophers/graphql-go"

// node is anything with a global id. Exactly one of its To methods says yes.
type node struct {
	id    string
	thing any
}

func (n *node) ID() graphql.ID { return graphql.ID(n.id) }

// as is the whole of a To method: is the thing of this Go type?
func as[T any](n *node) (*T, bool) {
	t, ok := n.thing.(*T)
	return t, ok
}

func (n *node) ToIssue() (*issue, bool)                 { return as[issue](n) }
func (n *node) ToPullRequest() (*pullRequest, bool)     { return as[pullRequest](n) }
func (n *node) ToIssueComment() (*comment, bool)        { return as[comment](n) }
func (n *node) ToRepository() (*repository, bool)       { return as[repository](n) }
func (n *node) ToProjectV2() (*project, bool)           { return as[project](n) }
func (n *node) ToProjectV2Item() (*projectItem, bool)   { return as[projectItem](n) }
func (n *node) ToDraftIssue() (*draftIssue, bool)       { return as[draftIssue](n) }
func (n *node) ToIssueType() (*issueKind, bool)         { return as[issueKind](n) }
func (n *node) ToMilestone() (*milestone, bool)         { return as[milestone](n) }
func (n *node) ToLabel() (*label, bool)                 { return as[label](n) }
func (n *node) ToUser() (*account, bool)                { return n.accountOf("User") }
func (n *node) ToBot() (*account, bool)                 { return n.accountOf("Bot") }
func (n *node) ToOrganization() (*account, bool)        { return n.accountOf(organization) }
func (n *node) ToProjectV2Field() (*projectField, bool) { return n.fieldOf(plainField) }
func (n *node) ToProjectV2SingleSelectField() (*projectField, bool) {
	return n.fieldOf(singleSelectField)
}
func (n *node) ToProjectV2IterationField() (*projectField, bool) { return n.fieldOf(iterationField) }

func (n *node) ToProjectV2ItemFieldTextValue() (*itemValue, bool)   { return n.valueOf(textValue) }
func (n *node) ToProjectV2ItemFieldNumberValue() (*itemValue, bool) { return n.valueOf(numberValue) }
func (n *node) ToProjectV2ItemFieldDateValue() (*itemValue, bool)   { return n.valueOf(dateValue) }
func (n *node) ToProjectV2ItemFieldSingleSelectValue() (*itemValue, bool) {
	return n.valueOf(optionValue)
}
func (n *node) ToProjectV2ItemFieldIterationValue() (*itemValue, bool) {
	return n.valueOf(iterationValue)
}

func (n *node) accountOf(kind string) (*account, bool) {
	a, ok := n.thing.(*account)
	return a, ok && kindOf(a.u) == kind
}

func (n *node) fieldOf(kind fieldKind) (*projectField, bool) {
	f, ok := n.thing.(*projectField)
	return f, ok && f.kind() == kind
}

func (n *node) valueOf(kind valueKind) (*itemValue, bool) {
	v, ok := n.thing.(*itemValue)
	return v, ok && v.kind == kind
}
