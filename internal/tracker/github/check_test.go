package github

import (
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"

	"strata/internal/sandbox/world"
	"strata/internal/tracker"
)

func told(problems []tracker.Problem) (faults, notices string) {
	for _, p := range problems {
		line := p.Scope + ": " + p.Text + " → " + p.Remedy + "\n"
		if p.Severity == tracker.Fault {
			faults += line
		} else {
			notices += line
		}
	}
	return faults, notices
}

func TestCheckNamesAFieldThatIsMissingAndThoseThereAre(t *testing.T) {
	b := open(t, 1)
	g := b.client(func(cfg *Config) {
		cfg.ProjectFields.Team = "Squad"
		cfg.ProjectFields.Due = "Team"
	})
	faults, notices := told(g.Check(t.Context(), []tracker.Scope{projectScope}))
	if faults != "" {
		t.Errorf("faults:\n%s\nwant none", faults)
	}
	for _, want := range []string{`no field "Squad" (project_fields.team)`, "Estimate, Iteration, Status, Team", `"Team" of project acme/7 (project_fields.due) is of type text`} {
		if !strings.Contains(notices, want) {
			t.Errorf("notices:\n%s\nwant %q", notices, want)
		}
	}
}

func TestCheckFindsWhatCannotBeReadOrWritten(t *testing.T) {
	b := open(t, 1)
	b.write(func(s *world.State) { s.AddRepo("acme", "old").Archived = true })
	faults, notices := told(b.Check(t.Context(), []tracker.Scope{
		{Name: "gone", Project: "acme/99"},
		{Name: "nobody", Project: "nobody/1"},
		{Name: "repos", Repositories: []string{"acme/api", "acme/nowhere", "acme/old"}},
		{Name: "both", Project: "acme/7", Repositories: []string{"acme/api"}},
		{Name: "jql", JQL: "project = WEB"},
	}))
	for _, want := range []string{"gone: project acme/99 cannot be read", "nobody: project nobody/1 cannot be read", "repos: repository acme/nowhere cannot be seen", "both: scope both: want either", "jql: scope jql: want either"} {
		if !strings.Contains(faults, want) {
			t.Errorf("faults:\n%s\nwant %q", faults, want)
		}
	}
	if !strings.Contains(notices, "repository acme/old is archived") {
		t.Errorf("notices:\n%s\nwant the archived repository", notices)
	}
	if got := strings.Count(faults, "\n"); got != 5 {
		t.Errorf("%d faults; want 5:\n%s", got, faults)
	}
}

func TestCheckTellsOfABadTokenAndNeverShowsIt(t *testing.T) {
	b := open(t, 1)
	g := b.client(func(cfg *Config) { cfg.Auth.Value = "ghp_wrong" })
	problems := g.Check(t.Context(), []tracker.Scope{repoScope})
	faults, _ := told(problems)
	if len(problems) != 1 || !strings.Contains(faults, "unauthorized") || strings.Contains(faults, "ghp_wrong") {
		t.Errorf("faults:\n%s\nwant one, unauthorized, without the token", faults)
	}
}

func TestCheckTellsWhenTheTokenEndsSoonAndWhatItMayNot(t *testing.T) {
	g, _ := fake(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Date", "Tue, 02 Jun 2026 10:03:06 GMT")
		w.Header().Set("github-authentication-token-expiration", "2026-06-12 09:51:24 UTC")
		w.Header().Set("X-OAuth-Scopes", "read:org, gist")
		_, _ = io.WriteString(w, `{"data":{"nodes":[]}}`)
	})
	_, notices := told(g.Check(t.Context(), nil))
	for _, want := range []string{"expires on 12 Jun 2026 09:51 UTC", "neither the scope repo", "read:project"} {
		if !strings.Contains(notices, want) {
			t.Errorf("notices:\n%s\nwant %q", notices, want)
		}
	}
}

func TestConfigNamesEveryMistake(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*Config)
		want   []string
	}{
		{"good", func(*Config) {}, nil},
		{"website", func(c *Config) { c.URL = "https://github.com" }, []string{"the API is https://api.github.com"}},
		{"no address", func(c *Config) { c.URL = "api.github.com" }, []string{"is not an address"}},
		{"open network", func(c *Config) { c.URL = "http://ghes.example/api/v3" }, []string{"http://"}},
		{"no credential", func(c *Config) { c.Auth.Value = "" }, []string{"exactly one"}},
		{"two credentials", func(c *Config) { c.Auth.Env = "X" }, []string{"exactly one"}},
		{"half an App", func(c *Config) { c.Auth.Value, c.Auth.App = "", &App{ID: 1} }, []string{"auth.app"}},
		{"former account", func(c *Config) { c.FormerAccounts = []string{"@bot"} }, []string{"former_accounts"}},
		{"several", func(c *Config) { c.URL, c.Auth.Value = "x", "" }, []string{"is not an address", "exactly one"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			cfg := Default()
			cfg.Auth.Value = "ghp_sesame"
			c.change(&cfg)
			var got []string
			for _, err := range cfg.Validate() {
				got = append(got, err.Error())
			}
			if len(got) != len(c.want) || slices.ContainsFunc(c.want, func(w string) bool { return !strings.Contains(strings.Join(got, "\n"), w) }) {
				t.Errorf("mistakes = %q; want %q", got, c.want)
			}
		})
	}
}

func TestCheckTellsOfAServerThatIsTooOld(t *testing.T) {
	g, _ := fake(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodGet {
			http.Error(w, `{"message":"Rate limiting is not enabled."}`, http.StatusNotFound)
			return
		}
		_, _ = io.WriteString(w, `{"errors":[{"path":["fragment issue","blockedBy"],"message":"Field 'blockedBy' doesn't exist on type 'Issue'"}]}`)
	})
	faults, _ := told(g.Check(t.Context(), []tracker.Scope{repoScope}))
	if !strings.Contains(faults, "blockedBy") || !strings.Contains(faults, "3.19") || strings.Count(faults, "\n") != 1 {
		t.Errorf("faults:\n%s\nwant that the server does not know blockedBy", faults)
	}
}
