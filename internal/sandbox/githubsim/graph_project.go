package githubsim

import (
	"fmt"
	"slices"
	"time"

	graphql "github.com/graph-gophers/graphql-go"

	"strata/internal/sandbox/world"
)

type project struct {
	g *graph
	p *world.GitHubProject
}

func (p *project) ID() graphql.ID            { return graphql.ID(p.p.NodeID()) }
func (p *project) DatabaseID() *int32        { return smallID(p.p.ID) }
func (p *project) FullDatabaseID() *bigInt   { n := bigInt(p.p.ID); return &n }
func (p *project) Number() int32             { return int32(p.p.Number) }
func (p *project) Title() string             { return p.p.Title }
func (p *project) Closed() bool              { return p.p.Closed }
func (p *project) ClosedAt() *dateTime       { return nil }
func (p *project) CreatedAt() dateTime       { return epochTime }
func (p *project) UpdatedAt() dateTime       { return dateTime{p.p.Updated} }
func (p *project) Public() bool              { return false }
func (p *project) ShortDescription() *string { return nil }
func (p *project) Readme() *string           { return nil }

func (p *project) Owner() *owner {
	u := p.g.account(p.p.Owner)
	if u == nil {
		u = &world.User{ID: steadyID(p.p.Owner), Login: p.p.Owner, Kind: organization}
	}
	return &owner{&account{p.g, u}}
}

func (p *project) URL() uri {
	kind := "orgs"
	if u := p.g.account(p.p.Owner); u != nil && kindOf(u) == "User" {
		kind = "users"
	}
	return uri(fmt.Sprintf("%s/%s/%s/projects/%d", p.g.at.web, kind, p.p.Owner, p.p.Number))
}

type itemArgs struct {
	span
	Query          string
	OrderBy        order
	ArchivedStates []string
}

// Items come by position; a board that is reordered meanwhile repeats and skips cards, as the real one does.
func (p *project) Items(args itemArgs) (*connection[projectItem], error) {
	filter := parseCardFilter(args.Query, p.g.s.Now())
	list := make([]*world.ProjectItem, 0, len(p.p.Items))
	for _, card := range p.p.Items {
		if args.archived(card) && filter.match(card) {
			list = append(list, card)
		}
	}
	if args.OrderBy.Direction == "DESC" {
		slices.Reverse(list)
	}
	return connect("items", args.span, len(list), func(i int) *projectItem { return &projectItem{p.g, list[i]} })
}

func (a itemArgs) archived(card *world.ProjectItem) bool {
	word := "NOT_ARCHIVED"
	if card.Archived {
		word = "ARCHIVED"
	}
	return slices.Contains(a.ArchivedStates, word)
}

func (p *project) Fields(args span) (*connection[fieldConfiguration], error) {
	return connect("fields", args, len(p.p.Fields), func(i int) *fieldConfiguration {
		return &fieldConfiguration{&projectField{p.g, p.p.Fields[i]}}
	})
}

func (p *project) Field(args struct{ Name string }) (*fieldConfiguration, error) {
	if f := p.p.Field(args.Name); f != nil {
		return &fieldConfiguration{&projectField{p.g, f}}, nil
	}
	return nil, failure("NOT_FOUND", "Could not resolve to a ProjectV2FieldConfiguration with the name of '%s'.", args.Name)
}

// fieldConfiguration is the union of the kinds of field.
type fieldConfiguration struct{ f *projectField }

func (c *fieldConfiguration) as(kind fieldKind) (*projectField, bool) {
	return c.f, c.f.kind() == kind
}
func (c *fieldConfiguration) ToProjectV2Field() (*projectField, bool) { return c.as(plainField) }
func (c *fieldConfiguration) ToProjectV2SingleSelectField() (*projectField, bool) {
	return c.as(singleSelectField)
}
func (c *fieldConfiguration) ToProjectV2IterationField() (*projectField, bool) {
	return c.as(iterationField)
}

// fieldKind is which type of the union a field is.
type fieldKind int

const (
	plainField fieldKind = iota
	singleSelectField
	iterationField
)

type projectField struct {
	g *graph
	f *world.ProjectField
}

func (f *projectField) kind() fieldKind {
	switch f.f.Type {
	case "SINGLE_SELECT":
		return singleSelectField
	case "ITERATION":
		return iterationField
	}
	return plainField
}

func (f *projectField) ID() graphql.ID      { return graphql.ID(f.f.NodeID()) }
func (f *projectField) DatabaseID() *int32  { return smallID(f.f.ID) }
func (f *projectField) Name() string        { return f.f.Name }
func (f *projectField) DataType() string    { return f.f.Type }
func (f *projectField) CreatedAt() dateTime { return epochTime }
func (f *projectField) UpdatedAt() dateTime { return epochTime }
func (f *projectField) Project() *project   { return &project{f.g, f.f.Project} }
func (f *projectField) today() time.Time    { return f.g.s.Now().UTC() }

type fieldOption struct{ ID, Name, Color, Description string }

func (f *projectField) Options(args struct{ Names *[]string }) []*fieldOption {
	out := []*fieldOption{}
	for _, o := range f.f.Options {
		if args.Names == nil || slices.Contains(*args.Names, o.Name) {
			out = append(out, &fieldOption{o.ID, o.Name, optionColor(o), o.About})
		}
	}
	return out
}

func optionColor(o *world.Option) string {
	if o.Color == "" {
		return "GRAY"
	}
	return o.Color
}

type iterationConfiguration struct {
	Duration, StartDay              int32
	Iterations, CompletedIterations []*iterationOption
}

type iterationOption struct {
	ID, Title string
	StartDate date
	Duration  int32
}

// Configuration splits the iterations at today: those that have ended are the completed ones, latest first, as
// recorded. StartDay counts from Monday as 1.
func (f *projectField) Configuration() iterationConfiguration {
	c := iterationConfiguration{Duration: 14, StartDay: 1, Iterations: []*iterationOption{}, CompletedIterations: []*iterationOption{}}
	for n, it := range f.f.Iterations {
		if n == 0 {
			c.Duration, c.StartDay = int32(it.Days), int32((it.Start.Weekday()+6)%7+1)
		}
		o := &iterationOption{it.ID, it.Title, date(it.Start.Format(time.DateOnly)), int32(it.Days)}
		if it.End().After(f.today()) {
			c.Iterations = append(c.Iterations, o)
			continue
		}
		c.CompletedIterations = append([]*iterationOption{o}, c.CompletedIterations...)
	}
	return c
}
