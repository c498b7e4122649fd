package store

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"

	"github.com/pressly/goose/v3"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

//go:embed migrations/*.sql
var migrations embed.FS

// migrate brings a database of any age to the present form. One that a newer
// Strata wrote is refused untouched: we cannot know what it means.
func migrate(ctx context.Context, db *sql.DB) error {
	folder, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	if err := db.PingContext(ctx); err != nil {
		return damaged(err)
	}
	provider, err := goose.NewProvider(goose.DialectSQLite3, db, folder, goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	current, known, err := provider.GetVersions(ctx)
	if err != nil {
		return damaged(err)
	}
	if current > known {
		return fmt.Errorf("written by a newer strata (form %d, this one knows %d): use that version or a newer one, or another store.url", current, known)
	}
	if _, err := provider.Up(ctx); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	return nil
}

// damaged adds the remedy where the file is not a database.
func damaged(err error) error {
	var cause *sqlite.Error
	if errors.As(err, &cause) && (cause.Code() == sqlite3.SQLITE_NOTADB || cause.Code() == sqlite3.SQLITE_CORRUPT) {
		return fmt.Errorf("damaged (%w): move the file away; everything in it is read again from the trackers", err)
	}
	return fmt.Errorf("migrate: %w", err)
}
