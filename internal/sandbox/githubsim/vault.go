package githubsim

import (
	"crypto/rand"
	"sync"
	"time"
)

// vault keeps the tokens that were given to installations of Apps until they run out.
type vault struct {
	mu     sync.Mutex
	issued map[string]*grant
}

func newVault() *vault { return &vault{issued: map[string]*grant{}} }

// issuedPrefix is how the tokens of installations begin.
const issuedPrefix = "ghs_"

// issue makes a token for a grant, in the form of GitHub's.
func (v *vault) issue(g *grant) string {
	token := issuedPrefix + (rand.Text() + rand.Text())[:36]
	v.mu.Lock()
	defer v.mu.Unlock()
	for old, o := range v.issued {
		if g.expires.Sub(o.expires) > tokenLife {
			delete(v.issued, old) // long out of date
		}
	}
	v.issued[token] = g
	return token
}

// find is nil for a token that was never issued, has run out or was taken back.
func (v *vault) find(token string, now time.Time) *grant {
	v.mu.Lock()
	defer v.mu.Unlock()
	g := v.issued[token]
	if g == nil || !now.Before(g.expires) {
		return nil
	}
	return g
}

// revoke takes back the token of a grant.
func (v *vault) revoke(g *grant) {
	v.mu.Lock()
	defer v.mu.Unlock()
	for token, o := range v.issued {
		if o == g {
			delete(v.issued, token)
		}
	}
}
