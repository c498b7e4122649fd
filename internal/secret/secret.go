// Package secret is a value that nobody may read by accident: it prints as "(hidden)" everywhere.
package secret

import (
	"errors"
	"fmt"
	"log/slog"
	"os"
	"strings"
)

const hidden = "(hidden)"

// Secret holds a token. Only Reveal gives it away, so that every use can be found.
type Secret struct{ value string }

// New wraps a value.
func New(value string) Secret { return Secret{value} }

// Reveal returns the value, for the one place that sends it.
func (s Secret) Reveal() string { return s.value }

// IsZero says whether there is no value.
func (s Secret) IsZero() bool { return s.value == "" }

// String prints no secret.
func (s Secret) String() string { return hidden }

// GoString prints no secret.
func (s Secret) GoString() string { return hidden }

// Format prints no secret, whatever the verb.
func (s Secret) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(hidden)) }

// MarshalText writes no secret.
func (s Secret) MarshalText() ([]byte, error) { return []byte(hidden), nil }

// LogValue logs no secret.
func (s Secret) LogValue() slog.Value { return slog.StringValue(hidden) }

// Source is where a secret comes from: exactly one of a file, an environment
// variable, or (where the config says so itself) the value.
type Source struct {
	File  string `yaml:"token_file"`
	Env   string `yaml:"token_env"`
	Value string `yaml:"token"`
}

// Read returns the secret as it is now. Files are read at each use, because
// Kubernetes renews them in place; surrounding white space does not count.
func (s Source) Read() (Secret, error) {
	switch {
	case s.File != "":
		raw, err := os.ReadFile(s.File)
		if err != nil {
			return Secret{}, fmt.Errorf("read token: %w", err)
		}
		return nonEmpty(string(raw), "file "+s.File)
	case s.Env != "":
		return nonEmpty(os.Getenv(s.Env), "environment variable "+s.Env)
	case s.Value != "":
		return nonEmpty(s.Value, "config")
	}
	return Secret{}, errors.New("read token: no token_file, token_env or token is set")
}

func nonEmpty(raw, from string) (Secret, error) {
	value := strings.TrimSpace(raw)
	if value == "" {
		return Secret{}, fmt.Errorf("read token: %s is empty", from)
	}
	return New(value), nil
}
