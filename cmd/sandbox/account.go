package main

import (
	"fmt"
	"maps"
	"slices"
	"sync"

	"strata/internal/cycle"
	"strata/internal/refine"
	"strata/internal/sandbox"
)

// result is what a run prints with -o json. Scripts rely on it.
type result struct {
	sandbox.Summary
	Cycles       int           `json:"cycles"`
	Findings     findings      `json:"findings"`
	Dependencies int           `json:"dependencies"` // unresolved
	Errors       []string      `json:"errors"`
	Reports      []*cycle.JSON `json:"reports"` // the last of each product
}

type findings struct {
	Critical int `json:"critical"`
	Warning  int `json:"warning"`
	Info     int `json:"info"`
}

// account adds up what the daemon reports.
type account struct {
	mu     sync.Mutex
	cycles int
	errors []string
	last   map[string]*cycle.Report
}

// mostErrors bounds the list; a fault that returns each second is one error.
const mostErrors = 50

func (a *account) add(r *cycle.Report) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.cycles++
	if a.last == nil {
		a.last = map[string]*cycle.Report{}
	}
	a.last[r.Product] = r
	for _, s := range r.Scopes {
		if s.Err != nil {
			a.note(s.Err.Error())
		}
	}
	for _, o := range r.Outcomes {
		if o.Err != nil {
			a.note(fmt.Sprintf("%s on %s: %v", o.Action.Op, o.Action.Key, o.Err))
		}
	}
}

func (a *account) fail(err error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.note(err.Error())
}

func (a *account) note(text string) {
	if len(a.errors) < mostErrors && !slices.Contains(a.errors, text) {
		a.errors = append(a.errors, text)
	}
}

func (a *account) result(s sandbox.Summary) result {
	a.mu.Lock()
	defer a.mu.Unlock()
	out := result{Summary: s, Cycles: a.cycles, Errors: a.errors, Reports: []*cycle.JSON{}}
	if out.Errors == nil {
		out.Errors = []string{}
	}
	for _, name := range slices.Sorted(maps.Keys(a.last)) {
		r := a.last[name]
		out.Dependencies += len(r.Assessment.Dependencies)
		for _, f := range r.Assessment.Findings {
			switch f.Severity {
			case refine.Critical:
				out.Findings.Critical++
			case refine.Warning:
				out.Findings.Warning++
			case refine.Info:
				out.Findings.Info++
			}
		}
		j := r.JSON()
		out.Reports = append(out.Reports, &j)
	}
	return out
}
