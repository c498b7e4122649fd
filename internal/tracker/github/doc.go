// Package github reads issues and project boards from GitHub and comments under issues there.
//
// # What is asked, and when
//
// A scope of repositories is read in full through GraphQL, in the order of
// creation, which nothing can change: a page can neither skip nor repeat an
// issue, a hundred issues cost one request, and their dependencies come with
// them. Later readings ask three things of each repository:
//
//	REST     issues by update time since the last reading    usually "not modified", which costs no quota
//	GraphQL  dependencies and parents of the open issues     one request for a hundred; two points
//	REST     comments by update time since the last reading  usually "not modified"
//
// The second is needed because adding or removing a dependency or a sub-issue
// moves no update time on either side. Issues whose dependencies differ from
// what the reading before saw are read again in bulk. Where this process did not
// make that reading, because it has just started or the reading was lost, the
// open issues are read in full instead: the same number of requests, but heavier.
//
// A scope that is a project is swept in full at every reading: a project's
// order is its only order, the update time of an item moves for its fields but
// not for its issue, and removed items leave no trace. So each of its readings
// is Full. Items that come twice are dropped; when fewer come than the project
// counts, it is read once more, and then given up as partial.
//
// All times are GitHub's own. A reading begins one minute behind the youngest
// update time the last one saw, and, after a full reading, never later than the
// minute that reading began in.
//
// # Comments
//
// Comments of ours come with the reading, through the repository's list of
// comments by update time: no call per item. The first reading goes through all
// of them, later ones through what is new. An item is Commented, its comments of
// ours all told, when the list was read from the beginning, or when this process
// did so before and the list goes on where it ended. After a start with a kept
// cursor only news is told, and the store's ledger has the rest. A comment that a
// person deletes leaves no news: the next full reading tells, or Comments, or the
// refusal of an edit.
//
// Remarks, which are comments of people that may bear a command, come with the same
// list and by the same table, and cost no call either. The list by update time never
// tells a deletion, so a remark that its author deleted stays until a full reading,
// or until the item's own comments are listed. After a start with a kept cursor a
// remark that was edited into something else stays as well.
//
// A comment is ours when our account wrote it (by the account's id), when our
// App did, or an account that the config lists as former. What the marker says
// never makes a comment ours.
//
// # Rights
//
// GitHub is asked for the rights of a login, and logins change hands. A remark's
// author is an account's id; the login is the one last read with it, and an answer
// counts only when it is about the same id. Where the login is not known, or has
// become somebody else's, GitHub is asked for it by id first.
//
// # Identity
//
// A Ref holds the database id, which GraphQL calls fullDatabaseId; its
// key is owner/name#number. GitHub cannot be asked by database id, so the package
// remembers where each issue stands; what it has not read or been told by
// Remember it looks for, in bulk, in the repositories that it knows.
//
// # What is deliberately not done
//
// Drafts have no page to comment on, pull requests are no stories and archived
// items were put away: no reading shows them. Pull requests can be blockers, so
// Fetch shows them. Redacted items, and those of repositories that refuse us, are
// counted as Hidden. Any other error inside an answer fails the page, because
// data beside an error looks complete and is not. No write is ever sent twice,
// but for one: when GitHub answers a post with a redirect it has written nothing,
// and the comment is sent once to the new place.
package github
