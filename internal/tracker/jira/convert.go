package jira

import (
	"cmp"
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"strata/internal/work"
)

// converter turns Jira's items into records.
type converter struct {
	tracker string
	browse  string
	fields  fieldset
	groups  members
}

func (c converter) record(raw issue, scopes ...string) work.Record {
	f := raw.Fields
	kind, assignee := get[issueType](f, "issuetype"), get[user](f, "assignee")
	r := work.Record{
		Ref:        work.Ref{Tracker: c.tracker, ID: raw.ID},
		Key:        raw.Key,
		URL:        c.url(raw.Key),
		Title:      get[string](f, "summary"),
		Scopes:     scopes,
		Type:       cmp.Or(kind.Untranslated, kind.Name),
		Level:      c.level(kind, f),
		Status:     get[status](f, "status").neutral(),
		Resolution: work.Resolution(get[named](f, "resolution")),
		Project:    get[project](f, "project").Key,
		Components: names(get[[]named](f, "components")),
		Labels:     sorted(get[[]string](f, "labels")),
		Team:       c.team(f),
		Assignee:   assignee.DisplayName,
		Groups:     c.groups[assignee.id()],
		Start:      day(get[string](f, c.fields.start)),
		Due:        day(get[string](f, "duedate")),
		NeededBy:   day(get[string](f, c.fields.neededBy)),
		Estimate:   c.estimate(f),
		Rank:       get[string](f, c.fields.rank),
		Parent:     c.parent(f),
		Links:      c.links(get[[]link](f, "issuelinks")),
		Texts:      c.texts(f),
		Blocked:    len(words(f[c.fields.flagged])) > 0,
		Private:    get[named](f, "security") != named{},
		Created:    get[instant](f, "created").Time,
		Updated:    get[instant](f, "updated").Time,
		Resolved:   get[instant](f, "resolutiondate").Time,
	}
	for _, s := range sprintsOf(f[c.fields.sprint]) {
		r.Sprints = append(r.Sprints, s.id(c.tracker))
	}
	return r
}

func (c converter) url(key string) string { return c.browse + "/browse/" + key }

func (s status) neutral() work.Status {
	category := work.Category(s.Category.Key)
	switch category {
	case work.CategoryNew, work.CategoryDoing, work.CategoryDone:
	default:
		category = work.CategoryNone
	}
	return work.Status{ID: s.ID, Name: s.Name, Category: category}
}

// level is Cloud's own number, else what the type tells. Data Center has no
// levels; its epics have an epic name.
func (c converter) level(kind issueType, f map[string]json.RawMessage) int {
	name := strings.ToLower(cmp.Or(kind.Untranslated, kind.Name))
	switch {
	case kind.Level != nil:
		return *kind.Level
	case kind.Subtask:
		return -1
	case name == "initiative":
		return 2
	case name == "epic", get[string](f, c.fields.epicName) != "":
		return 1
	}
	return 0
}

// team is the configured field's values; where an item has none there, those of
// Jira's own team field.
func (c converter) team(f map[string]json.RawMessage) []string {
	for _, name := range c.fields.teams {
		if values := words(f[name]); len(values) > 0 {
			return values
		}
	}
	return nil
}

func (c converter) estimate(f map[string]json.RawMessage) *float64 {
	for _, name := range c.fields.estimates {
		if value := get[*float64](f, name); value != nil {
			return value
		}
		if value, err := strconv.ParseFloat(get[string](f, name), 64); err == nil {
			return &value
		}
	}
	return nil
}

// parent is the parent field, else the epic link, which holds a key.
func (c converter) parent(f map[string]json.RawMessage) work.Target {
	if p := get[stub](f, "parent"); p.ID != "" || p.Key != "" {
		return c.target(p)
	}
	if key := get[string](f, c.fields.epicLink); key != "" {
		return work.Target{Key: key, URL: c.url(key)}
	}
	return work.Target{}
}

// links keep both ends' view of a link: an outwardIssue means that this item
// speaks the outward phrase ("blocks") towards it; an inwardIssue speaks it towards
// this item.
func (c converter) links(all []link) []work.RecordLink {
	var out []work.RecordLink
	for _, l := range all {
		far := cmp.Or(l.Outward, l.Inward)
		if far == nil || (far.ID == "" && far.Key == "") {
			continue
		}
		out = append(out, work.RecordLink{
			ID: l.ID, TypeID: l.Type.ID, TypeName: l.Type.Name, Speaks: l.Outward != nil, Origin: work.Typed, To: c.target(*far),
		})
	}
	slices.SortFunc(out, func(a, b work.RecordLink) int {
		return cmp.Or(cmp.Compare(len(a.ID), len(b.ID)), strings.Compare(a.ID, b.ID), strings.Compare(a.To.Key, b.To.Key))
	})
	return out
}

func (c converter) target(s stub) work.Target {
	t := work.Target{Key: s.Key, Stub: &work.Stub{
		Title:  s.Fields.Summary,
		Status: s.Fields.Status.neutral(),
		Type:   cmp.Or(s.Fields.Type.Untranslated, s.Fields.Type.Name),
	}}
	if s.ID != "" {
		t.Ref = work.Ref{Tracker: c.tracker, ID: s.ID}
	}
	if s.Key != "" {
		t.URL = c.url(s.Key)
	}
	return t
}

func (c converter) texts(f map[string]json.RawMessage) []work.SourceText {
	var texts []work.SourceText
	add := func(section work.SectionName, field string) {
		if doc := get[document](f, field); doc.Type == "doc" && len(doc.Content) > 0 {
			texts = append(texts, work.SourceText{Field: section, Dialect: work.ADF, Text: string(f[field])})
		} else if text := get[string](f, field); strings.TrimSpace(text) != "" {
			texts = append(texts, work.SourceText{Field: section, Dialect: work.JiraWiki, Text: text})
		}
	}
	add("", "description")
	add(work.AcceptanceCriteria, c.fields.acceptance)
	return texts
}

// words reads a field whose values people choose: a text, an option, a team, or
// several of them. A team gives its name and its id.
func words(raw json.RawMessage) []string {
	var text string
	var number json.Number
	var many []json.RawMessage
	var one struct {
		ID    json.RawMessage `json:"id"`
		Value string          `json:"value"`
		Name  string          `json:"name"`
		Title string          `json:"title"`
	}
	switch {
	case len(raw) == 0:
		return nil
	case json.Unmarshal(raw, &text) == nil:
		return nonEmpty(text)
	case json.Unmarshal(raw, &number) == nil:
		return nonEmpty(number.String())
	case json.Unmarshal(raw, &many) == nil:
		var all []string
		for _, element := range many {
			all = append(all, words(element)...)
		}
		return sorted(all)
	case json.Unmarshal(raw, &one) == nil:
		if one.Value != "" { // an option: its id says nothing to people
			return nonEmpty(one.Value)
		}
		return append(nonEmpty(cmp.Or(one.Name, one.Title)), words(one.ID)...)
	}
	return nil
}

func nonEmpty(text string) []string {
	if text = strings.TrimSpace(text); text == "" {
		return nil
	}
	return []string{text}
}

func names(all []named) []string {
	var out []string
	for _, n := range all {
		out = append(out, nonEmpty(n.Name)...)
	}
	return sorted(out)
}

func sorted(list []string) []string {
	if len(list) == 0 {
		return nil
	}
	slices.Sort(list)
	return slices.Compact(list)
}
