package refinetest

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"strata/internal/facts"
	"strata/internal/graph"
	"strata/internal/refine"
	"strata/internal/work"
)

var update = flag.Bool("update", false, "write what comes out into the examples; read the difference before you keep it")

// Run holds every example of the files against what is concluded of its product.
func Run(t *testing.T, pattern string, rules []refine.Rule, checks []refine.Check, report func(refine.Assessment) string) {
	t.Helper()
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		t.Fatalf("no examples at %s (%v)", pattern, err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(strings.TrimPrefix(filepath.ToSlash(file), "testdata/"), ".txtar")
		t.Run(name, func(t *testing.T) { example(t, file, rules, checks, report) })
	}
}

func example(t *testing.T, file string, rules []refine.Rule, checks []refine.Check, report func(refine.Assessment) string) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	archive := txtar.Parse(text)
	if len(bytes.TrimSpace(archive.Comment)) == 0 {
		t.Errorf("%s does not say what it shows", file)
	}
	product, ok := section(archive, "product")
	if !ok {
		t.Fatalf("%s has no product", file)
	}
	p, err := Read(product.Data)
	if err != nil {
		t.Fatal(err)
	}
	if mistakes := p.Rules.Validate(); len(mistakes) > 0 {
		t.Fatalf("%s: %v", file, mistakes)
	}
	got := report(Judge(p, p.Snapshot(), p.Memory(rules), rules, checks))
	want, ok := section(archive, "expect")
	if *update && !ok {
		archive.Files = append(archive.Files, txtar.File{Name: "expect"})
		want = &archive.Files[len(archive.Files)-1]
	}
	if *update && string(want.Data) != got {
		want.Data = []byte(got)
		if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if want == nil {
		t.Fatalf("%s expects nothing at all; got:\n%s", file, got)
	}
	if diff := cmp.Diff(got, string(want.Data)); diff != "" {
		t.Errorf("%s (-got +want):\n%s", file, diff)
	}
}

// Judge concludes what a snapshot of an example's product means.
func Judge(p Product, s work.Snapshot, m facts.Memory, rules []refine.Rule, checks []refine.Check) refine.Assessment {
	return refine.Judge(s, graph.Build(s.Items), m, p.Policy(), work.Day(p.Today), rules, checks)
}

func section(a *txtar.Archive, name string) (*txtar.File, bool) {
	for i := range a.Files {
		if a.Files[i].Name == name {
			return &a.Files[i], true
		}
	}
	return nil, false
}
