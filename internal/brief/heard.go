package brief

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"strata/internal/comment"
	"strata/internal/work"
)

// Said is a command that counts: given by a person who may, on an item where it
// is valid. Who may, the caller decides.
type Said struct {
	comment.Command
	Item   work.Ref
	ID     string // the tracker's id of the comment
	Place  int    // of the command among those of its comment, from 0
	URL    string // of the comment
	Author string // as people see the name
	At     time.Time
}

// Heard is what people told a product, each list in the order in which it was said.
type Heard struct {
	Takeaways []Said
	Feedback  []Feedback
	Outcomes  []Outcome
	Decisions []Said
}

// Feedback is a point for the Sprint Review. It stays until somebody marks it done.
type Feedback struct {
	Said
	// Number is the point's name for people, from 1 in the order of creation over
	// the whole product.
	Number int
	Done   bool
	// DoneBy and DoneAt tell who marked it, and when.
	DoneBy string
	DoneAt time.Time
}

// Result is how a Sprint Goal came out.
type Result string

// The results, as the command names them.
const (
	Met    Result = "met"
	Partly Result = "partly"
	Missed Result = "missed"
)

// Outcome is what people say of a Sprint Goal. The item tells whose: the
// product's home, or a team's. It belongs to the Sprint that ends nearest to the
// day it was said.
type Outcome struct {
	Said
	Result Result
	Why    string
}

// Hear sorts commands into what the documents speak of; others are passed over.
// Their order does not matter. A point is done when "done" was said after it.
//
// The numbers rest on the comments alone, so that they survive the loss of every
// store. Their price: a comment with feedback that is deleted moves the numbers
// after it.
func Hear(said []Said) Heard {
	said = slices.Clone(said)
	slices.SortFunc(said, func(a, b Said) int {
		return cmp.Or(a.At.Compare(b.At), a.Item.Compare(b.Item), cmp.Compare(len(a.ID), len(b.ID)), strings.Compare(a.ID, b.ID), cmp.Compare(a.Place, b.Place))
	})
	var h Heard
	for _, s := range said {
		switch s.Verb {
		case comment.VerbTakeaway:
			if s.Text != "" {
				h.Takeaways = append(h.Takeaways, s)
			}
		case comment.VerbFeedback:
			if s.Text != "" {
				h.Feedback = append(h.Feedback, Feedback{Said: s, Number: len(h.Feedback) + 1})
			}
		case comment.VerbDone:
			h.done(s)
		case comment.VerbGoal:
			word, why, _ := strings.Cut(s.Text, " ")
			if r := Result(strings.ToLower(strings.Trim(word, ".,:;"))); r == Met || r == Partly || r == Missed {
				h.Outcomes = append(h.Outcomes, Outcome{Said: s, Result: r, Why: strings.TrimSpace(why)})
			}
		case comment.VerbDecide:
			if s.Text != "" {
				h.Decisions = append(h.Decisions, s)
			}
		}
	}
	return h
}

// done marks the points that a command names: "done 3" or "done #1, 4".
func (h *Heard) done(s Said) {
	for _, word := range strings.FieldsFunc(s.Text, func(r rune) bool { return r == ' ' || r == ',' || r == '#' || r == '.' }) {
		n, err := strconv.Atoi(word)
		if err != nil {
			return
		}
		if n < 1 || n > len(h.Feedback) || h.Feedback[n-1].Done {
			continue
		}
		f := &h.Feedback[n-1]
		f.Done, f.DoneBy, f.DoneAt = true, s.Author, s.At
	}
}

// Open returns the points that nobody has marked done.
func (h Heard) Open() []Feedback {
	var open []Feedback
	for _, f := range h.Feedback {
		if !f.Done {
			open = append(open, f)
		}
	}
	return open
}
