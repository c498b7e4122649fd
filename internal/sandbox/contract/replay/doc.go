// Package replay asks the simulators again what other programs asked real trackers, and compares the answers.
//
// A recording names the items, people and fields of its own tracker. Each test has a small table that says which of ours
// stand for them, and what of the recording is not to be believed: some were taken from stubs that answer anything. What
// comes back must have the recorded status and the recorded shape: the same fields with values of the same kind, all the way
// down, and the headers that clients rely on.
//
// It holds tests alone.
package replay
