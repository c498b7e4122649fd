package jirasim

import (
	"crypto/subtle"
	"net/http"
	"slices"
	"strings"

	"strata/internal/sandbox/world"
)

// login finds who asks. A wrong or missing token does not stop the request:
// like Jira's Seraph, it makes it anonymous and says so in a header, and
// whatever anonymous people may not see is then empty, absent or 401.
func (s *server) login(w http.ResponseWriter, r *http.Request) *world.User {
	user := s.bot
	if s.o.Token != "" && !s.knows(r) {
		user = nil
		if r.Header.Get("Authorization") != "" {
			w.Header().Set("X-Seraph-LoginReason", "AUTHENTICATED_FAILED")
		}
	} else {
		w.Header().Set("X-Seraph-LoginReason", "OK")
	}
	if !s.cloud() {
		name := "anonymous"
		if user != nil {
			name = user.Login
		}
		w.Header().Set("X-AUSERNAME", name)
	}
	return user
}

func (s *server) knows(r *http.Request) bool {
	same := func(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }
	if !s.cloud() {
		token, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
		return ok && same(token, s.o.Token)
	}
	user, token, ok := r.BasicAuth()
	want := s.o.User
	if want == "" && s.bot != nil {
		want = s.bot.Email
	}
	return ok && same(token, s.o.Token) && strings.EqualFold(user, want)
}

// sees reports whether the asker may see an issue at all.
func (c *call) sees(i *world.JiraIssue) bool {
	if i == nil || c.user == nil || i.Hidden || i.Project.Hidden {
		return false
	}
	for _, place := range c.hides {
		if strings.EqualFold(place, i.Key) || strings.EqualFold(place, i.Project.Key) {
			return false
		}
	}
	return true
}

func (c *call) seesProject(p *world.Project) bool {
	if p == nil || p.Hidden || c.user == nil {
		return false
	}
	return !slices.ContainsFunc(c.hides, func(k string) bool { return strings.EqualFold(k, p.Key) })
}

// needsUser is for what anonymous people may not do.
func (c *call) needsUser() error {
	if c.user != nil {
		return nil
	}
	return &problem{status: http.StatusUnauthorized,
		messages: []string{"You are not authenticated. Authentication required to perform this operation."}}
}
