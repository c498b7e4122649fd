package wire

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"strata/internal/tracker"
)

// everything is the resource of a hold that concerns all requests.
const everything = ""

// pace lets requests of one tracker pass, no faster than agreed.
type pace struct {
	all, writes *rate.Limiter
	places      chan struct{} // nil: without bound
	maxWait     time.Duration

	mu        sync.Mutex
	until     map[string]time.Time // by resource
	resources map[string]string    // route to resource, as answers told
}

func newPace(cfg Config) *pace {
	p := &pace{
		all:       limiter(cfg.RatePerSecond, max(cfg.Burst, 1)),
		writes:    limiter(cfg.WritesPerMinute/60, 1),
		maxWait:   cfg.MaxWait.Std(),
		until:     map[string]time.Time{},
		resources: map[string]string{},
	}
	if cfg.Concurrency > 0 {
		p.places = make(chan struct{}, cfg.Concurrency)
	}
	return p
}

func limiter(perSecond float64, burst int) *rate.Limiter {
	if perSecond <= 0 {
		return rate.NewLimiter(rate.Inf, 1)
	}
	return rate.NewLimiter(rate.Limit(perSecond), burst)
}

// enter waits until the request may go; the caller says when it is over.
func (p *pace) enter(req *http.Request) (done func(), err error) {
	ctx := req.Context()
	if !harmless(req) {
		if err := p.writes.Wait(ctx); err != nil {
			return nil, &broken{err: err}
		}
	}
	if err := p.all.Wait(ctx); err != nil {
		return nil, &broken{err: err}
	}
	done = func() {}
	if p.places != nil {
		select {
		case p.places <- struct{}{}:
			done = func() { <-p.places }
		case <-ctx.Done():
			return nil, &broken{err: context.Cause(ctx)}
		}
	}
	if err := p.waitForHold(ctx, routeOf(req)); err != nil {
		done()
		return nil, err
	}
	return done, nil
}

func (p *pace) waitForHold(ctx context.Context, route string) error {
	for {
		wait := time.Until(p.held(route))
		if wait <= 0 {
			return nil
		}
		deadline, bounded := ctx.Deadline()
		if wait > p.maxWait || (bounded && wait > time.Until(deadline)) {
			return &tracker.Error{Kind: tracker.RateLimited, Op: "send request", RetryAfter: wait, Err: errors.New("not sent: the tracker asked to wait")}
		}
		timer := time.NewTimer(wait)
		select {
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
			return &broken{err: context.Cause(ctx)}
		}
	}
}

func (p *pace) held(route string) time.Time {
	p.mu.Lock()
	defer p.mu.Unlock()
	until := p.until[everything]
	if resource, known := p.resources[route]; known && p.until[resource].After(until) {
		until = p.until[resource]
	}
	return until
}

// hold lets nothing of a resource pass for a while.
func (p *pace) hold(resource string, wait time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if until := time.Now().Add(wait); until.After(p.until[resource]) {
		p.until[resource] = until
	}
}

func (p *pace) route(route, resource string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.resources[route] = resource
}
