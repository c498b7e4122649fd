package trackertest

import (
	"testing"

	"strata/internal/tracker"
	"strata/internal/work"
)

// Controls is what the suite needs to know and to do behind the adapter's back.
// The functions fail the test when they cannot do what they say.
type Controls struct {
	// Scope holds exactly Items, at least five.
	Scope tracker.Scope
	// Items are the items of the scope, with key and URL; open and writable.
	Items []work.Target
	// Missing names items that do not exist or are hidden: by ref, key or URL.
	Missing []work.Target
	// Touch changes an item as a person does, so that the next reading must show it.
	Touch func(t testing.TB, item work.Ref)
	// Comment writes a comment as another person and returns its id.
	Comment func(t testing.TB, item work.Ref, text string) string
	// Person is who Comment writes as, in the tracker's words; she may edit the items.
	Person work.Person
	// Reword replaces the text of a comment as its author does.
	Reword func(t testing.TB, item work.Ref, id, text string)
	// TakeRights leaves an account, by the id of a remark's author, the right to
	// comment and none to edit.
	TakeRights func(t testing.TB, author string)
	// Delete deletes a comment as a person with the right to do so.
	Delete func(t testing.TB, item work.Ref, id string)
	// LoseAnswer makes the tracker write the next comment and break the connection
	// before it answers.
	LoseAnswer func(t testing.TB)
	// Break makes the tracker fail every request until the returned function is
	// called. Nil skips what needs it.
	Break func(t testing.TB) (repair func())
	// Count is how many comments an item has, whoever wrote them, by the
	// tracker's own count.
	Count func(t testing.TB, item work.Ref) int
}

// Open returns a fresh tracker with its controls; each part of the suite opens its own.
type Open func(t *testing.T) (tracker.Tracker, Controls)
