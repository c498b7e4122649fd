package control_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"strata/internal/sandbox/control"
	"strata/internal/sandbox/world"
)

func TestTheLedgerOfTruthIsServedLineByLine(t *testing.T) {
	w := world.Generate(world.Options{Seed: 1, Items: 300, Now: func() time.Time { return time.Date(2026, 3, 11, 9, 0, 0, 0, time.UTC) }})
	srv := httptest.NewServer(control.Handler(w, world.Jira, control.NewFaults(world.Jira, 1), nil))
	defer srv.Close()
	truth := w.Truth()
	lines := func(query string) (count map[string]int, all []map[string]map[string]any) {
		t.Helper()
		status, body := do(t, srv, http.MethodGet, "/_sandbox/truth"+query, "")
		if status != http.StatusOK {
			t.Fatal(status, body)
		}
		count = map[string]int{}
		for text := range strings.Lines(body) {
			var line map[string]map[string]any
			if err := json.Unmarshal([]byte(text), &line); err != nil || len(line) != 1 {
				t.Fatalf("%v in %q", err, text)
			}
			for part := range line {
				count[part]++
			}
			all = append(all, line)
		}
		return count, all
	}
	got, all := lines("")
	if got["unresolved"] != len(truth.Unresolved) || got["unlisted"] != len(truth.Unlisted) || got["circle"] != len(truth.Circles) || got["item"] != 0 || len(all) == 0 {
		t.Errorf("got %v; want %d, %d and %d", got, len(truth.Unresolved), len(truth.Unlisted), len(truth.Circles))
	}
	for _, part := range []string{"waiting", "blocker", "state", "origin", "known", "told", "why"} {
		if _, ok := all[0]["unresolved"][part]; !ok {
			t.Errorf("no %s in %v", part, all[0])
		}
	}
	one := truth.Unresolved[0].Waiting
	if got, all := lines("?what=unresolved&what=items&item=" + strings.ReplaceAll(one, "#", "%23")); got["unresolved"] == 0 || got["item"] != 1 || got["circle"]+got["unlisted"] != 0 ||
		all[len(all)-1]["item"]["item"] != one {
		t.Errorf("about %s: got %v", one, all)
	}
	for query, want := range map[string]int{"?what=nonsense": http.StatusBadRequest, "?item=NONE-1": http.StatusNotFound} {
		if status, body := do(t, srv, http.MethodGet, "/_sandbox/truth"+query, ""); status != want || !strings.Contains(body, "error") {
			t.Errorf("%s: got %d %s; want %d", query, status, body, want)
		}
	}
}
