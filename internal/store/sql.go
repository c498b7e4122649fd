package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"
	"time"
)

// moment is a time as the database keeps it: microseconds since 1970, 0 for none.
type moment time.Time

// Scan reads the column.
func (m *moment) Scan(column any) error {
	micros, ok := column.(int64)
	if !ok {
		return fmt.Errorf("time: want an integer, got %T", column)
	}
	*m = moment{}
	if micros != 0 {
		*m = moment(time.UnixMicro(micros).UTC())
	}
	return nil
}

// Value writes the column.
func (m moment) Value() (driver.Value, error) {
	if time.Time(m).IsZero() {
		return int64(0), nil
	}
	return time.Time(m).UnixMicro(), nil
}

type scanner func(columns ...any) error

// query calls row for each row of the answer. The product is the first argument of every query.
func (s *Store) query(ctx context.Context, what, product string, row func(scanner) error, text string, args ...any) error {
	err := func() error {
		rows, err := s.read.QueryContext(ctx, text, append([]any{product}, args...)...)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			if err := row(rows.Scan); err != nil {
				return err
			}
		}
		return rows.Err()
	}()
	if err != nil {
		return fmt.Errorf("store: read %s of %s: %w", what, product, err)
	}
	return nil
}

// transact runs the work in one transaction: all of it is kept, or nothing.
func (s *Store) transact(ctx context.Context, doing string, do func(*batch) error) error {
	tx, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("store: %s: %w", doing, err)
	}
	defer tx.Rollback() // no effect once committed
	b := &batch{ctx: ctx, tx: tx, prepared: map[string]*sql.Stmt{}}
	if err := do(b); err != nil {
		return fmt.Errorf("store: %s: %w", doing, err)
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("store: %s: %w", doing, err)
	}
	return nil
}

// batch is a transaction that prepares each statement once.
type batch struct {
	ctx      context.Context
	tx       *sql.Tx
	prepared map[string]*sql.Stmt
}

func (b *batch) exec(text string, args ...any) error {
	statement := b.prepared[text]
	if statement == nil {
		var err error
		if statement, err = b.tx.PrepareContext(b.ctx, text); err != nil {
			return err
		}
		b.prepared[text] = statement
	}
	_, err := statement.ExecContext(b.ctx, args...)
	return err
}
