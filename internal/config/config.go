package config

import (
	"fmt"
	"log/slog"
	"strings"
	"time"

	"strata/internal/comment"
	"strata/internal/duration"
	"strata/internal/facts"
	"strata/internal/plan"
	"strata/internal/refine"
	"strata/internal/store"
	"strata/internal/web"
)

// Config is the whole file.
type Config struct {
	// Mode says whether comments are written: report-only or write; products and
	// teams may say so for themselves. Defaults to report-only.
	Mode plan.Mode `yaml:"mode"`
	// Words are who we are in comments. They stand at the top level of the file.
	Words comment.Config `yaml:",inline"`
	// Interval is the time from the start of one cycle to the next. Defaults to 5 minutes.
	Interval duration.Duration `yaml:"interval"`
	// FullRead is the time after which a scope is read from its beginning again,
	// which finds what no tracker tells of: deleted and moved items. Defaults to 24 hours.
	FullRead duration.Duration `yaml:"full_read"`
	// Store is where the memory is.
	Store store.Config `yaml:"store"`
	// Web says where health, metrics and reports are served.
	Web web.Config `yaml:"web"`
	// Log says what is logged.
	Log Log `yaml:"log"`
	// Trackers are the Jira sites and GitHub hosts, one credential each. Required.
	Trackers []Tracker `yaml:"trackers"`
	// Products are what the teams build. Required.
	Products []Product `yaml:"products"`
	// Rules are how dependencies and readiness are judged.
	Rules refine.Config `yaml:"rules"`
	// Sections are the headings, words and labels by which descriptions are read.
	Sections facts.SectionsConfig `yaml:"sections"`
	// Comments are how loud Strata may be.
	Comments plan.Config `yaml:"comments"`
}

// Log says what is logged, to standard error.
type Log struct {
	// Level is the least level that is logged: debug, info, warn or error. Defaults to info.
	Level LogLevel `yaml:"level"`
	// Format is json or text. Defaults to json.
	Format LogFormat `yaml:"format"`
}

// LogLevel is a level of the log.
type LogLevel slog.Level

// UnmarshalText reads a level.
func (l *LogLevel) UnmarshalText(text []byte) error {
	for _, level := range []slog.Level{slog.LevelDebug, slog.LevelInfo, slog.LevelWarn, slog.LevelError} {
		if string(text) == strings.ToLower(level.String()) {
			*l = LogLevel(level)
			return nil
		}
	}
	return fmt.Errorf("%q: want debug, info, warn or error", text)
}

// Level implements slog.Leveler.
func (l LogLevel) Level() slog.Level { return slog.Level(l) }

// LogFormat is how a line of the log is written.
type LogFormat string

// The formats of the log.
const (
	JSON LogFormat = "json"
	Text LogFormat = "text"
)

// UnmarshalText reads a format.
func (f *LogFormat) UnmarshalText(text []byte) error {
	switch LogFormat(text) {
	case JSON, Text:
		*f = LogFormat(text)
		return nil
	}
	return fmt.Errorf("%q: want json or text", text)
}

// Default returns the config of an empty file. What is required is missing in it.
func Default() Config {
	return Config{
		Mode:     plan.Reporting,
		Interval: duration.Duration(5 * time.Minute),
		FullRead: duration.Duration(24 * time.Hour),
		Store:    store.Default(),
		Web:      web.Default(),
		Log:      Log{Level: LogLevel(slog.LevelInfo), Format: JSON},
		Rules:    refine.Default(),
		// The usual headings stay out of this: facts reads them beside the operator's.
		Sections: facts.SectionsConfig{ToBeDone: facts.DefaultSections().ToBeDone, NeedsInfo: facts.DefaultSections().NeedsInfo},
		Comments: plan.Default(),
	}
}

// Format prints no part of the config: a token may stand in it.
func (c Config) Format(f fmt.State, _ rune) { fmt.Fprintf(f, "config of %s", c.Words.Owner) }
