package wire

import (
	"context"
	"net/http"
)

type safeKey struct{}
type routeKey struct{}

// Safe marks a request that only reads although its method says otherwise (a
// search sent by POST): it may be repeated, and is not paced as a write.
func Safe(ctx context.Context) context.Context { return context.WithValue(ctx, safeKey{}, true) }

// Route names a request for the Observer by a template without ids, such as
// "issue/{id}/comment". The names are a small fixed set.
func Route(ctx context.Context, template string) context.Context {
	return context.WithValue(ctx, routeKey{}, template)
}

// Observer is told what was sent and what of the quota is left.
type Observer interface {
	// Request is one request on its way, repetitions included. The route is the
	// method with the template of Route ("POST issue/{id}/comment"); the code is the HTTP
	// status, or "broken" when there was no answer.
	Request(tracker, route, code string)
	// Remaining is the quota the tracker says is left of a resource.
	Remaining(tracker, resource string, n float64)
}

func harmless(req *http.Request) bool {
	switch req.Method {
	case http.MethodGet, http.MethodHead, http.MethodOptions:
		return true
	}
	return req.Context().Value(safeKey{}) != nil
}

func routeOf(req *http.Request) string {
	template, ok := req.Context().Value(routeKey{}).(string)
	if !ok {
		template = "other"
	}
	return req.Method + " " + template
}

type silent struct{}

func (silent) Request(_, _, _ string)           {}
func (silent) Remaining(_, _ string, _ float64) {}
