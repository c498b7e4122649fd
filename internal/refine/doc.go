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
package refine
