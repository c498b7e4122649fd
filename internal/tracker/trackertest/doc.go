// Package trackertest is the proof that a tracker keeps the contract: one suite
// that every adapter passes, the fake included.
package trackertest
