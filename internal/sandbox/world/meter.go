package world

import (
	"maps"
	"strconv"
	"sync"
)

// Meter counts one tracker's requests. It has its own mutex, so that counting
// never waits for the world.
type Meter struct {
	mu     sync.Mutex
	counts Requests
}

// Requests is what a Meter has counted.
type Requests struct {
	ByRoute  map[string]map[string]int `json:"requests"` // "METHOD route-template" → status → n
	Points   int                       `json:"points"`
	BytesIn  int64                     `json:"bytes_in"`
	BytesOut int64                     `json:"bytes_out"`
}

func newMeter() *Meter {
	return &Meter{counts: Requests{ByRoute: map[string]map[string]int{}}}
}

// Request counts one answered request. A dropped connection is status 0.
func (m *Meter) Request(route string, status int, in, out int64) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.counts.ByRoute[route] == nil {
		m.counts.ByRoute[route] = map[string]int{}
	}
	m.counts.ByRoute[route][strconv.Itoa(status)]++
	m.counts.BytesIn += in
	m.counts.BytesOut += out
}

// Points adds to the points spent.
func (m *Meter) Points(n int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.counts.Points += n
}

// Read copies what has been counted.
func (m *Meter) Read() Requests {
	m.mu.Lock()
	defer m.mu.Unlock()
	out := m.counts
	out.ByRoute = make(map[string]map[string]int, len(m.counts.ByRoute))
	for route, by := range m.counts.ByRoute {
		out.ByRoute[route] = maps.Clone(by)
	}
	return out
}
