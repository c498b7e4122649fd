package contract

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/gorillamux"
)

// document is a published OpenAPI file, read twice: what is relaxed in answers stays strict in requests.
type document struct {
	file              string
	described         *openapi3.T // of requests
	requests, answers routers.Router
	texts             [2][]openapi3.SchemaValidationOption // formats, of requests and of answers
}

// load reads a file with its relaxations; leave names those that a test leaves out.
func load(folder, file string, leave ...string) (*document, error) {
	raw, err := os.ReadFile(filepath.Join(folder, "contract", "openapi", file))
	if err != nil {
		return nil, err
	}
	d := &document{file: file}
	for n, side := range []side{ofRequests, ofAnswers} {
		described, err := parse(raw, file, side, leave)
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", file, err)
		}
		router, err := gorillamux.NewRouter(described)
		if err != nil {
			return nil, fmt.Errorf("read the paths of %s: %w", file, err)
		}
		d.texts[n] = described.GetSchemaValidationOptions()
		if side == ofRequests {
			d.described, d.requests = described, router
		} else {
			d.answers = router
		}
	}
	return d, nil
}

func parse(raw []byte, file string, of side, leave []string) (*openapi3.T, error) {
	described, err := openapi3.NewLoader().LoadFromData(raw)
	if err != nil {
		return nil, err
	}
	described.Servers = nil // any host
	for _, r := range relaxations {
		if r.concerns(file) && r.of&of != 0 && !slices.Contains(leave, r.name) {
			r.loosen(described)
		}
	}
	return described, nil
}

// find looks a request up; the path is as the file writes it.
func (d *document) find(method, path string) (route *routers.Route, params map[string]string, known bool) {
	route, params, err := d.requests.FindRoute(bare(method, path))
	return route, params, err == nil
}

// bare is a request of which only the route counts.
func bare(method, path string) *http.Request {
	r := &http.Request{Method: method, URL: &url.URL{Path: path}}
	if unescaped, err := url.PathUnescape(path); err == nil {
		r.URL.Path, r.URL.RawPath = unescaped, path
	}
	return r
}

// statuses are those that the file lists for a route.
func (d *document) statuses(method, path string) (all []int) {
	route, _, known := d.find(method, path)
	if !known {
		return nil
	}
	for code := range route.Operation.Responses.Map() {
		if n, err := strconv.Atoi(code); err == nil {
			all = append(all, n)
		}
	}
	slices.Sort(all)
	return all
}

// request checks what was asked for.
func (d *document) request(e Exchange, path string) []Mismatch {
	route, params, known := d.find(e.Method, path)
	if !known {
		return []Mismatch{{In: "request", Want: "a route of " + d.file}}
	}
	in := d.input(e, path, route, params)
	found := explain("request", openapi3filter.ValidateRequest(context.Background(), in))
	return append(found, undeclared(route, e.URL.Query())...)
}

// answer checks what came back.
func (d *document) answer(e Exchange, path string) []Mismatch {
	_, params, known := d.find(e.Method, path)
	if !known || e.Status == http.StatusNoContent {
		return nil // some files declare a body of nothing
	}
	route, _, err := d.answers.FindRoute(bare(e.Method, path))
	if err != nil {
		return []Mismatch{{In: "answer", Want: err.Error()}}
	}
	in := &openapi3filter.ResponseValidationInput{
		RequestValidationInput: d.input(e, path, route, params), Status: e.Status, Header: e.AnswerHeader,
		Options: &openapi3filter.Options{IncludeResponseStatus: true, MultiError: true, SchemaValidationOptions: d.texts[1]},
	}
	in.SetBodyBytes(e.Answer)
	return explain("answer", openapi3filter.ValidateResponse(context.Background(), in))
}

func (d *document) input(e Exchange, path string, route *routers.Route, params map[string]string) *openapi3filter.RequestValidationInput {
	r := bare(e.Method, path)
	r.URL.RawQuery, r.Header, r.Body, r.ContentLength = e.URL.RawQuery, e.Header.Clone(), http.NoBody, int64(len(e.Body))
	if len(e.Body) > 0 {
		r.Body = body{bytes.NewReader(e.Body)}
	}
	return &openapi3filter.RequestValidationInput{
		Request: r, PathParams: params, Route: route,
		Options: &openapi3filter.Options{
			AuthenticationFunc: openapi3filter.NoopAuthenticationFunc, MultiError: true, SkipSettingDefaults: true,
			RejectWhenRequestBodyNotSpecified: true, SchemaValidationOptions: d.texts[0],
		},
	}
}

type body struct{ *bytes.Reader }

// Close does nothing.
func (body) Close() error { return nil }

// undeclared lists the query parameters that the route does not have. A tracker passes over them, so the answer would not
// be what was meant.
func undeclared(route *routers.Route, query url.Values) []Mismatch {
	var known []string
	for _, p := range slices.Concat(route.PathItem.Parameters, route.Operation.Parameters) {
		if p.Value.In == openapi3.ParameterInQuery {
			known = append(known, p.Value.Name)
		}
	}
	var found []Mismatch
	for name := range query {
		if !slices.Contains(known, name) {
			slices.Sort(known)
			found = append(found, Mismatch{In: "request query", Place: name, Want: "one of " + strings.Join(known, ", "), Tolerated: true})
		}
	}
	slices.SortFunc(found, func(a, b Mismatch) int { return strings.Compare(a.Place, b.Place) })
	return found
}
