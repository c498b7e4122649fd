package brief_test

import (
	"flag"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"strata/internal/brief"
	"strata/internal/markup"
)

var update = flag.Bool("update", false, "write the golden files anew")

var dialects = map[string]func(markup.Document) string{"markdown": markup.GitHub, "wiki": markup.Wiki}

func golden(t *testing.T, name string, d markup.Document) {
	t.Helper()
	for dialect, render := range dialects {
		path := filepath.Join("testdata", name+"."+dialect)
		got := render(d) + "\n"
		if *update {
			if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(got, string(want)); diff != "" {
			t.Errorf("%s (-got +want):\n%s", path, diff)
		}
	}
}

func TestDocumentsOfTheShop(t *testing.T) {
	documents := newShop().documents()
	for _, name := range slices.Sorted(maps.Keys(documents)) {
		if documents[name].Wanted() {
			golden(t, name, documents[name].Body)
		}
	}
}

func TestReviewAfterTheSprint(t *testing.T) {
	s := newShop()
	s.afterSprint(t)
	golden(t, "review-after", s.writer().Review("product:1").Body)
}

const nasty = "@acme/all {code} [x|https://evil.example] #12 <script>alert(1)</script> fixes #1 | ![i](u) !img.png! [~bob] :tada:\n# heading\n* item \u202e"

// hostile is the shop in which everything that others write is hostile.
func hostile() *shop {
	s := newShop()
	for i := range s.items {
		it := &s.items[i]
		it.Title = nasty
		for name, section := range it.Sections {
			for j := range section.Entries {
				section.Entries[j] = nasty
			}
			section.Prose = nasty
			it.Sections[name] = section
		}
	}
	for i := range s.said {
		if s.said[i].Verb != "done" {
			s.said[i].Text += " " + nasty
		}
		s.said[i].Author = nasty
	}
	return s
}

func TestForeignTextIsInertInEveryDocument(t *testing.T) {
	s := hostile()
	w := s.writer()
	for name, d := range map[string]brief.Document{"hostile-epic": w.Epic(checkout), "hostile-team": w.Team(web), "hostile-review": w.Review("product:1"), "hostile-product": w.Product(), "hostile-crossteam": w.CrossTeam()} {
		golden(t, name, d.Body)
	}
}
