package githubsim

import (
	"sync"

	"strata/internal/sandbox/githubsim/graphql"
)

// documents keeps prepared queries: a client sends the same few texts for ever. It forgets everything when it has seen
// a thousand different ones, or a few large ones.
type documents struct {
	mu    sync.Mutex
	known map[string]*graphql.Document
	bytes int
}

const (
	mostDocuments = 1000
	mostText      = 16 << 20
)

func newDocuments() *documents { return &documents{known: map[string]*graphql.Document{}} }

// prepare reads and validates a query; the problems say what is wrong with it.
func (d *documents) prepare(engine *graphql.Schema, query string) (*graphql.Document, []graphProblem) {
	d.mu.Lock()
	doc, ok := d.known[query]
	d.mu.Unlock()
	if ok {
		return doc, nil
	}
	doc, problems := engine.Prepare(query)
	if problems != nil {
		return nil, problems
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.known) >= mostDocuments || d.bytes > mostText {
		clear(d.known)
		d.bytes = 0
	}
	d.known[query] = doc
	d.bytes += len(query)
	return doc, nil
}
