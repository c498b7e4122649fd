package app

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"strata/internal/comment"
	"strata/internal/cycle"
	"strata/internal/web"
)

// Run is the daemon: it serves the pages and runs cycle after cycle until the
// context ends. A write that is under way is finished first.
func (a *App) Run(ctx context.Context) error {
	first := a.setup.Load()
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", first.config.Web.Internal)
	if err != nil {
		return fmt.Errorf("web.internal: %w: is another daemon running?", err)
	}
	if a.options.Listening != nil {
		a.options.Listening(listener.Addr().String())
	}
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return a.serve(ctx, listener) })
	group.Go(func() error { return a.keepRunning(ctx) })
	a.log.Info("running", "version", a.options.Version, "products", len(first.products), "internal", listener.Addr().String(), "interval", first.config.Interval.String())
	err = group.Wait()
	a.log.Info("stopped")
	return err
}

func (a *App) serve(ctx context.Context, listener net.Listener) error {
	server := web.Server(web.Pages{Metrics: a.metrics.Handler(), Reports: a.reports, Ready: a.ready}.Handler())
	done := make(chan error, 1)
	go func() { done <- server.Serve(listener) }()
	select {
	case err := <-done:
		return fmt.Errorf("web.internal: %w", err)
	case <-ctx.Done():
	}
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	if err := server.Shutdown(last); err != nil {
		return server.Close() // a reader that does not come to an end is no failure of ours
	}
	return nil
}

// keepWarm runs one product's cycles, the next one interval after the start of
// the last, until it is retired between two of them. A failing store ends the
// daemon: Kubernetes starts it again.
func (a *App) keepWarm(ctx context.Context, p *product, interval time.Duration, retired <-chan struct{}) error {
	restored, err := p.Restored(ctx)
	if err != nil {
		return err
	}
	if restored {
		p.ready.Store(true)
	}
	ticker := time.NewTicker(interval)
	defer ticker.Stop()
	for {
		if err := a.cycle(ctx, p, p.Run); err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return nil
		case <-retired:
			return nil
		case <-ticker.C:
		}
	}
}

// cycle runs one cycle and publishes its report. What ends because the daemon
// ends is no failure and no report.
func (a *App) cycle(ctx context.Context, p *product, run func(context.Context) (*cycle.Report, error)) error {
	report, err := run(ctx)
	if ctx.Err() != nil {
		return nil
	}
	if err != nil {
		return fmt.Errorf("product %s: %w", p.name, err)
	}
	a.metrics.Reported(report) // added up first, so that no scrape has to
	p.last.Store(report)
	if report.Known() {
		p.ready.Store(true)
	}
	if a.options.Reported != nil {
		a.reporting.Lock()
		defer a.reporting.Unlock()
		a.options.Reported(report)
	}
	return nil
}

// ready says which products were never read to the end, or nil.
func (a *App) ready() error {
	var waiting []string
	for _, p := range a.setup.Load().products {
		if !p.ready.Load() {
			waiting = append(waiting, p.name+a.unread(p))
		}
	}
	if len(waiting) == 0 {
		return nil
	}
	return errors.New("no complete reading yet of " + strings.Join(waiting, "; "))
}

func (a *App) unread(p *product) string {
	report := p.last.Load()
	if report == nil {
		return ""
	}
	for _, s := range report.Scopes {
		if s.Err != nil {
			return " (" + s.Err.Error() + ")"
		}
	}
	return ""
}

// Once runs one cycle of each product and returns the reports, in the config's order.
func (a *App) Once(ctx context.Context) ([]*cycle.Report, error) {
	return a.each(ctx, func(p *product) func(context.Context) (*cycle.Report, error) { return p.Run })
}

// Plan reads and judges each product, and writes nothing.
func (a *App) Plan(ctx context.Context) ([]*cycle.Report, error) {
	return a.each(ctx, func(p *product) func(context.Context) (*cycle.Report, error) { return p.Preview })
}

// Papers previews the documents of each product: agendas, briefs (comment.Flag)
// or reviews, all of them or the one that is named. It writes nothing. The error
// is cycle.ErrNoDocument when no product has the one that is named.
func (a *App) Papers(ctx context.Context, kind comment.Kind, name string) (map[string][]cycle.Paper, error) {
	if _, err := a.Plan(ctx); err != nil {
		return nil, err
	}
	all := map[string][]cycle.Paper{}
	var missing error
	for _, p := range a.setup.Load().products {
		papers, err := p.Papers(p.last.Load(), kind, name)
		if err != nil {
			missing = err
			continue
		}
		all[p.name] = papers
	}
	if len(all) == 0 && missing != nil {
		return nil, missing
	}
	return all, nil
}

// Dossiers tells all that is known about an item, for each product that knows
// it. It reads the trackers and writes nothing.
func (a *App) Dossiers(ctx context.Context, name string) ([]*cycle.Dossier, error) {
	if _, err := a.Plan(ctx); err != nil {
		return nil, err
	}
	var all []*cycle.Dossier
	for _, p := range a.setup.Load().products {
		if d := p.Dossier(p.last.Load(), name); d != nil {
			all = append(all, d)
		}
	}
	return all, nil
}

func (a *App) each(ctx context.Context, how func(*product) func(context.Context) (*cycle.Report, error)) ([]*cycle.Report, error) {
	for _, p := range a.setup.Load().products {
		if err := a.cycle(ctx, p, how(p)); err != nil {
			return a.reports(), err
		}
	}
	return a.reports(), ctx.Err()
}
