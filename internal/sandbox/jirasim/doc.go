// Package jirasim is a Jira that is not there: it serves a sandbox world as
// Jira Cloud or Jira Data Center would, so that unchanged clients work and
// wrong requests fail as they would in production.
//
// What is refused loudly: JQL that the grammar does not know (400 naming it),
// search requests with unknown fields (400), the search that Cloud removed
// (410), bodies of the other version's form (400).
package jirasim
