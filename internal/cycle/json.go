package cycle

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"strata/internal/graph"
	"strata/internal/markup"
	"strata/internal/plan"
	"strata/internal/refine"
	"strata/internal/work"
)

// JSON is the report as scripts read it: stable, sorted, items named by key.
// `strata once -o json`, `strata plan -o json` and the API give the same.
type JSON struct {
	Product      string            `json:"product"`
	Taken        time.Time         `json:"taken"`
	Items        []itemsJSON       `json:"items"`
	Teams        []string          `json:"teams"`
	Sprints      []sprintJSON      `json:"sprints"`
	Unread       map[string]string `json:"unread"`
	Dependencies []dependencyJSON  `json:"dependencies"`
	Findings     []findingJSON     `json:"findings"`
	Readiness    []readinessJSON   `json:"readiness"`
	Cycles       [][]string        `json:"cycles"`
	Plan         planJSON          `json:"plan"`
	Outcomes     []outcomeJSON     `json:"outcomes,omitzero"` // once only
}

type itemsJSON struct {
	Tracker string     `json:"tracker"`
	Layer   work.Layer `json:"layer"`
	State   work.State `json:"state"`
	Count   int        `json:"count"`
}

type sprintJSON struct {
	Name      string   `json:"name"`
	Start     work.Day `json:"start"`
	End       work.Day `json:"end"`
	Projected bool     `json:"projected"`
}

type dependencyJSON struct {
	Waiting      string        `json:"waiting"`
	Blocker      string        `json:"blocker"`
	WaitingTeam  work.TeamID   `json:"waiting_team"`
	BlockingTeam work.TeamID   `json:"blocking_team"`
	State        work.State    `json:"state"` // the blocker's
	Health       refine.Health `json:"health"`
	Origin       []work.Origin `json:"origin"`
	LinkTypes    []string      `json:"link_types"`
	SlackDays    *int          `json:"slack_days"` // working days; null when infinite or unknown
	Since        time.Time     `json:"since"`
}

type findingJSON struct {
	Rule         refine.RuleID `json:"rule"`
	Severity     string        `json:"severity"`
	Item         string        `json:"item"`
	Waiting      string        `json:"waiting"`
	Blocker      string        `json:"blocker"`
	Team         work.TeamID   `json:"team"`
	Since        time.Time     `json:"since"`
	Acknowledged bool          `json:"acknowledged"`
	Text         string        `json:"text"`
}

type readinessJSON struct {
	Item   string                           `json:"item"`
	Layer  work.Layer                       `json:"layer"`
	Team   work.TeamID                      `json:"team"`
	Checks map[refine.CheckID]refine.Result `json:"checks"`
	Ready  bool                             `json:"ready"`
}

type planJSON struct {
	ID      string       `json:"id"`
	Actions []actionJSON `json:"actions"`
	Kept    int          `json:"kept"`
	Held    []heldJSON   `json:"held"`
}

type actionJSON struct {
	Op      plan.Op  `json:"op"`
	Item    string   `json:"item"`
	Kind    string   `json:"kind"`
	Reasons []string `json:"reasons"`
}

type heldJSON struct {
	Reason  plan.Reason `json:"reason"`
	Actions int         `json:"actions"`
}

type outcomeJSON struct {
	Op    plan.Op `json:"op"`
	Item  string  `json:"item"`
	Error string  `json:"error"`
}

// JSON returns the report in the form that scripts read.
func (r *Report) JSON() JSON {
	keys := r.keys()
	out := JSON{
		Product: r.Product, Taken: r.Taken.UTC().Truncate(time.Second),
		Items: r.countItems(), Teams: []string{}, Sprints: []sprintJSON{}, Unread: r.Snapshot.Unread,
		Dependencies: []dependencyJSON{}, Findings: []findingJSON{}, Readiness: []readinessJSON{}, Cycles: [][]string{},
		Plan: planJSON{ID: r.Plan.ID, Actions: []actionJSON{}, Kept: r.Plan.Kept, Held: []heldJSON{}},
	}
	if out.Unread == nil {
		out.Unread = map[string]string{}
	}
	for _, t := range r.Snapshot.Teams {
		out.Teams = append(out.Teams, string(t.ID))
	}
	slices.Sort(out.Teams)
	for _, s := range r.Snapshot.Sprints {
		if s.Board == "" {
			out.Sprints = append(out.Sprints, sprintJSON{s.Name, s.Window.Start, s.Window.End, s.Window.Projected})
		}
	}
	for _, d := range r.Assessment.Dependencies {
		out.Dependencies = append(out.Dependencies, dependencyJSON{
			Waiting: keys.of(d.Waiting), Blocker: keys.of(d.Blocker), WaitingTeam: d.WaitingTeam, BlockingTeam: d.BlockingTeam,
			State: d.State, Health: d.Health, Origin: orEmpty(d.Origins), LinkTypes: orEmpty(d.Types), SlackDays: d.Slack,
			Since: d.Since.UTC().Truncate(time.Second),
		})
	}
	for _, f := range r.Assessment.Findings {
		out.Findings = append(out.Findings, findingJSON{
			Rule: f.Rule, Severity: f.Severity.String(), Item: keys.of(f.Item), Waiting: keys.of(f.Waiting), Blocker: keys.of(f.Blocker),
			Team: f.Team, Since: f.Since.UTC().Truncate(time.Second), Acknowledged: f.Acknowledged, Text: sentence(f),
		})
	}
	for _, x := range r.Assessment.Readiness {
		out.Readiness = append(out.Readiness, readinessJSON{keys.of(x.Item), x.Layer, x.Team, x.Checks, x.Ready})
	}
	for _, loop := range r.Assessment.Cycles {
		var names []string
		for _, ref := range loop {
			names = append(names, keys.of(ref))
		}
		out.Cycles = append(out.Cycles, names)
	}
	for _, a := range r.actions() {
		out.Plan.Actions = append(out.Plan.Actions, actionJSON{a.Op, a.Key, string(a.Identity.Kind), orEmpty(a.Reasons)})
	}
	for _, h := range r.Plan.Held {
		out.Plan.Held = append(out.Plan.Held, heldJSON{h.Reason, h.Actions})
	}
	if r.Wrote {
		out.Outcomes = []outcomeJSON{}
	}
	for _, o := range r.Outcomes {
		text := ""
		if o.Err != nil {
			text = o.Err.Error()
		}
		out.Outcomes = append(out.Outcomes, outcomeJSON{o.Action.Op, o.Action.Key, text})
	}
	out.sort()
	return out
}

// sort orders by key what the assessment orders by ref: a reader sees keys.
func (j *JSON) sort() {
	slices.SortStableFunc(j.Dependencies, func(a, b dependencyJSON) int {
		return cmp.Or(strings.Compare(a.Waiting, b.Waiting), strings.Compare(a.Blocker, b.Blocker))
	})
	slices.SortStableFunc(j.Findings, func(a, b findingJSON) int {
		return cmp.Or(strings.Compare(a.Item, b.Item), strings.Compare(string(a.Rule), string(b.Rule)),
			strings.Compare(a.Waiting, b.Waiting), strings.Compare(a.Blocker, b.Blocker))
	})
	slices.SortStableFunc(j.Readiness, func(a, b readinessJSON) int { return strings.Compare(a.Item, b.Item) })
}

// actions are those that a cycle may carry out. A preview carries out none,
// and lists what is held back too.
func (r *Report) actions() []plan.Action {
	if r.Wrote {
		return r.Plan.Actions
	}
	return r.Plan.All()
}

func sentence(f refine.Finding) string {
	parts := []string{markup.PlainInline(f.Text), markup.PlainInline(f.Action)}
	return strings.TrimSpace(strings.Join(parts, " "))
}

func (r *Report) countItems() []itemsJSON {
	counts := map[itemsJSON]int{}
	for i := range r.Snapshot.Items {
		if it := &r.Snapshot.Items[i]; !it.Outside {
			counts[itemsJSON{Tracker: it.Ref.Tracker, Layer: it.Layer(), State: it.State}]++
		}
	}
	list := make([]itemsJSON, 0, len(counts))
	for key, n := range counts {
		key.Count = n
		list = append(list, key)
	}
	slices.SortFunc(list, func(a, b itemsJSON) int {
		return cmp.Or(strings.Compare(a.Tracker, b.Tracker), strings.Compare(string(a.Layer), string(b.Layer)), strings.Compare(string(a.State), string(b.State)))
	})
	return list
}

// keyring writes refs as keys.
type keyring struct{ g *graph.Graph }

func (r *Report) keys() keyring { return keyring{r.Graph} }

func (k keyring) of(ref work.Ref) string {
	if ref.IsZero() || k.g == nil {
		return ""
	}
	if n, ok := k.g.Find(ref); ok {
		return k.g.Item(n).Key
	}
	return ref.String()
}

func orEmpty[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}
