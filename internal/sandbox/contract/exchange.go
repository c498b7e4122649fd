package contract

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
)

// Exchange is a request and its answer.
type Exchange struct {
	Method string
	URL    *url.URL
	Header http.Header
	Body   []byte

	Status       int
	AnswerHeader http.Header
	Answer       []byte
}

// Mismatch is one place where an exchange is not what was published.
type Mismatch struct {
	In    string // "request query", "answer body", …
	Place string // in the body: /issues/3/fields/status; empty: the whole
	Want  string // what was expected, and what was found
	// Tolerated says that the tracker is known to take it nevertheless. The daemon does not rely on that.
	Tolerated bool
}

// String is one line.
func (m Mismatch) String() string {
	if m.Place == "" {
		return m.In + ": " + m.Want
	}
	return fmt.Sprintf("%s at %s: %s", m.In, m.Place, m.Want)
}

// Verdict is what the contracts say of an exchange.
type Verdict struct {
	// Route is the method with the published template, or with the path where nothing is published.
	Route string
	// Covered is false where no contract knows the route: then only the form of errors was checked.
	Covered bool
	// Request and Answer are what is wrong with either.
	Request, Answer []Mismatch
}

// Good says that nothing is wrong.
func (v Verdict) Good() bool { return len(v.Request)+len(v.Answer) == 0 }

// refused says that the tracker did not do what was asked.
func (e Exchange) refused() bool { return e.Status >= 400 && e.Status < 500 }

// refusedByGraphQL says the same of an answer that has errors and no data.
func (e Exchange) refusedByGraphQL() bool {
	if !isGraphQL(e.URL.Path) {
		return false
	}
	var said struct {
		Data   json.RawMessage
		Errors []json.RawMessage
	}
	err := json.Unmarshal(e.Answer, &said)
	return err == nil && len(said.Errors) > 0 && (len(said.Data) == 0 || string(said.Data) == "null")
}

func clone(u *url.URL) *url.URL {
	out := *u
	return &out
}

// isJSON says that a body is declared as JSON.
func isJSON(h http.Header) bool {
	kind, _, _ := strings.Cut(h.Get("Content-Type"), ";")
	kind = strings.TrimSpace(strings.ToLower(kind))
	return kind == "application/json" || strings.HasSuffix(kind, "+json")
}
