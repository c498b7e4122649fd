package control

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"time"

	"strata/internal/sandbox/world"
)

// Fault is something that shall go wrong.
type Fault struct {
	Name        string   `json:"fault"`
	Probability *float64 `json:"probability,omitempty"` // defaults to 1
	Route       string   `json:"route,omitempty"`       // part of "METHOD route-template"; empty: every route
	Item        string   `json:"item,omitempty"`        // key, number or id; empty: every item
	Times       int      `json:"times,omitempty"`       // defaults to 0: for ever
	Value       string   `json:"value,omitempty"`       // what the fault needs: a duration, seconds, a page
	Fired       int      `json:"fired"`                 // how often it happened

	undo func() // gives back what it took, when it is switched off
}

// Seconds reads Value as a duration ("1.5s") or as seconds ("2").
func (f Fault) Seconds(otherwise time.Duration) time.Duration {
	if d, err := time.ParseDuration(f.Value); err == nil {
		return d
	}
	if d, err := time.ParseDuration(f.Value + "s"); err == nil {
		return d
	}
	return otherwise
}

// Says reports whether one of the value's words is this.
func (f Fault) Says(word string) bool { return slices.Contains(strings.Fields(f.Value), word) }

// Number reads the first whole number among the value's words.
func (f Fault) Number(otherwise int) int {
	for word := range strings.FieldsSeq(f.Value) {
		n := 0
		if _, err := fmt.Sscanf(word, "%d", &n); err == nil && n >= 0 && fmt.Sprint(n) == word {
			return n
		}
	}
	return otherwise
}

// Faults are the faults that are switched on for one simulator. Chance is
// seeded: the same requests in the same order meet the same faults.
type Faults struct {
	mu      sync.Mutex
	tracker world.Tracker
	known   map[string]Row
	on      []*Fault
	rand    *rand.Rand
}

// NewFaults knows what can go wrong on a tracker.
func NewFaults(t world.Tracker, seed uint64) *Faults {
	return &Faults{tracker: t, known: table(t), rand: rand.New(rand.NewPCG(seed, 0xfa017))}
}

// Known lists what can go wrong, as "name: what it does", sorted.
func (f *Faults) Known() []string {
	out := make([]string, 0, len(f.known))
	for name, row := range f.known {
		text := name + ": " + row.Does
		if row.Value != "" {
			text += " (value: " + row.Value + ")"
		}
		out = append(out, text)
	}
	slices.Sort(out)
	return out
}

// Add switches a fault on. The error says what is wrong, or whose matter the fault is.
func (f *Faults) Add(in Fault) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if _, ok := f.known[in.Name]; !ok {
		return unknown(in.Name, f.tracker)
	}
	if in.Probability != nil && (*in.Probability < 0 || *in.Probability > 1) {
		return fmt.Errorf("probability %v is not between 0 and 1", *in.Probability)
	}
	if in.Times < 0 {
		return fmt.Errorf("times %d is negative: say how often, or 0 for ever", in.Times)
	}
	if in.Name == "F29" && in.Item == "" {
		return fmt.Errorf("fault F29 needs an item: the bad one")
	}
	in.Fired, in.undo = 0, nil
	f.on = append(f.on, &in)
	return nil
}

// Clear switches every fault off.
func (f *Faults) Clear() { f.Remove("") }

// Remove switches off all faults of a name, or all faults, and says how many were on. What they took from the account
// is given back: rights, sight, a person's time zone.
func (f *Faults) Remove(name string) int {
	f.mu.Lock()
	var gone []*Fault
	f.on = slices.DeleteFunc(f.on, func(o *Fault) bool {
		if name == "" || o.Name == name {
			gone = append(gone, o)
			return true
		}
		return false
	})
	undo := make([]func(), 0, len(gone))
	for _, o := range gone {
		if o.undo != nil {
			undo = append(undo, o.undo)
		}
	}
	f.mu.Unlock()
	for _, back := range slices.Backward(undo) {
		back()
	}
	return len(gone)
}

// List copies the faults that are on.
func (f *Faults) List() []Fault {
	f.mu.Lock()
	defer f.mu.Unlock()
	out := []Fault{}
	for _, o := range f.on {
		out = append(out, *o)
	}
	return out
}

// Take asks whether a fault happens now, to this route and item, and uses it
// up. Of several names the first that is on is taken.
func (f *Faults) Take(route, item string, names ...string) (Fault, bool) {
	o, ok := f.draw(route, func(name string) bool { return strings.EqualFold(name, item) }, func(r Row) bool { return slices.Contains(names, r.Name) })
	return o.Fault, ok
}

// hit is a fault that happens: a copy, and the one that is on.
type hit struct {
	Fault
	on *Fault
}

// draw takes the first fault that is on, wanted, about this request, and that chance lets happen.
func (f *Faults) draw(route string, about func(item string) bool, wanted func(Row) bool) (hit, bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, o := range f.on {
		if f.happens(o, route, about, wanted) {
			o.Fired++
			return hit{*o, o}, true
		}
	}
	return hit{}, false
}

// drawAll takes every such fault, not the first alone.
func (f *Faults) drawAll(route string, about func(item string) bool, wanted func(Row) bool) (all []hit) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, o := range f.on {
		if f.happens(o, route, about, wanted) {
			o.Fired++
			all = append(all, hit{*o, o})
		}
	}
	return all
}

func (f *Faults) happens(o *Fault, route string, about func(item string) bool, wanted func(Row) bool) bool {
	row := f.known[o.Name]
	switch {
	case !wanted(row), o.Times > 0 && o.Fired >= o.Times:
		return false
	case row.meddle != nil && !row.always && o.Times == 0 && o.Fired > 0: // a deletion happens once
		return false
	case !strings.Contains(strings.ToLower(route), strings.ToLower(o.Route)):
		return false
	case o.Item != "" && !row.lists && row.meddle == nil && !about(o.Item):
		return false
	}
	return o.Probability == nil || f.rand.Float64() < *o.Probability
}

// missed takes back that a fault fired: there was nothing for it to change.
func (f *Faults) missed(h hit) {
	f.mu.Lock()
	defer f.mu.Unlock()
	h.on.Fired--
}

// keep notes which item a fault is about from now on, and how it is undone. A fault that was switched off meanwhile is
// undone at once.
func (f *Faults) keep(h hit, item string, undo func()) {
	f.mu.Lock()
	h.on.Item = item
	first := h.on.undo == nil
	if first && undo != nil {
		h.on.undo = undo
	}
	gone := !slices.Contains(f.on, h.on)
	f.mu.Unlock()
	if gone && first && undo != nil {
		undo()
	}
}

// any reports whether anything is on.
func (f *Faults) any() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return len(f.on) > 0
}

// Items lists the items of the named faults that are on, without using them
// up: for faults that are a state rather than an event, such as a hidden
// project.
func (f *Faults) Items(names ...string) []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	var out []string
	for _, o := range f.on {
		if slices.Contains(names, o.Name) && o.Item != "" {
			out = append(out, o.Item)
		}
	}
	return out
}

// On reports whether a fault is on, without using it up. One that has happened as often as it should is not.
func (f *Faults) On(name string) (Fault, bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, o := range f.on {
		if o.Name == name && (o.Times == 0 || o.Fired < o.Times) {
			return *o, true
		}
	}
	return Fault{}, false
}
