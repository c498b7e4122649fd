package github

import (
	"errors"
	"fmt"
	"net/url"
	"strings"

	"strata/internal/secret"
	"strata/internal/tracker/wire"
)

// Config is one GitHub host with one credential, as the operator writes it.
type Config struct {
	// URL is the REST API: https://api.github.com, https://HOST/api/v3 for an
	// Enterprise Server, https://api.SUB.ghe.com with data residency.
	// Defaults to https://api.github.com.
	URL string `yaml:"url"`
	// Auth is the account that reads and comments. Required.
	Auth Auth `yaml:"auth"`
	// ProjectFields names the fields of Projects that carry what GitHub's issues lack.
	ProjectFields ProjectFields `yaml:"project_fields"`
	// FormerAccounts lists logins that wrote for us before; their comments that
	// bear our marker are ours too. Defaults to none.
	FormerAccounts []string `yaml:"former_accounts"`
	// Groups are the teams of GitHub, as organisation/team, whose members' items are
	// a team's. They come from the teams' rules. Nil: none is asked about.
	Groups []string `yaml:"-"`
	// HTTP is how gently and over which way GitHub is reached.
	HTTP wire.Config `yaml:"http"`
}

// Auth is a personal access token, or a GitHub App; exactly one of them.
type Auth struct {
	secret.Source `yaml:",inline"`
	// App is a GitHub App's installation; its comments bear the App's name. Defaults to none.
	App *App `yaml:"app"`
}

// App is a GitHub App with the one installation it works in.
type App struct {
	ID           int64  `yaml:"id"`           // the App's id. Required.
	Installation int64  `yaml:"installation"` // the installation's id. Required.
	KeyFile      string `yaml:"key_file"`     // the App's private key, PEM; read again at each use. Required.
}

// ProjectFields are names of fields in Projects, as people see them. An empty
// name means that no field carries it.
type ProjectFields struct {
	Status    string `yaml:"status"`    // a single select. Defaults to Status.
	Iteration string `yaml:"iteration"` // an iteration field. Defaults to Iteration.
	Estimate  string `yaml:"estimate"`  // a number. Defaults to Estimate.
	Team      string `yaml:"team"`      // a single select or a text. Defaults to Team.
	Start     string `yaml:"start"`     // a date. Defaults to none.
	Due       string `yaml:"due"`       // a date; where empty, the milestone's. Defaults to none.
	NeededBy  string `yaml:"needed_by"` // a date. Defaults to none.
}

const defaultURL = "https://api.github.com"

// Default is a Config with everything set that has a default.
func Default() Config {
	return Config{
		URL:           defaultURL,
		ProjectFields: ProjectFields{Status: "Status", Iteration: "Iteration", Estimate: "Estimate", Team: "Team"},
		HTTP:          wire.Default(),
	}
}

// Validate names every mistake that can be seen without asking GitHub.
func (c Config) Validate() []error {
	var mistakes []error
	if err := validURL(c.URL); err != nil {
		mistakes = append(mistakes, err)
	} else if err := c.HTTP.CheckOrigin(c.URL); err != nil {
		mistakes = append(mistakes, err)
	}
	for _, err := range c.HTTP.Validate() {
		mistakes = append(mistakes, fmt.Errorf("http.%w", err))
	}
	mistakes = append(mistakes, c.Auth.validate()...)
	for _, login := range c.FormerAccounts {
		if strings.TrimSpace(login) == "" || strings.ContainsAny(login, " @/") {
			mistakes = append(mistakes, fmt.Errorf("former_accounts: %q is not a login; write it without @", login))
		}
	}
	return mistakes
}

func validURL(raw string) error {
	u, err := url.Parse(raw)
	switch {
	case err != nil || u.Host == "" || (u.Scheme != "https" && u.Scheme != "http"):
		return fmt.Errorf("url: %q is not an address; write https://api.github.com, or https://HOST/api/v3 for an Enterprise Server", raw)
	case u.Host == "github.com" || u.Host == "www.github.com":
		return fmt.Errorf("url: %q is the website; the API is https://api.github.com", raw)
	case u.User != nil || u.RawQuery != "":
		return errors.New("url: must carry neither a user nor a query; credentials belong in auth")
	}
	return nil
}

func (a Auth) validate() []error {
	var mistakes []error
	sources := 0
	for _, set := range []bool{a.File != "", a.Env != "", a.Value != "", a.App != nil} {
		if set {
			sources++
		}
	}
	if sources != 1 {
		mistakes = append(mistakes, fmt.Errorf("auth: want exactly one of token_file, token_env, token or app; %d are set", sources))
	}
	if a.App != nil && (a.App.ID <= 0 || a.App.Installation <= 0 || a.App.KeyFile == "") {
		mistakes = append(mistakes, errors.New("auth.app: want id, installation and key_file; GitHub shows them on the App's settings page"))
	}
	return mistakes
}
