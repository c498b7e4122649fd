package wire

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strconv"
	"sync/atomic"

	"strata/internal/tracker"
)

// attempt sends one request once.
type attempt struct {
	cfg    Config
	opt    Options
	origin *url.URL
	pace   *pace
}

// broken is a request without a complete answer.
type broken struct {
	sent bool // the tracker may have seen it
	err  error
}

func (b *broken) Error() string { return b.err.Error() }
func (b *broken) Unwrap() error { return b.err }

func (a *attempt) RoundTrip(req *http.Request) (*http.Response, error) {
	if !sameOrigin(a.origin, req.URL) {
		closeBody(req)
		return nil, &tracker.Error{Kind: tracker.Rejected, Op: "send request", Err: fmt.Errorf("%s is not the tracker's origin", req.URL.Host)}
	}
	done, err := a.pace.enter(req)
	if err != nil {
		closeBody(req)
		return nil, err
	}
	defer done()

	ctx, cancel := req.Context(), func() {}
	if a.cfg.Timeout > 0 {
		ctx, cancel = context.WithTimeoutCause(ctx, a.cfg.Timeout.Std(), fmt.Errorf("no answer within %s", a.cfg.Timeout))
	}
	defer cancel()
	var sent atomic.Bool
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{WroteHeaders: func() { sent.Store(true) }})

	out := req.Clone(ctx)
	if out.Header.Get("User-Agent") == "" {
		out.Header.Set("User-Agent", "strata")
	}
	if a.opt.Authorise != nil {
		header, value, err := a.opt.Authorise(ctx)
		if err != nil {
			closeBody(req)
			return nil, &tracker.Error{Kind: kindOr(err, tracker.Unauthorized), Op: "authorise", Err: err}
		}
		out.Header.Set(header, value)
	}
	resp, err := a.opt.Base.RoundTrip(out)
	if err == nil {
		// A tracker that answers has seen the request, whatever the trace says.
		sent.Store(true)
		err = readWhole(resp)
	}
	if err != nil {
		if cause := context.Cause(ctx); cause != nil {
			err = cause
		}
		a.opt.Observer.Request(a.opt.Tracker, routeOf(req), "broken")
		return nil, &broken{sent: sent.Load(), err: err}
	}
	resp.Request = req
	a.opt.Observer.Request(a.opt.Tracker, routeOf(req), strconv.Itoa(resp.StatusCode))
	a.learn(req, resp)
	return resp, nil
}

// learn remembers what the answer says about quota and waiting.
func (a *attempt) learn(req *http.Request, resp *http.Response) {
	q, ok := quotaOf(resp.Header)
	if ok {
		a.opt.Observer.Remaining(a.opt.Tracker, q.resource, q.remaining)
		a.pace.route(routeOf(req), q.resource)
		if q.remaining < a.cfg.Reserve*q.limit && q.reset > 0 {
			a.pace.hold(q.resource, q.reset)
		}
	}
	if wait, asked := waitOf(resp); asked && limited(resp) && !perIssue(resp) {
		resource := everything
		if ok && q.remaining == 0 {
			resource = q.resource
		}
		a.pace.hold(resource, wait)
	}
}

func readWhole(resp *http.Response) error {
	defer resp.Body.Close()
	var buf bytes.Buffer
	if n := resp.ContentLength; n > 0 && n <= MaxAnswer {
		buf.Grow(int(n) + bytes.MinRead)
	}
	n, err := buf.ReadFrom(io.LimitReader(resp.Body, MaxAnswer+1))
	if err != nil {
		return fmt.Errorf("read answer: %w", err)
	}
	if n > MaxAnswer {
		return fmt.Errorf("read answer: more than %d MiB", MaxAnswer>>20)
	}
	resp.Body = io.NopCloser(&buf)
	return nil
}

func closeBody(req *http.Request) {
	if req.Body != nil {
		_ = req.Body.Close()
	}
}

func kindOr(err error, kind tracker.Kind) tracker.Kind {
	var judged *tracker.Error
	if errors.As(err, &judged) {
		return judged.Kind
	}
	return kind
}
