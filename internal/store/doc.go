// Package store is what Strata remembers between two cycles and over a restart:
// the items as read, how far each scope is read, the comments it wrote, the
// comments in which people speak to it, and when it first saw a dependency or a
// finding.
//
// Everything here can be rebuilt from the trackers; the store saves the reading
// of 100,000 items and keeps promises that a tracker does not keep for us: that
// a post was begun, and that a person deleted a comment of ours.
//
// # Kill at any moment
//
// A reading's records and its cursor are one transaction: a cursor is never
// ahead of its data. A post leaves an intent before it is sent, and the intent
// goes in the transaction that saves its outcome. So after a kill there are
// three cases, and none of them posts twice:
//
//	killed                       | found at the restart   | then
//	before the intent is saved   | nothing                | the post is planned as if new
//	between intent and outcome   | the intent             | the item's comments are listed first, ours is adopted
//	after the outcome is saved   | the comment            | kept
//
// # Durability
//
// SQLite runs with a write-ahead log. When a process is killed the operating
// system still holds what was committed, so synchronous=NORMAL would lose
// nothing; after a power failure it could lose the last commits, and with them
// an intent. The writing connection therefore runs with synchronous=FULL: one
// fsync a commit. We commit once a reading and twice a post, so this costs less
// than a request to a tracker.
//
// # One process
//
// SQLite serves one Strata. A locked file beside the database refuses a second
// process with a clear error; the kernel frees the lock when the process ends,
// however it ends. A command that only looks reads a consistent copy instead
// (OpenCopy) and needs no lock.
//
// Times are kept to the microsecond, in UTC. Records are compact JSON: at this
// size reading them is bound by decoding and not by the disk, so compressing
// them would make a restart slower.
package store
