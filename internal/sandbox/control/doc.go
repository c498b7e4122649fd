// Package control is the back door of a simulated tracker: what happened, what
// shall happen, and what shall go wrong. It listens to this machine only.
package control
