package control

import (
	"cmp"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"strata/internal/sandbox/world"
)

// Handler serves /_sandbox/… for one tracker of a world. Without hooks there are no webhooks.
func Handler(w *world.World, t world.Tracker, f *Faults, k *Hooks) http.Handler {
	c := &desk{world: w, tracker: t, faults: f}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /_sandbox/state", c.state)
	mux.HandleFunc("GET /_sandbox/journal", c.journal)
	mux.HandleFunc("GET /_sandbox/accounting", c.accounting)
	mux.HandleFunc("GET /_sandbox/truth", c.truth)
	mux.HandleFunc("POST /_sandbox/mutate", c.mutate)
	mux.HandleFunc("POST /_sandbox/clock", c.clock)
	mux.HandleFunc("GET /_sandbox/faults", c.listFaults)
	mux.HandleFunc("POST /_sandbox/faults", c.addFault)
	mux.HandleFunc("DELETE /_sandbox/faults", c.clearFaults)
	mux.HandleFunc("DELETE /_sandbox/faults/{name}", c.clearFaults)
	if k != nil {
		mux.HandleFunc("GET /_sandbox/webhooks", func(w http.ResponseWriter, _ *http.Request) { write(w, http.StatusOK, k.View()) })
		mux.HandleFunc("POST /_sandbox/webhooks", k.add)
		mux.HandleFunc("DELETE /_sandbox/webhooks", func(w http.ResponseWriter, _ *http.Request) {
			k.Clear()
			w.WriteHeader(http.StatusNoContent)
		})
	}
	mux.HandleFunc("/_sandbox/", func(w http.ResponseWriter, _ *http.Request) {
		fail(w, http.StatusNotFound, "no such control: use GET state, journal, accounting, truth, faults, webhooks; POST mutate, clock, faults, webhooks; DELETE faults, webhooks", nil)
	})
	return loopback(mux)
}

type desk struct {
	world   *world.World
	tracker world.Tracker
	faults  *Faults
}

// loopback refuses other machines, and pages of other sites in a local browser.
func loopback(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		host, _, err := net.SplitHostPort(r.RemoteAddr)
		if ip := net.ParseIP(host); err != nil || ip == nil || !ip.IsLoopback() {
			fail(w, http.StatusForbidden, "the control API answers this machine only", nil)
			return
		}
		if o := r.Header.Get("Origin"); o != "" {
			if u, err := url.Parse(o); err != nil || u.Host != r.Host {
				fail(w, http.StatusForbidden, "the control API does not answer other sites", nil)
				return
			}
		}
		next.ServeHTTP(w, r)
	})
}

func (c *desk) state(w http.ResponseWriter, r *http.Request) {
	var out any
	status := http.StatusOK
	c.world.Read(func(s *world.State) {
		if name := r.URL.Query().Get("item"); name != "" {
			it, err := s.Find(name)
			if err != nil {
				status, out = http.StatusNotFound, map[string]string{"error": err.Error()}
				return
			}
			out = s.Show(it)
			return
		}
		out = s.Summary(c.tracker)
	})
	write(w, status, out)
}

func (c *desk) journal(w http.ResponseWriter, r *http.Request) {
	since := 0
	if text := r.URL.Query().Get("since"); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil {
			fail(w, http.StatusBadRequest, "since is the last sequence number you have, a whole number", nil)
			return
		}
		since = n
	}
	var out []world.Entry
	c.world.Read(func(s *world.State) { out = s.Since(c.tracker, since) })
	write(w, http.StatusOK, out)
}

func (c *desk) accounting(w http.ResponseWriter, _ *http.Request) {
	var tally world.Tally
	c.world.Read(func(s *world.State) { tally = s.Tally(c.tracker) })
	write(w, http.StatusOK, struct {
		world.Requests
		world.Tally
	}{c.world.Meter(c.tracker).Read(), tally})
}

func (c *desk) mutate(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 4<<20))
	if err != nil {
		fail(w, http.StatusRequestEntityTooLarge, "a mutation is at most 4 MiB", nil)
		return
	}
	out, err := c.world.Mutate(body)
	var bad *world.BadMutation
	switch {
	case errors.As(err, &bad):
		fail(w, http.StatusBadRequest, bad.Error(), bad.Allowed)
	case err != nil:
		fail(w, http.StatusInternalServerError, err.Error(), nil)
	default:
		write(w, http.StatusOK, out)
	}
}

func (c *desk) clock(w http.ResponseWriter, r *http.Request) {
	var in struct {
		Advance string `json:"advance"`
	}
	err := json.NewDecoder(http.MaxBytesReader(w, r.Body, 1<<16)).Decode(&in)
	d, wrong := time.ParseDuration(in.Advance)
	if err != nil || wrong != nil {
		fail(w, http.StatusBadRequest, `say {"advance":"24h"}: a duration with h, m or s`, nil)
		return
	}
	write(w, http.StatusOK, map[string]time.Time{"now": c.world.Advance(d)})
}

func (c *desk) listFaults(w http.ResponseWriter, _ *http.Request) {
	write(w, http.StatusOK, c.faults.List())
}

func (c *desk) addFault(w http.ResponseWriter, r *http.Request) {
	var f Fault
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, 1<<16)).Decode(&f); err != nil {
		fail(w, http.StatusBadRequest, "a fault is a JSON object: "+err.Error(), c.faults.Known())
		return
	}
	if err := c.faults.Add(f); err != nil {
		fail(w, http.StatusBadRequest, err.Error(), c.faults.Known())
		return
	}
	write(w, http.StatusOK, c.faults.List())
}

// clearFaults switches all faults off, or those of one name: ?fault=F24, or the name behind the path.
func (c *desk) clearFaults(w http.ResponseWriter, r *http.Request) {
	name := cmp.Or(r.PathValue("name"), r.URL.Query().Get("fault"))
	if c.faults.Remove(name) == 0 && name != "" {
		fail(w, http.StatusNotFound, "the fault "+name+" is not on: see GET /_sandbox/faults", nil)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

func fail(w http.ResponseWriter, status int, text string, allowed []string) {
	write(w, status, struct {
		Error   string   `json:"error"`
		Allowed []string `json:"allowed,omitempty"`
	}{text, allowed})
}

func write(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	_ = enc.Encode(v) // the client has gone: nobody to tell
}
