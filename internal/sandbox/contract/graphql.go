package contract

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/validator"
	"github.com/vektah/gqlparser/v2/validator/rules"
)

// public is GitHub's own description of its GraphQL, with the documents that were already read.
type public struct {
	schema *ast.Schema
	known  sync.Map // document → judged
}

// judged is a document with what is wrong in it. One that github.com takes all the same is readable.
type judged struct {
	document  *ast.QueryDocument // nil: it cannot be read
	wrong     gqlerror.List
	tolerated bool
}

func loadSchema(folder string) (*public, error) {
	raw, err := os.ReadFile(filepath.Join(folder, "contract", "github-schema-2026-06.graphql"))
	if err != nil {
		return nil, err
	}
	schema, err := gqlparser.LoadSchema(&ast.Source{Name: "github-schema-2026-06.graphql", Input: string(raw)})
	if err != nil {
		return nil, err
	}
	return &public{schema: schema}, nil
}

// question is the body of a GraphQL request.
type question struct {
	Query     string         `json:"query"`
	Variables map[string]any `json:"variables"`
	Operation string         `json:"operationName"`
}

// request checks a question: its form, its document and its variables.
func (p *public) request(e Exchange) (found []Mismatch) {
	say := func(in, place, format string, args ...any) {
		found = append(found, Mismatch{In: in, Place: place, Want: explained(fmt.Sprintf(format, args...))})
	}
	if e.Method != http.MethodPost {
		say("request", "", "POST, not %s", e.Method)
		return found
	}
	if !isJSON(e.Header) {
		say("request header", "Content-Type", "application/json, not %q", e.Header.Get("Content-Type"))
	}
	for name := range e.URL.Query() {
		say("request query", name, "no parameters beside the body")
	}
	asked, err := readQuestion(e.Body)
	if err != nil {
		say("request body", "", "query, variables and operationName: %v", err)
		return found
	}
	document := p.read(asked.Query)
	for _, wrong := range document.wrong {
		say("GraphQL document", fmt.Sprint(wrong.Locations), "%s", wrong.Message)
		found[len(found)-1].Tolerated = document.tolerated
	}
	if document.document == nil {
		return found
	}
	operation, err := asked.operation(document.document)
	if err != nil {
		say("GraphQL document", "", "%v", err)
		return found
	}
	return append(found, p.variables(operation, asked.Variables)...)
}

func readQuestion(body []byte) (question, error) {
	var q question
	d := json.NewDecoder(bytes.NewReader(body))
	d.DisallowUnknownFields()
	if err := d.Decode(&q); err != nil {
		return q, err
	}
	if q.Query == "" {
		return q, errors.New("there is no query")
	}
	return q, nil
}

// read parses and judges a document, once.
func (p *public) read(document string) judged {
	if known, ok := p.known.Load(document); ok {
		return known.(judged)
	}
	var out judged
	all := rules.NewDefaultRules()
	out.document, out.wrong = gqlparser.LoadQueryWithRules(p.schema, document, all)
	if out.wrong != nil && !slices.ContainsFunc(out.wrong, func(e *gqlerror.Error) bool { return !oneAliasOverStates(e) }) {
		all.RemoveRule(rules.OverlappingFieldsCanBeMergedRule.Name)
		var more gqlerror.List
		if out.document, more = gqlparser.LoadQueryWithRules(p.schema, document, all); more == nil {
			out.tolerated = true
		}
	}
	p.known.Store(document, out)
	return out
}

// oneAliasOverStates is the one thing that github.com takes against its own schema: gh asks for the state of an issue and
// of a pull request under one name, although they are different enums.
func oneAliasOverStates(e *gqlerror.Error) bool {
	return strings.Contains(e.Message, "IssueState") && strings.Contains(e.Message, "PullRequestState")
}

func (q question) operation(document *ast.QueryDocument) (*ast.OperationDefinition, error) {
	if q.Operation == "" && len(document.Operations) > 1 {
		return nil, errors.New("operationName, because there are several operations")
	}
	found := document.Operations.ForName(q.Operation)
	if found == nil {
		return nil, fmt.Errorf("the operation %q in the document", q.Operation)
	}
	return found, nil
}

// variables checks what the library accepts too easily as well: another case of an enum's words, a text for a number, a
// variable that nobody declared.
func (p *public) variables(operation *ast.OperationDefinition, given map[string]any) (found []Mismatch) {
	say := func(place, format string, args ...any) {
		found = append(found, Mismatch{In: "GraphQL variables", Place: place, Want: explained(fmt.Sprintf(format, args...))})
	}
	for _, declared := range operation.VariableDefinitions {
		if value, there := given[declared.Variable]; there {
			p.input(declared.Type, value, declared.Variable, say)
		}
	}
	for name := range given {
		if operation.VariableDefinitions.ForName(name) == nil {
			say(name, "a variable that the document declares")
		}
	}
	if len(found) == 0 {
		if _, err := validator.VariableValues(p.schema, operation, given); err != nil {
			say("", "%v", err)
		}
	}
	slices.SortFunc(found, func(a, b Mismatch) int { return strings.Compare(a.Place, b.Place) })
	return found
}

func (p *public) input(typ *ast.Type, value any, place string, say func(place, format string, args ...any)) {
	if value == nil {
		if typ.NonNull {
			say(place, "%s, not null", typ)
		}
		return
	}
	if typ.Elem != nil {
		list, ok := value.([]any)
		if !ok {
			p.input(typ.Elem, value, place, say)
			return
		}
		for n, one := range list {
			p.input(typ.Elem, one, fmt.Sprintf("%s/%d", place, n), say)
		}
		return
	}
	def := p.schema.Types[typ.NamedType]
	switch def.Kind {
	case ast.InputObject:
		object, ok := value.(map[string]any)
		if !ok {
			say(place, "%s, not %s", def.Name, brief(value))
			return
		}
		for name, one := range object {
			field := def.Fields.ForName(name)
			if field == nil {
				say(place+"/"+name, "a field of %s", def.Name)
				continue
			}
			p.input(field.Type, one, place+"/"+name, say)
		}
	case ast.Enum:
		if word, _ := value.(string); def.EnumValues.ForName(word) == nil {
			say(place, "a value of %s, not %s", def.Name, brief(value))
		}
	default:
		if _, number := value.(float64); def.Name == "ID" && number {
			return // a number is taken for an ID
		}
		if !scalar(def.Name, value) {
			say(place, "%s, not %s", def.Name, brief(value))
		}
	}
}

func brief(value any) string {
	text, err := json.Marshal(value)
	if err != nil {
		return fmt.Sprint(value)
	}
	return cut(string(text), 80)
}
