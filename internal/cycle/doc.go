// Package cycle is one pass over a product: READ what changed, JUDGE it, PLAN
// what should be said, WRITE what may be said, REPORT what happened. Read this
// package first; Run is its story.
//
// # Level-triggered
//
// Each cycle derives what should be said from what is. Nothing is queued, so a
// crash loses nothing: the next cycle finds the same facts and the same gap
// between what is wanted and what is posted.
//
// # Partial knowledge
//
// A scope that could not be read in full keeps its last known items, marked
// Unread; every comment that touches one is frozen. A link that vanishes is
// believed only when its far end can still be read: Jira leaves out links to
// items that the account may no longer see, and a hidden blocker is unknown,
// not gone.
//
// # The ledger
//
// Comments of ours come with the reading of the items, so that adopting them
// after the loss of the store costs no call an item. What the reading shows
// corrects the ledger; that a comment is missing is believed only after the
// item's comments were listed, because a search may lag behind our own post. The
// ledger follows before a cursor is kept: what lies behind a cursor is not shown
// again.
package cycle
