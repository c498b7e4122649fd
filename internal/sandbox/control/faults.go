package control

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"time"
)

// Fault is something that shall go wrong.
type Fault struct {
	Name        string   `json:"fault"`
	Probability *float64 `json:"probability,omitempty"` // defaults to 1
	Route       string   `json:"route,omitempty"`       // part of "METHOD route-template"; empty: every route
	Item        string   `json:"item,omitempty"`        // key, number or id in the path; empty: every item
	Times       int      `json:"times,omitempty"`       // defaults to 0: for ever
	Value       string   `json:"value,omitempty"`       // what the fault needs: a duration, seconds, a page
	Fired       int      `json:"fired"`
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

// Faults are the faults that are switched on for one simulator. Chance is
// seeded: the same requests in the same order meet the same faults.
type Faults struct {
	mu    sync.Mutex
	known map[string]string // name → what it does
	on    []*Fault
	rand  *rand.Rand
}

// Common faults, that Wrap plays for every simulator.
var common = map[string]string{
	"latency":   "answers late by value (default 1s)",
	"429":       "429 with Retry-After of value (default 1s)",
	"F24":       "the same as 429",
	"500":       "500 before anything is done",
	"502":       "502 with an HTML page before anything is done",
	"502-after": "502 with an HTML page after the request was carried out",
	"F31":       "the request is carried out, then the connection breaks",
	"drop":      "the connection breaks before anything is done",
}

// NewFaults knows the common faults and the simulator's own.
func NewFaults(seed uint64, own map[string]string) *Faults {
	known := maps.Clone(common)
	maps.Copy(known, own)
	return &Faults{known: known, rand: rand.New(rand.NewPCG(seed, 0xfa017))}
}

// Known lists what can go wrong, as "name: what it does", sorted.
func (f *Faults) Known() []string {
	out := make([]string, 0, len(f.known))
	for name, text := range f.known {
		out = append(out, name+": "+text)
	}
	slices.Sort(out)
	return out
}

// Add switches a fault on.
func (f *Faults) Add(in Fault) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if _, ok := f.known[in.Name]; !ok {
		return fmt.Errorf("unknown fault %q", in.Name)
	}
	if in.Probability != nil && (*in.Probability < 0 || *in.Probability > 1) {
		return fmt.Errorf("probability %v is not between 0 and 1", *in.Probability)
	}
	in.Fired = 0
	f.on = append(f.on, &in)
	return nil
}

// Clear switches every fault off.
func (f *Faults) Clear() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.on = nil
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
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, o := range f.on {
		if !slices.Contains(names, o.Name) || (o.Times > 0 && o.Fired >= o.Times) {
			continue
		}
		if !strings.Contains(strings.ToLower(route), strings.ToLower(o.Route)) {
			continue
		}
		if o.Item != "" && !strings.EqualFold(o.Item, item) {
			continue
		}
		if o.Probability != nil && f.rand.Float64() >= *o.Probability {
			continue
		}
		o.Fired++
		return *o, true
	}
	return Fault{}, false
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

// On reports whether a fault is on, without using it up.
func (f *Faults) On(name string) (Fault, bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, o := range f.on {
		if o.Name == name {
			return *o, true
		}
	}
	return Fault{}, false
}
