package githubsim_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"strata/internal/sandbox/githubsim"
)

func ours(t *testing.T, source string) *ast.Schema {
	t.Helper()
	schema, err := gqlparser.LoadSchema(&ast.Source{Name: "ours", Input: source})
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

func TestEverythingInOurSchemaIsPublic(t *testing.T) {
	public := publicSchema(t)
	for _, d := range deviations(ours(t, githubsim.Schema), public) {
		t.Error(d)
	}
}

// TestDeviationsAreFound proves that the comparison would notice: one change of each kind.
func TestDeviationsAreFound(t *testing.T) {
	public := publicSchema(t)
	for _, change := range [][2]string{
		{"isArchived: Boolean!", "isArchived: Boolean"},
		{"isArchived: Boolean!", "isStored: Boolean!"},
		{"blockedBy: Int!", "blockedBy: Float!"},
		{"query: String = \"\"", "query: String = \"is:open\""},
		{"query: String = \"\"", "search: String = \"\""},
		{"enum IssueState {", "enum IssueState {\n  DOING"},
		{"DraftIssue | Issue", "DraftIssue | Label | Issue"},
		{"type SubIssuesSummary", "type SubTasksSummary {\n  total: Int!\n}\n\ntype SubIssuesSummary"},
		{"type Label implements Node", "type Label implements Node & Minimizable"},
	} {
		changed := strings.Replace(githubsim.Schema, change[0], change[1], 1)
		if changed == githubsim.Schema {
			t.Errorf("%q is not in the schema", change[0])
			continue
		}
		schema, err := gqlparser.LoadSchema(&ast.Source{Name: "changed", Input: changed})
		if err != nil {
			continue // not even a schema
		}
		if len(deviations(schema, public)) == 0 {
			t.Errorf("nobody noticed %q instead of %q", change[1], change[0])
		}
	}
}

// deviations lists where ours says something that public does not say in the same way.
func deviations(ours, public *ast.Schema) []string {
	var out []string
	for _, name := range sorted(ours.Types) {
		mine, theirs := ours.Types[name], public.Types[name]
		switch {
		case mine.BuiltIn:
			continue
		case theirs == nil:
			out = append(out, name+" is not public")
			continue
		case mine.Kind != theirs.Kind:
			out = append(out, fmt.Sprintf("%s is %s, publicly %s", name, mine.Kind, theirs.Kind))
		}
		for _, i := range mine.Interfaces {
			if !slices.Contains(theirs.Interfaces, i) {
				out = append(out, name+" does not publicly implement "+i)
			}
		}
		for _, member := range mine.Types {
			if !slices.Contains(theirs.Types, member) {
				out = append(out, name+" does not publicly hold "+member)
			}
		}
		for _, v := range mine.EnumValues {
			if theirs.EnumValues.ForName(v.Name) == nil {
				out = append(out, name+"."+v.Name+" is not public")
			}
		}
		for _, f := range mine.Fields {
			out = append(out, fieldDeviations(name, f, theirs.Fields.ForName(f.Name))...)
		}
	}
	return out
}

func fieldDeviations(on string, mine, theirs *ast.FieldDefinition) []string {
	at := on + "." + mine.Name
	if strings.HasPrefix(mine.Name, "__") {
		return nil
	}
	if theirs == nil {
		return []string{at + " is not public"}
	}
	var out []string
	if mine.Type.String() != theirs.Type.String() || text(mine.DefaultValue) != text(theirs.DefaultValue) {
		out = append(out, fmt.Sprintf("%s is %s = %s, publicly %s = %s", at, mine.Type, text(mine.DefaultValue), theirs.Type, text(theirs.DefaultValue)))
	}
	for _, a := range mine.Arguments {
		b := theirs.Arguments.ForName(a.Name)
		switch {
		case b == nil:
			out = append(out, at+"("+a.Name+") is not public")
		case a.Type.String() != b.Type.String() || text(a.DefaultValue) != text(b.DefaultValue):
			out = append(out, fmt.Sprintf("%s(%s) is %s = %s, publicly %s = %s", at, a.Name, a.Type, text(a.DefaultValue), b.Type, text(b.DefaultValue)))
		}
	}
	for _, b := range theirs.Arguments {
		if b.Type.NonNull && b.DefaultValue == nil && mine.Arguments.ForName(b.Name) == nil {
			out = append(out, at+" lacks the required argument "+b.Name)
		}
	}
	return out
}

func text(v *ast.Value) string {
	if v == nil {
		return "nothing"
	}
	return v.String()
}

func sorted[T any](m map[string]T) []string {
	var names []string
	for name := range m {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}
