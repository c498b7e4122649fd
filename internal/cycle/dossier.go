package cycle

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"strata/internal/comment"
	"strata/internal/facts"
	"strata/internal/markup"
	"strata/internal/plan"
	"strata/internal/refine"
	"strata/internal/work"
)

// Dossier is everything that is known of one item and concluded about it, and
// what would change that.
type Dossier struct {
	Product string `json:"product"`
	Key     string `json:"key"`
	URL     string `json:"url,omitempty"`
	Title   string `json:"title"`
	Tracker string `json:"tracker"`
	// Unread says why nothing new is concluded: these are the item's last known facts.
	Unread  string `json:"unread,omitempty"`
	Outside bool   `json:"outside"` // in no scope: judged, never written to

	Kind       work.Kind  `json:"kind"`
	Layer      work.Layer `json:"layer"`
	State      work.State `json:"state"`
	Status     string     `json:"status,omitempty"` // the tracker's word
	Resolution string     `json:"resolution,omitempty"`
	Original   string     `json:"original,omitempty"` // of a duplicate
	Blocked    bool       `json:"blocked"`            // marked so by people

	Teams      []work.TeamID `json:"teams"`
	Ownership  string        `json:"ownership"` // why these teams, or none
	Assignee   string        `json:"assignee,omitempty"`
	Objectives []string      `json:"objectives"`
	Parent     string        `json:"parent,omitempty"`
	Children   []string      `json:"children"`

	Plan Planned `json:"plan"`

	WaitsFor []Tie       `json:"waits_for"` // unresolved
	Blocks   []Tie       `json:"blocks"`
	Findings []Said      `json:"findings"`
	Checks   []Check     `json:"checks"`
	Ready    *bool       `json:"ready"` // null: not in scope of refinement now
	Answers  []Heard     `json:"answers"`
	Misheard []string    `json:"misheard"`
	Changes  []Happening `json:"changes"` // the latest ten, oldest first
	Comments []Standing  `json:"comments"`
	Writes   []Write     `json:"writes"` // what would be written now, or is held back
}

// Planned is when an item comes up, as judging sees it.
type Planned struct {
	Sprint   string   `json:"sprint,omitempty"`
	Start    work.Day `json:"start,omitzero"`
	End      work.Day `json:"end,omitzero"`
	NeededBy work.Day `json:"needed_by,omitzero"`
	// From is where the dates come from: "sprint", "dates", "children" (of an epic
	// without its own), "forecast" or "".
	From string `json:"from,omitempty"`
}

// Tie is an unresolved dependency, seen from one of its ends.
type Tie struct {
	Key    string        `json:"key"`
	Title  string        `json:"title"`
	Team   work.TeamID   `json:"team"`
	State  work.State    `json:"state"`
	Health refine.Health `json:"health"`
	Slack  *int          `json:"slack_days"`
	Origin []work.Origin `json:"origin"`
	Since  time.Time     `json:"since"`
}

// Said is a finding in which the item takes part.
type Said struct {
	Rule         refine.RuleID `json:"rule"`
	Severity     string        `json:"severity"`
	On           string        `json:"on"` // the item whose team acts
	Text         string        `json:"text"`
	Action       string        `json:"action"`
	Resolves     string        `json:"resolves"`
	Since        time.Time     `json:"since"`
	Acknowledged bool          `json:"acknowledged"`
	// Silent is why it is not in a comment; empty when it is.
	Silent string `json:"silent,omitempty"`
}

// Check is one readiness question about the item.
type Check struct {
	ID       refine.CheckID `json:"id"`
	Title    string         `json:"title"`
	Result   refine.Result  `json:"result"`
	Required bool           `json:"required"`
	Resolves string         `json:"resolves,omitempty"` // of one that fails
}

// Heard is a person's answer.
type Heard struct {
	By   string    `json:"by"`
	At   time.Time `json:"at"`
	What string    `json:"what"`
}

// Happening is one change of the item's plan or state.
type Happening struct {
	At   time.Time        `json:"at"`
	What facts.ChangeKind `json:"what"`
	From string           `json:"from,omitempty"`
	To   string           `json:"to,omitempty"`
}

// Standing is a comment of ours on the item.
type Standing struct {
	Kind   comment.Kind `json:"kind"`
	URL    string       `json:"url,omitempty"`
	State  string       `json:"state"` // open, folded, deleted or refused
	Posted time.Time    `json:"posted,omitzero"`
}

// Write is an action of the plan on the item.
type Write struct {
	Op   plan.Op      `json:"op"`
	Kind comment.Kind `json:"kind"`
	Why  string       `json:"why"`
	Held plan.Reason  `json:"held,omitempty"`
}

// Dossier tells all about an item, by key, URL or former key; nil when the
// product does not know it.
func (p *Product) Dossier(r *Report, name string) *Dossier {
	it := r.named(name)
	if it == nil {
		return nil
	}
	keys := r.keys()
	d := &Dossier{
		Product: r.Product, Key: it.Key, URL: it.URL, Title: it.Title, Tracker: it.Ref.Tracker, Outside: it.Outside,
		Kind: it.Kind, Layer: it.Layer(), State: it.State, Status: it.Status, Resolution: it.Resolution, Original: keys.of(it.DuplicateOf),
		Blocked: it.Blocked, Teams: orEmpty(it.Teams), Ownership: p.view.Ownership(it.Ref).Why(), Assignee: it.Assignee,
		Objectives: orEmpty(r.Serves[it.Ref]), Parent: keys.of(it.Parent), Children: []string{}, Plan: r.plannedAs(it, mostParents),
	}
	if it.Unread {
		d.Unread = "its scope could not be read: these are the last known facts"
	}
	for _, child := range it.Children {
		d.Children = append(d.Children, keys.of(child))
	}
	slices.Sort(d.Children)
	d.ties(r, it)
	d.findings(r, it, p.config.Rules)
	d.checks(r, it, p.config.Checks, &p.config.Policy)
	d.people(r, it)
	d.comments(p, r, it)
	return d
}

// named finds an item by what people call it.
func (r *Report) named(name string) *work.Item {
	name = strings.TrimSpace(name)
	for i := range r.Snapshot.Items {
		if it := &r.Snapshot.Items[i]; strings.EqualFold(it.Key, name) || it.URL != "" && it.URL == name || it.Ref.String() == name {
			return it
		}
	}
	return nil
}

// plannedAs says when an item comes up. Of its children it asks so many levels down.
func (r *Report) plannedAs(it *work.Item, levels int) Planned {
	out := Planned{Start: it.Start, End: it.Due, NeededBy: it.NeededBy}
	if out.Start != 0 || out.End != 0 {
		out.From = "dates"
	}
	var in *work.Sprint
	for _, id := range it.Sprints {
		if s := r.sprints[id]; s != nil && s.State != work.SprintClosed && (in == nil || s.Window.Start < in.Window.Start) {
			in = s
		}
	}
	if in != nil && (it.Layer() == work.TeamLayer || out.From == "") {
		out.Sprint, out.Start, out.End, out.From = in.Name, in.Window.Start, in.Window.End, "sprint"
	}
	if out.From != "" || levels == 0 {
		return out
	}
	for _, ref := range it.Children {
		child := r.item(ref)
		if child == nil || !child.State.Open() {
			continue
		}
		if p := r.plannedAs(child, levels-1); p.From != "" && p.From != "forecast" {
			out.Start, out.End, out.From = earlier(out.Start, cmp.Or(p.Start, p.End)), max(out.End, p.End), "children"
		}
	}
	if out.From == "" {
		for i := range r.Assessment.Forecasts {
			if f := &r.Assessment.Forecasts[i]; f.Item == it.Ref {
				out.Start, out.End, out.From = f.Window.Start, f.Window.End, "forecast"
			}
		}
	}
	return out
}

// earlier returns the first of two days, of which one may be none.
func earlier(a, b work.Day) work.Day {
	if a == 0 || b != 0 && b < a {
		return b
	}
	return a
}

func (d *Dossier) ties(r *Report, it *work.Item) {
	d.WaitsFor, d.Blocks = []Tie{}, []Tie{}
	for i := range r.Assessment.Dependencies {
		row := &r.Assessment.Dependencies[i]
		far, team, list := row.Blocker, row.BlockingTeam, &d.WaitsFor
		switch it.Ref {
		case row.Waiting:
		case row.Blocker:
			far, team, list = row.Waiting, row.WaitingTeam, &d.Blocks
		default:
			continue
		}
		tie := Tie{Key: r.keys().of(far), Team: team, Health: row.Health, Slack: row.Slack, Origin: row.Origins, Since: row.Since}
		if other := r.item(far); other != nil {
			tie.State, tie.Title = other.State, other.Title
			if other.Private && !it.Private {
				tie.Title = "" // its readers are fewer
			}
		}
		*list = append(*list, tie)
	}
}

func (d *Dossier) findings(r *Report, it *work.Item, rules []refine.Rule) {
	d.Findings = []Said{}
	for i := range r.Assessment.Findings {
		f := &r.Assessment.Findings[i]
		if it.Ref != f.Item && it.Ref != f.Waiting && it.Ref != f.Blocker {
			continue
		}
		s := Said{
			Rule: f.Rule, Severity: f.Severity.String(), On: r.keys().of(f.Item), Since: f.Since, Acknowledged: f.Acknowledged,
			Text: markup.PlainInline(f.Text), Action: markup.PlainInline(f.Action), Silent: silence(r, f),
		}
		if at := slices.IndexFunc(rules, func(rule refine.Rule) bool { return rule.ID == f.Rule }); at >= 0 {
			s.Resolves = rules[at].Resolves
		}
		d.Findings = append(d.Findings, s)
	}
}

// silence says why a finding is in no comment.
func silence(r *Report, f *refine.Finding) string {
	switch at := r.item(f.Item); {
	case f.Severity == refine.Info:
		return "information: for agendas and metrics"
	case at != nil && at.Outside:
		return "its item is in no scope, so that nothing is written to it"
	case !f.Speaks:
		return "the waiting item is neither in this Sprint nor in the next, and it is not critical"
	case !f.Shown:
		return "another finding of the same dependency says more"
	}
	return ""
}

func (d *Dossier) checks(r *Report, it *work.Item, checks []refine.Check, policy *refine.Policy) {
	d.Checks = []Check{}
	at := slices.IndexFunc(r.Assessment.Readiness, func(x refine.Readiness) bool { return x.Item == it.Ref })
	if at < 0 {
		return
	}
	x := &r.Assessment.Readiness[at]
	d.Ready = &x.Ready
	for i := range checks {
		c := &checks[i]
		result, asked := x.Checks[c.ID]
		if !asked {
			continue
		}
		row := Check{ID: c.ID, Title: c.Title, Result: result, Required: policy.Profile(x.Team).Requires(c.ID)}
		if result == refine.Fail {
			row.Resolves = cmp.Or(c.Resolves, c.When)
		}
		d.Checks = append(d.Checks, row)
	}
}

// mostChanges is how much of an item's past a dossier tells.
const mostChanges = 10

func (d *Dossier) people(r *Report, it *work.Item) {
	d.Answers, d.Misheard, d.Changes = []Heard{}, []string{}, []Happening{}
	for _, s := range r.said {
		if s.Item == it.Ref {
			d.Answers = append(d.Answers, Heard{By: s.Author, At: s.At, What: strings.TrimSpace(string(s.Verb) + " " + s.Text)})
		}
	}
	for _, m := range r.Misheard {
		if m.Item == it.Ref {
			d.Misheard = append(d.Misheard, m.Why)
		}
	}
	name := func(id work.SprintID, day work.Day) string {
		if s := r.sprints[id]; s != nil {
			return s.Name
		}
		return cmp.Or(day.String(), string(id))
	}
	changes := r.Memory.Changes[it.Ref]
	for _, c := range changes[max(0, len(changes)-mostChanges):] {
		d.Changes = append(d.Changes, Happening{At: c.At, What: c.Kind, From: name(c.From, c.FromDay), To: name(c.To, c.ToDay)})
	}
}

func (d *Dossier) comments(p *Product, r *Report, it *work.Item) {
	d.Comments, d.Writes = []Standing{}, []Write{}
	for identity, rows := range p.ledger.rows {
		if identity.Item != it.Ref {
			continue
		}
		for _, row := range rows {
			s := Standing{Kind: identity.Kind, URL: row.URL, State: "open", Posted: row.Posted}
			switch {
			case row.Refused != "":
				s.State = "refused"
			case !row.Deleted.IsZero():
				s.State = "deleted"
			case !row.Folded.IsZero():
				s.State = "folded"
			}
			d.Comments = append(d.Comments, s)
		}
	}
	slices.SortFunc(d.Comments, func(a, b Standing) int {
		return cmp.Or(a.Posted.Compare(b.Posted), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.URL, b.URL))
	})
	for _, a := range r.Plan.Actions {
		if a.Identity.Item == it.Ref {
			d.Writes = append(d.Writes, Write{Op: a.Op, Kind: a.Identity.Kind, Why: a.Why})
		}
	}
	for _, h := range r.Plan.Later {
		if h.Action.Identity.Item == it.Ref {
			d.Writes = append(d.Writes, Write{Op: h.Action.Op, Kind: h.Action.Identity.Kind, Why: h.Action.Why, Held: h.Reason})
		}
	}
}
