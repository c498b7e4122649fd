package richtext_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"strata/internal/sandbox/richtext"
)

// schema is the published schema of Atlassian documents, from $STRATA_ADF_SCHEMA
// or where the gate puts it; a test that needs it is skipped where it is absent.
func schema(t testing.TB) *jsonschema.Schema {
	t.Helper()
	path := os.Getenv("STRATA_ADF_SCHEMA")
	if path == "" {
		cache, err := os.UserCacheDir()
		if err != nil {
			t.Skip("no cache folder to look for the ADF schema in; set STRATA_ADF_SCHEMA")
		}
		path = filepath.Join(cache, "strata-ci", "adf", "full.json")
	}
	raw, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		t.Skipf("the ADF schema is not at %s; fetch npm @atlaskit/adf-schema or set STRATA_ADF_SCHEMA", path)
	}
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.DefaultDraft(jsonschema.Draft4)
	if err := c.AddResource("adf.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("adf.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func valid(t testing.TB, s *jsonschema.Schema, raw []byte) error {
	t.Helper()
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	return s.Validate(v)
}

// TestCheckAgreesWithThePublishedSchema makes documents of every node and mark,
// spoils most of them a little, and asks both.
func TestCheckAgreesWithThePublishedSchema(t *testing.T) {
	s := schema(t)
	m := &maker{r: rand.New(rand.NewPCG(1, 2)), start: 4} // the schema's library is slow to say no to deep documents
	good, bad, most := 0, 0, 100
	if testing.Short() {
		most = 20
	}
	for n := range most {
		doc := m.doc()
		for range n % 4 {
			m.spoil(doc)
		}
		raw, err := json.Marshal(doc)
		if err != nil {
			t.Fatal(err)
		}
		ours, theirs := richtext.Check(raw), valid(t, s, raw)
		if (ours == nil) != (theirs == nil) {
			t.Fatalf("we say %v, the schema says %v of\n%s", ours, theirs, raw)
		}
		if ours == nil {
			good++
		} else {
			bad++
		}
	}
	if good < most/5 || bad < most/5 {
		t.Errorf("%d valid and %d invalid documents prove little", good, bad)
	}
}

// TestWhatWikiTextBecomesIsValid reads hostile and ordinary wiki text.
func TestWhatWikiTextBecomesIsValid(t *testing.T) {
	s := schema(t)
	m := &maker{r: rand.New(rand.NewPCG(3, 4))}
	for range 300 {
		wiki := m.wiki()
		doc := richtext.FromWiki(wiki, nil)
		raw, err := json.Marshal(doc)
		if err != nil {
			t.Fatal(err)
		}
		if err := valid(t, s, raw); err != nil {
			t.Fatalf("%q became\n%s\n%v", wiki, raw, err)
		}
	}
}

// TestWhatADFSaysSurvivesWikiText takes valid documents over to wiki text and
// back: still valid, and none of the words lost.
func TestWhatADFSaysSurvivesWikiText(t *testing.T) {
	m := &maker{r: rand.New(rand.NewPCG(5, 6)), tame: true}
	for range 300 {
		raw, err := json.Marshal(m.doc())
		if err != nil {
			t.Fatal(err)
		}
		doc, err := richtext.FromADF(raw)
		if err != nil {
			t.Fatalf("%v\n%s", err, raw)
		}
		wiki := richtext.Wiki(doc)
		back := richtext.FromWiki(wiki, nil)
		again, err := json.Marshal(back)
		if err != nil {
			t.Fatal(err)
		}
		if err := richtext.Check(again); err != nil {
			t.Fatalf("%v\n%s\n%s", err, raw, wiki)
		}
		if want, got := words(raw), words(again); got != want {
			t.Fatalf("the words changed\n got %q\nwant %q\nadf  %s\nwiki %s\nback %s", got, want, raw, wiki, again)
		}
		if third := richtext.Wiki(back); richtext.Wiki(richtext.FromWiki(third, nil)) != third {
			t.Fatalf("wiki text does not come to rest:\n%s\n---\n%s", third, richtext.Wiki(richtext.FromWiki(third, nil)))
		}
	}
}
