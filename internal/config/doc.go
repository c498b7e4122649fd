// Package config is the operator's file: the one place where Strata is told
// which trackers, products and teams there are, and how loud it may be.
//
// Each package owns its own Config with defaults and checks; this one composes
// them into one file and reads it strictly. Every mistake is told at once, with
// its file, line and path and with what to write instead, before anything is
// read from a tracker or written to one. Nothing is expanded and nothing is
// fetched: what stands in the file is what holds, and secrets stay where the
// file says they are until they are used.
package config
