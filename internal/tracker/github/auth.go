package github

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strconv"
	"sync"
	"time"

	"github.com/golang-jwt/jwt/v4"
	"github.com/google/go-github/v66/github"

	"strata/internal/secret"
	"strata/internal/tracker/wire"
)

// tokenLife is how long an installation's token is used; GitHub lets it live for an hour.
const tokenLife = 50 * time.Minute

type authoriser func(context.Context) (header, value string, err error)

// authoriser returns what puts the credential on a request.
func (a Auth) authoriser(name string, cfg Config, opt Options) (authoriser, error) {
	if a.App == nil {
		return func(context.Context) (string, string, error) {
			token, err := a.Read()
			return "Authorization", "Bearer " + token.Reveal(), err
		}, nil
	}
	app := *a.App
	client, err := wire.New(cfg.HTTP, wire.Options{
		Tracker: name, Origin: cfg.URL, Observer: opt.Observer, Base: opt.Base,
		Authorise: func(context.Context) (string, string, error) {
			token, err := app.assertion(time.Now())
			return "Authorization", "Bearer " + token.Reveal(), err
		},
	})
	if err != nil {
		return nil, err
	}
	h, err := hostOf(cfg.URL)
	if err != nil {
		return nil, err
	}
	maker := github.NewClient(client)
	maker.BaseURL = h.rest
	i := &installation{app: app, maker: maker}
	return func(ctx context.Context) (string, string, error) {
		token, err := i.token(ctx)
		return "Authorization", "Bearer " + token.Reveal(), err
	}, nil
}

// assertion is the App's word that it is the App, good for some minutes. It
// begins a minute early, because clocks differ.
func (a App) assertion(now time.Time) (secret.Secret, error) {
	pem, err := os.ReadFile(a.KeyFile)
	if err != nil {
		return secret.Secret{}, fmt.Errorf("read the App's key: %w", err)
	}
	key, err := jwt.ParseRSAPrivateKeyFromPEM(pem)
	if err != nil {
		return secret.Secret{}, fmt.Errorf("read the App's key: %s holds no RSA private key in PEM form", a.KeyFile)
	}
	signed, err := jwt.NewWithClaims(jwt.SigningMethodRS256, jwt.RegisteredClaims{
		Issuer:    strconv.FormatInt(a.ID, 10),
		IssuedAt:  jwt.NewNumericDate(now.Add(-time.Minute)),
		ExpiresAt: jwt.NewNumericDate(now.Add(8 * time.Minute)),
	}).SignedString(key)
	if err != nil {
		return secret.Secret{}, errors.New("sign with the App's key")
	}
	return secret.New(signed), nil
}

// installation keeps the token of an App's installation and renews it in time.
type installation struct {
	app   App
	maker *github.Client

	mu    sync.Mutex
	held  secret.Secret
	until time.Time
}

func (i *installation) token(ctx context.Context) (secret.Secret, error) {
	i.mu.Lock()
	defer i.mu.Unlock()
	if !i.held.IsZero() && time.Now().Before(i.until) {
		return i.held, nil
	}
	ctx = wire.Safe(wire.Route(ctx, "app/installations/{id}/access_tokens"))
	made, _, err := i.maker.Apps.CreateInstallationToken(ctx, i.app.Installation, &github.InstallationTokenOptions{}) // nil would be sent as null
	if err != nil {
		return secret.Secret{}, fmt.Errorf("ask for a token of installation %d: %w", i.app.Installation, err)
	}
	i.held, i.until = secret.New(made.GetToken()), time.Now().Add(tokenLife)
	return i.held, nil
}
