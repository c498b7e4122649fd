// Package plan compares what we want to have said with what we have said, and
// decides what may be said now. It cannot say anything itself.
//
// # What a comment of ours becomes
//
//	wanted | posted, not folded      | same digest | then
//	-------|-------------------------|-------------|----------------------------------------
//	yes    | none                    | -           | post
//	yes    | one                     | yes         | keep: no call at all
//	yes    | one                     | no          | edit in place
//	yes    | one, and now critical   | no          | where edits are silent: fold it, post anew
//	no     | one                     | -           | fold once ("Resolved on ...")
//	any    | two or more             | -           | keep the oldest; fold the others, erase one
//	       |                         |             | only if nobody replied to it
//	yes    | deleted by a person     | -           | a snooze, until the severity rises
//	yes    | edited by a person      | yes         | left as it is until our findings change
//	quiet  | none or one             | -           | people answered all of it: nothing
//	yes    | folded within 7 days    | -           | unfold it
//	yes    | folded before that      | -           | post anew
//	any    | the item is delivered   | -           | nothing but the fold of an open comment
//	yes    | once-kind, ever posted  | -           | keep
//
// Where a comment is renewed its old form is folded first, so that an item never
// shows two open comments of one kind, not even for the time between two
// requests. A crash between the two heals by itself: the fold is remembered with
// the milder severity it spoke of, and the finding that returns to it has risen,
// so the new comment is posted and the old one not unfolded.
//
// # Allowed and held
//
// A plan answers two questions that must not be confused: what would be said if
// nothing stood in the way, and what may be said now. Plan.Actions holds only
// what is allowed, so a writer that carries out all of it cannot break a limit:
// in report-only mode it is empty. What is held back stands in Plan.Held,
// counted by reason, and one by one in Plan.Later; Plan.All puts both lists
// together for a person or a report. The cost is that a reader who
// wants the whole has to ask for it; the gain is that no writer has to ask
// anything. policy.go is the one door for a permission to act.
//
// A plan's ID names what there is to say, whether it may be said now or not: the
// plan an operator read in report-only mode keeps its name when the mode is
// switched to write.
//
// Actions of one item follow each other. When one fails, the writer leaves the
// item's later ones for the next cycle.
package plan
