package wire

import (
	"context"
	"fmt"
	"net/http"
	"net/url"

	"github.com/hashicorp/go-retryablehttp"

	"strata/internal/tracker"
)

// Options are what an adapter gives beside the operator's Config.
type Options struct {
	// Tracker is the tracker's name, for the Observer and for errors.
	Tracker string
	// Origin is the tracker's URL: scheme, host and port of it may get the credential.
	Origin string
	// Authorise returns the header that carries the credential. It is asked at
	// each request, so that a renewed secret is used at once. Nil sends none.
	Authorise func(context.Context) (header, value string, err error)
	// Observer is told of every request. Nil tells nobody.
	Observer Observer
	// Base sends requests. Nil means a transport made from Config.
	Base http.RoundTripper
}

// New returns a client for one tracker.
func New(cfg Config, opt Options) (*http.Client, error) {
	origin, err := cfg.parseOrigin(opt.Origin)
	if err != nil {
		return nil, err
	}
	if opt.Base == nil {
		if opt.Base, err = transport(cfg); err != nil {
			return nil, err
		}
	}
	if opt.Observer == nil {
		opt.Observer = silent{}
	}
	a := &attempt{cfg: cfg, opt: opt, origin: origin, pace: newPace(cfg)}
	retrying := &retryablehttp.Client{
		HTTPClient: &http.Client{
			Transport:     a,
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
		RetryMax:     cfg.MaxRetries,
		RetryWaitMin: cfg.RetryWait.Std(),
		RetryWaitMax: max(cfg.MaxWait.Std(), cfg.RetryWait.Std()),
		CheckRetry:   a.again,
		Backoff:      backoff,
		ErrorHandler: retryablehttp.PassthroughErrorHandler,
	}
	return &http.Client{Transport: rounds{reading: retrying, once: a}, CheckRedirect: checkRedirect(origin)}, nil
}

// rounds keeps everything that is not harmless away from the code that repeats.
type rounds struct {
	reading *retryablehttp.Client
	once    http.RoundTripper
}

func (r rounds) RoundTrip(req *http.Request) (*http.Response, error) {
	if !harmless(req) {
		return r.once.RoundTrip(req)
	}
	return (&retryablehttp.RoundTripper{Client: r.reading}).RoundTrip(req)
}

const maxRedirects = 5

func checkRedirect(origin *url.URL) func(*http.Request, []*http.Request) error {
	return func(req *http.Request, via []*http.Request) error {
		refuse := func(format string, args ...any) error {
			return &tracker.Error{Kind: tracker.Rejected, Op: "follow redirect", Err: fmt.Errorf(format, args...)}
		}
		switch first := via[0]; {
		case !sameOrigin(origin, req.URL):
			return refuse("to another origin, %s; if the tracker has moved, change its url", req.URL.Host)
		case first.Method != req.Method:
			return refuse("of a %s, which would become a %s", first.Method, req.Method)
		case len(via) >= maxRedirects:
			return refuse("stopped after %d", maxRedirects)
		}
		return nil
	}
}

func sameOrigin(a, b *url.URL) bool {
	return a.Scheme == b.Scheme && a.Hostname() == b.Hostname() && port(a) == port(b)
}

func port(u *url.URL) string {
	if p := u.Port(); p != "" {
		return p
	}
	return map[string]string{"http": "80", "https": "443"}[u.Scheme]
}
