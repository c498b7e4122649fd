package world

import (
	"sync"
	"time"
)

// World is both trackers' truth under one mutex. Reach the State through Read
// and Write only, and keep nothing of it afterwards but values.
type World struct {
	mu    sync.RWMutex
	state *State
}

// New makes an empty world. Now is the clock; nil is the real one.
func New(now func() time.Time) *World {
	return &World{state: newState(now)}
}

// Read runs f while nobody writes. f must not change what it sees.
func (w *World) Read(f func(s *State)) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	f(w.state)
}

// Write runs f alone. Checks and the change they guard belong into one f; one that
// fails has changed nothing.
func (w *World) Write(f func(s *State) error) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	s := w.state
	s.traces.noted = false
	err := f(s)
	if !s.traces.noted && err == nil {
		s.forget() // nothing was named: anything may have changed
	}
	s.Version++
	return err
}

// Now is the world's time.
func (w *World) Now() time.Time {
	w.mu.RLock()
	defer w.mu.RUnlock()
	return w.state.Now()
}

// Advance moves the world's clock; sprints do not start or end by themselves.
func (w *World) Advance(d time.Duration) time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.state.skew += d
	w.state.Version++
	return w.state.Now()
}

// Meter is the request accounting of one tracker. It has its own mutex.
func (w *World) Meter(t Tracker) *Meter { return w.state.meters[t] }
