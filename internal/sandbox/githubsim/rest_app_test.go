package githubsim_test

import (
	"crypto/rand"
	"crypto/rsa"
	"fmt"
	"strconv"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v4"

	"strata/internal/sandbox/githubsim"
	"strata/internal/sandbox/world"
)

// itoa is an id in a path.
func itoa(id int64) string { return strconv.FormatInt(id, 10) }

// claims are those of a good JWT, minutes from now.
func claims(issuer any, issued, expires time.Duration) jwt.MapClaims {
	return jwt.MapClaims{"iss": issuer, "iat": today.Add(issued).Unix(), "exp": today.Add(expires).Unix()}
}

func signed(t *testing.T, key *rsa.PrivateKey, c jwt.MapClaims) string {
	t.Helper()
	out, err := jwt.NewWithClaims(jwt.SigningMethodRS256, c).SignedString(key)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func newApp(t *testing.T) (githubsim.App, *rsa.PrivateKey) {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	return githubsim.App{
		ID: 42, ClientID: "Iv1.strata", Slug: "strata", Key: &key.PublicKey, Permissions: map[string]string{"issues": "write"},
		Installations: []githubsim.Installation{
			{ID: 7, Account: "acme", Repositories: []string{"acme/api", "acme/web"}}, {ID: 8, Account: "other", Suspended: true},
		},
	}, key
}

func TestAppsSpeakByJWT(t *testing.T) {
	app, key := newApp(t)
	other, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	k := talkTo(t, serve(t, newSmall(t).World, githubsim.Options{Apps: []githubsim.App{app}}))
	unsigned, err := jwt.NewWithClaims(jwt.SigningMethodHS256, claims("42", -time.Minute, 5*time.Minute)).SignedString([]byte("secret"))
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		token  string
		status int
		says   string
	}{
		"by id":        {signed(t, key, claims("42", -time.Minute, 9*time.Minute)), 200, `"slug":"strata"`},
		"by number":    {signed(t, key, claims(42, -time.Minute, 9*time.Minute)), 200, `"slug":"strata"`},
		"by client id": {signed(t, key, claims("Iv1.strata", 0, 10*time.Minute)), 200, `"slug":"strata"`},
		"too long":     {signed(t, key, claims("42", 0, 11*time.Minute)), 401, "'Expiration time' claim ('exp') is too far in the future"},
		"over":         {signed(t, key, claims("42", -20*time.Minute, -time.Minute)), 401, "'Expiration time' claim ('exp') must be a numeric value representing the future time"},
		"from ahead":   {signed(t, key, claims("42", 2*time.Minute, 9*time.Minute)), 401, "'Issued at' claim ('iat') must be an Integer"},
		"undated":      {signed(t, key, jwt.MapClaims{"iss": "42"}), 401, "'Issued at'"},
		"of nobody":    {signed(t, key, claims("43", 0, 5*time.Minute)), 404, "Integration not found"},
		"unissued":     {signed(t, key, claims(nil, 0, 5*time.Minute)), 401, "Missing 'issuer' claim"},
		"other key":    {signed(t, other, claims("42", 0, 5*time.Minute)), 401, "A JSON web token could not be decoded"},
		"other kind":   {unsigned, 401, "A JSON web token could not be decoded"},
		"garbage":      {"a.b.c", 401, "A JSON web token could not be decoded"},
		"a token":      {token, 401, "A JSON web token could not be decoded"},
	} {
		t.Run(name, func(t *testing.T) { k.as(c.token).get("/app").wants(c.status, c.says) })
	}
	me := k.as(signed(t, key, claims("42", 0, 5*time.Minute)))
	me.get("/app/installations").wants(200, `"repository_selection":"selected"`)
	me.get("/app/installations/7").wants(200, `"app_slug":"strata"`)
	me.get("/app/installations/9").wants(404, "Not Found")
	me.get("/repos/acme/api/installation").wants(200, `"id":7`)
	me.get("/repos/acme/secret/installation").wants(404, "Not Found")
	me.get("/orgs/acme/installation").wants(200, `"id":7`)
	me.get("/users/nobody/installation").wants(404, "Not Found")
	me.get("/apps/strata").wants(200, `"id":42`)
	me.get("/repos/acme/api/issues/1").wants(403, "Resource not accessible by integration") // an App is no installation
	me.do("POST", "/graphql", `{"query":"{viewer{login}}"}`).wants(401, "")
}

// issuedToken is the answer to POST access_tokens.
type issuedToken struct {
	Token        string
	ExpiresAt    time.Time `json:"expires_at"`
	Permissions  map[string]string
	Selection    string `json:"repository_selection"`
	Repositories []struct{ Name string }
}

func TestInstallationTokensLastAnHour(t *testing.T) {
	p := newSmall(t)
	app, key := newApp(t)
	k := talkTo(t, serve(t, p.World, githubsim.Options{Apps: []githubsim.App{app}}))
	me := k.as(signed(t, key, claims("42", 0, 10*time.Minute)))
	var got issuedToken
	me.do("POST", "/app/installations/7/access_tokens", "").into(&got)
	if !got.ExpiresAt.Equal(today.Add(time.Hour)) || got.Selection != "selected" || fmt.Sprint(got.Permissions) != "map[issues:write metadata:read]" {
		t.Fatalf("%+v", got)
	}
	in := k.as(got.Token)
	made := in.do("POST", aComment, `{"body":"x"}`)
	made.wants(201, `"login":"strata[bot]"`)
	made.wants(201, `"performed_via_github_app":{"id":`)
	in.get("/installation/repositories").wants(200, `"total_count":2`)
	in.get("/user").wants(403, "Resource not accessible by integration")
	k.get("/installation/repositories").wants(403, "You must authenticate with an installation access token")
	in.get("/repos/acme/secret/issues").wants(404, "Not Found")
	*p.clock = today.Add(59 * time.Minute)
	in.get("/repos/acme/api").wants(200, "api")
	*p.clock = today.Add(time.Hour)
	in.get("/repos/acme/api").wants(401, "Bad credentials")
}

func TestInstallationTokensAreLimitedAndTakenBack(t *testing.T) {
	p := newSmall(t)
	if err := p.Write(func(*world.State) error { p.api.Private, p.web.Private = true, true; return nil }); err != nil {
		t.Fatal(err)
	}
	app, key := newApp(t)
	k := talkTo(t, serve(t, p.World, githubsim.Options{Apps: []githubsim.App{app}}))
	me := k.as(signed(t, key, claims("42", 0, 10*time.Minute)))
	const path = "/app/installations/7/access_tokens"
	var few issuedToken
	me.do("POST", path, fmt.Sprintf(`{"repository_ids":[%d],"permissions":{"issues":"read"}}`, p.api.ID)).into(&few)
	if len(few.Repositories) != 1 || few.Repositories[0].Name != "api" || fmt.Sprint(few.Permissions) != "map[issues:read metadata:read]" {
		t.Fatalf("%+v", few)
	}
	in := k.as(few.Token)
	in.get("/repos/acme/api/issues/1").wants(200, "Checkout")
	in.get("/repos/acme/web/issues/1").wants(404, "Not Found")
	refused := in.do("POST", aComment, `{"body":"x"}`)
	refused.wants(403, "Resource not accessible by integration")
	if got := refused.header.Get("X-Accepted-GitHub-Permissions"); got != "issues=write; pull_requests=write" {
		t.Errorf("permissions %q", got)
	}
	in.get("/installation/repositories").wants(200, `"total_count":1`)
	in.do("DELETE", "/installation/token", "").wants(204, "")
	in.get("/repos/acme/api").wants(401, "Bad credentials")

	plain := talkTo(t, serve(t, p.World, githubsim.Options{Apps: []githubsim.App{app}})).as(me.token)
	for body, says := range map[string]string{
		`{"repositories":["api","nowhere"]}`:   "There is at least one repository that does not exist or is not accessible to the parent installation.",
		`{"repositories":["secret"]}`:          "There is at least one repository",
		`{"permissions":{"issues":"admin"}}`:   "The permissions requested are not granted to this installation.",
		`{"permissions":{"contents":"read"}}`:  "The permissions requested are not granted",
		`{"permissions":{"issues":"nothing"}}`: "The permissions requested are not granted",
	} {
		plain.do("POST", path, body).wants(422, says)
	}
	plain.do("POST", "/app/installations/8/access_tokens", "").wants(403, "This installation has been suspended")
	plain.do("POST", "/app/installations/9/access_tokens", "").wants(404, "Not Found")
	plain.as(token).do("POST", path, "").wants(401, "A JSON web token could not be decoded")
}
