package tracker

import (
	"errors"
	"fmt"
	"time"
)

// Kind is what an error means for the caller, whatever the tracker answered.
type Kind string

// The kinds of error.
const (
	// Transient: the same request may succeed later; nothing was written.
	Transient Kind = "transient"
	// RateLimited: the tracker asks to wait, Error.RetryAfter says how long.
	RateLimited Kind = "rate_limited"
	// Unauthorized: the credential is wrong, expired or lacks a permission for everything.
	Unauthorized Kind = "unauthorized"
	// NotFound: gone, or hidden from us; the tracker does not tell which.
	NotFound Kind = "not_found"
	// Rejected: this request will never succeed as it is (locked, archived, too long, bad query).
	Rejected Kind = "rejected"
	// Unclear: a write was sent and its outcome is not known; list before doing it again.
	Unclear Kind = "unclear"
)

// Error is an error of a tracker with its kind, decided once at the edge.
type Error struct {
	Kind       Kind
	Op         string        // what we were doing, on what: "post comment on WEB-42"
	Status     int           // HTTP status, 0 when there was no answer
	RetryAfter time.Duration // for RateLimited; 0 when the tracker did not say
	Err        error
}

func (e *Error) Error() string {
	if e.Status != 0 {
		return fmt.Sprintf("%s: %s (HTTP %d): %v", e.Op, e.Kind, e.Status, e.Err)
	}
	return fmt.Sprintf("%s: %s: %v", e.Op, e.Kind, e.Err)
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// KindOf returns the kind of an error; Transient for one that no edge has judged, "" for nil.
func KindOf(err error) Kind {
	if err == nil {
		return ""
	}
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return Transient
}
