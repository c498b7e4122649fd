package contract

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
)

// Our own descriptions of what the published files leave open.
//
//go:embed schemas/*.json
var ownFiles embed.FS

const ownBase = "https://strata.invalid/"

// own compiles a description by its name: "cloud2/issue", "github/error".
func own(name string) *jsonschema.Schema {
	ownMutex.Lock()
	defer ownMutex.Unlock()
	if s, ok := ownCompiled[name]; ok {
		return s
	}
	file, def, _ := strings.Cut(name, "/")
	s, err := ownCompiler().Compile(ownBase + file + ".json#/$defs/" + def)
	if err != nil {
		panic(fmt.Sprintf("our description %s: %v", name, err))
	}
	ownCompiled[name] = s
	return s
}

var (
	ownMutex    sync.Mutex
	ownCompiled = map[string]*jsonschema.Schema{}
)

// dialects bind the texts, people and sprints of a Jira.
var dialects = []string{"cloud2.json", "cloud3.json", "datacenter.json"}

// ownCompiler knows all the files. A dialect has everything that Jira has, seen through its own bindings.
var ownCompiler = sync.OnceValue(func() *jsonschema.Compiler {
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	files := map[string]map[string]any{}
	list, err := fs.Glob(ownFiles, "schemas/*.json")
	if err != nil {
		panic(err)
	}
	for _, path := range list {
		raw, err := ownFiles.ReadFile(path)
		if err != nil {
			panic(err)
		}
		parsed, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
		if err != nil {
			panic(fmt.Sprintf("%s: %v", path, err))
		}
		files[strings.TrimPrefix(path, "schemas/")] = parsed.(map[string]any)
	}
	jira := files["jira.json"]["$defs"].(map[string]any)
	for _, dialect := range dialects {
		defs := files[dialect]["$defs"].(map[string]any)
		for name := range jira {
			if _, bound := defs[name]; !bound {
				defs[name] = map[string]any{"$ref": "jira.json#/$defs/" + name}
			}
		}
	}
	for _, file := range slices.Sorted(maps.Keys(files)) {
		if err := c.AddResource(ownBase+file, files[file]); err != nil {
			panic(fmt.Sprintf("%s: %v", file, err))
		}
	}
	return c
})

const graphErrorSchema = "github/graphError"

// fits checks a value against one of our descriptions.
func fits(name string, value any, in, place string, found *[]Mismatch) {
	var wrong *jsonschema.ValidationError
	if err := own(name).Validate(value); errors.As(err, &wrong) {
		for _, leaf := range leaves(wrong) {
			at := strings.TrimSuffix(place+"/"+strings.Join(leaf.InstanceLocation, "/"), "/")
			_, more := leaf.ErrorKind.(*kind.AdditionalProperties)
			*found = append(*found, Mismatch{In: in, Place: at, Want: explained("our " + name + ": " + leaf.ErrorKind.LocalizedString(english)), Tolerated: more})
		}
	}
}

var english = message.NewPrinter(language.English)

// leaves are the innermost complaints. Of alternatives that all fail, those of the one that reaches deepest.
func leaves(e *jsonschema.ValidationError) []*jsonschema.ValidationError {
	if len(e.Causes) == 0 {
		return []*jsonschema.ValidationError{e}
	}
	var all []*jsonschema.ValidationError
	for _, cause := range e.Causes {
		all = append(all, leaves(cause)...)
	}
	deepest := slices.MaxFunc(all, func(a, b *jsonschema.ValidationError) int {
		return len(a.InstanceLocation) - len(b.InstanceLocation)
	})
	if word := e.ErrorKind.KeywordPath(); len(word) > 0 && (word[0] == "oneOf" || word[0] == "anyOf") {
		return []*jsonschema.ValidationError{deepest}
	}
	return all
}
