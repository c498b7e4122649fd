package githubsim

import (
	"crypto/rsa"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/golang-jwt/jwt/v4"

	"strata/internal/sandbox/world"
)

// App is a GitHub App that somebody registered, with the organisations that installed it.
type App struct {
	ID            int64
	ClientID      string // the other name by which its JWTs may be issued; empty: none
	Slug          string // its account is SLUG[bot]
	Key           *rsa.PublicKey
	Permissions   map[string]string // Defaults to issues: write, organization_projects: read, pull_requests: read.
	Installations []Installation
}

// Installation is an App in an organisation or with a person.
type Installation struct {
	ID           int64
	Account      string   // login
	Repositories []string // owner/name; nil: all of the account's
	Suspended    bool
}

// tokenLife is how long an installation's token opens anything, by the world's clock.
const tokenLife = time.Hour

// longestJWT is how far ahead a JWT may expire.
const longestJWT = 10 * time.Minute

// appOf finds the App that speaks by a JWT: signed by its key with RS256, issued in the past, running out within ten
// minutes.
func (s *Simulator) appOf(token string) (*App, *refusal) {
	claims := jwt.MapClaims{}
	reader := jwt.NewParser(jwt.WithValidMethods([]string{jwt.SigningMethodRS256.Alg()}), jwt.WithoutClaimsValidation())
	if _, _, err := reader.ParseUnverified(token, claims); err != nil {
		return nil, undecodable()
	}
	issuer := claimText(claims["iss"])
	if issuer == "" {
		return nil, refuse(http.StatusUnauthorized, "Missing 'issuer' claim ('iss') in assertion")
	}
	app := s.appNamed(issuer)
	if app == nil {
		return nil, refuse(http.StatusNotFound, "Integration not found")
	}
	if _, err := reader.Parse(token, func(*jwt.Token) (any, error) { return app.Key, nil }); err != nil || app.Key == nil {
		return nil, undecodable()
	}
	now := s.now()
	issued, ok := claims["iat"].(float64)
	if !ok || issued > float64(now.Unix()) {
		return nil, refuse(http.StatusUnauthorized, "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued")
	}
	expires, ok := claims["exp"].(float64)
	switch {
	case !ok || expires <= float64(now.Unix()):
		return nil, refuse(http.StatusUnauthorized, "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires")
	case expires > float64(now.Add(longestJWT).Unix()):
		return nil, refuse(http.StatusUnauthorized, "'Expiration time' claim ('exp') is too far in the future")
	}
	return app, nil
}

func undecodable() *refusal {
	return refuse(http.StatusUnauthorized, "A JSON web token could not be decoded")
}

// claimText reads an issuer, which clients write as text or as a number.
func claimText(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case float64:
		return strconv.FormatInt(int64(v), 10)
	}
	return ""
}

func (s *Simulator) appNamed(issuer string) *App {
	for n := range s.options.Apps {
		if app := &s.options.Apps[n]; strconv.FormatInt(app.ID, 10) == issuer || app.ClientID != "" && app.ClientID == issuer {
			return app
		}
	}
	return nil
}

// appBySlug finds an App by the name in its account; nil when nobody registered it here.
func (s *Simulator) appBySlug(slug string) *App {
	for n := range s.options.Apps {
		if app := &s.options.Apps[n]; strings.EqualFold(app.Slug, slug) {
			return app
		}
	}
	return nil
}

// installation finds one of the App's; nil when there is none of that id.
func (a *App) installation(id int64) *Installation {
	for n := range a.Installations {
		if a.Installations[n].ID == id {
			return &a.Installations[n]
		}
	}
	return nil
}

// at finds the installation that covers a repository, or (r nil) an account.
func (a *App) at(account string, r *world.Repo) *Installation {
	for n := range a.Installations {
		in := &a.Installations[n]
		if strings.EqualFold(in.Account, account) && (r == nil || (&grant{repositories: in.Repositories, permissions: a.permissions()}).covers(r)) {
			return in
		}
	}
	return nil
}

func (a *App) permissions() map[string]string {
	if a.Permissions == nil {
		return withMetadata(map[string]string{"issues": "write", "organization_projects": "read", "pull_requests": "read"})
	}
	return withMetadata(a.Permissions)
}
