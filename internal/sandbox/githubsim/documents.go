package githubsim

import (
	"errors"
	"sync"

	graphErrors "github.com/graph-gophers/graphql-go/errors"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/parser"
)

// documents keeps parsed queries: a client sends the same few texts for ever. It forgets everything when it has seen
// a thousand different ones.
type documents struct {
	mu    sync.Mutex
	known map[string]*ast.QueryDocument
}

func newDocuments() *documents { return &documents{known: map[string]*ast.QueryDocument{}} }

// parse reads a query; the problem says where it stopped making sense.
func (d *documents) parse(query string) (*ast.QueryDocument, *graphProblem) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if doc, ok := d.known[query]; ok {
		return doc, nil
	}
	doc, err := parser.ParseQuery(&ast.Source{Input: query})
	if err != nil {
		p := &graphProblem{Message: err.Error()}
		var where *gqlerror.Error
		if errors.As(err, &where) {
			p.Message = where.Message
			for _, l := range where.Locations {
				p.Locations = append(p.Locations, graphErrors.Location{Line: l.Line, Column: l.Column})
			}
		}
		return nil, p
	}
	if len(d.known) >= 1000 {
		clear(d.known)
	}
	d.known[query] = doc
	return doc, nil
}
