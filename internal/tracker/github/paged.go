package github

import (
	"context"
	"errors"
	"maps"
)

// sizes are the sizes of a page that are tried, one after the other, when
// GitHub cannot work out a larger one.
var sizes = []int{pageSize, 50, 25, 10}

// paged asks for one page of a query with the variables first and after. A page
// that is too heavy is asked for again, smaller, from the same place; the size
// that passed is kept for the query's next pages and grows back later.
func paged[T any](ctx context.Context, g *GitHub, op, query string, variables map[string]any, after string) (reply[T], error) {
	vars := maps.Clone(variables)
	if after != "" {
		vars["after"] = after
	}
	key := op + " " + queryName(query)
	if after == "" {
		g.grow(key)
	}
	for {
		size := g.size(key)
		vars["first"] = size
		answer, err := ask[T](ctx, g, op, query, vars)
		if !errors.Is(err, errTooHeavy) || !g.shrink(key, size) {
			return answer, err
		}
	}
}

// fit is the size that a query's pages have, as an index of sizes, and how many
// readings passed with it.
type fit struct{ size, calm int }

// patience is how many readings pass before a larger size is tried again: each
// try may cost a request in vain.
const patience = 10

func (g *GitHub) size(key string) int {
	g.mu.Lock()
	defer g.mu.Unlock()
	return sizes[g.fits[key].size]
}

// shrink says whether there is a smaller size to try.
func (g *GitHub) shrink(key string, from int) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	at := g.fits[key].size
	if sizes[at] == from && at+1 < len(sizes) {
		at++
	}
	g.fits[key] = fit{size: at}
	return sizes[at] < from
}

// grow counts a reading, and tries one size larger after some that passed.
func (g *GitHub) grow(key string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	f := g.fits[key]
	if f.size == 0 {
		return
	}
	if f.calm++; f.calm > patience {
		f = fit{size: f.size - 1}
	}
	g.fits[key] = f
}
