package jira

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"strata/internal/tracker"
	"strata/internal/work"
)

// How much of the past one question asks for, and how often one History asks.
const (
	pastsAtOnce   = 1000 // Cloud's own bound for one changelog/bulkfetch
	pastsBySearch = 50   // Data Center sends every history of an item, whatever it is about
	mostAsked     = 4
)

var _ tracker.Historian = (*Tracker)(nil)

// history is one entry of an item's changelog.
type history struct {
	Created instant      `json:"created"`
	Items   []changeItem `json:"items"`
}

// changeItem is one field's change. The field's id is missing on older Data
// Centers, where the untranslated name serves.
type changeItem struct {
	Field   string  `json:"field"`
	FieldID string  `json:"fieldId"`
	From    *string `json:"from"`
	FromStr *string `json:"fromString"`
	To      *string `json:"to"`
	ToStr   *string `json:"toString"`
}

// History reads what items went through: on Cloud a thousand in a request, on
// Data Center fifty, through the search.
func (t *Tracker) History(ctx context.Context, items []work.Ref) ([]work.Past, error) {
	s, err := t.session(ctx)
	if err != nil {
		return nil, err
	}
	statuses, err := t.statuses(ctx)
	if err != nil {
		return nil, err
	}
	r := historian{tracker: t.name, fields: s.fields, statuses: statuses}
	size, ask := pastsBySearch, t.historiesBySearch
	if s.cloud {
		size, ask = pastsAtOnce, t.historiesInBulk
	}
	ids := make([]string, 0, len(items))
	for _, ref := range items {
		if ref.Tracker == t.name && idForm.MatchString(ref.ID) {
			ids = append(ids, ref.ID)
		}
	}
	var pasts []work.Past
	asked := 0
	for some := range slices.Chunk(ids, size) {
		if asked == mostAsked {
			break
		}
		asked++
		found, err := ask(ctx, s, some)
		if err != nil {
			return pasts, err
		}
		for _, id := range some { // one without a history has none: it is known now
			if histories, ok := found[id]; ok {
				pasts = append(pasts, r.past(id, histories))
			}
		}
	}
	return pasts, nil
}

// historiesInBulk is Cloud's way. Items without a change of these fields, and
// those that we may not see, are left out of the answer alike.
func (t *Tracker) historiesInBulk(ctx context.Context, s *session, ids []string) (map[string][]history, error) {
	found := make(map[string][]history, len(ids))
	for _, id := range ids {
		found[id] = nil
	}
	body := map[string]any{"issueIdsOrKeys": ids, "fieldIds": s.fields.told(), "maxResults": 10000}
	for seen := map[string]bool{}; ; {
		var answer struct {
			Logs []struct {
				ID        string    `json:"issueId"`
				Histories []history `json:"changeHistories"`
			} `json:"issueChangeLogs"`
			Next string `json:"nextPageToken"`
		}
		c := call{op: "read the history of " + strconv.Itoa(len(ids)) + " items", method: http.MethodPost, route: "changelog/bulkfetch", body: body, apart: true}
		if _, err := t.do(ctx, c, &answer); err != nil {
			return nil, err
		}
		for _, log := range answer.Logs {
			found[log.ID] = append(found[log.ID], log.Histories...)
		}
		if answer.Next == "" || seen[answer.Next] {
			return found, nil
		}
		seen[answer.Next] = true
		body["nextPageToken"] = answer.Next
	}
}

// told are the fields whose changes are asked for.
func (f fieldset) told() []string {
	all := slices.DeleteFunc([]string{"status", "duedate", f.sprint, f.flagged, f.acceptance}, func(id string) bool { return id == "" })
	slices.Sort(all)
	return all
}

// historiesBySearch is Data Center's way. What is not found is left out.
func (t *Tracker) historiesBySearch(ctx context.Context, _ *session, ids []string) (map[string][]history, error) {
	no := false
	c := call{op: "read the history of " + strconv.Itoa(len(ids)) + " items", method: http.MethodPost, route: "search", apart: true, body: map[string]any{
		"jql": "id in (" + strings.Join(ids, ", ") + ") ORDER BY key ASC", "fields": []string{"created"}, "expand": []string{"changelog"},
		"maxResults": len(ids), "validateQuery": no,
	}}
	var answer struct {
		Issues []struct {
			ID        string `json:"id"`
			Changelog struct {
				Histories []history `json:"histories"`
			} `json:"changelog"`
		} `json:"issues"`
	}
	if _, err := t.do(ctx, c, &answer); err != nil {
		return nil, err
	}
	found := make(map[string][]history, len(answer.Issues))
	for _, raw := range answer.Issues {
		found[raw.ID] = raw.Changelog.Histories
	}
	return found, nil
}

// statuses asks once for all statuses of the site: a history names them by id.
func (t *Tracker) statuses(ctx context.Context) (map[string]work.Status, error) {
	t.mu.Lock()
	known := t.allStatuses
	t.mu.Unlock()
	if known != nil {
		return known, nil
	}
	var all []status
	if _, err := t.do(ctx, call{op: "read the statuses of " + t.name, route: "status", apart: true}, &all); err != nil {
		return nil, err
	}
	known = make(map[string]work.Status, len(all))
	for _, s := range all {
		known[s.ID] = s.neutral()
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.allStatuses = known
	return known, nil
}

// historian turns changelogs into pasts.
type historian struct {
	tracker  string
	fields   fieldset
	statuses map[string]work.Status
}

func (h historian) past(id string, histories []history) work.Past {
	past := work.Past{Ref: work.Ref{Tracker: h.tracker, ID: id}}
	for _, entry := range histories {
		if entry.Created.IsZero() {
			continue
		}
		for i := range entry.Items {
			if step, ok := h.step(&entry.Items[i]); ok {
				step.At = entry.Created.Time
				past.Steps = append(past.Steps, step)
			}
		}
	}
	slices.SortStableFunc(past.Steps, func(a, b work.Step) int { return a.At.Compare(b.At) })
	past.Steps = past.Steps[max(0, len(past.Steps)-work.MostSteps):]
	return past
}

func (h historian) step(c *changeItem) (work.Step, bool) {
	is := func(id, name string) bool {
		return id != "" && c.FieldID == id || c.FieldID == "" && strings.EqualFold(c.Field, name)
	}
	switch {
	case is("status", "status"):
		return work.Step{Of: work.StatusStep, From: h.status(c.From, c.FromStr), To: h.status(c.To, c.ToStr)}, true
	case is(h.fields.sprint, "sprint"):
		return work.Step{Of: work.SprintStep, FromSprints: h.sprints(c.From), ToSprints: h.sprints(c.To)}, true
	case is("duedate", "duedate"):
		return work.Step{Of: work.DueStep, FromDay: day(text(c.From)), ToDay: day(text(c.To))}, true
	case is(h.fields.flagged, "flagged"):
		return work.Step{Of: work.BlockedStep}, text(c.To) != "" || text(c.ToStr) != ""
	case h.fields.acceptance != "" && c.FieldID == h.fields.acceptance:
		return work.Step{Of: work.CriteriaStep}, true
	}
	return work.Step{}, false
}

// status finds a status by id; of one that the site no longer has the name is left.
func (h historian) status(id, name *string) work.Status {
	if s, ok := h.statuses[text(id)]; ok {
		return s
	}
	return work.Status{ID: text(id), Name: text(name), Category: work.CategoryNone}
}

// sprints reads "3, 4": the ids, because names may hold commas.
func (h historian) sprints(ids *string) (list []work.SprintID) {
	for part := range strings.SplitSeq(text(ids), ",") {
		if n, err := strconv.ParseInt(strings.TrimSpace(part), 10, 64); err == nil && n > 0 {
			list = append(list, sprint{ID: n}.id(h.tracker))
		}
	}
	return list
}

func text(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}
