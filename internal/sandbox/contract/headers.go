package contract

import (
	"net/http"
	"strconv"
)

// headers checks what the files say nothing of and clients rely on.
func (a API) headers(e Exchange) (request, answer []Mismatch) {
	if len(e.Body) > 0 && e.Header.Get("Content-Type") == "" {
		request = append(request, Mismatch{In: "request header", Place: "Content-Type", Want: "what the body is, and it is missing"})
	}
	// Clients do well to say these, and are answered without.
	wise := func(name, value string) {
		if e.Header.Get(name) != value {
			request = append(request, Mismatch{In: "request header", Place: name, Want: value + ", not " + strconv.Quote(e.Header.Get(name)), Tolerated: true})
		}
	}
	switch {
	case a == GitHub:
		request = append(request, agent(e)...)
		wise("X-GitHub-Api-Version", githubVersion)
	case e.Method != http.MethodGet && e.Method != http.MethodHead:
		wise("X-Atlassian-Token", "no-check") // else Jira suspects a foreign page
	}
	missing := func(name, why string) {
		if e.AnswerHeader.Get(name) == "" {
			answer = append(answer, Mismatch{In: "answer header", Place: name, Want: why + ", and it is missing"})
		}
	}
	if len(e.Answer) > 0 {
		missing("Content-Type", "what the body is")
	}
	switch e.Status {
	case http.StatusNoContent, http.StatusNotModified:
		if len(e.Answer) > 0 {
			answer = append(answer, Mismatch{In: "answer body", Want: "nothing with this status"})
		}
	case http.StatusMovedPermanently, http.StatusFound, http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
		missing("Location", "where it is now")
	case http.StatusTooManyRequests:
		if a != GitHub { // GitHub's secondary limits may come without
			missing("Retry-After", "how long to wait")
		}
	}
	missing("Date", "the server's time")
	if a == GitHub && e.Method == http.MethodGet && e.Status == http.StatusOK {
		missing("ETag", "what a conditional request needs")
	}
	return request, answer
}

// agent is what GitHub refuses requests without.
func agent(e Exchange) []Mismatch {
	if e.Header.Get("User-Agent") == "" {
		return []Mismatch{{In: "request header", Place: "User-Agent", Want: "the name of the client, and it is missing"}}
	}
	return nil
}
