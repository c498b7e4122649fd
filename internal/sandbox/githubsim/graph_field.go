package githubsim

import (
	"html"
	"slices"
	"strings"
	"time"

	"strata/internal/sandbox/githubsim/graphql"
	"strata/internal/sandbox/world"
)

func (p *project) Fields(args orderedSpan) (*connection[any], error) {
	return p.g.fields("fields", args, p.p.Fields)
}

// fields is a connection of fields, by position unless asked otherwise.
func (g *graph) fields(name string, args orderedSpan, list []*world.ProjectField) (*connection[any], error) {
	list = slices.Clone(list)
	if args.OrderBy != nil && args.OrderBy.Field == "NAME" {
		slices.SortStableFunc(list, func(a, b *world.ProjectField) int { return strings.Compare(a.Name, b.Name) })
	}
	if args.OrderBy != nil && args.OrderBy.Field == "CREATED_AT" {
		slices.SortStableFunc(list, func(a, b *world.ProjectField) int { return int(a.ID - b.ID) })
	}
	if args.OrderBy != nil && args.OrderBy.Direction == "DESC" {
		slices.Reverse(list)
	}
	return connect(name, args.span, len(list), func(i int) any { return &projectField{g, list[i]} })
}

func (p *project) Field(args struct{ Name string }) (any, error) {
	for _, f := range p.p.Fields {
		if strings.EqualFold(f.Name, args.Name) {
			return &projectField{p.g, f}, nil
		}
	}
	return nil, failure("NOT_FOUND", "Could not resolve to a ProjectV2FieldConfiguration with the name of '%s'.", args.Name)
}

// projectField is a column of a board's table, of any kind.
type projectField struct {
	g *graph
	f *world.ProjectField
}

// TypeName tells the kinds apart that have something of their own.
func (f *projectField) TypeName() string {
	switch f.f.Type {
	case "SINGLE_SELECT":
		return "ProjectV2SingleSelectField"
	case "ITERATION":
		return "ProjectV2IterationField"
	}
	return "ProjectV2Field"
}

func (f *projectField) ID() graphql.ID    { return graphql.ID(f.f.NodeID()) }
func (f *projectField) DatabaseID() *int  { return smallID(f.f.ID) }
func (f *projectField) Name() string      { return f.f.Name }
func (f *projectField) DataType() string  { return f.f.Type }
func (f *projectField) CreatedAt() string { return stampOr(f.f.Project.Created, epoch) }
func (f *projectField) UpdatedAt() string { return f.CreatedAt() }
func (f *projectField) Project() *project { return &project{f.g, f.f.Project} }

type fieldOption struct{ ID, Name, NameHTML, Color, Description, DescriptionHTML string }

func optionOf(o *world.Option) *fieldOption {
	return &fieldOption{o.ID, o.Name, html.EscapeString(o.Name), optionColor(o), o.About, html.EscapeString(o.About)}
}

func (f *projectField) Options(args struct{ Names *[]string }) []*fieldOption {
	out := []*fieldOption{}
	for _, o := range f.f.Options {
		if args.Names == nil || slices.Contains(*args.Names, o.Name) {
			out = append(out, optionOf(o))
		}
	}
	return out
}

func optionColor(o *world.Option) string {
	if o.Color == "" {
		return "GRAY"
	}
	return strings.ToUpper(o.Color)
}

type iterationConfiguration struct {
	Duration, StartDay              int
	Iterations, CompletedIterations []*iterationOption
}

type iterationOption struct {
	ID, Title, TitleHTML, StartDate string
	Duration                        int
}

// Configuration splits the iterations at today: those that have ended are the completed ones, latest first, as
// recorded. StartDay counts from Monday as 1.
func (f *projectField) Configuration() iterationConfiguration {
	c := iterationConfiguration{Duration: 14, StartDay: 1, Iterations: []*iterationOption{}, CompletedIterations: []*iterationOption{}}
	for n, it := range f.f.Iterations {
		if n == 0 {
			c.Duration, c.StartDay = it.Days, int((it.Start.Weekday()+6)%7+1)
		}
		o := &iterationOption{it.ID, it.Title, html.EscapeString(it.Title), it.Start.Format(time.DateOnly), it.Days}
		if it.End().After(f.g.s.Now().UTC()) {
			c.Iterations = append(c.Iterations, o)
			continue
		}
		c.CompletedIterations = append([]*iterationOption{o}, c.CompletedIterations...)
	}
	return c
}

// view is one of a board's tabs.
type view struct {
	g *graph
	p *world.GitHubProject
	v *world.ProjectView
}

const viewPrefix = "PVTV"

// viewsOf are a board's tabs; a board without any shows everything in one table.
func viewsOf(p *world.GitHubProject) []*world.ProjectView {
	if len(p.Views) > 0 {
		return p.Views
	}
	return []*world.ProjectView{{ID: p.ID, Number: 1, Name: "View 1", Layout: "TABLE_LAYOUT"}}
}

func viewNumbered(p *world.GitHubProject, number int) *world.ProjectView {
	for _, v := range viewsOf(p) {
		if v.Number == number {
			return v
		}
	}
	return nil
}

func (p *project) Views(args orderedSpan) (*connection[*view], error) {
	list := slices.Clone(viewsOf(p.p))
	if args.OrderBy != nil && args.OrderBy.Field == "NAME" {
		slices.SortStableFunc(list, func(a, b *world.ProjectView) int { return strings.Compare(a.Name, b.Name) })
	}
	if args.OrderBy != nil && args.OrderBy.Direction == "DESC" {
		slices.Reverse(list)
	}
	return connect("views", args.span, len(list), func(i int) *view { return &view{p.g, p.p, list[i]} })
}

func (p *project) View(args struct{ Number int }) *view {
	if v := viewNumbered(p.p, args.Number); v != nil {
		return &view{p.g, p.p, v}
	}
	return nil
}

func (v *view) ID() graphql.ID          { return opaque(viewPrefix, v.p.ID, int64(v.v.Number)) }
func (v *view) DatabaseID() *int        { return smallID(v.v.ID) }
func (v *view) FullDatabaseID() *string { return bigID(v.v.ID) }
func (v *view) Number() int             { return v.v.Number }
func (v *view) Name() string            { return v.v.Name }
func (v *view) Layout() string          { return v.v.Layout }
func (v *view) Filter() *string         { return textOrNull(v.v.Filter) }
func (v *view) CreatedAt() string       { return stampOr(v.p.Created, epoch) }
func (v *view) UpdatedAt() string       { return v.CreatedAt() }
func (v *view) Project() *project       { return &project{v.g, v.p} }

func (v *view) Fields(args orderedSpan) (*connection[any], error) {
	return v.g.fields("fields", args, v.p.Fields)
}

func (v *view) GroupByFields(args orderedSpan) (*connection[any], error) {
	if v.v.Layout == "BOARD_LAYOUT" {
		return v.g.fields("groupByFields", args, nil)
	}
	return v.g.fields("groupByFields", args, v.v.GroupBy)
}

// VerticalGroupByFields are the columns of a board.
func (v *view) VerticalGroupByFields(args orderedSpan) (*connection[any], error) {
	if v.v.Layout != "BOARD_LAYOUT" {
		return v.g.fields("verticalGroupByFields", args, nil)
	}
	return v.g.fields("verticalGroupByFields", args, v.v.GroupBy)
}

// plain keeps the fields of GraphQL's ProjectV2Field, which older clients ask for.
func plain(list []*world.ProjectField) []*world.ProjectField {
	return slices.DeleteFunc(slices.Clone(list), func(f *world.ProjectField) bool { return f.Type == "SINGLE_SELECT" || f.Type == "ITERATION" })
}

func (v *view) plainFields(name string, args orderedSpan, list []*world.ProjectField) (*connection[*projectField], error) {
	list = plain(list)
	return connect(name, args.span, len(list), func(i int) *projectField { return &projectField{v.g, list[i]} })
}

func (v *view) VisibleFields(args orderedSpan) (*connection[*projectField], error) {
	return v.plainFields("visibleFields", args, v.p.Fields)
}

func (v *view) GroupBy(args orderedSpan) (*connection[*projectField], error) {
	return v.plainFields("groupBy", args, v.v.GroupBy)
}

func (v *view) VerticalGroupBy(args orderedSpan) (*connection[*projectField], error) {
	return v.plainFields("verticalGroupBy", args, v.v.GroupBy)
}

type sortBy[T any] struct {
	Direction string
	Field     T
}

func (v *view) SortBy(args span) (*connection[*sortBy[*projectField]], error) {
	list := plain(v.v.SortBy)
	return connect("sortBy", args, len(list), func(i int) *sortBy[*projectField] {
		return &sortBy[*projectField]{"ASC", &projectField{v.g, list[i]}}
	})
}

func (v *view) SortByFields(args span) (*connection[*sortBy[any]], error) {
	return connect("sortByFields", args, len(v.v.SortBy), func(i int) *sortBy[any] {
		return &sortBy[any]{"ASC", &projectField{v.g, v.v.SortBy[i]}}
	})
}
