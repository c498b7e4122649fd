// Package web shows a product's last report to people and machines inside the
// network: health, readiness, the report as JSON, and the metrics page it is lent.
package web

import (
	"encoding/json"
	"net/http"
	"time"

	"strata/internal/cycle"
)

// Config says where the pages are served.
type Config struct {
	// Internal is the address of health, metrics and reports. Defaults to 127.0.0.1:9090.
	Internal string `yaml:"internal"`
	// Public is the address of webhooks only. Defaults to none.
	Public string `yaml:"public"`
}

// Default returns the config of a daemon on one machine.
func Default() Config { return Config{Internal: "127.0.0.1:9090"} }

// Pages is what the internal address serves.
type Pages struct {
	Metrics http.Handler
	// Reports gives the last report of every product, without waiting.
	Reports func() []*cycle.Report
	// Ready says why the daemon is not ready yet, or nil.
	Ready func() error
}

// Server returns a server with limits that a slow or hostile client cannot stretch.
func Server(handler http.Handler) *http.Server {
	return &http.Server{
		Handler:           secured(handler),
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       15 * time.Second,
		WriteTimeout:      60 * time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    16 << 10,
	}
}

// Handler routes the pages.
func (p Pages) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", p.Metrics)
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) {
		answer(w, http.StatusOK, "ok")
	})
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, _ *http.Request) {
		if err := p.Ready(); err != nil {
			answer(w, http.StatusServiceUnavailable, "not ready: "+err.Error())
			return
		}
		answer(w, http.StatusOK, "ready")
	})
	mux.HandleFunc("GET /api/v1/products/{product}", p.report)
	return mux
}

func (p Pages) report(w http.ResponseWriter, r *http.Request) {
	for _, report := range p.Reports() {
		if report.Product == r.PathValue("product") {
			w.Header().Set("Content-Type", "application/json")
			encoder := json.NewEncoder(w)
			encoder.SetIndent("", "  ")
			_ = encoder.Encode(report.JSON()) // an error means that the reader has gone
			return
		}
	}
	answer(w, http.StatusNotFound, "no report of such a product yet")
}

func answer(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write([]byte(text + "\n"))
}

func secured(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Content-Type-Options", "nosniff")
		w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; frame-ancestors 'none'")
		w.Header().Set("Cache-Control", "no-store")
		next.ServeHTTP(w, r)
	})
}
