package github

import (
	"container/list"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"sync"

	"strata/internal/tracker/wire"
)

// pageSize is how many rows of a list we ask for; GitHub gives no more.
const pageSize = 100

// get reads a REST answer. A list that was read before is asked for by its
// ETag: GitHub answers "not modified", which costs no quota, and the rows we
// kept are given again.
func (g *GitHub) get(ctx context.Context, op, route, path string, into any) error {
	req, err := g.build.NewRequest(http.MethodGet, path, nil)
	if err != nil {
		return err
	}
	kept, known := g.answers.find(path)
	if known {
		req.Header.Set("If-None-Match", kept.etag)
	}
	resp, raw, err := send(g.http, req.WithContext(wire.Route(ctx, route)))
	if err != nil {
		return wire.ErrorOf(op, resp, raw, err, wire.Read)
	}
	switch {
	case resp.StatusCode == http.StatusNotModified && known:
		raw = kept.body
	case resp.StatusCode != http.StatusOK:
		return wire.ErrorOf(op, resp, raw, nil, wire.Read)
	default:
		g.answers.keep(path, answer{etag: resp.Header.Get("ETag"), body: raw})
	}
	if err := json.Unmarshal(raw, into); err != nil {
		return wire.ErrorOf(op, resp, raw, err, wire.Read)
	}
	return nil
}

// put sends a write once and reads what GitHub made of it. The answer comes
// back with errors too: the caller looks for redirects in it.
func (g *GitHub) put(ctx context.Context, op, route, method, path string, body, into any) (*http.Response, error) {
	req, err := g.build.NewRequest(method, path, body)
	if err != nil {
		return nil, err
	}
	resp, raw, err := send(g.writing, req.WithContext(wire.Route(ctx, route)))
	if err != nil || resp.StatusCode >= http.StatusMultipleChoices {
		return resp, wire.ErrorOf(op, resp, raw, err, wire.Write)
	}
	if into == nil {
		return resp, nil
	}
	if err := json.Unmarshal(raw, into); err != nil {
		return resp, wire.ErrorOf(op, resp, raw, err, wire.Write)
	}
	return resp, nil
}

// send returns no answer with an error unless the answer itself could not be read.
func send(client *http.Client, req *http.Request) (*http.Response, []byte, error) {
	resp, err := client.Do(req)
	if err != nil {
		return nil, nil, err
	}
	defer resp.Body.Close()
	raw, err := io.ReadAll(resp.Body)
	return resp, raw, err
}

// answers keeps the last answers of short lists, so that "not modified" can be understood.
type answers struct {
	mu    sync.Mutex
	order *list.List // paths, the youngest first
	byKey map[string]*list.Element
}

type answer struct {
	path string
	etag string
	body []byte
}

// Kept are answers of up to 256 KiB, and no more than 128 of them.
const (
	keptSize  = 256 << 10
	keptCount = 128
)

func newAnswers() *answers { return &answers{order: list.New(), byKey: map[string]*list.Element{}} }

func (a *answers) find(path string) (answer, bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	e, ok := a.byKey[path]
	if !ok {
		return answer{}, false
	}
	a.order.MoveToFront(e)
	return e.Value.(answer), true
}

func (a *answers) keep(path string, one answer) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if e, ok := a.byKey[path]; ok {
		a.order.Remove(e)
		delete(a.byKey, path)
	}
	if one.etag == "" || len(one.body) > keptSize {
		return
	}
	one.path = path
	a.byKey[path] = a.order.PushFront(one)
	for a.order.Len() > keptCount {
		last := a.order.Back()
		delete(a.byKey, a.order.Remove(last).(answer).path)
	}
}
