package jira

import (
	"cmp"
	"context"
	"encoding/base64"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/andygrunwald/go-jira"

	"strata/internal/tracker"
	"strata/internal/tracker/wire"
	"strata/internal/work"
)

// Tracker is one Jira site.
type Tracker struct {
	name   string
	cfg    Config
	browse string // without a slash at the end
	client *jira.Client
	now    func() time.Time

	login sync.Mutex // held while logging in, so that it happens once
	as    *session

	mu     sync.Mutex
	known  map[string]known               // by item id
	people map[string]user                // authors of remarks on Data Center, by the id we remember
	tokens map[string]map[string]struct{} // by scope: page tokens of the reading under way

	allStatuses map[string]work.Status // of the site, by id; nil until a history is read
}

// known is what reading an item taught us about writing to it.
type known struct {
	key  string
	desk bool // of a Jira Service Management project
}

var _ tracker.Tracker = (*Tracker)(nil)

// New returns the tracker of a config; nothing is sent yet. The observer may be nil.
func New(name string, cfg Config, observer wire.Observer) (*Tracker, error) {
	client, err := wire.New(cfg.HTTP, wire.Options{
		Tracker:   name,
		Origin:    cfg.URL,
		Authorise: authorise(cfg.Auth),
		Observer:  observer,
	})
	if err != nil {
		return nil, fmt.Errorf("tracker %s: %w", name, err)
	}
	rest, err := jira.NewClient(client, cfg.URL)
	if err != nil {
		return nil, fmt.Errorf("tracker %s: url: %w", name, err)
	}
	return &Tracker{
		name:   name,
		cfg:    cfg,
		browse: strings.TrimRight(cmp.Or(cfg.BrowseURL, cfg.URL), "/"),
		client: rest,
		now:    time.Now,
		known:  map[string]known{},
		people: map[string]user{},
		tokens: map[string]map[string]struct{}{},
	}, nil
}

// Name is the tracker's name in the config.
func (t *Tracker) Name() string { return t.name }

func authorise(auth Auth) func(context.Context) (string, string, error) {
	return func(context.Context) (header, value string, err error) {
		token, err := auth.Read()
		if err != nil {
			return "", "", err
		}
		if auth.User == "" {
			return "Authorization", "Bearer " + token.Reveal(), nil
		}
		pair := auth.User + ":" + token.Reveal()
		return "Authorization", "Basic " + base64.StdEncoding.EncodeToString([]byte(pair)), nil
	}
}

func (t *Tracker) learn(id string, k known) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.known[id] = k
}

func (t *Tracker) recall(id string) (known, bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	k, ok := t.known[id]
	return k, ok
}
