// Package brief writes what people read before and after they meet: the brief of
// an epic, the agendas of the cross-team and the team refinement, the product
// brief and the one Sprint Review.
//
// Each document is a value: a body without a dialect and the fingerprint of what
// it says. The same product gives the same document, whatever the order of its
// items, and a day that passes changes no fingerprint.
//
// Nothing in a document ranks teams or counts one against another, and nothing
// that a team can settle itself leaves the team's own agenda.
package brief

import (
	"strata/internal/comment"
	"strata/internal/facts"
	"strata/internal/graph"
	"strata/internal/markup"
	"strata/internal/refine"
	"strata/internal/work"
)

// Input is a product at one moment, as its documents see it.
type Input struct {
	// Product is the product's name.
	Product string
	Goal    Goal
	// Home is the item on which the product's documents live, zero where there is
	// none. The readers of a document share what they may see with its item.
	Home work.Ref
	// ReviewHome is the item on which the Sprint Reviews live. Zero means Home.
	ReviewHome work.Ref
	// Objectives are the names of the product's objectives in the config's order.
	Objectives []string
	// Serves returns the names of the objectives that an item serves itself; nil
	// means none. Package facts knows: (*facts.Product).Objectives.
	Serves func(work.Ref) []string

	Snapshot   work.Snapshot
	Graph      *graph.Graph // of the snapshot's items
	Assessment refine.Assessment
	// Policy tells which checks are required, and the lookahead.
	Policy   refine.Policy
	Memory   facts.Memory
	Calendar facts.Calendar
	// Today is the day in the product's zone. It chooses the Sprint that is spoken
	// of and the form of dates; no text and no fingerprint counts days from it.
	Today work.Day
	// Session is the day of the last cross-team refinement: takeaways since then
	// stand in full, older ones are counted. Zero means not known: then those of
	// the present and the last Sprint stand in full.
	Session work.Day
	// Heard is what people told us by commands.
	Heard Heard
	// Commands says that commands are answered. No document offers one otherwise.
	Commands bool
}

// Goal is the Product Goal.
type Goal struct {
	Text string
	URL  string // where more is said about it; empty where nothing is
}

// Document is one document as it should stand now. A document without a body is
// not wanted.
type Document struct {
	Body markup.Document
	// Fingerprint is what the document says, as "name=value": refs, keys of teams
	// and Sprints, states, dates, and people's own words. Never now, never a count
	// of days, never a title. The digest of the comment is made of it.
	Fingerprint []string
	// Reasons say why the document stands, for the plan: "brief", "takeaways".
	Reasons []string
	// Unread says that the document rests on items of a scope that could not be
	// read: it is neither to be posted nor to be edited now.
	Unread bool
}

// Wanted says whether there is anything to say.
func (d Document) Wanted() bool { return len(d.Body) > 0 }

// Digest returns the digest of the document's comment.
func (d Document) Digest() string { return comment.DigestOf(d.Fingerprint...) }

// With returns the one comment of an epic: the brief, then the flag that was
// written for the findings. Either may be empty. The digest of a flag without a
// brief is that of the flag alone.
func (d Document) With(flag markup.Document, findings []refine.Finding) Document {
	out := Document{Unread: d.Unread}
	out.Body = append(append(out.Body, d.Body...), flag...)
	out.Fingerprint = append(append(out.Fingerprint, d.Fingerprint...), comment.Fingerprint(findings)...)
	out.Reasons = append(out.Reasons, d.Reasons...)
	if summary, ok := comment.Summarize(findings); ok {
		out.Reasons = append(out.Reasons, summary.Reasons...)
	}
	return out
}
