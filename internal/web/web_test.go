package web_test

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"strata/internal/cycle"
	"strata/internal/graph"
	"strata/internal/web"
	"strata/internal/work"
)

// pages serves two products as the daemon does.
func pages(ready error) http.Handler {
	items := []work.Item{{Ref: work.Ref{Tracker: "jira", ID: "1"}, Key: "WEB-1", Title: "<script>", Kind: work.Story, State: work.StateOpen}}
	reports := []*cycle.Report{
		{Product: "shop", Snapshot: work.Snapshot{Items: items}, Graph: graph.Build(items)},
		{Product: "a b/ü", Graph: graph.Build(nil)},
	}
	return web.Server(web.Pages{
		Metrics: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("metrics\n")) }),
		Reports: func() []*cycle.Report { return reports },
		Ready:   func() error { return ready },
	}.Handler()).Handler
}

func get(t *testing.T, h http.Handler, method, path string) *httptest.ResponseRecorder {
	t.Helper()
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), method, path, nil))
	return w
}

func TestHealthIsThereBeforeReadiness(t *testing.T) {
	h := pages(errors.New("no complete reading yet of shop"))
	if w := get(t, h, "GET", "/healthz"); w.Code != http.StatusOK {
		t.Errorf("GET /healthz = %d; want 200", w.Code)
	}
	if w := get(t, h, "GET", "/readyz"); w.Code != http.StatusServiceUnavailable || w.Body.String() != "not ready: no complete reading yet of shop\n" {
		t.Errorf("GET /readyz = %d %q; want 503 and why", w.Code, w.Body)
	}
	if w := get(t, pages(nil), "GET", "/readyz"); w.Code != http.StatusOK {
		t.Errorf("GET /readyz = %d; want 200", w.Code)
	}
}

func TestTheReportOfAProductIsOneObject(t *testing.T) {
	for path, want := range map[string]string{"/api/v1/products/shop": "shop", "/api/v1/products/a%20b%2F%C3%BC": "a b/ü"} {
		w := get(t, pages(nil), "GET", path)
		var got struct{ Product string }
		if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil || w.Code != http.StatusOK || got.Product != want {
			t.Errorf("GET %s = %d %+v %v; want the report of %s", path, w.Code, got, err, want)
		}
		if kind := w.Header().Get("Content-Type"); kind != "application/json" {
			t.Errorf("GET %s is %s; want JSON", path, kind)
		}
	}
	if w := get(t, pages(nil), "GET", "/api/v1/products/other"); w.Code != http.StatusNotFound {
		t.Errorf("another product = %d; want 404", w.Code)
	}
}

func TestThePagesOnlyShow(t *testing.T) {
	for _, path := range []string{"/metrics", "/healthz", "/readyz", "/api/v1/products/shop"} {
		if w := get(t, pages(nil), "POST", path); w.Code != http.StatusMethodNotAllowed {
			t.Errorf("POST %s = %d; want 405", path, w.Code)
		}
	}
}

func TestEveryAnswerIsBoundToItself(t *testing.T) {
	for _, path := range []string{"/metrics", "/healthz", "/readyz", "/api/v1/products/shop", "/nowhere"} {
		head := get(t, pages(nil), "GET", path).Header()
		if head.Get("X-Content-Type-Options") != "nosniff" || !strings.Contains(head.Get("Content-Security-Policy"), "default-src 'none'") || head.Get("Cache-Control") != "no-store" {
			t.Errorf("GET %s: headers %v", path, head)
		}
	}
}

func TestASlowClientIsCutOff(t *testing.T) {
	s := web.Server(http.NotFoundHandler())
	if s.ReadHeaderTimeout == 0 || s.ReadTimeout == 0 || s.WriteTimeout == 0 || s.IdleTimeout == 0 || s.MaxHeaderBytes == 0 {
		t.Errorf("a server without limits: %+v", s)
	}
}
