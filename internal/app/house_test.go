package app_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"strata/internal/app"
	"strata/internal/cycle"
	"strata/internal/sandbox"
	"strata/internal/sandbox/contract"
	"strata/internal/sandbox/jirasim"
	"strata/internal/sandbox/world"
)

// A house is the whole product seen from outside: two simulated trackers, a
// config on disk, and the daemon that is asked for one cycle after the other.
type house struct {
	t      *testing.T
	box    *sandbox.Sandbox
	clock  *clock
	folder string
	config string // file
	text   string // as written
	app    *app.App
	told   []*cycle.Report // through Reported

	// watchers hold every exchange with a tracker against what that tracker publishes.
	watchers map[world.Tracker]*contract.Watcher
}

// clock is a Wednesday in a Sprint's middle, and goes on from there with real
// time. World and daemon share it.
type clock struct {
	real  bool
	began time.Time
	skew  atomic.Int64
}

var wednesday = time.Date(2026, 3, 11, 9, 0, 0, 0, time.UTC)

func (c *clock) now() time.Time {
	if c.real {
		return time.Now().Add(time.Duration(c.skew.Load()))
	}
	return wednesday.Add(time.Since(c.began) + time.Duration(c.skew.Load()))
}

// advance moves the clock of world and daemon.
func (h *house) advance(d time.Duration) { h.clock.skew.Add(int64(d)) }

// settings of a house. The zero value is a Cloud Jira, 100 items, and every limit off.
type settings struct {
	flavour    jirasim.Flavour
	seed       uint64
	items      int
	jira       []string // recorded files
	github     []string
	production []sandbox.Limit
	change     func(config string) string
	real       bool // the real clock: for daemons in processes of their own
	documents  bool // keep briefs, agendas and reviews beside the flags
}

func build(t *testing.T, s settings) *house {
	t.Helper()
	h := &house{t: t, clock: &clock{began: time.Now(), real: s.real}, folder: t.TempDir()}
	options := sandbox.Options{Seed: s.seed, Items: s.items, Jira: s.jira, GitHub: s.github, Flavour: s.flavour, Now: h.clock.now}
	if options.Seed == 0 {
		options.Seed = 7
	}
	if options.Items == 0 {
		options.Items = 100
	}
	h.watchers = map[world.Tracker]*contract.Watcher{
		world.Jira: contract.Watch(t, jiraContract(s.flavour), contract.Daemon), world.GitHub: contract.Watch(t, contract.GitHub, contract.Daemon),
	}
	options.Front = func(of world.Tracker, simulator http.Handler) http.Handler { return h.watchers[of].Handler(simulator) }
	var err error
	if h.box, err = sandbox.Start(options); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		h.close()
		if err := h.box.Close(); err != nil {
			t.Error(err)
		}
	})
	h.text, err = h.box.Config(sandbox.ConfigOptions{
		Store: "sqlite://" + h.store(), Internal: "127.0.0.1:0", Interval: "1s", Production: s.production,
	})
	if err != nil {
		t.Fatal(err)
	}
	h.text = strings.ReplaceAll(h.text, "retry_wait: 100ms", "retry_wait: 1ms")
	if !s.documents {
		h.text = strings.Replace(h.text, "    readiness: starter\n", "    readiness: starter\n    documents: []\n", 1)
	}
	if s.change != nil {
		h.text = s.change(h.text)
	}
	h.configure(h.text)
	return h
}

// jiraContract is what Atlassian publishes about a flavour.
func jiraContract(f jirasim.Flavour) contract.API {
	if f == jirasim.DataCenter {
		return contract.DataCenter
	}
	return contract.JiraCloud
}

func (h *house) store() string { return filepath.Join(h.folder, "strata.db") }

// configure writes another config, for the next daemon.
func (h *house) configure(text string) {
	h.t.Helper()
	h.config = filepath.Join(h.folder, "strata.yaml")
	if err := os.WriteFile(h.config, []byte(text), 0o600); err != nil {
		h.t.Fatal(err)
	}
}

// daemon opens the daemon, if there is none.
func (h *house) daemon() *app.App {
	h.t.Helper()
	if h.app == nil {
		a, err := app.Open(h.t.Context(), h.config, app.Options{Version: "test", Now: h.clock.now, Reported: func(r *cycle.Report) { h.told = append(h.told, r) }})
		if err != nil {
			h.t.Fatal(err)
		}
		h.app = a
	}
	return h.app
}

func (h *house) close() {
	if h.app == nil {
		return
	}
	if err := h.app.Close(); err != nil {
		h.t.Error(err)
	}
	h.app = nil
}

// restart lets a fresh daemon take over the store.
func (h *house) restart() { h.close() }

// loseStore ends the daemon and deletes all that it remembers.
func (h *house) loseStore() {
	h.t.Helper()
	h.close()
	files, err := filepath.Glob(h.store() + "*")
	if err != nil || len(files) == 0 {
		h.t.Fatalf("no store to lose: %v %v", files, err)
	}
	for _, f := range files {
		if err := os.Remove(f); err != nil {
			h.t.Fatal(err)
		}
	}
}

// cycle runs one cycle, whatever comes of it.
func (h *house) cycle() *cycle.Report {
	h.t.Helper()
	before := len(h.told)
	reports, err := h.daemon().Once(h.t.Context())
	if err != nil {
		h.t.Fatal(err)
	}
	if len(reports) != 1 || len(h.told) != before+1 || h.told[before] != reports[0] {
		h.t.Fatalf("%d reports, %d told, want the one product's", len(reports), len(h.told)-before)
	}
	return reports[0]
}

// once runs one cycle in which nothing may go wrong.
func (h *house) once() *cycle.Report {
	h.t.Helper()
	r := h.cycle()
	for scope, why := range r.Snapshot.Unread {
		h.t.Errorf("scope %s is unread: %s", scope, why)
	}
	if r.Outside != nil {
		h.t.Error(r.Outside)
	}
	for _, o := range r.Outcomes {
		if o.Err != nil {
			h.t.Errorf("%s on %s: %v", o.Action.Op, o.Action.Key, o.Err)
		}
	}
	if h.t.Failed() {
		h.t.FailNow()
	}
	return r
}

// mutate changes the world as a person would.
func (h *house) mutate(wish map[string]any) world.Outcome {
	h.t.Helper()
	body, err := json.Marshal(wish)
	if err != nil {
		h.t.Fatal(err)
	}
	out, err := h.box.World.Mutate(body)
	if err != nil {
		h.t.Fatalf("%s: %v", body, err)
	}
	return out
}

// do is a mutation of one item: do("close", "WEB-1"), do("link", "WEB-1", "blocker", "WEB-2").
func (h *house) do(op, item string, more ...any) world.Outcome {
	h.t.Helper()
	wish := map[string]any{"op": op, "item": item}
	for i := 0; i+1 < len(more); i += 2 {
		wish[more[i].(string)] = more[i+1]
	}
	return h.mutate(wish)
}

func (h *house) url(t world.Tracker) string {
	if t == world.Jira {
		return h.box.JiraURL
	}
	return h.box.GitHubURL
}

// fault lets something go wrong: fault(world.Jira, "F31", "route", "POST").
func (h *house) fault(t world.Tracker, name string, more ...any) {
	h.t.Helper()
	fault := map[string]any{"fault": name}
	for i := 0; i+1 < len(more); i += 2 {
		fault[more[i].(string)] = more[i+1]
	}
	body, err := json.Marshal(fault)
	if err != nil {
		h.t.Fatal(err)
	}
	h.control(http.MethodPost, t, "faults", body, http.StatusOK)
}

// fired counts how often the faults of a tracker happened.
func (h *house) fired(t world.Tracker) int {
	h.t.Helper()
	var list []struct{ Fired int }
	if err := json.Unmarshal(h.control(http.MethodGet, t, "faults", nil, http.StatusOK), &list); err != nil {
		h.t.Fatal(err)
	}
	n := 0
	for _, f := range list {
		n += f.Fired
	}
	return n
}

// heal ends every fault of both trackers.
func (h *house) heal() {
	h.t.Helper()
	for _, t := range []world.Tracker{world.Jira, world.GitHub} {
		h.control(http.MethodDelete, t, "faults", nil, http.StatusNoContent)
	}
}

func (h *house) control(method string, t world.Tracker, path string, body []byte, want int) []byte {
	h.t.Helper()
	return h.fetch(method, h.url(t)+"/_sandbox/"+path, body, want)
}

func (h *house) fetch(method, url string, body []byte, want int) []byte {
	h.t.Helper()
	request, err := http.NewRequestWithContext(h.t.Context(), method, url, bytes.NewReader(body))
	if err != nil {
		h.t.Fatal(err)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		h.t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		h.t.Fatal(err)
	}
	if response.StatusCode != want {
		h.t.Fatalf("%s %s: got %d %s, want %d", method, url, response.StatusCode, text, want)
	}
	return text
}

// page is an item as a browser shows it.
func (h *house) page(item string) string {
	h.t.Helper()
	address := h.box.JiraURL + "/browse/" + item
	if repo, number, ok := strings.Cut(item, "#"); ok {
		address = fmt.Sprintf("%s/%s/issues/%s", h.box.GitHubURL, repo, number)
	}
	return string(h.fetch(http.MethodGet, address, nil, http.StatusOK))
}

// flavours runs a scenario with each kind of Jira.
func flavours(t *testing.T, scenario func(t *testing.T, f jirasim.Flavour)) {
	for _, f := range some(t, 1, []jirasim.Flavour{jirasim.Cloud, jirasim.DataCenter}) {
		t.Run(string(f), func(t *testing.T) {
			t.Parallel()
			scenario(t, f)
		})
	}
}

// some is the whole of a list; in short mode so many of it, others for other scenarios.
func some[T any](t *testing.T, n int, list []T) []T {
	if !testing.Short() || len(list) <= n {
		return list
	}
	sum := fnv.New32a()
	_, _ = sum.Write([]byte(t.Name()))
	at := int(sum.Sum32() % uint32(len(list)))
	return append(slices.Clone(list[at:]), list[:at]...)[:n]
}
