package jirasim

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync"

	"strata/internal/sandbox/world"
)

// results remembers what page tokens stand for.
type results struct {
	mu      sync.Mutex
	serial  int
	cursors map[string]*cursor
	age     []string
}

type cursor struct {
	query string
	list  []*world.JiraIssue
}

// kept is how many cursors live; older ones have expired, as real tokens do
// after seven days.
const kept = 64

func newResults() *results {
	return &results{cursors: map[string]*cursor{}}
}

// token names the next page. It belongs to one query.
func (r *results) token(last, query string, list []*world.JiraIssue, at int) string {
	r.mu.Lock()
	defer r.mu.Unlock()
	name, _, _ := strings.Cut(last, ".")
	if name == "" {
		r.serial++
		sum := sha256.Sum256([]byte(fmt.Sprint(r.serial, query)))
		name = hex.EncodeToString(sum[:12])
		r.cursors[name] = &cursor{query, list}
		if r.age = append(r.age, name); len(r.age) > kept {
			delete(r.cursors, r.age[0])
			r.age = r.age[1:]
		}
	}
	return fmt.Sprintf("%s.%d", name, at)
}

func (r *results) resume(token, query string) ([]*world.JiraIssue, int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	name, place, _ := strings.Cut(token, ".")
	c := r.cursors[name]
	at, err := strconv.Atoi(place)
	if c == nil || err != nil || at < 0 || at > len(c.list) {
		return nil, 0, refuse(http.StatusBadRequest, "The provided next page token is invalid or has expired.")
	}
	if c.query != query {
		return nil, 0, refuse(http.StatusBadRequest, "The provided next page token does not belong to this query.")
	}
	return c.list, at, nil
}

// tokenAt is a token that stands for a place in a list that is asked for anew.
func tokenAt(n int) string {
	return base64.RawURLEncoding.EncodeToString([]byte("at " + strconv.Itoa(n)))
}

func offsetOf(token string) (int, error) {
	if token == "" {
		return 0, nil
	}
	text, err := base64.RawURLEncoding.DecodeString(token)
	n, wrong := strconv.Atoi(strings.TrimPrefix(string(text), "at "))
	if err != nil || wrong != nil || n < 0 {
		return 0, refuse(http.StatusBadRequest, "The provided next page token is invalid or has expired.")
	}
	return n, nil
}
