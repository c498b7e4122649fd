// Package app builds the house from the operator's config and keeps it warm:
// Open, then Run, Once, Plan or Check, then Close.
package app

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"strata/internal/config"
	"strata/internal/cycle"
	"strata/internal/metrics"
	"strata/internal/store"
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
	// Watch is how often Run looks whether the config has changed. Defaults to 5 seconds.
	Watch time.Duration
}

// App is the house: the store and the pages, which stay, and what the present
// config made of trackers and products.
type App struct {
	file    string
	options Options
	log     *slog.Logger
	store   *store.Store
	metrics *metrics.Metrics
	setup   atomic.Pointer[setup]

	reporting sync.Mutex // held while Reported is called
}

// Open reads the config and builds everything on it. Nothing is sent to a
// tracker yet. An error that the operator mends in the config is an ErrConfig.
func Open(ctx context.Context, file string, options Options) (*App, error) {
	c, sum, err := load(file)
	if err != nil {
		return nil, mendable(err)
	}
	if options.Now == nil {
		options.Now = time.Now
	}
	if options.Watch == 0 {
		options.Watch = 5 * time.Second
	}
	a := &App{file: file, options: options, log: logger(c.Log, options)}
	a.metrics = metrics.New(options.Version, options.Now, a.reports)
	if options.Preview {
		a.store, err = store.OpenCopy(ctx, c.Store.URL)
	} else {
		a.store, err = store.Open(ctx, c.Store)
	}
	if err != nil {
		return nil, err
	}
	s, err := a.build(c, sum)
	if err != nil {
		return nil, errors.Join(err, a.store.Close())
	}
	a.setup.Store(s)
	return a, nil
}

func mendable(err error) error { return &configError{err} }

// configError lets errors.Is find ErrConfig without changing the text.
type configError struct{ error }

func (e *configError) Is(target error) bool { return target == ErrConfig }
func (e *configError) Unwrap() error        { return e.error }

// Close releases the store.
func (a *App) Close() error { return a.store.Close() }

// reports are the last reports of all products that have one.
func (a *App) reports() []*cycle.Report {
	s := a.setup.Load()
	if s == nil {
		return nil
	}
	var all []*cycle.Report
	for _, p := range s.products {
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
