package sandbox

import (
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"sync"
	"time"

	"strata/internal/sandbox/githubsim"
	"strata/internal/sandbox/jirasim"
	"strata/internal/sandbox/world"
)

// Options choose the product and where its trackers listen.
type Options struct {
	Seed       uint64
	Items      int             // of the generated product, 100 to 1,000,000. Defaults to 300.
	Jira       []string        // files of recorded Jira issues, one JSON a line; replace the generated product
	GitHub     []string        // files of recorded GitHub issues, likewise
	Flavour    jirasim.Flavour // Defaults to jirasim.Cloud.
	JiraAddr   string          // Defaults to 127.0.0.1:0.
	GitHubAddr string          // Defaults to 127.0.0.1:0.
	TLS        bool            // serve https with a certificate made on the spot
	Now        func() time.Time
	// Front stands before a tracker's simulator: tests look at every exchange. Defaults to nothing.
	Front func(t world.Tracker, simulator http.Handler) http.Handler
}

// Sandbox is two running trackers over one world.
type Sandbox struct {
	World     *world.World
	Loads     []Loaded
	JiraURL   string
	GitHubURL string // the pages; the API is below /api/v3
	CA        []byte // PEM, when TLS is on

	options Options
	servers []*http.Server
	group   sync.WaitGroup
}

// Loaded is what came of one recorded file.
type Loaded struct {
	File string
	world.Load
}

// Credentials of the daemon's accounts. They open nothing but the sandbox.
const (
	JiraUser    = "strata@sandbox.invalid"
	JiraToken   = "sandbox-jira-token"
	GitHubToken = "sandbox-github-token" //nolint:gosec // opens a simulator on loopback and nothing else
)

// githubLimit is the hourly quota: a sandbox cycles every second, which the real 5,000 would not bear.
const githubLimit = 1_000_000

// Start makes the product and serves it. Close ends it.
func Start(o Options) (*Sandbox, error) {
	s := &Sandbox{options: o}
	jira, err := listen(cmp.Or(o.JiraAddr, "127.0.0.1:0"))
	if err != nil {
		return nil, fmt.Errorf("listen for Jira: %w", err)
	}
	github, err := listen(cmp.Or(o.GitHubAddr, "127.0.0.1:0"))
	if err != nil {
		return nil, errors.Join(fmt.Errorf("listen for GitHub: %w", err), jira.Close())
	}
	scheme := "http"
	var secured *tls.Config
	if o.TLS {
		scheme = "https"
		if secured, s.CA, err = selfSigned(); err != nil {
			return nil, errors.Join(err, jira.Close(), github.Close())
		}
	}
	s.JiraURL, s.GitHubURL = scheme+"://"+jira.Addr().String(), scheme+"://"+github.Addr().String()
	if err := s.populate(); err != nil {
		return nil, errors.Join(err, jira.Close(), github.Close())
	}
	s.serve(jira, secured, s.front(world.Jira, jirasim.New(s.World, jirasim.Options{Flavour: o.Flavour, User: s.jiraUser(), Token: JiraToken, Seed: o.Seed, GitHubURL: s.GitHubURL})))
	s.serve(github, secured, s.front(world.GitHub, githubsim.New(s.World, githubsim.Options{Token: GitHubToken, Limit: githubLimit, Seed: o.Seed})))
	return s, nil
}

func (s *Sandbox) front(t world.Tracker, simulator http.Handler) http.Handler {
	if s.options.Front == nil {
		return simulator
	}
	return s.options.Front(t, simulator)
}

// jiraUser is the user of Basic authentication; Data Center takes the token alone.
func (s *Sandbox) jiraUser() string {
	if s.options.Flavour == jirasim.DataCenter {
		return ""
	}
	return JiraUser
}

func (s *Sandbox) populate() error {
	o := s.options
	if len(o.Jira)+len(o.GitHub) == 0 {
		s.World = world.Generate(world.Options{Seed: o.Seed, Items: o.Items, Now: o.Now, JiraURL: s.JiraURL, GitHubURL: s.GitHubURL})
		return nil
	}
	s.World = world.New(o.Now)
	return errors.Join(
		s.load(o.Jira, s.World.LoadJira),
		s.load(o.GitHub, s.World.LoadGitHub),
	)
}

func (s *Sandbox) load(files []string, load func(io.Reader, string) (world.Load, error)) error {
	for _, name := range files {
		f, err := os.Open(name)
		if err != nil {
			return fmt.Errorf("load records: %w", err)
		}
		loaded, err := load(f, name)
		if err := errors.Join(err, f.Close()); err != nil {
			return fmt.Errorf("load %s: %w", name, err)
		}
		s.Loads = append(s.Loads, Loaded{File: name, Load: loaded})
	}
	return nil
}

func listen(address string) (net.Listener, error) {
	return new(net.ListenConfig).Listen(context.Background(), "tcp", address)
}

func (s *Sandbox) serve(l net.Listener, secured *tls.Config, handler http.Handler) {
	if secured != nil {
		l = tls.NewListener(l, secured)
	}
	server := &http.Server{Handler: handler, ReadHeaderTimeout: 10 * time.Second}
	s.servers = append(s.servers, server)
	s.group.Go(func() { _ = server.Serve(l) })
}

// Close stops both trackers.
func (s *Sandbox) Close() error {
	var errs []error
	for _, server := range s.servers {
		errs = append(errs, server.Close())
	}
	s.group.Wait()
	return errors.Join(errs...)
}
