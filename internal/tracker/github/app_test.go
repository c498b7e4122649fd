package github

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v4"
	"github.com/google/go-cmp/cmp"

	"strata/internal/sandbox/contract"
)

func TestAnAppProvesItselfAndUsesItsTokenUntilItIsOld(t *testing.T) {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "app.pem")
	block := pem.EncodeToMemory(&pem.Block{Type: "RSA PRIVATE KEY", Bytes: x509.MarshalPKCS1PrivateKey(key)})
	if err := os.WriteFile(file, block, 0o600); err != nil {
		t.Fatal(err)
	}
	var mu sync.Mutex
	var got []string
	made := 0
	watch := contract.Watch(t, contract.GitHub, contract.Requests)
	server := httptest.NewServer(watch.Handler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		bearer := strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
		if r.URL.Path != "/app/installations/22/access_tokens" {
			got = append(got, bearer)
			_, _ = io.WriteString(w, `{"data":{"viewer":{"login":"strata[bot]","databaseId":5}}}`)
			return
		}
		claims := jwt.RegisteredClaims{}
		_, err := jwt.ParseWithClaims(bearer, &claims, func(token *jwt.Token) (any, error) {
			if token.Method.Alg() != "RS256" {
				return nil, fmt.Errorf("signed by %s", token.Method.Alg())
			}
			return &key.PublicKey, nil
		})
		if err != nil || claims.Issuer != "11" || claims.ExpiresAt.Sub(claims.IssuedAt.Time) > 10*time.Minute {
			t.Errorf("assertion %+v: %v; want RS256 of App 11 for at most 10 minutes", claims, err)
		}
		made++
		w.WriteHeader(http.StatusCreated)
		_, _ = fmt.Fprintf(w, `{"token":"ghs_%d","expires_at":"2030-01-01T00:00:00Z"}`, made)
	})))
	defer server.Close()

	cfg := Default()
	cfg.URL, cfg.HTTP = server.URL, quick()
	cfg.Auth.App = &App{ID: 11, Installation: 22, KeyFile: file}
	if errs := cfg.Validate(); len(errs) > 0 {
		t.Fatal(errs)
	}
	g, err := New("github", cfg, Options{})
	if err != nil {
		t.Fatal(err)
	}
	for range 3 {
		g.self = nil
		if who, err := g.whoami(t.Context()); err != nil || who.login != "strata[bot]" {
			t.Fatalf("whoami = %+v, %v", who, err)
		}
	}
	if diff := cmp.Diff(got, []string{"ghs_1", "ghs_1", "ghs_1"}); diff != "" {
		t.Errorf("tokens used (-got +want):\n%s", diff)
	}
}

func TestWhoseCommentIsOurs(t *testing.T) {
	user := &identity{login: "strata-bot", id: 5}
	withApp := Default()
	withApp.Auth.App = &App{ID: 11}
	former := Default()
	former.FormerAccounts = []string{"old-bot"}
	for _, c := range []struct {
		name    string
		cfg     Config
		comment restComment
		want    bool
	}{
		{"our account", Default(), restComment{User: &restUser{ID: 5, Login: "renamed"}}, true},
		{"our login, given to somebody else", Default(), restComment{User: &restUser{ID: 6, Login: "strata-bot"}}, false},
		{"a deleted account", Default(), restComment{}, false},
		{"our App", withApp, restComment{User: &restUser{ID: 7, Login: "strata[bot]", Type: "Bot"}, App: &restApp{ID: 11}}, true},
		{"a person through our App", withApp, restComment{User: &restUser{ID: 8, Login: "mia", Type: "User"}, App: &restApp{ID: 11}}, false},
		{"another App", withApp, restComment{User: &restUser{ID: 9, Login: "ci[bot]", Type: "Bot"}, App: &restApp{ID: 12}}, false},
		{"a former account", former, restComment{User: &restUser{ID: 4, Login: "Old-Bot"}}, true},
		{"a person with our marker", Default(), restComment{User: &restUser{ID: 8, Login: "mia"}, Body: draft().Marker.Line()}, false},
	} {
		g := &GitHub{name: "github", cfg: c.cfg}
		if got := g.ours(*user, &c.comment); got != c.want {
			t.Errorf("%s: %v; want %v", c.name, got, c.want)
		}
	}
}
