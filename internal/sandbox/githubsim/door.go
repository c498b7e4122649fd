package githubsim

import (
	"net/http"
	"strings"
	"time"

	"strata/internal/sandbox/world"
)

// caller finds out who asks. A request without User-Agent is refused before anything else, as github.com does.
func (s *Simulator) caller(r *http.Request) (*world.User, *refusal) {
	if r.UserAgent() == "" {
		return nil, refuse(http.StatusForbidden, "Request forbidden by administrative rules. Please make sure your request has a User-Agent header (https://docs.github.com/rest/overview/resources-in-the-rest-api#user-agent-required). Check https://developer.github.com for other possible causes.")
	}
	given := r.Header.Get("Authorization")
	scheme, token, found := strings.Cut(given, " ")
	if !found || !strings.EqualFold(scheme, "bearer") && !strings.EqualFold(scheme, "token") {
		if given == "" {
			return nil, refuse(http.StatusUnauthorized, "Requires authentication")
		}
		return nil, badCredentials()
	}
	token = strings.TrimSpace(token)
	if login, ok := s.options.People[token]; ok {
		return s.person(login), nil
	}
	if s.options.Token != "" && token != s.options.Token || token == "" {
		return nil, badCredentials()
	}
	return s.bot(), nil
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
	var found *world.User
	s.world.Read(func(state *world.State) { found = state.User(login) })
	if found != nil {
		return found
	}
	_ = s.world.Write(func(state *world.State) error { // f never fails
		if found = state.User(login); found == nil {
			found = state.AddUser(&world.User{Login: login, Name: login})
		}
		return nil
	})
	return found
}

// limited writes the 429 that a fault asks for, in GitHub's words.
func (s *Simulator) limited(w http.ResponseWriter, r *http.Request, _ time.Duration) {
	s.write(w, r, nil, refused(secondary(http.StatusTooManyRequests)))
}
