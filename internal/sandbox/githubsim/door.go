package githubsim

import (
	"encoding/base64"
	"net"
	"net/http"
	"strings"
	"time"

	"strata/internal/sandbox/world"
)

// caller is who asks, and with what right.
type caller struct {
	user    *world.User // nil: nobody logged in, or an App that speaks for itself
	grant   *grant      // what the token opens; nil without one
	app     *App        // an App that speaks for itself, by a JWT
	address string      // of the machine that asks
}

// payer is whose quota an answer is taken from.
func (c caller) payer() string {
	switch {
	case c.user != nil:
		return c.user.Login
	case c.app != nil:
		return c.app.Slug
	}
	return anonymousPayer + c.address
}

// caller finds out who asks. A wrong token is refused even where none is needed.
func (s *Simulator) caller(r *http.Request) (caller, *refusal) {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		host = r.RemoteAddr
	}
	who := caller{address: host}
	given := strings.TrimSpace(r.Header.Get("Authorization"))
	if given == "" {
		return who, nil
	}
	token, ok := credential(given)
	if !ok {
		return who, badCredentials()
	}
	if strings.Count(token, ".") == 2 && (len(s.options.Apps) > 0 || s.options.Token != "") {
		app, no := s.appOf(token)
		who.app = app
		return who, no
	}
	found, no := s.grantOf(token)
	if no != nil {
		return who, no
	}
	who.grant, who.user = found, found.user
	return who, nil
}

// credential takes the token out of the header. With Basic the password is the token; some clients send it as the
// name, with x-oauth-basic or nothing as password.
func credential(header string) (string, bool) {
	scheme, rest, _ := strings.Cut(header, " ")
	rest = strings.TrimSpace(rest)
	switch strings.ToLower(scheme) {
	case "bearer", "token":
		return strings.Trim(rest, `"`), rest != ""
	case "basic":
		raw, err := base64.StdEncoding.DecodeString(rest)
		name, password, found := strings.Cut(string(raw), ":")
		if err != nil || !found {
			return "", false
		}
		if password == "" || password == "x-oauth-basic" { //nolint:gosec // a word of GitHub's, and no secret
			password = name
		}
		return password, password != ""
	}
	return "", false
}

// grantOf looks a token up: those of Options, and those that the simulator has given to installations of Apps.
func (s *Simulator) grantOf(token string) (*grant, *refusal) {
	now := s.now()
	if issued := s.vault.find(token, now); issued != nil {
		return issued, nil
	}
	if t, ok := s.options.Tokens[token]; ok {
		if !t.Expires.IsZero() && !now.Before(t.Expires) {
			return nil, badCredentials()
		}
		user := s.bot()
		if t.Login != "" {
			user = s.person(t.Login)
		}
		return t.grant(user), nil
	}
	if login, ok := s.options.People[token]; ok {
		return Token{}.grant(s.person(login)), nil
	}
	if s.options.Token != "" && token != s.options.Token || len(s.options.Apps) > 0 && strings.HasPrefix(token, issuedPrefix) {
		return nil, badCredentials()
	}
	return Token{}.grant(s.bot()), nil
}

// bot is the daemon's account: the one that Options name, else the world's; a world without any gets one.
func (s *Simulator) bot() *world.User {
	var found *world.User
	s.world.Read(func(state *world.State) { found = s.knownBot(state) })
	if found != nil {
		return found
	}
	_ = s.world.Write(func(state *world.State) error { // f never fails
		if found = s.knownBot(state); found == nil {
			login := s.options.Login
			if login == "" {
				login = "strata-bot"
			}
			found = state.AddUser(&world.User{Login: login, Name: "Strata", Bot: true})
		}
		if state.GitHubBot == nil {
			state.GitHubBot = found
		}
		return nil
	})
	return found
}

func (s *Simulator) knownBot(state *world.State) *world.User {
	if s.options.Login != "" {
		return state.User(s.options.Login)
	}
	return state.GitHubBot
}

// person is who a further token belongs to; they come into the world when they first speak.
func (s *Simulator) person(login string) *world.User {
	return s.account(world.User{Login: login, Name: login})
}

// account finds an account by its login, or brings it into the world.
func (s *Simulator) account(draft world.User) *world.User {
	var found *world.User
	s.world.Read(func(state *world.State) { found = state.User(draft.Login) })
	if found != nil {
		return found
	}
	_ = s.world.Write(func(state *world.State) error { // f never fails
		if found = state.User(draft.Login); found == nil {
			found = state.AddUser(&draft)
		}
		return nil
	})
	return found
}

// limited writes the 429 that a fault asks for, in GitHub's words.
func (s *Simulator) limited(w http.ResponseWriter, r *http.Request, _ time.Duration) {
	s.write(w, r, &call{at: addressOf(r)}, refused(secondary(http.StatusTooManyRequests)))
}
