package cycle

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"strata/internal/brief"
	"strata/internal/comment"
	"strata/internal/duration"
	"strata/internal/facts"
	"strata/internal/markup"
	"strata/internal/plan"
	"strata/internal/refine"
	"strata/internal/work"
)

// Documents says what a product's documents speak of and where they live.
type Documents struct {
	Goal       brief.Goal
	Objectives []string
	Product    Home // of agenda and brief; none: they are not kept
	Review     Home // of the Sprint Reviews; none: the product's
	Teams      map[work.TeamID]Home
	// ReviewAt is the first review, in the product's zone, and ReviewEvery the time
	// from one to the next. Zero: at the end of each Sprint.
	ReviewAt    time.Time
	ReviewEvery duration.Duration
	// Kept are the documents that are kept; nil means all.
	Kept []DocumentKind
	// Trusted are accounts whose commands count whatever their rights.
	Trusted []string
}

// DocumentKind is a document as the operator names it.
type DocumentKind string

// The documents.
const (
	EpicBrief       DocumentKind = "brief"
	TeamAgenda      DocumentKind = "agenda"
	CrossTeamAgenda DocumentKind = "crossteam"
	ProductBrief    DocumentKind = "product"
	SprintReview    DocumentKind = "review"
)

// UnmarshalText reads a document's name.
func (k *DocumentKind) UnmarshalText(text []byte) error {
	all := []DocumentKind{EpicBrief, TeamAgenda, CrossTeamAgenda, ProductBrief, SprintReview}
	if !slices.Contains(all, DocumentKind(text)) {
		return fmt.Errorf("document %q: want one of %v", text, all)
	}
	*k = DocumentKind(text)
	return nil
}

func (d Documents) keeps(kind DocumentKind) bool {
	return d.Kept == nil || slices.Contains(d.Kept, kind)
}

// Home names the item on which documents live.
type Home struct{ Tracker, Key string }

// homes are the items behind the config's homes, as far as they are in a scope.
type homes struct {
	product, review work.Ref
	teams           map[work.TeamID]work.Ref
}

// homes finds the home items among the snapshot's.
func (p *Product) homes(r *Report) homes {
	wanted := map[Home]work.Ref{p.config.Documents.Product: {}, p.config.Documents.Review: {}}
	for _, h := range p.config.Documents.Teams {
		wanted[h] = work.Ref{}
	}
	for i := range r.Snapshot.Items {
		it := &r.Snapshot.Items[i]
		if home := (Home{it.Ref.Tracker, it.Key}); !it.Outside {
			if _, ok := wanted[home]; ok {
				wanted[home] = it.Ref
			}
		}
	}
	found := homes{product: wanted[p.config.Documents.Product], review: wanted[p.config.Documents.Review], teams: map[work.TeamID]work.Ref{}}
	if p.config.Documents.Review == (Home{}) {
		found.review = found.product
	}
	for team, h := range p.config.Documents.Teams {
		if ref := wanted[h]; !ref.IsZero() {
			found.teams[team] = ref
		}
	}
	return found
}

// writerOf prepares the documents of a report.
func (p *Product) writerOf(r *Report) *brief.Writer {
	return brief.New(brief.Input{
		Product: p.config.Product, Goal: p.config.Documents.Goal, Home: r.homes.product, ReviewHome: r.homes.review,
		Objectives: p.config.Documents.Objectives, Serves: p.view.Objectives,
		Snapshot: r.Snapshot, Graph: r.Graph, Assessment: r.Assessment, Policy: p.config.Policy,
		Memory: p.memory, Calendar: p.view.Calendar(), Today: p.today(r), Heard: brief.Hear(r.said), Commands: true,
	})
}

// briefs adds the documents: the brief of each epic in the epic's one comment,
// agendas and briefs on the home items, and the review of a Sprint that ends.
func (p *Product) briefs(r *Report, findings map[work.Ref][]refine.Finding, frozen *freeze, wanted documents) {
	if p.config.Documents.Kept != nil && len(p.config.Documents.Kept) == 0 {
		return
	}
	w, home := p.writerOf(r), r.homes
	if p.config.Documents.keeps(EpicBrief) {
		for _, epic := range w.Epics() {
			if it := r.item(epic); it != nil && !it.Outside && it.State.Open() {
				p.epic(r, it, w.Epic(epic), findings[epic], frozen, wanted)
			}
		}
	}
	if p.config.Documents.keeps(CrossTeamAgenda) {
		p.paper(r, home.product, comment.CrossTeam, "", w.CrossTeam(), frozen, wanted)
	}
	if p.config.Documents.keeps(ProductBrief) {
		p.paper(r, home.product, comment.Product, "", w.Product(), frozen, wanted)
	}
	if p.config.Documents.keeps(TeamAgenda) {
		for team, ref := range home.teams {
			p.paper(r, ref, comment.Agenda, "", w.Team(team), frozen, wanted)
		}
	}
	if sprint, ok := p.reviewed(r); ok && p.config.Documents.keeps(SprintReview) {
		p.paper(r, home.review, comment.Review, string(sprint.ID), w.Review(sprint.ID), frozen, wanted)
	}
}

// epic puts the brief before the flags in the epic's one comment.
func (p *Product) epic(r *Report, it *work.Item, doc brief.Document, findings []refine.Finding, frozen *freeze, wanted documents) {
	if !doc.Wanted() {
		return
	}
	identity := comment.Identity{Item: it.Ref, Kind: comment.Flag}
	flag, flagged := wanted[identity]
	if !flagged {
		flag = document{
			want:  plan.Wanted{Identity: identity, Place: p.place(r, it, identity, frozen.wanted(identity, nil)), Since: p.memory.Installed, Horizon: r.horizon(it.Ref)},
			body:  func() markup.Document { return nil },
			facts: func() string { return comment.EncodeFacts(facts.Memory{Installed: p.memory.Installed}) },
		}
	}
	if doc.Unread && flag.want.Place.Frozen == "" {
		flag.want.Place.Frozen = unreadOther
	}
	both := doc.With(nil, findings)
	said := flag.body
	flag.want.Digest, flag.want.Reasons = both.Digest(), both.Reasons
	flag.want.Old, flag.want.Quiet = flag.want.Old && flagged, false
	flag.body = func() markup.Document { return doc.With(said(), findings).Body }
	wanted[identity] = flag
}

// paper wants a document on a home item. It changes daily at most: its edits
// count as if they told people, whatever the tracker does.
func (p *Product) paper(r *Report, home work.Ref, kind comment.Kind, period string, doc brief.Document, frozen *freeze, wanted documents) {
	it := r.item(home)
	if it == nil || it.Outside || !it.State.Open() || !doc.Wanted() {
		return
	}
	identity := comment.Identity{Item: home, Kind: kind, Period: period}
	place := p.place(r, it, identity, frozen.wanted(identity, nil))
	place.EditsNotify = true
	if kind != comment.Agenda {
		place.Mode = p.config.Mode
	}
	if doc.Unread && place.Frozen == "" {
		place.Frozen = unreadOther
	}
	wanted[identity] = document{
		want: plan.Wanted{
			Identity: identity, Place: place, Digest: doc.Digest(), Since: p.memory.Installed, Reasons: doc.Reasons, Horizon: farthest,
		},
		body: func() markup.Document { return doc.Body },
	}
}

// openAfter is how many working days after its Sprint, or its meeting, a review
// stays open for feedback.
const openAfter = 5

// reviewed is the Sprint whose review is kept now: from the last working day
// before the meeting, else from the Sprint's end, until its feedback window closes.
func (p *Product) reviewed(r *Report) (*work.Sprint, bool) {
	today, calendar := p.today(r), p.view.Calendar()
	var found *work.Sprint
	for i := range r.Snapshot.Sprints {
		s := &r.Snapshot.Sprints[i]
		if s.Board != "" || s.Window.End == 0 || s.Window.Start > today {
			continue
		}
		from, until := s.Window.End, s.Window.End
		if meeting := p.meeting(s); meeting != 0 {
			from, until = calendar.AddWorkingDays(meeting, -1), max(until, meeting)
		}
		if from <= today && today <= calendar.AddWorkingDays(until, openAfter) {
			found = s
		}
	}
	return found, found != nil
}

// meeting is the day of a Sprint's review: the configured one nearest to its end.
func (p *Product) meeting(s *work.Sprint) work.Day {
	first := work.DayOf(p.config.Documents.ReviewAt, p.view.Calendar().Zone())
	every := work.Day(p.config.Documents.ReviewEvery.Days())
	if first == 0 || every <= 0 {
		return 0
	}
	n := (s.Window.End - first + every/2) / every
	return first + max(n, 0)*every
}

// Paper is a document to be read, not written.
type Paper struct {
	Name string          // "product", "crossteam", "Web", "SHOP-3", "Sprint 2"
	Body markup.Document // nil: there is nothing to say
}

// ErrNoDocument says that there is no such epic, team or Sprint.
var ErrNoDocument = errors.New("no such document")

// Papers previews documents after Preview: of the kind, and of the one epic, team
// or Sprint that is named, or all.
func (p *Product) Papers(r *Report, kind comment.Kind, name string) ([]Paper, error) {
	w := p.writerOf(r)
	var papers []Paper
	add := func(title string, doc brief.Document) {
		if name == "" || name == title {
			papers = append(papers, Paper{title, doc.Body})
		}
	}
	switch kind {
	case comment.Agenda:
		add("crossteam", w.CrossTeam())
		for _, team := range r.Snapshot.Teams {
			add(string(team.ID), w.Team(team.ID))
		}
	case comment.Flag:
		add("product", w.Product())
		for _, epic := range w.Epics() {
			add(r.keys().of(epic), w.Epic(epic))
		}
	case comment.Review:
		if sprint, ok := p.reviewed(r); ok && name == "" {
			add(sprint.Name, w.Review(sprint.ID))
		}
		for i := range r.Snapshot.Sprints {
			if s := &r.Snapshot.Sprints[i]; s.Board == "" && name == s.Name {
				add(s.Name, w.Review(s.ID))
			}
		}
	}
	if len(papers) == 0 && name != "" {
		return nil, fmt.Errorf("%w: %q", ErrNoDocument, name)
	}
	return papers, nil
}
