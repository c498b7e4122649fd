// Package app builds the house from the operator's config and keeps it warm:
// Open, then Run, Once, Plan or Check, then Close.
package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"strata/internal/config"
	"strata/internal/cycle"
	"strata/internal/metrics"
	"strata/internal/store"
	"strata/internal/tracker"
	"strata/internal/tracker/wire"
)

// ErrConfig is the cause of every error that the operator mends in the config.
var ErrConfig = errors.New("config")

// Options are what the roof lends to the house.
type Options struct {
	Version string
	Log     io.Writer
	// LogLevel raises the least level that is logged. Defaults to the config's.
	LogLevel slog.Level
	// Preview opens a copy of the store and writes to no tracker.
	Preview bool
	// Now is the clock. Defaults to the real one.
	Now func() time.Time
	// Reported is called after each cycle, in turn. Defaults to nothing.
	Reported func(*cycle.Report)
	// Listening is called with the internal address once it is served. Defaults to nothing.
	Listening func(address string)
}

// App is the house: trackers, store, products, metrics and pages.
type App struct {
	config   *config.Config
	options  Options
	log      *slog.Logger
	store    *store.Store
	trackers map[string]tracker.Tracker
	products []*product
	metrics  *metrics.Metrics

	reporting sync.Mutex // held while Reported is called
}

// product is a product's cycle with its last report.
type product struct {
	*cycle.Product
	name   string
	scopes map[string][]tracker.Scope // by tracker
	last   atomic.Pointer[cycle.Report]
	ready  atomic.Bool
}

// Open reads the config and builds everything on it. Nothing is sent to a
// tracker yet. An error that the operator mends in the config is an ErrConfig.
func Open(ctx context.Context, file string, options Options) (*App, error) {
	c, err := config.Load(file)
	if err != nil {
		return nil, mendable(err)
	}
	if options.Now == nil {
		options.Now = time.Now
	}
	a := &App{config: c, options: options, log: logger(c.Log, options), trackers: map[string]tracker.Tracker{}}
	a.metrics = metrics.New(options.Version, options.Now, a.reports)
	if err := a.openTrackers(); err != nil {
		return nil, err
	}
	open := func() (*store.Store, error) { return store.Open(ctx, c.Store) }
	if options.Preview {
		open = func() (*store.Store, error) { return store.OpenCopy(ctx, c.Store.URL) }
	}
	if a.store, err = open(); err != nil {
		return nil, err
	}
	if err := a.openProducts(); err != nil {
		return nil, errors.Join(err, a.store.Close())
	}
	return a, nil
}

func mendable(err error) error { return &configError{err} }

// configError lets errors.Is find ErrConfig without changing the text.
type configError struct{ error }

func (e *configError) Is(target error) bool { return target == ErrConfig }
func (e *configError) Unwrap() error        { return e.error }

// Close releases the store.
func (a *App) Close() error { return a.store.Close() }

func (a *App) openTrackers() error {
	for i := range a.config.Trackers {
		entry := &a.config.Trackers[i]
		t, err := adapter(entry, wire.Observer(a.metrics))
		if err != nil {
			return mendable(fmt.Errorf("trackers[%d]: %w", i, err))
		}
		a.trackers[entry.Name] = t
	}
	return nil
}

// reports are the last reports of all products that have one.
func (a *App) reports() []*cycle.Report {
	var all []*cycle.Report
	for _, p := range a.products {
		if r := p.last.Load(); r != nil {
			all = append(all, r)
		}
	}
	return all
}

func logger(c config.Log, o Options) *slog.Logger {
	if o.Log == nil {
		return slog.New(slog.DiscardHandler)
	}
	settings := &slog.HandlerOptions{Level: max(c.Level.Level(), o.LogLevel)}
	if c.Format == config.Text {
		return slog.New(slog.NewTextHandler(o.Log, settings))
	}
	return slog.New(slog.NewJSONHandler(o.Log, settings))
}
