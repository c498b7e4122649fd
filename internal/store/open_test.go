package store_test

import (
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"strata/internal/store"
	"strata/internal/work"
)

func TestASecondProcessIsRefusedWithTheRemedy(t *testing.T) {
	s, path := open(t)
	_, err := store.Open(t.Context(), store.Config{URL: "sqlite://" + path})
	want := "store: " + path + " is in use by another strata, which holds " + path + ".lock: stop that one, or give this one a store.url of its own"
	if err == nil || err.Error() != want {
		t.Errorf("error = %v\nwant    %s", err, want)
	}
	link := filepath.Join(t.TempDir(), "link.db")
	must(t, os.Symlink(path, link))
	if _, err := store.Open(t.Context(), store.Config{URL: "sqlite://" + link}); err == nil {
		t.Error("a link to the file was opened beside the file itself")
	}
	must(t, s.Close())
	must(t, reopen(t, path).Close()) // the lock is free again
}

func TestAKillInTheMiddleLosesNothingCommitted(t *testing.T) {
	s, path := open(t)
	must(t, s.Apply(t.Context(), "shop", store.Delta{Records: []work.Record{record("1", "kept")}, Reading: &store.Reading{Scope: "web", Cursor: "c1"}}))
	must(t, s.SaveIntent(t.Context(), "shop", intent("1")))
	want := load(t, s, "shop")

	// What another process finds when this one is killed: the files as they are,
	// with a transaction under way and nothing flushed or closed.
	db, err := sql.Open("sqlite", path)
	must(t, err)
	defer db.Close()
	tx, err := db.Begin()
	must(t, err)
	defer tx.Rollback()
	for _, change := range []string{"DELETE FROM intents", "DELETE FROM records", "UPDATE readings SET cursor = 'c2'"} {
		if _, err := tx.Exec(change); err != nil {
			t.Fatal(err)
		}
	}
	killed := filepath.Join(t.TempDir(), "strata.db")
	for _, suffix := range []string{"", "-wal", "-shm"} {
		content, err := os.ReadFile(path + suffix)
		must(t, err)
		must(t, os.WriteFile(killed+suffix, content, 0o600))
	}
	if diff := cmp.Diff(load(t, reopen(t, killed), "shop"), want); diff != "" {
		t.Errorf("after the kill (-got +want):\n%s", diff)
	}
}

func TestACopyIsReadBesideTheOwner(t *testing.T) {
	s, path := open(t)
	must(t, s.Apply(t.Context(), "shop", store.Delta{Records: []work.Record{record("1", "one")}}))
	beside, err := store.OpenCopy(t.Context(), "sqlite://"+path)
	must(t, err)
	want := load(t, s, "shop")
	if diff := cmp.Diff(load(t, beside, "shop"), want); diff != "" {
		t.Errorf("the copy (-got +want):\n%s", diff)
	}
	must(t, beside.Apply(t.Context(), "shop", store.Delta{Records: []work.Record{record("2", "two")}}))
	must(t, beside.Close())
	if diff := cmp.Diff(load(t, s, "shop"), want); diff != "" {
		t.Errorf("writing to the copy changed the memory (-got +want):\n%s", diff)
	}
}

func TestACopyOfNothingIsEmptyAndMakesNothing(t *testing.T) {
	folder := t.TempDir()
	s, err := store.OpenCopy(t.Context(), "sqlite://"+filepath.Join(folder, "none", "strata.db"))
	must(t, err)
	if got := load(t, s, "shop"); len(got.Records) != 0 {
		t.Errorf("records = %v; want none", got.Records)
	}
	must(t, s.Close())
	if left, err := os.ReadDir(folder); err != nil || len(left) != 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

func TestReadingAndWritingDoNotStopEachOther(t *testing.T) {
	for _, url := range []string{"sqlite::memory:", "sqlite://" + filepath.Join(t.TempDir(), "strata.db")} {
		s, err := store.Open(t.Context(), store.Config{URL: url})
		must(t, err)
		var many []work.Record
		for i := range 5000 {
			many = append(many, record(id(i), "many"))
		}
		must(t, s.Apply(t.Context(), "shop", store.Delta{Records: many}))
		read := 0
		for r, err := range s.Records(t.Context(), "shop") {
			must(t, err)
			if read++; read%1000 == 0 { // writing while the reading is under way
				r.Title = "changed"
				must(t, s.Apply(t.Context(), "shop", store.Delta{Records: []work.Record{r}}))
			}
		}
		writers := make(chan error)
		for _, product := range []string{"a", "b", "c"} {
			go func() {
				writers <- s.Apply(context.WithoutCancel(t.Context()), product, store.Delta{Records: many[:500]})
			}()
		}
		if got := len(load(t, s, "shop").Records); read != 5000 || got != 5000 {
			t.Errorf("%s: read %d and loaded %d records; want 5000", url, read, got)
		}
		for range 3 {
			must(t, <-writers)
		}
		must(t, s.Close())
	}
}

func TestADatabaseOfANewerFormIsRefusedUntouched(t *testing.T) {
	s, path := open(t)
	must(t, s.Close())
	db, err := sql.Open("sqlite", path)
	must(t, err)
	_, err = db.Exec("INSERT INTO goose_db_version (version_id, is_applied) VALUES (999, 1)")
	must(t, err)
	must(t, db.Close())
	_, err = store.Open(t.Context(), store.Config{URL: "sqlite://" + path})
	if err == nil || !strings.Contains(err.Error(), "written by a newer strata (form 999, this one knows 3)") {
		t.Errorf("error = %v; want one about the newer form", err)
	}
}

func TestADamagedFileComesWithItsRemedy(t *testing.T) {
	path := filepath.Join(t.TempDir(), "strata.db")
	must(t, os.WriteFile(path, []byte(strings.Repeat("this is not a database\n", 400)), 0o600))
	_, err := store.Open(t.Context(), store.Config{URL: "sqlite://" + path})
	if err == nil || !strings.Contains(err.Error(), "move the file away") {
		t.Errorf("error = %v; want the remedy", err)
	}
	must(t, os.Remove(path))
	reopen(t, path) // the failed opening gave the lock back
}

func TestURLsSayWhereTheMemoryIs(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, url := range []string{"sqlite:a.db", "sqlite:folder/b%25c d.db", "sqlite://" + filepath.Join(t.TempDir(), "x#y.db")} {
		s, err := store.Open(t.Context(), store.Config{URL: url})
		if err != nil {
			t.Errorf("%s: %v", url, err)
			continue
		}
		must(t, s.Close())
	}
	for _, name := range []string{"a.db", "folder/b%c d.db"} {
		if _, err := os.Stat(name); err != nil {
			t.Error(err)
		}
	}
	const forms = "want sqlite::memory:, sqlite:relative/path or sqlite:///absolute/path"
	for url, want := range map[string]string{
		"":                             "url: is empty: " + forms,
		"postgres://u:hunter2@h/d":     "url: unsupported value (postgres): " + forms,
		"/var/lib/strata.db":           "url: unsupported value (no scheme): " + forms,
		"sqlite://var/lib/strata.db":   "url: sqlite://var/lib/strata.db: an absolute path has three slashes: " + forms,
		"sqlite:":                      `url: path "" names no file: ` + forms,
		"sqlite:///var/lib/":           `url: path "/var/lib/" names no file: ` + forms,
		"sqlite:///var/a.db?mode=rwc":  `url: path "/var/a.db?mode=rwc": the store takes no options: ` + forms,
		"sqlite:///var/100%/strata.db": `url: path "/var/100%/strata.db": a % must be written %25: ` + forms,
	} {
		errs := store.Config{URL: url}.Validate()
		if len(errs) != 1 || errs[0].Error() != want {
			t.Errorf("%q: %v\nwant %s", url, errs, want)
		}
		if _, err := store.Open(t.Context(), store.Config{URL: url}); err == nil || err.Error() != "store: "+want {
			t.Errorf("Open(%q): %v\nwant store: %s", url, err, want)
		}
	}
	if errs := store.Default().Validate(); errs != nil {
		t.Errorf("the default is refused: %v", errs)
	}
}
