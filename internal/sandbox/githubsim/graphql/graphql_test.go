package graphql

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

const library = `
scalar Day
type Query {
  book(id: ID!): Book
  books(first: Int, genres: [Genre!] = [NOVEL], filter: Filter): [Book]!
  shelf: [Thing!]
  strict: Strict
  big(n: Int!): [String!]!
}
type Mutation { lend(input: LendInput!): LendPayload }
interface Named { name: String! }
type Book implements Named { id: ID! name: String! genre: Genre state: BookState! due(after: Day): Day pages: Int author: Author old: String @deprecated }
type Author implements Named { name: String! books(first: Int): [Book!]! }
type Film implements Named { name: String! state: FilmState! minutes: Int! }
type Strict { must: String! may: Strict }
type Never { name: String! }
union Thing = Book | Film
enum Genre { NOVEL CRIME }
enum BookState { IN OUT }
enum FilmState { IN OUT LOST }
input Filter { title: String since: Day genres: [Genre!] deep: Filter }
input LendInput { id: ID! until: Day note: String days: Int = 14 }
type LendPayload { book: Book said: String }
`

type libraryQuery struct{ asked *[]string }

type book struct {
	id, title, genre string
	pages            *int
}

type film struct{ Name, State string }

func (film) Minutes() (int, error) { return 0, Failure("LOST", "nobody knows how long") }

func (b *book) ID() ID        { return ID(b.id) }
func (b *book) Name() string  { return b.title }
func (b *book) Genre() string { return b.genre }
func (b *book) State() string { return "IN" }
func (b *book) Pages() *int   { return b.pages }
func (b *book) Old() *string  { return nil }
func (b *book) Due(args struct{ After *string }) *string {
	return args.After
}
func (b *book) Author() *author { return &author{b} }

type author struct{ b *book }

func (a *author) Name() string                                     { return "Ann \"\u2028\" <b>" }
func (a *author) Books(args struct{ First *int }) ([]*book, error) { return []*book{a.b}, nil }

var pages = 7

func (q libraryQuery) Book(args struct{ ID ID }) (*book, error) {
	if args.ID != "1" {
		return nil, Failure("NOT_FOUND", "no book %s", args.ID)
	}
	return &book{"1", "One", "NOVEL", &pages}, nil
}

func (q libraryQuery) Books(args struct {
	First  *int
	Genres []string
	Filter *struct {
		Title  *string
		Since  *string
		Genres []string
		Deep   *struct {
			Title, Since *string
			Genres       []string
			Deep         any
		}
	}
	Asked Selected
}) []any {
	*q.asked = append(*q.asked, fmt.Sprint(args.Genres, args.Asked))
	if args.Filter != nil && args.Filter.Title != nil {
		*q.asked = append(*q.asked, *args.Filter.Title)
	}
	return []any{&book{id: "1", title: "One", genre: "NOVEL"}, errors.New("torn"), nil}
}

func (q libraryQuery) Shelf() []any {
	return []any{&book{id: "1", title: "One", genre: "CRIME"}, &film{"Two", "LOST"}}
}
func (q libraryQuery) Strict() *strict { return &strict{} }

func (q libraryQuery) Big(args struct{ N int }) []string {
	out := make([]string, args.N)
	text := strings.Repeat("x", 1<<20)
	for n := range out {
		out[n] = text
	}
	return out
}

type strict struct{ deep int }

func (s *strict) Must() (string, error) {
	if s.deep == 2 {
		return "", errors.New("gone")
	}
	return "here", nil
}
func (s *strict) May() *strict { return &strict{s.deep + 1} }

type libraryMutation struct{}

type lent struct {
	Book *book
	Said string
}

func (libraryMutation) Lend(args struct {
	Input struct {
		ID    ID
		Until *string
		Note  Optional[string]
		Days  int
	}
}) *lent {
	return &lent{Said: fmt.Sprint(args.Input.Note.Given, args.Input.Note.Value != nil, args.Input.Days)}
}

func day(given any) error {
	text, _ := given.(string)
	_, err := time.Parse(time.DateOnly, text)
	return err
}

func libraryOptions() []Option {
	return []Option{Bind[libraryQuery]("Query"), Bind[libraryMutation]("Mutation"), Bind[*book]("Book"), Bind[*film]("Film"), Check{"Day", day}}
}

func opened(t *testing.T) *Schema {
	t.Helper()
	s, err := New(library, libraryOptions()...)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// run answers a query as JSON would carry it.
func run(t *testing.T, s *Schema, query string, given map[string]any) (any, []string) {
	t.Helper()
	var asked []string
	answer := func() Answer {
		doc, problems := s.Prepare(query)
		if problems != nil {
			return Answer{Errors: problems}
		}
		op, wrong := doc.Operation("")
		if wrong != nil {
			return Answer{Errors: []Problem{*wrong}}
		}
		vars, problems := op.Variables(given)
		if problems != nil {
			return Answer{Errors: problems}
		}
		if op.Writes() {
			return op.Execute(libraryMutation{}, vars)
		}
		return op.Execute(libraryQuery{&asked}, vars)
	}()
	text, err := json.Marshal(answer)
	if err != nil {
		t.Fatal(err)
	}
	var out any
	if err := json.Unmarshal(text, &out); err != nil {
		t.Fatal(err)
	}
	return out, asked
}

func decoded(t *testing.T, text string) any {
	t.Helper()
	var out any
	if err := json.Unmarshal([]byte(text), &out); err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	return out
}

func TestAnswers(t *testing.T) {
	s := opened(t)
	for _, c := range []struct{ name, query, vars, want string }{
		{"fields, aliases and types", `{b: book(id: 1) {__typename id title: name genre pages author {name}}}`, ``,
			`{"data":{"b":{"__typename":"Book","id":"1","title":"One","genre":"NOVEL","pages":7,"author":{"name":"Ann \"\u2028\" <b>"}}}}`},
		{"one name for two states", `{shelf {... on Book {state} ... on Film {state}}}`, ``, `{"data":{"shelf":[{"state":"IN"},{"state":"LOST"}]}}`},
		{"fragments on interfaces", `{shelf {...n ... on Book {genre}}} fragment n on Named {name}`, ``, `{"data":{"shelf":[{"name":"One","genre":"CRIME"},{"name":"Two"}]}}`},
		{"skip and include", `query($y: Boolean!) {book(id: "1") {id @skip(if: $y) name @include(if: $y) ... @include(if: false) {genre}}}`, `{"y":true}`, `{"data":{"book":{"name":"One"}}}`},
		{"equal fields are one", `{book(id: "1") {author {name}} book(id: "1") {author {name books(first: 1) {id}}}}`, ``,
			`{"data":{"book":{"author":{"name":"Ann \"\u2028\" <b>","books":[{"id":"1"}]}}}}`},
		{"an error nulls its field", `{book(id: "2") {id} shelf {__typename}}`, ``,
			`{"data":{"book":null,"shelf":[{"__typename":"Book"},{"__typename":"Film"}]},"errors":[{"type":"NOT_FOUND","path":["book"],"locations":[{"line":1,"column":2}],"message":"no book 2"}]}`},
		{"what may not be null nulls what is around it", `{strict {must may {must may {must}}}}`, ``,
			`{"data":{"strict":{"must":"here","may":{"must":"here","may":null}}},"errors":[{"path":["strict","may","may","must"],"locations":[{"line":1,"column":30}],"message":"gone"}]}`},
		{"up to the top of a list", `{shelf {... on Film {minutes}}}`, ``,
			`{"data":{"shelf":null},"errors":[{"type":"LOST","path":["shelf",1,"minutes"],"locations":[{"line":1,"column":22}],"message":"nobody knows how long"}]}`},
		{"an entry that is an error", `{books {id}}`, ``,
			`{"data":{"books":[{"id":"1"},null,null]},"errors":[{"path":["books",1],"locations":[{"line":1,"column":2}],"message":"torn"}]}`},
		{"scalars of the schema's own", `query($d: Day) {book(id: 1) {due(after: $d)}}`, `{"d":"2026-03-01"}`, `{"data":{"book":{"due":"2026-03-01"}}}`},
		{"an optional that is not there", `mutation {lend(input: {id: 1}) {said}}`, ``, `{"data":{"lend":{"said":"false false 0"}}}`},
		{"an optional null, a default", `mutation($i: LendInput!) {lend(input: $i) {said}}`, `{"i":{"id":1,"note":null}}`, `{"data":{"lend":{"said":"true false 14"}}}`},
		{"an optional text", `mutation($n: String) {lend(input: {id: 1, note: $n, days: 3}) {said}}`, `{"n":"x"}`, `{"data":{"lend":{"said":"true true 3"}}}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			var given map[string]any
			if c.vars != "" {
				d := json.NewDecoder(strings.NewReader(c.vars))
				d.UseNumber()
				if err := d.Decode(&given); err != nil {
					t.Fatal(err)
				}
			}
			got, _ := run(t, s, c.query, given)
			if d := cmp.Diff(got, decoded(t, c.want)); d != "" {
				t.Errorf("got - want +:\n%s", d)
			}
		})
	}
}

func TestArgumentsTakeTheirDefaults(t *testing.T) {
	s := opened(t)
	for _, c := range []struct {
		query string
		vars  map[string]any
		want  []string
	}{
		{`{books {id name}}`, nil, []string{"[NOVEL] [id name]"}},
		{`{books(genres: null) {... on Book {id}}}`, nil, []string{"[NOVEL] [id]"}},
		{`query($g: [Genre!]) {books(genres: $g) {id}}`, nil, []string{"[NOVEL] [id]"}},
		{`query($g: [Genre!] = CRIME) {books(genres: $g) {id}}`, nil, []string{"[CRIME] [id]"}},
		{`query($g: Genre!) {books(genres: [$g, NOVEL]) {id}}`, map[string]any{"g": "CRIME"}, []string{"[CRIME NOVEL] [id]"}},
		{`query($g: [Genre!]!) {books(genres: $g) {id}}`, map[string]any{"g": "CRIME"}, []string{"[CRIME] [id]"}},
		{`query($f: Filter) {books(filter: $f) {id}}`, map[string]any{"f": map[string]any{"title": "x", "deep": map[string]any{}}}, []string{"[NOVEL] [id]", "x"}},
	} {
		if _, asked := run(t, s, c.query, c.vars); !cmp.Equal(asked, c.want) {
			t.Errorf("%s: got %v, want %v", c.query, asked, c.want)
		}
	}
}

func TestEveryGapOfABindingIsNamed(t *testing.T) {
	type poor struct{ Name int }
	_, err := New(library, Bind[libraryMutation]("Mutation"), Bind[*poor]("Film", "Nobody"), Bind[libraryQuery]("Query").With(map[string]any{"strict": nil, "lost": 1}))
	for _, want := range []string{"Film.state has no answer", "Film.minutes has no answer", "Nobody is no object", "Query has no field lost"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v does not say %q", err, want)
		}
	}
	type flat struct{ libraryQuery }
	if _, err := New(strings.Replace(library, "big(n: Int!)", "big(n: Int!, more: Boolean)", 1), append(libraryOptions()[1:], Bind[flat]("Query"))...); err == nil || !strings.Contains(err.Error(), "the argument more of big has no place") {
		t.Errorf("an argument without a place: %v", err)
	}
}

func TestHostileDocumentsAreRefusedSoon(t *testing.T) {
	s := opened(t)
	bomb := "{...f0}"
	for n := range 40 {
		bomb += fmt.Sprintf(" fragment f%d on Query {a%d: strict {must} ...f%d ...f%d}", n, n, n+1, n+1)
	}
	bomb += " fragment f40 on Query {strict {must}}"
	many := "{" + strings.Repeat("book(id: 1) {id} ", 3000) + "}"
	for name, query := range map[string]string{"a bomb of fragments": bomb, "three thousand equal fields": many, "depth": strings.Repeat("{strict", 2000), "length": "{" + strings.Repeat("a ", 60_000)} {
		began := time.Now()
		got, _ := run(t, s, query, nil)
		errs, _ := got.(map[string]any)["errors"].([]any)
		if len(errs) == 0 {
			t.Errorf("%s is answered", name)
		}
		if took := time.Since(began); took > 5*time.Second {
			t.Errorf("%s took %s", name, took)
		}
	}
}

func TestAnAnswerHasABound(t *testing.T) {
	doc, problems := opened(t).Prepare(`{a: big(n: 40) b: big(n: 40) c: strict {must}}`)
	if problems != nil {
		t.Fatal(problems)
	}
	op, _ := doc.Operation("")
	answer := op.Execute(libraryQuery{}, nil)
	if len(answer.Errors) != 1 || answer.Errors[0].Type != "RESOURCE_LIMITS_EXCEEDED" || !cmp.Equal(answer.Errors[0].Path, []any{"c"}) {
		t.Errorf("errors: %+v", answer.Errors)
	}
	if tail := string(answer.Data[len(answer.Data)-12:]); !strings.HasSuffix(tail, `"c":null}`) {
		t.Errorf("what lies beyond the bound ends in %q", tail)
	}
}
