package store

import (
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"strings"
)

// Config says where the memory lives.
type Config struct {
	// URL is sqlite:///absolute/path, sqlite:relative/path or, for a memory that
	// ends with the process, sqlite::memory:.
	// Defaults to sqlite:///var/lib/strata/strata.db.
	URL string `yaml:"url"`
}

// Default returns the config of a store that the operator says nothing about.
func Default() Config { return Config{URL: "sqlite:///var/lib/strata/strata.db"} }

// Validate returns what is wrong with the config, each mistake beginning with its field.
func (c Config) Validate() []error {
	if _, err := parseURL(c.URL); err != nil {
		return []error{fmt.Errorf("url: %w", err)}
	}
	return nil
}

const inMemory = ":memory:"

const forms = "want sqlite::memory:, sqlite:relative/path or sqlite:///absolute/path"

// parseURL returns the path of the database file, or inMemory. An error shows no
// more of the URL than its scheme: the URL of another database may hold a password.
func parseURL(raw string) (string, error) {
	scheme, rest, found := strings.Cut(raw, ":")
	switch {
	case raw == "":
		return "", errors.New("is empty: " + forms)
	case !found || scheme != "sqlite":
		if !found {
			scheme = "no scheme"
		}
		return "", fmt.Errorf("unsupported value (%s): %s", scheme, forms)
	case rest == inMemory:
		return inMemory, nil
	}
	if after, ok := strings.CutPrefix(rest, "//"); ok {
		if !strings.HasPrefix(after, "/") {
			return "", fmt.Errorf("sqlite://%s: an absolute path has three slashes: %s", after, forms)
		}
		rest = after
	}
	path, err := url.PathUnescape(rest)
	if err != nil {
		return "", fmt.Errorf("path %q: a %% must be written %%25: %s", rest, forms)
	}
	if path == "" || strings.HasSuffix(path, "/") || strings.Contains(path, "\x00") {
		return "", fmt.Errorf("path %q names no file: %s", path, forms)
	}
	if strings.Contains(path, "?") {
		return "", fmt.Errorf("path %q: the store takes no options: %s", path, forms)
	}
	return filepath.Clean(path), nil
}
