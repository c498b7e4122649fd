package github

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"strata/internal/tracker"
	"strata/internal/tracker/wire"
)

// errTooHeavy says that GitHub could not work out so large an answer; a smaller page may pass.
var errTooHeavy = errors.New("the answer is too heavy for GitHub")

// graphError is one error of a GraphQL answer. It comes with HTTP 200, often beside data.
type graphError struct {
	Type    string `json:"type"`
	Message string `json:"message"`
	Path    []any  `json:"path"`
}

// at writes where in the answer the error is: "repositoryOwner.projectV2.items".
func (e graphError) at() string {
	parts := make([]string, len(e.Path))
	for i, p := range e.Path {
		parts[i] = fmt.Sprint(p)
	}
	return strings.Join(parts, ".")
}

// hidden says that the error only hides one thing from us.
func (e graphError) hidden() bool { return e.Type == "NOT_FOUND" || e.Type == "FORBIDDEN" }

// reply is a GraphQL answer with the server's time.
type reply[T any] struct {
	Data   T
	Errors []graphError
	Time   time.Time
}

// ask sends a query and reads its answer. Errors inside the answer are left to
// the caller, who knows which of them hide one thing and which spoil the whole.
func ask[T any](ctx context.Context, g *GitHub, op, query string, variables map[string]any) (reply[T], error) {
	var out reply[T]
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		return out, fmt.Errorf("%s: %w", op, err)
	}
	ctx = wire.Safe(wire.Route(ctx, "graphql/"+queryName(query)))
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, g.host.graphql, bytes.NewReader(body))
	if err != nil {
		return out, fmt.Errorf("%s: %w", op, err)
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Accept", "application/json")
	resp, err := g.http.Do(req)
	if err != nil {
		return out, wire.ErrorOf(op, nil, nil, err, wire.Read)
	}
	defer resp.Body.Close()
	raw, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode != http.StatusOK {
		return out, heavy(wire.ErrorOf(op, resp, raw, err, wire.Read))
	}
	var answer struct {
		Data   T            `json:"data"`
		Errors []graphError `json:"errors"`
	}
	if err := json.Unmarshal(raw, &answer); err != nil {
		return out, wire.ErrorOf(op, resp, raw, err, wire.Read)
	}
	out = reply[T]{Data: answer.Data, Errors: answer.Errors, Time: serverTime(resp)}
	// A limit spoils every answer, whatever data came with it.
	for _, e := range answer.Errors {
		if judged := judge(op, []graphError{e}, resp, wire.Read); judged.Kind == tracker.RateLimited || errors.Is(judged, errTooHeavy) {
			return out, judged
		}
	}
	return out, nil
}

// queryName is the operation's name, which a document bears after its first word.
func queryName(query string) string {
	fields := strings.FieldsFunc(query, func(r rune) bool { return r == ' ' || r == '\n' || r == '(' || r == '{' })
	if len(fields) < 2 {
		return "query"
	}
	return fields[1]
}

// whole turns errors inside an answer into one error: the answer is partial.
func (r reply[T]) whole(op string) error {
	if len(r.Errors) == 0 {
		return nil
	}
	return judge(op, r.Errors, nil, wire.Read)
}

// judge decides what errors inside an answer mean; the worst of them counts.
func judge(op string, errs []graphError, resp *http.Response, intent wire.Intent) *tracker.Error {
	worst := slices.MaxFunc(errs, func(a, b graphError) int { return weight(a) - weight(b) })
	e := &tracker.Error{Op: op, Kind: tracker.Rejected, Err: errors.New(oneLine(worst))}
	switch weight(worst) {
	case weightLimited:
		e.Kind, e.RetryAfter = tracker.RateLimited, retryAfter(resp)
	case weightHeavy:
		e.Kind, e.Err = tracker.Transient, fmt.Errorf("%w: %s", errTooHeavy, oneLine(worst))
	case weightPassing:
		e.Kind = tracker.Transient
		if intent == wire.Write {
			e.Kind = tracker.Unclear
		}
	case weightForbidden:
		if intent == wire.Read {
			e.Kind = tracker.Unauthorized
		}
	case weightNotFound:
		e.Kind = tracker.NotFound
	}
	return e
}

// Weights of errors: what says most about the whole answer weighs most.
const (
	weightNotFound = iota
	weightForbidden
	weightRejected
	weightPassing
	weightHeavy
	weightLimited
)

func weight(e graphError) int {
	message := strings.ToLower(e.Message)
	switch {
	case e.Type == "RATE_LIMITED", e.Type == "RATE_LIMIT", strings.Contains(message, "secondary rate limit"):
		return weightLimited
	case e.Type == "RESOURCE_LIMITS_EXCEEDED", e.Type == "MAX_NODE_LIMIT_EXCEEDED",
		strings.Contains(message, "something went wrong while executing your query"), strings.Contains(message, "timedout"):
		return weightHeavy
	case e.Type == "INTERNAL", e.Type == "SERVICE_UNAVAILABLE", e.Type == "LOADING":
		return weightPassing
	case e.Type == "FORBIDDEN", e.Type == "INSUFFICIENT_SCOPES":
		return weightForbidden
	case e.Type == "NOT_FOUND":
		return weightNotFound
	}
	return weightRejected
}

// heavy marks a gateway's refusal as one that a smaller page may pass.
func heavy(e *tracker.Error) error {
	if e.Status == http.StatusBadGateway || e.Status == http.StatusGatewayTimeout {
		e.Err = fmt.Errorf("%w: %w", errTooHeavy, e.Err)
	}
	return e
}

func oneLine(e graphError) string {
	text := strings.Join(strings.Fields(e.Message), " ")
	if runes := []rune(text); len(runes) > 300 {
		text = string(runes[:300]) + "…"
	}
	if at := e.at(); at != "" {
		return at + ": " + text
	}
	return text
}

// retryAfter is how long a limit inside an answer asks to wait; GitHub asks for
// a minute where it does not say.
func retryAfter(resp *http.Response) time.Duration {
	const unsaid = time.Minute
	if resp == nil {
		return unsaid
	}
	if s, err := strconv.Atoi(resp.Header.Get("Retry-After")); err == nil && s >= 0 {
		return time.Duration(s) * time.Second
	}
	reset, err := strconv.ParseInt(resp.Header.Get("X-RateLimit-Reset"), 10, 64)
	if now := serverTime(resp); err == nil && !now.IsZero() && resp.Header.Get("X-RateLimit-Remaining") == "0" {
		return max(time.Unix(reset, 0).Sub(now), 0)
	}
	return unsaid
}

// serverTime is GitHub's own clock.
func serverTime(resp *http.Response) time.Time {
	at, err := http.ParseTime(resp.Header.Get("Date"))
	if err != nil {
		return time.Time{}
	}
	return at.UTC()
}

// judging gives the small client our errors: the library's own lose their type.
type judging struct{ next http.RoundTripper }

func (j judging) RoundTrip(req *http.Request) (*http.Response, error) {
	intent := intentOf(req.Context())
	resp, err := j.next.RoundTrip(req)
	if err != nil {
		return nil, err
	}
	raw, err := io.ReadAll(resp.Body)
	_ = resp.Body.Close()
	if err != nil || resp.StatusCode != http.StatusOK {
		return nil, wire.ErrorOf("graphql", resp, raw, err, intent)
	}
	var said struct{ Errors []graphError }
	if err := json.Unmarshal(raw, &said); err != nil {
		return nil, wire.ErrorOf("graphql", resp, raw, err, intent)
	}
	if len(said.Errors) > 0 {
		return nil, judge("graphql", said.Errors, resp, intent)
	}
	resp.Body = io.NopCloser(bytes.NewReader(raw))
	return resp, nil
}

type intentKey struct{}

func intentOf(ctx context.Context) wire.Intent {
	intent, _ := ctx.Value(intentKey{}).(wire.Intent)
	return intent
}
