package graphql

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestDocumentsAreRefusedInGitHubsWords holds sentences, codes, paths and places; the sentences are those of the
// implementation that github.com runs on.
func TestDocumentsAreRefusedInGitHubsWords(t *testing.T) {
	s := opened(t)
	for _, c := range []struct{ name, query, want string }{
		{"unknown field", `{book(id: 1) {nope}}`,
			`{"path":["query","book","nope"],"extensions":{"code":"undefinedField","typeName":"Book","fieldName":"nope"},"locations":[{"line":1,"column":15}],"message":"Field 'nope' doesn't exist on type 'Book'"}`},
		{"field of a union", `query Q {shelf {name}}`,
			`{"path":["query Q","shelf","name"],"extensions":{"code":"selectionMismatch","nodeName":"Thing"},"locations":[{"line":1,"column":10}],"message":"Selections can't be made directly on unions (see selections on Thing)"}`},
		{"nothing asked of an object", `{book(id: 1)}`,
			`{"path":["query","book"],"extensions":{"code":"selectionMismatch","nodeName":"field 'book'","typeName":"Book"},"locations":[{"line":1,"column":2}],"message":"Field must have selections (field 'book' returns Book but has no selections. Did you mean 'book { ... }'?)"}`},
		{"something asked of a scalar", `{book(id: 1) {name {x}}}`,
			`{"path":["query","book","name"],"extensions":{"code":"selectionMismatch","nodeName":"field 'name'","typeName":"String"},"locations":[{"line":1,"column":15}],"message":"Selections can't be made on scalars (field 'name' returns String but has selections [\"x\"])"}`},
		{"unknown argument", `{b: book(id: 1, size: 2) {id}}`,
			`{"path":["query","b","size"],"extensions":{"code":"argumentNotAccepted","name":"b","typeName":"Field","argumentName":"size"},"locations":[{"line":1,"column":17}],"message":"Field 'b' doesn't accept argument 'size'"}`},
		{"missing argument", `{book {id}}`,
			`{"path":["query","book"],"extensions":{"code":"missingRequiredArguments","className":"Field","name":"book","arguments":"id"},"locations":[{"line":1,"column":2}],"message":"Field 'book' is missing required arguments: id"}`},
		{"wrong literal", `{book(id: 1) {due(after: "<invalid>")}}`,
			`{"path":["query","book","due","after"],"extensions":{"code":"argumentLiteralsIncompatible","typeName":"Field","argumentName":"after"},"locations":[{"line":1,"column":15}],"message":"Argument 'after' on Field 'due' has an invalid value (\"<invalid>\"). Expected type 'Day'."}`},
		{"wrong literal inside", "mutation M {\n lend(input: {id: 1, until: \"x\"}) {said}}",
			`{"path":["mutation M","lend","input","until"],"extensions":{"code":"argumentLiteralsIncompatible","typeName":"InputObject","argumentName":"until"},"locations":[{"line":2,"column":14}],"message":"Argument 'until' on InputObject 'LendInput' has an invalid value (\"x\"). Expected type 'Day'."}`},
		{"unknown input field", `mutation {lend(input: {id: 1, colour: 2}) {said}}`,
			`{"path":["mutation","lend","input","colour"],"extensions":{"code":"argumentNotAccepted","name":"LendInput","typeName":"InputObject","argumentName":"colour"},"locations":[{"line":1,"column":31}],"message":"InputObject 'LendInput' doesn't accept argument 'colour'"}`},
		{"missing input field", `mutation {lend(input: {note: "n"}) {said}}`,
			`{"path":["mutation","lend","input","id"],"extensions":{"code":"missingRequiredInputObjectAttribute","argumentName":"id","argumentType":"ID!","inputObjectType":"LendInput"},"locations":[{"line":1,"column":23}],"message":"Argument 'id' on InputObject 'LendInput' is required. Expected type ID!"}`},
		{"enum as text", `{books(genres: ["NOVEL"]) {id}}`,
			`{"path":["query","books","genres"],"extensions":{"code":"argumentLiteralsIncompatible","typeName":"Field","argumentName":"genres"},"locations":[{"line":1,"column":2}],"message":"Argument 'genres' on Field 'books' has an invalid value ([\"NOVEL\"]). Expected type '[Genre!]'."}`},
		{"variable not declared", `query Q {book(id: $x) {id}}`,
			`{"path":["query Q"],"extensions":{"code":"variableNotDefined","variableName":"x"},"locations":[{"line":1,"column":19}],"message":"Variable $x is used by Q but not declared"}`},
		{"variable not used", `query($x: ID!) {book(id: 1) {id}}`,
			`{"path":["query"],"extensions":{"code":"variableNotUsed","variableName":"x"},"locations":[{"line":1,"column":1}],"message":"Variable $x is declared by anonymous query but not used"}`},
		{"nullable for what may not be null", `query($x: ID) {book(id: $x) {id}}`,
			`{"path":["query","book","id"],"extensions":{"code":"variableMismatch","variableName":"x","typeName":"ID","argumentName":"id","errorMessage":"Nullability mismatch"},"locations":[{"line":1,"column":21}],"message":"Nullability mismatch on variable $x and argument id (ID / ID!)"}`},
		{"another type", `query($x: Int!) {book(id: $x) {id}}`,
			`{"path":["query","book","id"],"extensions":{"code":"variableMismatch","variableName":"x","typeName":"Int!","argumentName":"id","errorMessage":"Type mismatch"},"locations":[{"line":1,"column":23}],"message":"Type mismatch on variable $x and argument id (Int! / ID!)"}`},
		{"one for a list", `query($g: Genre!) {books(genres: $g) {id}}`,
			`{"path":["query","books","genres"],"extensions":{"code":"variableMismatch","variableName":"g","typeName":"Genre!","argumentName":"genres","errorMessage":"List dimension mismatch"},"locations":[{"line":1,"column":26}],"message":"List dimension mismatch on variable $g and argument genres (Genre! / [Genre!])"}`},
		{"unknown type of a variable", `query($x: Nope) {book(id: $x) {id}}`,
			`{"path":["query"],"extensions":{"code":"variableRequiresValidType","typeName":"Nope","variableName":"x"},"locations":[{"line":1,"column":7}],"message":"Nope isn't a defined input type (on $x)"}`},
		{"default of a variable", `query($x: Int = "a") {books(first: $x) {id}}`,
			`{"path":["query"],"extensions":{"code":"defaultValueInvalidType","variableName":"x","typeName":"Int"},"locations":[{"line":1,"column":7}],"message":"Default value for $x doesn't match type Int"}`},
		{"fragment on nothing", `{shelf {... on Nope {name}}}`,
			`{"path":["query","shelf","... on Nope"],"extensions":{"code":"undefinedType","typeName":"Nope"},"locations":[{"line":1,"column":9}],"message":"No such type Nope, so it can't be a fragment condition"}`},
		{"fragment that cannot be", `{shelf {... on Author {name}}}`,
			`{"path":["query","shelf","... on Author"],"extensions":{"code":"cannotSpreadFragment","typeName":"Author","fragmentName":"unknown","parentName":"Thing"},"locations":[{"line":1,"column":9}],"message":"Fragment on Author can't be spread inside Thing"}`},
		{"fragment not there", `{shelf {...f}}`,
			`{"path":["query","shelf","... f"],"extensions":{"code":"useAndDefineFragment","fragmentName":"f"},"locations":[{"line":1,"column":9}],"message":"Fragment f was used, but not defined"}`},
		{"fragment not used", `{books {id}} fragment f on Book {id}`,
			`{"path":["fragment f"],"extensions":{"code":"useAndDefineFragment","fragmentName":"f"},"locations":[{"line":1,"column":14}],"message":"Fragment f was defined, but not used"}`},
		{"fragment without end", `{strict {...f}} fragment f on Strict {may {...f}}`,
			`{"path":["fragment f"],"extensions":{"code":"infiniteLoop","fragmentName":"f"},"locations":[{"line":1,"column":17}],"message":"Fragment f contains an infinite loop"}`},
		{"two fields of one name", `{book(id: 1) {name name: id}}`,
			`{"path":[],"extensions":{"code":"fieldConflict","fieldName":"name","conflicts":"name or id"},"locations":[{"line":1,"column":15},{"line":1,"column":20}],"message":"Field 'name' has a field conflict: name or id?"}`},
		{"two arguments for one field", `{book(id: 1) {id} book(id: 2) {id}}`,
			`{"path":[],"extensions":{"code":"fieldConflict","fieldName":"book","conflicts":"{id:\"1\"} or {id:\"2\"}"},"locations":[{"line":1,"column":2},{"line":1,"column":19}],"message":"Field 'book' has an argument conflict: {id:\"1\"} or {id:\"2\"}?"}`},
		{"unknown directive", `{books @once {id}}`,
			`{"path":["query","books"],"extensions":{"code":"undefinedDirective","directiveName":"once"},"locations":[{"line":1,"column":8}],"message":"Directive @once is not defined"}`},
		{"directive in the wrong place", `query @skip(if: true) {books {id}}`,
			`{"path":["query"],"extensions":{"code":"invalidDirectiveLocation","targetName":"queries","name":"skip"},"locations":[{"line":1,"column":7}],"message":"'@skip' can't be applied to queries (allowed: fields, fragment spreads, inline fragments)"}`},
		{"subscription", `subscription {books {id}}`,
			`{"path":["subscription"],"extensions":{"code":"missingSubscriptionConfiguration"},"locations":[{"line":1,"column":1}],"message":"Schema is not configured for subscriptions"}`},
		{"two operations without names", `{books {id}} query Q {books {id}}`,
			`{"path":[],"extensions":{"code":"uniquelyNamedOperations"},"locations":[{"line":1,"column":1}],"message":"Operation name is required when multiple operations are present"}`},
		{"a name too early", `{books { = }}`, `{"locations":[{"line":1,"column":10}],"message":"Expected NAME, actual: EQUALS (\"=\") at [1, 10]"}`},
		{"no end", `{books {id}`, `{"locations":[{"line":1,"column":12}],"message":"Expected NAME, actual: (none) (\"\") at [1, 12]"}`},
		{"no value", `{book(id: ) {id}}`, `{"locations":[{"line":1,"column":11}],"message":"Expected VALUE, actual: RPAREN (\")\") at [1, 11]"}`},
		{"no language", `hello`, `{"locations":[{"line":1,"column":1}],"message":"Expected one of SCHEMA, SCALAR, TYPE, ENUM, INPUT, UNION, INTERFACE, actual: IDENTIFIER (\"hello\") at [1, 1]"}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, problems := s.Prepare(c.query)
			if len(problems) != 1 {
				t.Fatalf("%d problems: %+v", len(problems), problems)
			}
			text, err := json.Marshal(problems[0])
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(decoded(t, string(text)), decoded(t, c.want)); d != "" {
				t.Errorf("got - want +:\n%s", d)
			}
		})
	}
}

func TestVariablesAreOfInputTypes(t *testing.T) {
	_, problems := opened(t).Prepare(`query($x: Book) {book(id: $x) {id}}`)
	if len(problems) != 2 || problems[0].Message != "Book isn't a valid input type (on $x)" {
		t.Errorf("got %+v", problems)
	}
}

func TestEverythingThatIsWrongIsSaidAtOnce(t *testing.T) {
	_, problems := opened(t).Prepare(`{book(id: 1) {nope author {neither}} films {id}}`)
	var got []string
	for _, p := range problems {
		got = append(got, p.Message)
	}
	want := []string{"Field 'nope' doesn't exist on type 'Book'", "Field 'neither' doesn't exist on type 'Author'", "Field 'films' doesn't exist on type 'Query'"}
	if d := cmp.Diff(got, want); d != "" {
		t.Errorf("got - want +:\n%s", d)
	}
}

func TestVariablesAreRefusedInGitHubsWords(t *testing.T) {
	s := opened(t)
	for _, c := range []struct{ name, query, vars, want string }{
		{"missing", `query($i: ID!) {book(id: $i) {id}}`, `{}`,
			`{"extensions":{"value":null,"problems":[{"path":[],"explanation":"Expected value to not be null"}]},"locations":[{"line":1,"column":7}],"message":"Variable $i of type ID! was provided invalid value"}`},
		{"no number", `query($n: Int) {books(first: $n) {id}}`, `{"n":"x"}`,
			`{"extensions":{"value":"x","problems":[{"path":[],"explanation":"Could not coerce value \"x\" to Int"}]},"locations":[{"line":1,"column":7}],"message":"Variable $n of type Int was provided invalid value"}`},
		{"too large a number", `query($n: Int) {books(first: $n) {id}}`, `{"n":3000000000}`,
			`{"extensions":{"value":3000000000,"problems":[{"path":[],"explanation":"Could not coerce value 3000000000 to Int"}]},"locations":[{"line":1,"column":7}],"message":"Variable $n of type Int was provided invalid value"}`},
		{"no such word", `query($g: [Genre!]) {books(genres: $g) {id}}`, `{"g":["CRIME","POEM"]}`,
			`{"extensions":{"value":["CRIME","POEM"],"problems":[{"path":[1],"explanation":"Expected \"POEM\" to be one of: NOVEL, CRIME"}]},"locations":[{"line":1,"column":7}],"message":"Variable $g of type [Genre!] was provided invalid value for 1 (Expected \"POEM\" to be one of: NOVEL, CRIME)"}`},
		{"an object with several faults", `mutation($i: LendInput!) {lend(input: $i) {said}}`, `{"i":{"colour":1,"until":"x"}}`,
			`{"extensions":{"value":{"colour":1,"until":"x"},"problems":[{"path":["colour"],"explanation":"Field is not defined on LendInput"},{"path":["id"],"explanation":"Expected value to not be null"},{"path":["until"],"explanation":"Could not coerce value \"x\" to Day"}]},"locations":[{"line":1,"column":10}],"message":"Variable $i of type LendInput! was provided invalid value for colour (Field is not defined on LendInput), id (Expected value to not be null), until (Could not coerce value \"x\" to Day)"}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			doc, problems := s.Prepare(c.query)
			if problems != nil {
				t.Fatal(problems)
			}
			op, _ := doc.Operation("")
			var given map[string]any
			d := json.NewDecoder(strings.NewReader(c.vars))
			d.UseNumber()
			if err := d.Decode(&given); err != nil {
				t.Fatal(err)
			}
			_, problems = op.Variables(given)
			if len(problems) != 1 {
				t.Fatalf("%d problems: %+v", len(problems), problems)
			}
			text, err := json.Marshal(problems[0])
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(decoded(t, string(text)), decoded(t, c.want)); d != "" {
				t.Errorf("got - want +:\n%s", d)
			}
		})
	}
}

func TestTheSchemaDescribesItself(t *testing.T) {
	s := opened(t)
	got, _ := run(t, s, `{
	  book: __type(name: "Book") {kind name interfaces {name} fields {name} all: fields(includeDeprecated: true) {name isDeprecated type {kind name ofType {name}}}}
	  thing: __type(name: "Thing") {kind possibleTypes {name}}
	  genre: __type(name: "Genre") {enumValues {name}}
	  input: __type(name: "LendInput") {inputFields {name defaultValue type {kind ofType {name}}}}
	  none: __type(name: "Nope") {name}
	  __schema {queryType {name} mutationType {name} subscriptionType {name} directives {name args {name}}}
	}`, nil)
	want := decoded(t, `{"data":{
	  "book":{"kind":"OBJECT","name":"Book","interfaces":[{"name":"Named"}],
	    "fields":[{"name":"id"},{"name":"name"},{"name":"genre"},{"name":"state"},{"name":"due"},{"name":"pages"},{"name":"author"}],
	    "all":[{"name":"id","isDeprecated":false,"type":{"kind":"NON_NULL","name":null,"ofType":{"name":"ID"}}},{"name":"name","isDeprecated":false,"type":{"kind":"NON_NULL","name":null,"ofType":{"name":"String"}}},
	      {"name":"genre","isDeprecated":false,"type":{"kind":"ENUM","name":"Genre","ofType":null}},{"name":"state","isDeprecated":false,"type":{"kind":"NON_NULL","name":null,"ofType":{"name":"BookState"}}},
	      {"name":"due","isDeprecated":false,"type":{"kind":"SCALAR","name":"Day","ofType":null}},{"name":"pages","isDeprecated":false,"type":{"kind":"SCALAR","name":"Int","ofType":null}},
	      {"name":"author","isDeprecated":false,"type":{"kind":"OBJECT","name":"Author","ofType":null}},{"name":"old","isDeprecated":true,"type":{"kind":"SCALAR","name":"String","ofType":null}}]},
	  "thing":{"kind":"UNION","possibleTypes":[{"name":"Book"},{"name":"Film"}]},
	  "genre":{"enumValues":[{"name":"NOVEL"},{"name":"CRIME"}]},
	  "input":{"inputFields":[{"name":"id","defaultValue":null,"type":{"kind":"NON_NULL","ofType":{"name":"ID"}}},{"name":"until","defaultValue":null,"type":{"kind":"SCALAR","ofType":null}},
	    {"name":"note","defaultValue":null,"type":{"kind":"SCALAR","ofType":null}},{"name":"days","defaultValue":"14","type":{"kind":"SCALAR","ofType":null}}]},
	  "none":null,
	  "__schema":{"queryType":{"name":"Query"},"mutationType":{"name":"Mutation"},"subscriptionType":null,
	    "directives":[{"name":"deprecated","args":[{"name":"reason"}]},{"name":"include","args":[{"name":"if"}]},{"name":"oneOf","args":[]},{"name":"skip","args":[{"name":"if"}]},{"name":"specifiedBy","args":[{"name":"url"}]}]}
	}}`)
	if d := cmp.Diff(got, want); d != "" {
		t.Errorf("got - want +:\n%s", d)
	}
}
