package comment

import (
	"fmt"
	"net/url"
)

// Config is who we are in a comment, and where our rules are explained.
type Config struct {
	// Owner names this installation in every marker; two installations on one
	// tracker must differ. Required.
	Owner string `yaml:"owner"`
	// ExplainURL is where the rules are explained; the rule's id is put at its
	// end. Defaults to none: the comment then names the command.
	ExplainURL string `yaml:"explain_url"`
}

// maxOwner is the length in bytes that an owner may have; every comment carries it.
const maxOwner = 100

// Validate returns everything that cannot be meant.
func (c Config) Validate() []error {
	var errs []error
	switch {
	case c.Owner == "":
		errs = append(errs, fmt.Errorf("owner: missing; give this installation a name, such as acme-shop"))
	case len(c.Owner) > maxOwner:
		errs = append(errs, fmt.Errorf("owner: %d bytes long; at most %d are carried in every comment", len(c.Owner), maxOwner))
	}
	if c.ExplainURL != "" {
		if u, err := url.Parse(c.ExplainURL); err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
			errs = append(errs, fmt.Errorf("explain_url: want an address such as https://docs.example.com/strata/"))
		}
	}
	return errs
}

// Mark returns the marker of an open comment of this installation.
func (c Config) Mark(id Identity, digest, carried string) Marker {
	return Marker{Version: 1, Owner: c.Owner, Kind: id.Kind, Period: id.Period, State: Open, Digest: digest, Facts: carried}
}
