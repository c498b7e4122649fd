// Package refine judges a product: which dependencies nobody has resolved, and
// which epics and stories are not ready for the session they come up in.
//
// It is pure. A snapshot, its graph, what is remembered, the operator's policy
// and the day go in; an assessment comes out, sorted, equal for equal input. The
// rules and checks are passed in, so that each can live in a file of its own.
//
// Decision: a rule says what it sees; what may be said of it is decided here,
// once for all rules: which edges are judged at all, what is only a warning
// because it rests on a description or a projected Sprint, which finding of an
// edge is shown, and who may be spoken to. Cost: a rule cannot make an exception
// for itself. Reason: people judge Strata by its noise, and noise comes from
// exceptions.
//
// Decision: what nobody planned is not late. A forecast by rank and velocity brings
// an item before the checks and into the agenda; a finding that rests on it is a
// warning, says so, and is in no comment; a dependency is never healthy by it. Cost:
// a gap that a forecast shows is told a session later than it could be.
//
// Decision: an answer holds until a change says that the facts got worse, and is
// worked out anew from answers and changes each time. Cost: what no history tells
// ends no answer. Reason: nothing about it can be lost with the store, and nothing
// that was answered is asked again because a text was worded anew.
//
// Decision: a plan is moved forward only by what is off track, once for each item, in
// the order in which items wait; in a circle nothing moves. Cost: delays that many
// small overlaps add up to are not foreseen. Reason: a hand-over within a Sprint is
// what teams are good at, and a forecast of all of them would be noise.
package refine
