package github

import (
	"fmt"
	"slices"
	"strings"
)

// The documents we send. A field is asked for only where a Record needs it,
// because GitHub charges a point for every hundred lists that a query may open.

// endFragment is the far end of a link: enough for a stub, no lists.
const endFragment = `
fragment end on Issue {
  fullDatabaseId
  number
  title
  url
  state
  stateReason(enableDuplicate: true)
  issueType { name }
  repository { nameWithOwner }
}`

// issueFragment is an issue as a Record needs it. enableDuplicate tells a
// duplicate from what was not planned. It opens four lists an issue.
const issueFragment = `
fragment issue on Issue {
  id
  fullDatabaseId
  number
  title
  body
  url
  state
  stateReason(enableDuplicate: true)
  createdAt
  updatedAt
  closedAt
  repository { nameWithOwner isPrivate }
  issueType { name }
  milestone { dueOn }
  labels(first: 50) { nodes { name } }
  assignees(first: 10) { nodes { login } }
  parent { ...end }
  duplicateOf { ...end }
  subIssuesSummary { total }
  blockedBy(first: 20) { pageInfo { hasNextPage endCursor } nodes { ...end } }
  blocking(first: 20) { pageInfo { hasNextPage endCursor } nodes { ...end } }
}` + endFragment

// pullFragment is a pull request as a blocker: it has no dependencies of its own.
const pullFragment = `
fragment pull on PullRequest {
  id
  fullDatabaseId
  number
  title
  body
  url
  pullState: state
  createdAt
  updatedAt
  closedAt
  repository { nameWithOwner isPrivate }
  milestone { dueOn }
  labels(first: 50) { nodes { name } }
  assignees(first: 10) { nodes { login } }
}`

// valueFragment is a field's value of an item of a project.
const valueFragment = `
fragment value on ProjectV2ItemFieldValue {
  __typename
  ... on ProjectV2ItemFieldSingleSelectValue { name optionId }
  ... on ProjectV2ItemFieldIterationValue { iterationId title startDate duration }
  ... on ProjectV2ItemFieldNumberValue { number }
  ... on ProjectV2ItemFieldTextValue { text }
  ... on ProjectV2ItemFieldDateValue { date }
}`

// projectHead and projectTail enclose the fields that the config names; see projectQuery.
const (
	projectHead = `
query projectItems($owner: String!, $number: Int!, $first: Int!, $after: String%s) {
  repositoryOwner(login: $owner) {
    ... on ProjectV2Owner {
      projectV2(number: $number) {`
	projectIterations = `
        iterations: field(name: $iteration) @include(if: $head) {
          ... on ProjectV2IterationField {
            configuration {
              iterations { id title startDate duration }
              completedIterations { id title startDate duration }
            }
          }
        }`
	projectItems = `
        items(first: $first, after: $after) {
          totalCount
          pageInfo { hasNextPage endCursor }
          nodes {
            id
            type
            isArchived
            content { __typename ... on Issue { ...issue } }`
	projectTail = `
          }
        }
      }
    }
  }
}`
)

// projectQuery is the hot document: a page of a project's items. Fields are
// asked for by name, which opens no list; a project without the field answers
// null, and a field that the config does not name is not asked for.
func projectQuery(fields ProjectFields) string {
	var variables, values strings.Builder
	for _, f := range fields.named() {
		fmt.Fprintf(&variables, ", $%s: String!", f.alias)
		fmt.Fprintf(&values, "\n            %s: fieldValueByName(name: $%s) { ...value }", f.alias, f.alias)
	}
	iterations, value := "", ""
	if fields.Iteration != "" {
		variables.WriteString(", $head: Boolean!")
		iterations = projectIterations
	}
	if values.Len() > 0 {
		value = valueFragment
	}
	return fmt.Sprintf(projectHead, variables.String()) + iterations + projectItems + values.String() + projectTail + issueFragment + value
}

type namedField struct{ alias, name string }

// named lists the fields that the config names, by the alias of their values.
func (f ProjectFields) named() []namedField {
	all := []namedField{
		{"status", f.Status}, {"iteration", f.Iteration}, {"estimate", f.Estimate}, {"team", f.Team},
		{"start", f.Start}, {"due", f.Due}, {"neededBy", f.NeededBy},
	}
	return slices.DeleteFunc(all, func(n namedField) bool { return n.name == "" })
}

// everyIssueQuery reads issues in the order of their creation, which nothing
// can change: a page can neither skip nor repeat an issue.
const everyIssueQuery = `
query repositoryIssues($owner: String!, $name: String!, $first: Int!, $after: String, $states: [IssueState!]) {
  repository(owner: $owner, name: $name) {
    nameWithOwner
    issues(first: $first, after: $after, states: $states, orderBy: {field: CREATED_AT, direction: ASC}) {
      totalCount
      pageInfo { hasNextPage endCursor }
      nodes { ...issue }
    }
  }
}` + issueFragment

// edgesQuery reads what the update time of an issue does not show: its
// dependencies and its parent. It opens two lists an issue.
const edgesQuery = `
query repositoryEdges($owner: String!, $name: String!, $first: Int!, $after: String) {
  repository(owner: $owner, name: $name) {
    nameWithOwner
    issues(first: $first, after: $after, states: [OPEN], orderBy: {field: CREATED_AT, direction: ASC}) {
      totalCount
      pageInfo { hasNextPage endCursor }
      nodes {
        id
        fullDatabaseId
        number
        updatedAt
        issueDependenciesSummary { totalBlockedBy totalBlocking }
        parent { fullDatabaseId }
        blockedBy(first: 50) { nodes { fullDatabaseId } }
        blocking(first: 50) { nodes { fullDatabaseId } }
      }
    }
  }
}`

// placesQuery reads only where each issue stands.
const placesQuery = `
query repositoryPlaces($owner: String!, $name: String!, $first: Int!, $after: String) {
  repository(owner: $owner, name: $name) {
    nameWithOwner
    issues(first: $first, after: $after, orderBy: {field: CREATED_AT, direction: ASC}) {
      totalCount
      pageInfo { hasNextPage endCursor }
      nodes { id fullDatabaseId number }
    }
  }
}`

// nodesQuery reads issues by their node ids, in bulk.
const nodesQuery = `
query issuesByNode($ids: [ID!]!) {
  nodes(ids: $ids) { __typename ... on Issue { ...issue } ... on PullRequest { ...pull } }
}` + issueFragment + pullFragment

// moreBlockedByQuery and moreBlockingQuery read the dependencies beyond the first page of one issue.
const moreBlockedByQuery = `
query moreBlockedBy($id: ID!, $after: String) {
  node(id: $id) { ... on Issue { ends: blockedBy(first: 100, after: $after) { pageInfo { hasNextPage endCursor } nodes { ...end } } } }
}` + endFragment

const moreBlockingQuery = `
query moreBlocking($id: ID!, $after: String) {
  node(id: $id) { ... on Issue { ends: blocking(first: 100, after: $after) { pageInfo { hasNextPage endCursor } nodes { ...end } } } }
}` + endFragment

// projectCheckQuery asks for a project and the names of its fields.
const projectCheckQuery = `
query projectFields($owner: String!, $number: Int!) {
  repositoryOwner(login: $owner) {
    ... on ProjectV2Owner {
      projectV2(number: $number) {
        closed
        fields(first: 100) { nodes { ... on ProjectV2FieldCommon { name dataType } } }
      }
    }
  }
}`

// repositoryCheckQuery asks what we may do in a repository.
const repositoryCheckQuery = `
query repositoryAccess($owner: String!, $name: String!) {
  repository(owner: $owner, name: $name) { nameWithOwner isArchived hasIssuesEnabled viewerPermission }
}`
