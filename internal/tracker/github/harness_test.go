package github

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"strata/internal/sandbox/contract"
	"strata/internal/sandbox/control"
	"strata/internal/sandbox/githubsim"
	"strata/internal/sandbox/world"
	"strata/internal/secret"
	"strata/internal/tracker"
	"strata/internal/tracker/wire"
	"strata/internal/work"
)

// bench is a simulated GitHub with one repository and one project, and a client of it.
type bench struct {
	*GitHub
	t       *testing.T
	url     string
	world   *world.World
	sim     *githubsim.Simulator
	repo    *world.Repo
	project *world.GitHubProject
	person  *world.User
	watch   *contract.Watcher

	mu    sync.Mutex
	now   time.Time
	calls map[string]int
}

var (
	repoScope    = tracker.Scope{Name: "repos", Repositories: []string{"acme/api"}}
	projectScope = tracker.Scope{Name: "board", Project: "acme/7"}
)

// open makes a world of n issues, all on the board, and a client that has read nothing.
func open(t *testing.T, n int) *bench {
	t.Helper()
	b := &bench{t: t, now: time.Date(2026, 3, 11, 9, 0, 0, 0, time.UTC), calls: map[string]int{}}
	b.world = world.New(func() time.Time { b.mu.Lock(); defer b.mu.Unlock(); return b.now })
	b.write(func(s *world.State) {
		s.GitHubBot = s.AddUser(&world.User{ID: 9001, Login: "strata-bot", Name: "Strata", Bot: true})
		b.person = s.AddUser(&world.User{ID: 9002, Login: "mia", Name: "Mia"})
		s.Orgs = append(s.Orgs, s.AddUser(&world.User{ID: 9003, Login: "acme", Kind: "Organization"}))
		b.repo = s.AddRepo("acme", "api")
		b.project = &world.GitHubProject{ID: 71, Owner: "acme", Number: 7, Title: "Shop"}
		b.project.Fields = []*world.ProjectField{
			{ID: 1, Name: "Status", Type: "SINGLE_SELECT", Project: b.project, Options: []*world.Option{{ID: "0a", Name: "Todo", Color: "GRAY"}, {ID: "0b", Name: "In Progress", Color: "BLUE"}}},
			{ID: 2, Name: "Iteration", Type: "ITERATION", Project: b.project},
			{ID: 3, Name: "Estimate", Type: "NUMBER", Project: b.project},
			{ID: 4, Name: "Team", Type: "TEXT", Project: b.project},
		}
		s.GitHubProjects = append(s.GitHubProjects, b.project)
	})
	for i := range n {
		b.add(fmt.Sprintf("issue %d", i+1))
	}
	b.sim = githubsim.New(b.world, githubsim.Options{Token: "ghp_sesame", Limit: -1})
	b.watch = contract.Watch(t, contract.GitHub, contract.Daemon)
	server := httptest.NewServer(b.watch.Handler(b.count(b.sim)))
	t.Cleanup(server.Close)
	b.url = server.URL
	b.GitHub = b.client(nil)
	return b
}

// client is another process of ours, which remembers nothing.
func (b *bench) client(change func(*Config)) *GitHub {
	b.t.Helper()
	cfg := Default()
	cfg.URL = b.url
	cfg.Auth.Source = secret.Source{Value: "ghp_sesame"}
	cfg.HTTP = quick()
	if change != nil {
		change(&cfg)
	}
	if errs := cfg.Validate(); len(errs) > 0 {
		b.t.Fatalf("config: %v", errs)
	}
	g, err := New("github", cfg, Options{})
	if err != nil {
		b.t.Fatalf("New: %v", err)
	}
	return g
}

// serve opens a world to a client of ours.
func serve(t *testing.T, w *world.World) *GitHub {
	t.Helper()
	server := httptest.NewServer(contract.Watch(t, contract.GitHub, contract.Daemon).Handler(githubsim.New(w, githubsim.Options{})))
	t.Cleanup(server.Close)
	return (&bench{t: t, url: server.URL}).client(nil)
}

// quick is a transport without pauses.
func quick() wire.Config {
	cfg := wire.Default()
	cfg.RatePerSecond, cfg.WritesPerMinute, cfg.MaxRetries = 0, 0, 1
	_ = cfg.RetryWait.UnmarshalText([]byte("1ms"))
	_ = cfg.MaxWait.UnmarshalText([]byte("5ms"))
	return cfg
}

// count counts the requests by method and path, numbers and queries replaced.
func (b *bench) count(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !strings.HasPrefix(r.URL.Path, "/_sandbox") {
			b.mu.Lock()
			b.calls[r.Method+" "+shape(r.URL.Path)]++
			b.calls["all"]++
			b.mu.Unlock()
		}
		out := &watched{ResponseWriter: w}
		next.ServeHTTP(out, r)
		if out.status == http.StatusNotModified {
			b.mu.Lock()
			b.calls["not modified"]++
			b.mu.Unlock()
		}
	})
}

type watched struct {
	http.ResponseWriter
	status int
}

func (w *watched) WriteHeader(status int) {
	w.status = status
	w.ResponseWriter.WriteHeader(status)
}

func (w *watched) Unwrap() http.ResponseWriter { return w.ResponseWriter }

func shape(path string) string {
	parts := strings.Split(path, "/")
	for i, p := range parts {
		if _, err := strconv.Atoi(p); err == nil {
			parts[i] = "N"
		}
	}
	return strings.Join(parts, "/")
}

// counted returns the requests since it was last asked.
func (b *bench) counted() map[string]int {
	b.mu.Lock()
	defer b.mu.Unlock()
	out := b.calls
	b.calls = map[string]int{}
	return out
}

func (b *bench) write(change func(*world.State)) {
	b.t.Helper()
	if err := b.world.Write(func(s *world.State) error { change(s); return nil }); err != nil {
		b.t.Fatal(err)
	}
}

// pass lets time go by.
func (b *bench) pass(d time.Duration) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.now = b.now.Add(d)
}

// add opens an issue and puts it on the board; each is a minute younger than the one before.
func (b *bench) add(title string) *world.GitHubIssue {
	b.t.Helper()
	var i *world.GitHubIssue
	b.pass(time.Minute)
	b.write(func(s *world.State) {
		i = s.CreateGitHub(b.repo, world.GitHubIssue{Title: title, Body: "Text of " + title}, b.person)
		s.AddCard(b.project, i, nil, b.person)
	})
	return i
}

func (b *bench) fault(name string, change func(*control.Fault)) {
	b.t.Helper()
	f := control.Fault{Name: name}
	if change != nil {
		change(&f)
	}
	if err := b.sim.Faults().Add(f); err != nil {
		b.t.Fatal(err)
	}
}

// read reads a scope to its end.
func read(t *testing.T, g *GitHub, scope tracker.Scope, cursor tracker.Cursor) (all tracker.Page, pages []tracker.Page) {
	t.Helper()
	for range 1000 {
		page, err := g.Changes(t.Context(), scope, cursor)
		if err != nil {
			t.Fatalf("Changes: %v", err)
		}
		pages = append(pages, page)
		all.Records = append(all.Records, page.Records...)
		all.Comments = append(all.Comments, page.Comments...)
		all.Commented = append(all.Commented, page.Commented...)
		all.Remarks = append(all.Remarks, page.Remarks...)
		all.Sprints = append(all.Sprints, page.Sprints...)
		all.Hidden += page.Hidden
		all.Full, all.Next = page.Full, page.Next
		if cursor = page.Next; !page.More {
			return all, pages
		}
	}
	t.Fatal("Changes: no end")
	return all, pages
}

func refOf(i *world.GitHubIssue) work.Ref {
	return work.Ref{Tracker: "github", ID: strconv.FormatInt(i.ID, 10)}
}

func target(i *world.GitHubIssue) work.Target {
	return work.Target{Ref: refOf(i), Key: i.Handle()}
}
