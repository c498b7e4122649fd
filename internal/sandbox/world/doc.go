// Package world is the truth behind both simulated trackers: a product with
// its teams, items, links, sprints and comments, and everything that ever
// happened to it.
//
// One mutex guards everything. Simulators look inside World.Read and change
// inside World.Write; the State they get offers one method for each kind of
// write, and each keeps `updated`, the journal and the accounting exactly as
// the real tracker would:
//
//	write                         | Jira updated | issue updated_at | card updatedAt | people told
//	new comment                   | moves        | moves            | –              | both trackers
//	edited comment                | moves        | moves            | –              | Jira only
//	deleted comment               | moves        | moves            | –              | nobody
//	comment property, minimising  | –            | –                | –              | nobody
//	link, dependency              | moves        | –                | –              | nobody
//	sub-issue                     | –            | –                | –              | nobody
//	sprint, board value           | moves        | –                | moves          | nobody
//	title, text, state, assignee  | moves        | moves            | –              | nobody; Jira's watchers, when a client does it
//
// Lists are kept in order and brought up to date with what was written: every write
// notes the items that it changed, and one that notes nothing makes all lists be made
// anew. See Answers.
//
// The world is also its own judge: Truth says which dependencies are unresolved and
// why, as somebody would who knows everything and applies the rules by hand.
//
// Items loaded from records keep every recorded field verbatim; what is
// changed later is dropped from the record and rendered from the item.
//
// The package knows nothing of the daemon. It recognises the daemon's
// comments by a small parser of its own, so that it can count duplicates
// without asking the one who would have made them.
package world
