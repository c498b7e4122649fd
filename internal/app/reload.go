package app

import (
	"context"
	"crypto/sha256"
	"fmt"
	"os"
	"time"

	"golang.org/x/sync/errgroup"

	"strata/internal/config"
)

// load reads the config together with its sum, so that a change can be told.
func load(file string) (*config.Config, [sha256.Size]byte, error) {
	raw, err := os.ReadFile(file)
	if err != nil {
		c, loadErr := config.Load(file) // tells the remedy
		return c, [sha256.Size]byte{}, loadErr
	}
	c, err := config.Parse(file, raw)
	return c, sha256.Sum256(raw), err
}

// keepRunning runs the products of one setup after the other: a new config takes
// over when the cycles under way have ended.
func (a *App) keepRunning(ctx context.Context) error {
	for ctx.Err() == nil {
		next, err := a.live(ctx, a.setup.Load())
		if err != nil || next == nil {
			return err
		}
		a.setup.Store(next)
		a.log.Info("config applied", "file", a.file, "products", len(next.products))
	}
	return nil
}

// live runs a setup's products until the config has changed and the change is
// valid, or the daemon ends. It returns the setup that follows, or nil.
func (a *App) live(ctx context.Context, s *setup) (*setup, error) {
	group, ctx := errgroup.WithContext(ctx)
	retired := make(chan struct{})
	for _, p := range s.products {
		group.Go(func() error { return a.keepWarm(ctx, p, s.config.Interval.Std(), retired) })
	}
	var next *setup
	group.Go(func() error {
		defer close(retired)
		next = a.watch(ctx, s)
		return nil
	})
	err := group.Wait()
	return next, err
}

// watch waits for a valid change of the config. The file is read, not its events
// heard: Kubernetes swaps it by a symlink, editors by a rename, and a network
// file system tells nothing. What cannot be meant is refused once, and the
// present config stays in force.
func (a *App) watch(ctx context.Context, s *setup) *setup {
	ticker := time.NewTicker(a.options.Watch)
	defer ticker.Stop()
	refused := s.sum
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-ticker.C:
		}
		raw, err := os.ReadFile(a.file)
		if err != nil {
			continue // in the middle of a swap; a missing file changes nothing
		}
		sum := sha256.Sum256(raw)
		if sum == s.sum || sum == refused {
			continue
		}
		next, err := a.change(s, raw, sum)
		a.metrics.Reloaded(err == nil)
		if err == nil {
			return next
		}
		refused = sum
		a.log.Error("config refused: the present one stays in force", "file", a.file, "mistakes", err.Error())
	}
}

// change builds what a changed config asks for. Products keep their last report
// and readiness until their first cycle under it.
func (a *App) change(s *setup, raw []byte, sum [sha256.Size]byte) (*setup, error) {
	c, err := config.Parse(a.file, raw)
	if err != nil {
		return nil, err
	}
	next, err := a.build(c, sum)
	if err != nil {
		return nil, err
	}
	for _, setting := range []struct {
		name        string
		before, now any
	}{{"store.url", s.config.Store, c.Store}, {"web", s.config.Web, c.Web}, {"log", s.config.Log, c.Log}} {
		if fmt.Sprint(setting.before) != fmt.Sprint(setting.now) {
			a.log.Warn("a change that takes effect with the next start", "field", setting.name)
		}
	}
	for _, p := range next.products {
		for _, before := range s.products {
			if before.name == p.name {
				p.last.Store(before.last.Load())
				p.ready.Store(before.ready.Load())
			}
		}
	}
	return next, nil
}
