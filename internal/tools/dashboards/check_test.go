package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/grafana/grafana-foundation-sdk/go/prometheus"
)

// fake is a Prometheus that answers every query with one body.
func fake(t *testing.T, body string) *prober {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, body) }))
	t.Cleanup(server.Close)
	return &prober{address: server.URL, product: "shop", team: "Core"}
}

func TestAnExpressionFailsWithoutData(t *testing.T) {
	for body, want := range map[string]string{
		`{"status":"success","data":{"result":[{"metric":{},"value":[1,"5"]}]}}`:                                    "",
		`{"status":"success","data":{"result":[{"metric":{},"values":[[1,"NaN"],[2,"5"]]}]}}`:                       "",
		`{"status":"success","data":{"result":[]}}`:                                                                 "no data",
		`{"status":"success","data":{"result":[{"metric":{},"value":[1,"NaN"]}]}}`:                                  "no data",
		`{"status":"error","error":"parse error"}`:                                                                  "parse error",
		`{"status":"success","warnings":["not a counter"],"data":{"result":[{"metric":{},"value":[1,"5"]}]}}`:       "not a counter",
		`{"status":"success","infos":["might not be a counter"],"data":{"result":[{"metric":{},"value":[1,"5"]}]}}`: "might not be a counter",
	} {
		q := prometheus.Dataquery{Expr: `up{product="$product"}`}
		err := fake(t, body).expression(t.Context(), "Panel / ", q)
		switch {
		case want == "" && err != nil:
			t.Errorf("%s: %v", body, err)
		case want != "" && (err == nil || !strings.Contains(err.Error(), want)):
			t.Errorf("%s: got %v, want %s", body, err, want)
		}
	}
}

func TestAnAlertFailsWhenWhatItLooksAtIsMissing(t *testing.T) {
	a := alert{Alert: "A", Expr: `max(strata_source_up{product="shop"}) == 0`}
	if err := fake(t, `{"status":"success","data":{"result":[]}}`).alert(t.Context(), a); err == nil || !strings.Contains(err.Error(), `strata_source_up{product="shop"}`) {
		t.Errorf("got %v, want the selector named", err)
	}
}

func TestWhatMayBeEmptyExists(t *testing.T) {
	known := map[string]bool{}
	for _, d := range all(t) {
		for _, p := range panelsOf(d.model) {
			for _, target := range p.Targets {
				known[nameOf(p, target.(prometheus.Dataquery))] = true
			}
		}
	}
	for _, a := range alerts(t) {
		for _, selector := range selectors.FindAllString(a.Expr, -1) {
			known[a.Alert+" / "+selector] = true
		}
	}
	for name, reason := range mayBeEmpty {
		if !known[name] || reason == "" {
			t.Errorf("mayBeEmpty names %q, which does not exist or has no reason", name)
		}
	}
}

func TestVariablesAreFilled(t *testing.T) {
	p := &prober{product: "shop"}
	got := p.filled(`rate(a{product="$product",team=~"$team"}[$__rate_interval])[$__range]`, ".*")
	if want := `rate(a{product="shop",team=~".*"}[15s])[1m]`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if _, _, ok := labelValues("label_names()"); ok {
		t.Error("label_names() was taken for label_values")
	}
}
