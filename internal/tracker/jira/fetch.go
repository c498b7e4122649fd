package jira

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"strata/internal/tracker"
	"strata/internal/work"
)

// atOnce is how many items are fetched in one call; Cloud allows no more.
const atOnce = 100

var (
	keyForm = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_]*-[0-9]+$`)
	idForm  = regexp.MustCompile(`^[0-9]+$`)
)

// Fetch reads items in bulk. Jira leaves out what it does not show us, and gives a
// moved item under its new key.
func (t *Tracker) Fetch(ctx context.Context, targets []work.Target) ([]tracker.Fetched, error) {
	s, err := t.session(ctx)
	if err != nil {
		return nil, err
	}
	names := make([]string, len(targets)) // id or key; empty: no item of this site
	for i, target := range targets {
		names[i] = t.nameOf(target)
	}
	distinct := slices.DeleteFunc(slices.Clone(names), func(name string) bool { return name == "" })
	slices.Sort(distinct)
	distinct = slices.Compact(distinct)

	byName := map[string]issue{}
	for some := range slices.Chunk(distinct, atOnce) {
		issues, err := t.bulk(ctx, s, some)
		if err != nil {
			return nil, err
		}
		if err := t.match(ctx, s, some, issues, byName); err != nil {
			return nil, err
		}
	}
	return t.outcomes(s, targets, names, byName), nil
}

func (t *Tracker) outcomes(s *session, targets []work.Target, names []string, byName map[string]issue) []tracker.Fetched {
	c := t.converter(s)
	out := make([]tracker.Fetched, len(targets))
	for i, target := range targets {
		out[i].Target = target
		raw, found := byName[names[i]]
		if !found {
			what := cmp.Or(target.Key, target.URL, target.Ref.String())
			out[i].Err = &tracker.Error{Kind: tracker.NotFound, Op: "fetch " + what, Err: errors.New("gone, or hidden from us")}
			continue
		}
		out[i].Record = c.record(raw)
		if keyForm.MatchString(names[i]) && names[i] != raw.Key {
			out[i].Record.OldKeys = []string{names[i]}
		}
	}
	return out
}

// nameOf is what Jira knows a target by: its id, else its key, else the key in
// its URL. A name of another form is not sent.
func (t *Tracker) nameOf(target work.Target) string {
	if target.Ref.Tracker == t.name && idForm.MatchString(target.Ref.ID) {
		return target.Ref.ID
	}
	key := target.Key
	if key == "" {
		key = t.keyOf(target.URL)
	}
	if key = strings.ToUpper(key); keyForm.MatchString(key) {
		return key
	}
	return ""
}

// keyOf finds the key in the URL of an item's page on this site.
func (t *Tracker) keyOf(address string) string {
	for _, base := range []string{t.browse, strings.TrimRight(t.cfg.URL, "/")} {
		if rest, ok := strings.CutPrefix(address, base+"/browse/"); ok {
			end := strings.IndexAny(rest, "/?#")
			if end < 0 {
				end = len(rest)
			}
			return rest[:end]
		}
	}
	return ""
}

func (t *Tracker) bulk(ctx context.Context, s *session, names []string) ([]issue, error) {
	op := fmt.Sprintf("fetch %d items", len(names))
	if !s.cloud {
		return t.bulkBySearch(ctx, s, op, names)
	}
	c := call{op: op, method: http.MethodPost, route: "issue/bulkfetch", body: map[string]any{
		"issueIdsOrKeys": names, "fields": s.fields.names(),
	}}
	var answer found
	_, err := t.do(ctx, c, &answer)
	return answer.Issues, err
}

// bulkBySearch is Data Center's way. Without validation a dead key is passed
// over instead of failing the search.
func (t *Tracker) bulkBySearch(ctx context.Context, s *session, op string, names []string) ([]issue, error) {
	var ids, keys, parts []string
	for _, name := range names {
		if idForm.MatchString(name) {
			ids = append(ids, name)
		} else {
			keys = append(keys, `"`+name+`"`)
		}
	}
	if len(ids) > 0 {
		parts = append(parts, "id in ("+strings.Join(ids, ", ")+")")
	}
	if len(keys) > 0 {
		parts = append(parts, "key in ("+strings.Join(keys, ", ")+")")
	}
	ask := search{JQL: strings.Join(parts, " OR ") + " ORDER BY key ASC", Fields: s.fields.names(), Size: atOnce, Validate: new(bool)}
	var all []issue
	for {
		answer, err := t.find(ctx, s, op, ask)
		if err != nil {
			return nil, err
		}
		all = append(all, answer.Issues...)
		if ask.Start += len(answer.Issues); len(answer.Issues) == 0 || ask.Start >= answer.Total {
			return all, nil
		}
	}
}

// match files items by the names they were asked for. An item that came under a key
// that nobody asked for may have moved; which of the names was its old one, only it
// can tell. It may have been asked for by its id as well.
func (t *Tracker) match(ctx context.Context, s *session, names []string, issues []issue, byName map[string]issue) error {
	moved := map[string]bool{}
	for _, raw := range issues {
		byID, byKey := slices.Contains(names, raw.ID), slices.Contains(names, raw.Key)
		if byID {
			byName[raw.ID] = raw
		}
		if byKey {
			byName[raw.Key] = raw
		}
		moved[raw.ID] = !byKey
	}
	for _, name := range names {
		if _, done := byName[name]; done || idForm.MatchString(name) || !slices.ContainsFunc(issues, func(raw issue) bool { return moved[raw.ID] }) {
			continue
		}
		raw, err := t.one(ctx, s, name)
		if tracker.KindOf(err) == tracker.NotFound {
			continue
		}
		if err != nil {
			return err
		}
		byName[name] = raw
		delete(moved, raw.ID)
	}
	return nil
}

func (t *Tracker) one(ctx context.Context, s *session, name string) (issue, error) {
	var raw issue
	_, err := t.do(ctx, call{
		op: "fetch " + name, route: "issue/{id}", path: "issue/" + url.PathEscape(name),
		query: url.Values{"fields": {strings.Join(s.fields.names(), ",")}},
	}, &raw)
	return raw, err
}
