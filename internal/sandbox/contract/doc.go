// Package contract holds what is said to a tracker, and what it answers, against what the tracker publishes about itself.
//
// The publications are no part of the project: they lie beside it (see Folder). REST is held against the OpenAPI files of
// Jira Cloud, Jira Software, Jira Data Center and GitHub; GraphQL against GitHub's public schema. What those files leave
// open, because a Jira may have any fields, is described in schemas, which are ours. The files have known defects; relax.go
// names each of them, and nothing else is loosened.
//
// A pass says that a request would be understood and that an answer has its shape. It does not say that the answer is
// true: that is what the simulators' own tests are for, and what the recorded exchanges in replay say.
//
// Only tests import this package.
package contract
