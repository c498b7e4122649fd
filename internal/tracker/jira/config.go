package jira

import (
	"errors"
	"fmt"
	"strings"

	"strata/internal/duration"
	"strata/internal/secret"
	"strata/internal/tracker/wire"
)

// Config is one Jira site with one credential.
type Config struct {
	// URL is where the REST interface is, with the context path where there is
	// one. Required.
	URL string `yaml:"url"`
	// BrowseURL is where people open items. Defaults to URL; sites reached
	// through api.atlassian.com need it.
	BrowseURL string `yaml:"browse_url"`
	// Auth is the credential. Required.
	Auth Auth `yaml:"auth"`
	// Fields names custom fields by id or exact name. Defaults to those that the
	// site's own field types tell.
	Fields Fields `yaml:"fields"`
	// FormerAccounts lists accounts (ids on Cloud, names on Data Center) whose
	// comments are ours too. Defaults to none.
	FormerAccounts []string `yaml:"former_accounts"`
	// Overlap is how far a later reading goes back before the one that was last,
	// for what the search index did not show yet. Defaults to 5 minutes on Cloud and 2 on
	// Data Center.
	Overlap duration.Duration `yaml:"overlap"`
	// HTTP is how the site is reached.
	HTTP wire.Config `yaml:"http"`

	// LinkTypes are the ids and names of link types that the direction map
	// knows; Check reports the others. It comes from the config's links. Nil: not checked.
	LinkTypes []string `yaml:"-"`
	// Groups are the groups whose members' items are a team's. They come from the
	// teams' rules. Nil: none is asked about.
	Groups []string `yaml:"-"`
}

// Auth is a user with an API token (Cloud), or a personal access token alone (Data Center).
type Auth struct {
	// User is the e-mail address of the account on Cloud. Defaults to none, which
	// sends the token as a bearer token.
	User          string `yaml:"user"`
	secret.Source `yaml:",inline"`
}

// Fields names custom fields.
type Fields struct {
	// Team holds the team of an item. Defaults to the field of Jira's own team type.
	Team string `yaml:"team"`
	// Estimate holds the story points. Defaults to every field of the story-point
	// types and those named "Story Points"; the first that has a value counts.
	Estimate string `yaml:"estimate"`
	// Start holds the day on which work starts. Defaults to "Start date" or "Target start".
	Start string `yaml:"start"`
	// NeededBy holds the day by which an item is needed. Defaults to "Needed by".
	NeededBy string `yaml:"needed_by"`
	// AcceptanceCriteria holds the criteria as text. Defaults to "Acceptance Criteria".
	AcceptanceCriteria string `yaml:"acceptance_criteria"`
}

// Default returns the defaults.
func Default() Config { return Config{HTTP: wire.Default()} }

// Validate returns everything that is wrong with the config, each named by its field.
func (c Config) Validate() []error {
	var errs []error
	if err := c.HTTP.CheckOrigin(c.URL); err != nil {
		errs = append(errs, err)
	}
	if c.BrowseURL != "" && !strings.HasPrefix(c.BrowseURL, "https://") && !strings.HasPrefix(c.BrowseURL, "http://") {
		errs = append(errs, errors.New("browse_url: want one such as https://acme.atlassian.net"))
	}
	if c.Auth.Source == (secret.Source{}) {
		errs = append(errs, errors.New("auth: set one of token_file, token_env or token"))
	}
	for _, err := range c.HTTP.Validate() {
		errs = append(errs, fmt.Errorf("http.%w", err))
	}
	return errs
}
