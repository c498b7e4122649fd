package jira

import (
	"context"
	"errors"
	"net/http"
	"time"

	"strata/internal/tracker"
)

// pageSize is how many items we ask for at once; Cloud gives no more with full fields.
const pageSize = 100

// smallest is the page size below which a failing search is not made smaller.
const smallest = 10

// found is an answer to a search.
type found struct {
	Issues []issue `json:"issues"`
	Token  string  `json:"nextPageToken"` // Cloud
	Last   *bool   `json:"isLast"`        // Cloud
	Start  int     `json:"startAt"`       // Data Center
	Total  int     `json:"total"`         // Data Center

	date time.Time // the server's
}

// search is a question to either flavour.
type search struct {
	JQL      string   `json:"jql"`
	Fields   []string `json:"fields"`
	Size     int      `json:"maxResults"`
	Token    string   `json:"nextPageToken,omitempty"` // Cloud
	Start    int      `json:"startAt,omitempty"`       // Data Center
	Validate *bool    `json:"validateQuery,omitempty"` // Data Center
}

// find sends a search. Where the server breaks over it, smaller pages are tried.
func (t *Tracker) find(ctx context.Context, s *session, op string, ask search) (found, error) {
	c := call{op: op, method: http.MethodPost, route: "search"}
	if s.cloud {
		c.route = "search/jql"
	}
	for {
		c.body = ask
		var answer found
		header, err := t.do(ctx, c, &answer)
		if err == nil {
			answer.date, _ = http.ParseTime(header.Get("Date"))
			return answer, nil
		}
		if ask.Size /= 2; !tooHeavy(err) || ask.Size < smallest {
			return found{}, err
		}
	}
}

// tooHeavy says whether a smaller page may do what this one could not.
func tooHeavy(err error) bool {
	var e *tracker.Error
	if !errors.As(err, &e) {
		return false
	}
	switch e.Status {
	case http.StatusBadGateway, http.StatusGatewayTimeout, http.StatusRequestEntityTooLarge:
		return true
	}
	return false
}
