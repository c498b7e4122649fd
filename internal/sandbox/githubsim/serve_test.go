package githubsim_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"testing"

	"strata/internal/sandbox/contract"
)

// serveHandler opens a simulator that the test keeps in its hand.
func serveHandler(t *testing.T, h http.Handler) string {
	t.Helper()
	server := httptest.NewServer(contract.Watch(t, contract.GitHub, contract.Anyone).Handler(h))
	t.Cleanup(server.Close)
	return server.URL
}

// graphBody is a request with the variables that boardQuery wants; other queries leave them unused.
func graphBody(query string) string {
	in := map[string]any{"query": query}
	if query == boardQuery {
		in["variables"] = map[string]any{"org": "acme", "number": 7, "first": 50}
	}
	body, err := json.Marshal(in)
	if err != nil {
		return ""
	}
	return string(body)
}
