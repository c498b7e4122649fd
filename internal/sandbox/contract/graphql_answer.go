package contract

import (
	"encoding/json"
	"fmt"
	"math"
	"net/http"
	"regexp"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// answer checks what came back: data beside the selections that asked for it, and the form of errors.
func (p *public) answer(e Exchange) []Mismatch {
	if e.Status != http.StatusOK {
		return []Mismatch{{In: "answer", Want: fmt.Sprintf("200, also for errors, not %d", e.Status)}}
	}
	w := &walk{public: p}
	if !isJSON(e.AnswerHeader) {
		w.say("", "application/json, not %q", e.AnswerHeader.Get("Content-Type"))
	}
	var said map[string]any
	if err := json.Unmarshal(e.Answer, &said); err != nil {
		w.say("", "JSON: %v", err)
		return w.found
	}
	for name := range said {
		if name != "data" && name != "errors" && name != "extensions" {
			w.say("/"+name, "data, errors and extensions alone")
		}
	}
	data, there := said["data"]
	w.errors(said["errors"], data, there)
	asked, err := readQuestion(e.Body)
	if err != nil || data == nil {
		return w.found
	}
	if document := p.read(asked.Query); document.document != nil {
		if operation, err := asked.operation(document.document); err == nil {
			w.variables = withDefaults(operation, asked.Variables)
			w.object(operation.SelectionSet, p.root(operation), data, "/data")
		}
	}
	return w.found
}

func (p *public) root(operation *ast.OperationDefinition) *ast.Definition {
	if operation.Operation == ast.Mutation {
		return p.schema.Mutation
	}
	return p.schema.Query
}

func withDefaults(operation *ast.OperationDefinition, given map[string]any) map[string]any {
	out := map[string]any{}
	for _, v := range operation.VariableDefinitions {
		if v.DefaultValue != nil {
			if value, err := v.DefaultValue.Value(nil); err == nil {
				out[v.Variable] = value
			}
		}
		if value, there := given[v.Variable]; there {
			out[v.Variable] = value
		}
	}
	return out
}

// walk goes along an answer beside the selections.
type walk struct {
	*public
	variables map[string]any
	found     []Mismatch
}

func (w *walk) say(place, format string, args ...any) {
	w.found = append(w.found, Mismatch{In: "answer body", Place: place, Want: explained(fmt.Sprintf(format, args...))})
}

// errors are objects with a message; the path of one that came with data leads to the null that stands for what failed.
func (w *walk) errors(value, data any, withData bool) {
	if value == nil {
		if !withData || data == nil {
			w.say("", "data or errors")
		}
		return
	}
	list, ok := value.([]any)
	if !ok || len(list) == 0 {
		w.say("/errors", "a list that is not empty")
		return
	}
	for n, one := range list {
		place := fmt.Sprintf("/errors/%d", n)
		fits(graphErrorSchema, one, "answer body", place, &w.found)
		object, _ := one.(map[string]any)
		if path, given := object["path"].([]any); given && data != nil && !leadsToNull(data, path) {
			w.say(place+"/path", "a path to the null that stands for what failed, not %s", brief(path))
		}
	}
}

func leadsToNull(data any, path []any) bool {
	for _, step := range path {
		switch at := data.(type) {
		case map[string]any:
			name, _ := step.(string)
			next, there := at[name]
			if !there {
				return false
			}
			data = next
		case []any:
			n, ok := step.(float64)
			if !ok || int(n) < 0 || int(n) >= len(at) {
				return false
			}
			data = at[int(n)]
		}
		if data == nil {
			return true
		}
	}
	return false
}

// object checks an object of a type that may be abstract.
func (w *walk) object(set ast.SelectionSet, def *ast.Definition, data any, place string) {
	have, ok := data.(map[string]any)
	if !ok {
		w.say(place, "an object of %s, not %s", def.Name, brief(data))
		return
	}
	if def.Kind == ast.Object {
		w.concrete(set, def, have, place)
		return
	}
	if name, ok := w.typename(set, def, have); ok {
		concrete := w.schema.Types[name]
		if concrete == nil || !slices.Contains(w.schema.GetPossibleTypes(def), concrete) {
			w.say(place, "a %s, not %q", def.Name, name)
			return
		}
		w.concrete(set, concrete, have, place)
		return
	}
	w.any(set, def, have, place)
}

// typename is what the answer says of its own type, if that was asked for.
func (w *walk) typename(set ast.SelectionSet, def *ast.Definition, have map[string]any) (string, bool) {
	for key, fields := range w.collect(set, def, nil) {
		if fields[0].Name == "__typename" {
			name, ok := have[key].(string)
			return name, ok
		}
	}
	return "", false
}

// any tries the types that the object could be of, because the answer does not say: first those whose fields are most
// alike. If none fits, the complaints are those of the first.
func (w *walk) any(set ast.SelectionSet, def *ast.Definition, have map[string]any, place string) {
	strange := map[*ast.Definition]int{}
	for _, candidate := range w.schema.GetPossibleTypes(def) {
		strange[candidate] = unlike(w.collect(set, candidate, nil), have)
	}
	candidates := slices.SortedStableFunc(slices.Values(w.schema.GetPossibleTypes(def)), func(a, b *ast.Definition) int { return strange[a] - strange[b] })
	var first []Mismatch
	for n, candidate := range candidates {
		trial := &walk{public: w.public, variables: w.variables}
		trial.concrete(set, candidate, have, place)
		if len(trial.found) == 0 {
			return
		}
		if n == 0 {
			first = trial.found
		}
	}
	w.found = append(w.found, first...)
}

// unlike counts the fields that one has and the other has not.
func unlike(asked map[string][]*ast.Field, have map[string]any) (n int) {
	for key := range asked {
		if _, there := have[key]; !there {
			n++
		}
	}
	for key := range have {
		if asked[key] == nil {
			n++
		}
	}
	return n
}

func (w *walk) concrete(set ast.SelectionSet, def *ast.Definition, have map[string]any, place string) {
	asked := w.collect(set, def, nil)
	for key, fields := range asked {
		value, present := have[key]
		at := place + "/" + key
		switch {
		case !present:
			w.say(at, "%s, and it is missing", fields[0].Definition.Type)
		case fields[0].Name == "__typename":
			if value != def.Name {
				w.say(at, "%q, not %s", def.Name, brief(value))
			}
		default:
			var below ast.SelectionSet
			for _, f := range fields {
				below = append(below, f.SelectionSet...)
			}
			w.value(fields[0].Definition.Type, below, value, at)
		}
	}
	for key := range have {
		if asked[key] == nil {
			w.say(place+"/"+key, "only what was asked for")
		}
	}
}

// collect gathers the fields that apply to a type, by their names in the answer.
func (w *walk) collect(set ast.SelectionSet, def *ast.Definition, into map[string][]*ast.Field) map[string][]*ast.Field {
	if into == nil {
		into = map[string][]*ast.Field{}
	}
	for _, selection := range set {
		switch s := selection.(type) {
		case *ast.Field:
			if w.included(s.Directives) {
				into[s.Alias] = append(into[s.Alias], s)
			}
		case *ast.InlineFragment:
			if w.included(s.Directives) && w.applies(s.TypeCondition, def) {
				w.collect(s.SelectionSet, def, into)
			}
		case *ast.FragmentSpread:
			if w.included(s.Directives) && w.applies(s.Definition.TypeCondition, def) {
				w.collect(s.Definition.SelectionSet, def, into)
			}
		}
	}
	return into
}

func (w *walk) included(directives ast.DirectiveList) bool {
	for name, wanted := range map[string]bool{"include": true, "skip": false} {
		if d := directives.ForName(name); d != nil {
			if on, _ := d.ArgumentMap(w.variables)["if"].(bool); on != wanted {
				return false
			}
		}
	}
	return true
}

func (w *walk) applies(condition string, def *ast.Definition) bool {
	return condition == "" || condition == def.Name || slices.Contains(w.schema.PossibleTypes[condition], def)
}

func (w *walk) value(typ *ast.Type, set ast.SelectionSet, value any, place string) {
	if value == nil {
		if typ.NonNull {
			w.say(place, "%s, not null", typ)
		}
		return
	}
	if typ.Elem != nil {
		list, ok := value.([]any)
		if !ok {
			w.say(place, "a list, %s, not %s", typ, brief(value))
			return
		}
		for n, one := range list {
			w.value(typ.Elem, set, one, fmt.Sprintf("%s/%d", place, n))
		}
		return
	}
	def := w.schema.Types[typ.NamedType]
	switch def.Kind {
	case ast.Scalar:
		if !scalar(def.Name, value) {
			w.say(place, "%s, not %s", typ, brief(value))
		}
	case ast.Enum:
		if word, _ := value.(string); def.EnumValues.ForName(word) == nil {
			w.say(place, "a value of %s, not %s", def.Name, brief(value))
		}
	default:
		w.object(set, def, value, place)
	}
}

var (
	dateTime = regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$`)
	date     = regexp.MustCompile(`^\d{4}-\d\d-\d\d$`)
	bigInt   = regexp.MustCompile(`^-?\d+$`)
)

// scalar says whether a value is one of a scalar. Scalars of GitHub's own are texts.
func scalar(name string, value any) bool {
	switch name {
	case "Boolean":
		_, ok := value.(bool)
		return ok
	case "Int":
		number, ok := value.(float64)
		return ok && number == math.Trunc(number) && math.Abs(number) <= math.MaxInt32
	case "Float":
		_, ok := value.(float64)
		return ok
	}
	text, ok := value.(string)
	switch name {
	case "DateTime", "PreciseDateTime":
		return ok && dateTime.MatchString(text)
	case "Date":
		return ok && date.MatchString(text)
	case "BigInt":
		return ok && bigInt.MatchString(text)
	case "ID":
		return ok && strings.TrimSpace(text) != ""
	}
	return ok
}
