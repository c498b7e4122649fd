// Package sandbox is a pair of simulated trackers with a product in them: it
// starts both, writes the config that a daemon needs to read them, and adds up
// what happened.
//
// It knows nothing of the daemon, so that its truth is its own.
package sandbox
