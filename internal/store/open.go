package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"

	_ "modernc.org/sqlite" // the database/sql driver "sqlite"
)

// Store is an open memory. It is safe for concurrent use; writing waits its turn.
type Store struct {
	write *sql.DB // one connection
	read  *sql.DB // several, which see what is committed; the same as write in memory
	close []func() error
}

// Open opens the memory for the one process that may change it, makes it where
// there is none, and brings it to the present form.
func Open(ctx context.Context, config Config) (*Store, error) {
	path, err := parseURL(config.URL)
	if err != nil {
		return nil, fmt.Errorf("store: url: %w", err)
	}
	if path == inMemory {
		return openMemory(ctx)
	}
	if path, err = prepare(path); err != nil {
		return nil, err
	}
	unlock, err := lock(path)
	if err != nil {
		return nil, err
	}
	return openFile(ctx, path, unlock)
}

// OpenCopy opens a consistent copy of the memory beside the process that owns
// it; what is written to the copy is lost when it is closed. Where there is no
// memory yet the copy is empty, and none is made.
func OpenCopy(ctx context.Context, rawURL string) (*Store, error) {
	path, err := parseURL(rawURL)
	if err != nil {
		return nil, fmt.Errorf("store: url: %w", err)
	}
	if path == inMemory {
		return openMemory(ctx)
	}
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return openMemory(ctx)
	} else if err != nil {
		return nil, fmt.Errorf("store: copy: %w", err)
	}
	folder, err := os.MkdirTemp("", "strata-copy-") // mode 0700
	if err != nil {
		return nil, fmt.Errorf("store: copy %s: %w", path, err)
	}
	remove := func() error { return os.RemoveAll(folder) }
	target := filepath.Join(folder, "strata.db")
	if err := copyInto(ctx, path, target); err != nil {
		return nil, errors.Join(fmt.Errorf("store: copy %s: %w", path, err), remove())
	}
	return openFile(ctx, target, remove)
}

func copyInto(ctx context.Context, path, target string) error {
	path, err := filepath.Abs(path)
	if err != nil {
		return err
	}
	settings := []string{"mode=ro"}
	if _, err := os.Stat(path + "-wal"); errors.Is(err, fs.ErrNotExist) {
		// Nobody has it open: reading it as it lies leaves no file beside it.
		settings = append(settings, "immutable=1")
	}
	db, err := sql.Open("sqlite", dsn(path, settings...))
	if err != nil {
		return err
	}
	_, err = db.ExecContext(ctx, `VACUUM INTO ?`, target)
	return errors.Join(err, db.Close())
}

// Close ends the use of the memory and frees its lock.
func (s *Store) Close() error {
	var errs []error
	for _, closing := range s.close {
		errs = append(errs, closing())
	}
	s.close = nil
	if err := errors.Join(errs...); err != nil {
		return fmt.Errorf("store: close: %w", err)
	}
	return nil
}

// prepare makes the folder and the file, readable by their owner alone: the
// memory holds titles that not everyone may see. It returns the file's real path.
func prepare(path string) (string, error) {
	const remedy = "set store.url to a place this user may write"
	path, err := filepath.Abs(path)
	if err != nil {
		return "", fmt.Errorf("store: %w", err)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return "", fmt.Errorf("store: make folder: %w: %s", err, remedy)
	}
	file, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return "", fmt.Errorf("store: %w: %s", err, remedy)
	}
	if err := file.Close(); err != nil {
		return "", fmt.Errorf("store: %w", err)
	}
	// One file must have one lock, whatever links lead to it.
	if path, err = filepath.EvalSymlinks(path); err != nil {
		return "", fmt.Errorf("store: %w", err)
	}
	return path, nil
}

func openFile(ctx context.Context, path string, release func() error) (_ *Store, err error) {
	s := &Store{close: []func() error{release}}
	defer func() {
		if err != nil {
			err = errors.Join(err, s.Close())
		}
	}()
	// Writing begins its transactions at once with the lock, so that none of
	// them fails half-way because another one was faster.
	s.write, err = sql.Open("sqlite", dsn(path, "_txlock=immediate", "_pragma=journal_mode(wal)", "_pragma=synchronous(full)"))
	if err != nil {
		return nil, fmt.Errorf("store: open %s: %w", path, err)
	}
	s.close = append([]func() error{s.write.Close}, s.close...)
	s.write.SetMaxOpenConns(1)
	if err := migrate(ctx, s.write); err != nil {
		return nil, fmt.Errorf("store: %s: %w", path, err)
	}
	s.read, err = sql.Open("sqlite", dsn(path, "_pragma=query_only(true)"))
	if err != nil {
		return nil, fmt.Errorf("store: open %s: %w", path, err)
	}
	s.close = append([]func() error{s.read.Close}, s.close...)
	s.read.SetMaxOpenConns(4)
	return s, nil
}

func openMemory(ctx context.Context) (*Store, error) {
	db, err := sql.Open("sqlite", inMemory)
	if err != nil {
		return nil, fmt.Errorf("store: open memory: %w", err)
	}
	// The database lives and ends with its one connection.
	db.SetMaxOpenConns(1)
	s := &Store{write: db, read: db, close: []func() error{db.Close}}
	if err := migrate(ctx, db); err != nil {
		return nil, errors.Join(fmt.Errorf("store: memory: %w", err), s.Close())
	}
	return s, nil
}

// dsn writes the file's name and its settings as the driver reads them.
func dsn(path string, settings ...string) string {
	query := "_pragma=busy_timeout(10000)"
	for _, setting := range settings {
		query += "&" + setting
	}
	return (&url.URL{Scheme: "file", Path: path, RawQuery: query}).String()
}
