package github

import (
	"fmt"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/google/go-github/v66/github"
	"github.com/shurcooL/githubv4"

	"strata/internal/tracker"
	"strata/internal/tracker/wire"
)

// GitHub is one GitHub host with one credential. It may be used by several goroutines.
type GitHub struct {
	name string
	cfg  Config
	host host

	http    *http.Client     // follows redirects of reads
	writing *http.Client     // follows none: a redirected write is decided here
	build   *github.Client   // makes REST requests; http and writing send them
	small   *githubv4.Client // small queries and mutations

	mem     *memory
	answers *answers

	selfMu sync.Mutex
	self   *identity
	selfAt time.Time
	// members are the teams of accounts, asked as often.
	members   atomic.Pointer[members]
	membersAt time.Time

	mu   sync.Mutex
	fits map[string]fit // page sizes that GitHub can work out, by query and scope
}

// Options are what the house lends to an adapter.
type Options struct {
	// Observer is told of every request. Nil tells nobody.
	Observer wire.Observer
	// Base sends requests. Nil means a transport made from the config.
	Base http.RoundTripper
}

var _ tracker.Tracker = (*GitHub)(nil)

// New makes the tracker that the config describes. It sends nothing yet.
func New(name string, cfg Config, opt Options) (*GitHub, error) {
	h, err := hostOf(cfg.URL)
	if err != nil {
		return nil, fmt.Errorf("tracker %s: %w", name, err)
	}
	authorise, err := cfg.Auth.authoriser(name, cfg, opt)
	if err != nil {
		return nil, fmt.Errorf("tracker %s: %w", name, err)
	}
	client, err := wire.New(cfg.HTTP, wire.Options{Tracker: name, Origin: cfg.URL, Authorise: authorise, Observer: opt.Observer, Base: opt.Base})
	if err != nil {
		return nil, fmt.Errorf("tracker %s: %w", name, err)
	}
	writing := *client
	writing.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	build := github.NewClient(client)
	build.BaseURL = h.rest
	return &GitHub{
		name: name, cfg: cfg, host: h,
		http: client, writing: &writing, build: build,
		small:   githubv4.NewEnterpriseClient(h.graphql, &http.Client{Transport: judging{client.Transport}, CheckRedirect: client.CheckRedirect}),
		mem:     newMemory(),
		answers: newAnswers(),
		fits:    map[string]fit{},
	}, nil
}

// Name is the tracker's name in the config.
func (g *GitHub) Name() string { return g.name }
