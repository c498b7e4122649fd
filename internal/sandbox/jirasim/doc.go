// Package jirasim is a Jira that is not there: it serves a sandbox world as
// Jira Cloud or Jira Data Center would, so that unchanged clients work and
// wrong requests fail as they would in production.
//
// What is refused loudly: JQL that the grammar does not know (400 naming it),
// search requests with unknown fields (400), the search that Cloud removed
// (410), bodies of the other version's form (400), fields that are not on the
// screen (400), bodies that are not declared as JSON (415).
//
// A request passes the gate, finds its handler, and looks at the world inside
// call.read, or changes it inside call.write: a form is read whole and found
// right before anything is changed, and becomes one entry of the issue's
// history. Pages of issues are written by hand (members), because they are
// what a daemon asks for a thousand times.
package jirasim
