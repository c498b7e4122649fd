package jirasim

import (
	"crypto/subtle"
	"net/http"
	"strings"

	"strata/internal/sandbox/world"
)

// login finds who asks.
//
//	flavour     | nothing given | a wrong token
//	Cloud       | anonymous     | anonymous, and the header X-Seraph-LoginReason: AUTHENTICATED_FAILED
//	Data Center | anonymous     | 401, with the same header
//
// Whatever anonymous people may not see is empty, absent or 401: that is how
// Cloud answers 200 and nothing to a search with an old token.
func (s *server) login(c *call) error {
	h := c.Header()
	known, given := s.asker(c.Request)
	c.user = known
	switch {
	case known != nil:
		h.Set("X-Seraph-LoginReason", "OK")
	case given:
		h.Set("X-Seraph-LoginReason", "AUTHENTICATED_FAILED")
	}
	if s.cloud() {
		if known != nil {
			h.Set("X-AACCOUNTID", known.AccountID)
		}
		return nil
	}
	name := "anonymous"
	if known != nil {
		name = loginOf(known)
	}
	h.Set("X-AUSERNAME", name)
	if given && known == nil {
		h.Set("WWW-Authenticate", `OAuth realm="`+c.base+`"`)
		return refuse(http.StatusUnauthorized, "Client must be authenticated to access this resource.")
	}
	return nil
}

// asker is who a request's credentials belong to; given says that there are some.
func (s *server) asker(r *http.Request) (user *world.User, given bool) {
	authorization := r.Header.Get("Authorization")
	given = authorization != ""
	name, token := "", ""
	if basic, secret, ok := r.BasicAuth(); ok && s.cloud() {
		name, token = basic, secret
	} else if bearer, ok := strings.CutPrefix(authorization, "Bearer "); ok && !s.cloud() {
		token = bearer
	}
	if s.o.Token == "" && len(s.o.People) == 0 {
		return s.bot, given
	}
	same := func(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }
	for secret, login := range s.o.People {
		if token != "" && same(token, secret) {
			s.world.Read(func(st *world.State) { user = st.User(login) })
			if user != nil && (!s.cloud() || strings.EqualFold(name, user.Email) || strings.EqualFold(name, login)) {
				return user, true
			}
		}
	}
	if s.o.Token == "" || !same(token, s.o.Token) {
		return nil, given
	}
	want := s.o.User
	if want == "" && s.bot != nil {
		want = s.bot.Email
	}
	if s.cloud() && !strings.EqualFold(name, want) {
		return nil, given
	}
	return s.bot, true
}

// sees reports whether the asker may see an issue at all.
func (c *call) sees(i *world.JiraIssue) bool {
	if i == nil || i.Hidden || !c.seesProject(i.Project) || i.Secret(c.user) {
		return false
	}
	for _, place := range c.hides {
		if strings.EqualFold(place, i.Key) {
			return false
		}
	}
	return true
}

func (c *call) seesProject(p *world.Project) bool {
	if p == nil || p.Hidden || c.user == nil {
		return false
	}
	for _, place := range c.hides {
		if strings.EqualFold(place, p.Key) {
			return false
		}
	}
	return true
}

// asker is the name of who asks; empty: nobody.
func (c *call) asker() string {
	if c.user == nil {
		return ""
	}
	return loginOf(c.user)
}

// needsUser is for what anonymous people may not do.
func (c *call) needsUser() error {
	if c.user != nil {
		return nil
	}
	return refuse(http.StatusUnauthorized, "You are not authenticated. Authentication required to perform this operation.")
}
