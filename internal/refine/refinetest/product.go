// Package refinetest reads the examples from which people learn the rules and
// checks: a small product, written down in a few lines, and what is concluded of it.
//
// An example is a txtar file. Its beginning says what it shows; `product` holds
// the product in YAML; `expect` holds what comes out.
package refinetest

import (
	"bytes"
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"

	"strata/internal/refine"
	"strata/internal/work"
)

// Product is an example's product. Dates are days of 2026: "11 Mar".
type Product struct {
	Today     Date             `yaml:"today"`
	Sprints   map[string]Span  `yaml:"sprints"`
	Teams     map[string]Team  `yaml:"teams"` // only those that differ from a team that plans by Sprint
	Items     map[string]*Item `yaml:"items"`
	Rules     refine.Config    `yaml:"rules"`
	Readiness refine.Profile   `yaml:"readiness"`
	Leading   string           `yaml:"leading"` // the tracker whose ranks lead
	// DefinitionOfDone is the product's; Goals are Sprint Goals by the Sprint's name.
	DefinitionOfDone string            `yaml:"definition_of_done"`
	Goals            map[string]string `yaml:"goals"`

	Remembered `yaml:",inline"`
}

// Team is how a team differs.
type Team struct {
	Planning  work.Planning    `yaml:"planning"`
	Estimates bool             `yaml:"estimates"`
	Done      string           `yaml:"definition_of_done"`
	Override  refine.Overrides `yaml:"override"` // its own grading
	Pace      Pace             `yaml:"pace"`
}

// Item is an item of an example; the fields that are left out are those of an
// open, assigned story outside any Sprint.
type Item struct {
	Kind       work.Kind  `yaml:"kind"`
	Team       Some       `yaml:"team"`
	Sprint     Some       `yaml:"sprint"`
	State      work.State `yaml:"state"`
	Status     string     `yaml:"status"`
	Resolution string     `yaml:"resolution"`
	Duplicates string     `yaml:"duplicates"`
	Start      Date       `yaml:"start"`
	Due        Date       `yaml:"due"`
	NeededBy   Date       `yaml:"needed_by"`
	Parent     string     `yaml:"parent"`
	Unassigned bool       `yaml:"unassigned"`
	Labels     Some       `yaml:"labels"`
	Estimate   *float64   `yaml:"estimate"`
	Waits      Some       `yaml:"waits"`    // by a link of its own
	Blocks     Some       `yaml:"blocks"`   // likewise
	Mentions   Some       `yaml:"mentions"` // waits, from its description alone
	Remotes    Some       `yaml:"remotes"`  // waits, by a remote link
	Twin       Some       `yaml:"twin"`     // the same item in another tracker
	Tracker    string     `yaml:"tracker"`
	Rank       string     `yaml:"rank"`
	Blocked    bool       `yaml:"blocked"` // marked so
	Created    Date       `yaml:"created"`
	Updated    Date       `yaml:"updated"`
	Resolved   Date       `yaml:"resolved"`

	Past `yaml:",inline"`

	Title      string                    `yaml:"title"`
	Objectives Some                      `yaml:"objectives"`
	Said       uint16                    `yaml:"said"` // characters of its description
	Says       map[work.SectionName]Some `yaml:"says"` // entries of further sections

	Criteria     Some `yaml:"criteria"`
	ToBeDone     bool `yaml:"to_be_done"`    // of the criteria
	Questions    int  `yaml:"questions"`     // boxes without a tick under "Open questions"
	NoDependency bool `yaml:"no_dependency"` // says so in its section
	Stub         bool `yaml:"stub"`          // known from a link alone
	Outside      bool `yaml:"outside"`       // of another product, read as a blocker
	Unread       bool `yaml:"unread"`        // its scope could not be read
}

// Some is a list; one element may stand alone.
type Some []string

// UnmarshalYAML reads a list or one element.
func (s *Some) UnmarshalYAML(n *yaml.Node) error {
	if n.Kind == yaml.ScalarNode {
		*s = Some{n.Value}
		return nil
	}
	return n.Decode((*[]string)(s))
}

// Date is a day of 2026.
type Date work.Day

// UnmarshalText reads "11 Mar", "Fri 11 Mar" or "11 Mar 2027".
func (d *Date) UnmarshalText(text []byte) error {
	for _, layout := range []string{"2 Jan", "Mon 2 Jan"} {
		if t, err := time.Parse(layout, string(text)); err == nil {
			*d = Date(work.Date(2026, t.Month(), t.Day()))
			return nil
		}
	}
	t, err := time.Parse("2 Jan 2006", string(text))
	if err != nil {
		return fmt.Errorf("date %q: want a form such as 11 Mar", text)
	}
	*d = Date(work.DayOf(t, time.UTC))
	return nil
}

// noon returns the middle of the day; the zero day has none.
func (d Date) noon() time.Time {
	if d == 0 {
		return time.Time{}
	}
	return work.Day(d).Time().Add(12 * time.Hour)
}

// Span is a Sprint: "2 Mar - 13 Mar", with "active", "closed", "future" or
// "projected" behind it where the dates do not say so, or "undated" alone. A
// board before it ("Core board: 2 Mar - 13 Mar") makes it a tracker's box.
type Span struct {
	window work.Window
	state  work.SprintState
	board  string
}

// UnmarshalText reads a Sprint.
func (s *Span) UnmarshalText(text []byte) error {
	rest := string(text)
	if board, span, ok := strings.Cut(rest, ": "); ok {
		s.board, rest = board, span
	}
	if rest == "undated" {
		s.state = work.SprintFuture
		return nil
	}
	from, to, ok := strings.Cut(rest, " - ")
	if !ok {
		return fmt.Errorf("sprint %q: want a form such as 2 Mar - 13 Mar", text)
	}
	words := strings.Fields(to)
	for len(words) > 2 {
		switch last := words[len(words)-1]; last {
		case "projected":
			s.window.Projected = true
		default:
			s.state = work.SprintState(last)
		}
		words = words[:len(words)-1]
	}
	var start, end Date
	if err := start.UnmarshalText([]byte(from)); err != nil {
		return err
	}
	if err := end.UnmarshalText([]byte(strings.Join(words, " "))); err != nil {
		return err
	}
	s.window.Start, s.window.End = work.Day(start), work.Day(end)
	return nil
}

// Read reads an example's product.
func Read(text []byte) (Product, error) {
	p := Product{Rules: refine.Default(), Readiness: refine.Starter}
	dec := yaml.NewDecoder(bytes.NewReader(text))
	dec.KnownFields(true)
	if err := dec.Decode(&p); err != nil {
		return p, fmt.Errorf("read product: %w", err)
	}
	return p, nil
}

// Policy returns how the product wants to be judged.
func (p Product) Policy() refine.Policy {
	policy := refine.DefaultPolicy()
	policy.Config, policy.Readiness, policy.Leading = p.Rules, p.Readiness, p.Leading
	policy.DefinitionOfDone = p.DefinitionOfDone
	for name, team := range p.Teams {
		if len(team.Override) > 0 {
			if policy.Teams == nil {
				policy.Teams = map[work.TeamID]refine.Overrides{}
			}
			policy.Teams[work.TeamID(name)] = team.Override
		}
	}
	return policy
}

// Snapshot returns the product as a cycle would see it.
func (p Product) Snapshot() work.Snapshot {
	s := work.Snapshot{Product: "example", Taken: p.Today.noon()}
	teams := map[work.TeamID]bool{}
	for _, key := range slices.Sorted(maps.Keys(p.Items)) {
		it := p.item(key)
		s.Items = append(s.Items, it)
		for _, team := range it.Teams {
			teams[team] = true
		}
	}
	children := map[work.Ref][]work.Ref{}
	for i := range s.Items {
		if parent := s.Items[i].Parent; !parent.IsZero() {
			children[parent] = append(children[parent], s.Items[i].Ref)
		}
	}
	for i := range s.Items {
		s.Items[i].Children = children[s.Items[i].Ref]
	}
	slices.SortFunc(s.Items, func(a, b work.Item) int { return a.Ref.Compare(b.Ref) })
	for _, id := range slices.Sorted(maps.Keys(teams)) {
		team := work.Team{ID: id, Planning: cmp.Or(p.Teams[string(id)].Planning, work.BySprint), Zone: time.UTC}
		team.Estimates, team.DefinitionOfDone = p.Teams[string(id)].Estimates, p.Teams[string(id)].Done
		team.Sprints = p.boxes(id)
		s.Teams = append(s.Teams, team)
	}
	for name, span := range p.Sprints {
		s.Sprints = append(s.Sprints, work.Sprint{ID: work.SprintID(name), Name: name, State: span.state, Window: span.window, Board: span.board, Goal: p.Goals[name], Seq: -1})
	}
	slices.SortFunc(s.Sprints, func(a, b work.Sprint) int {
		return cmp.Or(cmp.Compare(a.Board, b.Board), cmp.Compare(a.Window.Start, b.Window.Start), cmp.Compare(a.ID, b.ID))
	})
	return s
}

// boxes are the boards' Sprints that a team's items are in, by start.
func (p Product) boxes(team work.TeamID) (own []work.SprintID) {
	boards := map[string]bool{}
	for _, it := range p.Items {
		if it == nil || len(it.Team) != 1 || it.Team[0] != string(team) {
			continue
		}
		for _, name := range it.Sprint {
			if board := p.Sprints[name].board; board != "" {
				boards[board] = true
			}
		}
	}
	for _, name := range slices.SortedFunc(maps.Keys(p.Sprints), func(a, b string) int {
		return cmp.Or(cmp.Compare(p.Sprints[a].window.Start, p.Sprints[b].window.Start), cmp.Compare(a, b))
	}) {
		if boards[p.Sprints[name].board] {
			own = append(own, work.SprintID(name))
		}
	}
	return own
}

// Ref returns the identity of an example's item in the usual tracker.
func Ref(key string) work.Ref {
	if key == "" {
		return work.Ref{}
	}
	return work.Ref{Tracker: "example", ID: key}
}

// ref returns the identity of one of the product's items.
func (p Product) ref(key string) work.Ref {
	ref := Ref(key)
	if it := p.Items[key]; it != nil && it.Tracker != "" {
		ref.Tracker = it.Tracker
	}
	return ref
}

func (p Product) item(key string) work.Item {
	from := p.Items[key]
	if from == nil {
		from = &Item{}
	}
	it := work.Item{
		Ref: p.ref(key), Key: key, Title: cmp.Or(from.Title, "Title of "+key), Kind: cmp.Or(from.Kind, work.Story), State: cmp.Or(from.State, work.StateOpen),
		Status: from.Status, Resolution: from.Resolution, DuplicateOf: p.ref(from.Duplicates), Start: work.Day(from.Start), Due: work.Day(from.Due),
		NeededBy: work.Day(from.NeededBy), Parent: p.ref(from.Parent), Assignee: "Kim", Labels: from.Labels, Estimate: from.Estimate,
		Sections: work.Sections{}, Stub: from.Stub, Outside: from.Outside || from.Stub, Unread: from.Unread,
		Objectives: from.Objectives, Said: from.Said,
		Rank: from.Rank, Blocked: from.Blocked, Created: from.Created.noon(), Updated: from.Updated.noon(), Resolved: from.Resolved.noon(),
	}
	if from.Unassigned {
		it.Assignee = ""
	}
	for _, team := range from.Team {
		it.Teams = append(it.Teams, work.TeamID(team))
	}
	for _, sprint := range from.Sprint {
		it.Sprints = append(it.Sprints, work.SprintID(sprint))
	}
	links := func(kind work.LinkKind, name string, origin work.Origin, keys Some) {
		for _, to := range keys {
			it.Links = append(it.Links, work.Link{Kind: kind, To: p.ref(to), Type: name, Origin: origin})
		}
	}
	links(work.Waits, "is blocked by", work.Typed, from.Waits)
	links(work.Blocks, "blocks", work.Typed, from.Blocks)
	links(work.Waits, "", work.Text, from.Mentions)
	links(work.Waits, "depends on", work.Remote, from.Remotes)
	links(work.Twin, "is synced with", work.Typed, from.Twin)
	if len(from.Criteria) > 0 || from.ToBeDone {
		it.Sections[work.AcceptanceCriteria] = work.Section{Entries: from.Criteria, ToBeDone: from.ToBeDone}
	}
	for name, entries := range from.Says {
		it.Sections[name] = work.Section{Entries: entries}
	}
	if from.Questions > 0 {
		it.Sections[work.OpenQuestions] = work.Section{Unchecked: from.Questions}
	}
	if from.NoDependency {
		it.Sections[work.Dependencies] = work.Section{None: true}
	}
	return it
}
