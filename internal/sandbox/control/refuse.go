package control

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"strata/internal/sandbox/world"
)

// refusals answer instead of the simulator, or break its answer.
var refusals = []Row{
	{Name: "F24", Does: "429 with Retry-After of value seconds; among its words `date` (an HTTP date), `missing`, `0`, and for Jira the reason: `burst`, `issue` " +
		"(writes to one issue), `quota` or `tenant`, with the reset in ISO 8601", Value: "1", refuse: tooMany},
	{Name: "F27", Trackers: jiraOnly, Does: "the quota is value requests an hour of the world's clock; then 429 until the hour is over", Value: "50", refuse: smallQuota},
	{Name: "F29", Does: "the item fails with 500 each time, and so does every batch that names it", refuse: failing},
	{Name: "F30", Does: "a refusal whose body is not what it should be: `html`, `empty`, `text`, `half` (cut JSON), `list` or `null`; a number is the status", Value: "html 429", refuse: oddBody},
	{Name: "F31", Does: "the request is carried out, then the connection breaks", refuse: commitAndBreak},
	{Name: "F44", Does: "a text of more than value characters is refused as too long", Value: "1000", refuse: tooLong},
	{Name: "F56", Does: "the account lacks a right: writes answer 403; value `401` refuses the token, `all` reads too", Value: "403", refuse: noRight},
	{Name: "500", Does: "500 before anything is done", refuse: failing},
	{Name: "502", Does: "502 with an HTML page before anything is done", refuse: func(x *exchange, _ Fault) bool { gateway(x.w); return true }},
	{Name: "502-after", Does: "502 with an HTML page after the request was carried out", refuse: func(x *exchange, _ Fault) bool {
		x.next.ServeHTTP(&void{header: http.Header{}}, x.r)
		gateway(x.w)
		return true
	}},
	{Name: "drop", Does: "the connection breaks before anything is done", refuse: func(x *exchange, _ Fault) bool { hangUp(x.w); return true }},
}

func commitAndBreak(x *exchange, _ Fault) bool {
	x.next.ServeHTTP(&void{header: http.Header{}}, x.r)
	hangUp(x.w)
	return true
}

// reasons are Jira Cloud's, by a word of ours.
// https://developer.atlassian.com/cloud/jira/platform/rate-limiting/
var reasons = map[string]string{
	"burst": "jira-burst-based", "issue": "jira-per-issue-on-write", "quota": "jira-quota-global-based", "tenant": "jira-quota-tenant-based",
}

// tooMany is a 429 of each kind.
func tooMany(x *exchange, f Fault) bool {
	if f.Says("issue") && (!x.writes() || x.item == "") {
		return false
	}
	wait := f.Seconds(time.Second)
	if n := f.Number(-1); n >= 0 {
		wait = time.Duration(n) * time.Second
	}
	reason := ""
	for word, name := range reasons {
		if f.Says(word) {
			reason = name
		}
	}
	x.limit(wait, func(h http.Header) {
		switch {
		case f.Says("missing"):
			h.Del("Retry-After")
		case f.Says("date"):
			h.Set("Retry-After", x.front.World.Now().Add(wait).UTC().Format(http.TimeFormat))
		}
		if h.Get("RateLimit-Reason") != "" && reason != "" {
			h.Set("RateLimit-Reason", reason)
		}
	})
	return true
}

// smallQuota counts requests by the hour of the world's clock.
func smallQuota(x *exchange, f Fault) bool {
	now := x.front.World.Now()
	over, wait := x.front.hourly.enter(now, f.Number(50))
	if over {
		x.limit(wait, func(h http.Header) {
			if h.Get("RateLimit-Reason") != "" {
				h.Set("RateLimit-Reason", reasons["quota"])
			}
		})
	}
	return over
}

func failing(x *exchange, _ Fault) bool {
	http.Error(x.w, `{"errorMessages":["Internal server error"],"errors":{},"message":"Server Error"}`, http.StatusInternalServerError)
	return true
}

// oddBodies are what proxies and tired servers were seen to answer.
var oddBodies = map[string]struct{ kind, text string }{
	"html":  {"text/html; charset=utf-8", "<!DOCTYPE html><html><body><h1>Whoa there!</h1></body></html>\n"},
	"empty": {"", ""},
	"text":  {"text/plain; charset=utf-8", "upstream request timeout"},
	"half":  {"application/json", `{"message":"You have exceeded`},
	"list":  {"application/json", `["slow down"]`},
	"null":  {"application/json", "null"},
}

func oddBody(x *exchange, f Fault) bool {
	odd := oddBodies["html"]
	for word := range strings.FieldsSeq(f.Value) {
		if o, ok := oddBodies[word]; ok {
			odd = o
		}
	}
	status := f.Number(http.StatusTooManyRequests)
	if status < 400 || status > 599 {
		status = http.StatusTooManyRequests
	}
	if odd.kind != "" {
		x.w.Header().Set("Content-Type", odd.kind)
	}
	x.w.WriteHeader(status)
	_, _ = x.w.Write([]byte(odd.text))
	return true
}

// tooLong refuses texts as each tracker does, but earlier.
func tooLong(x *exchange, f Fault) bool {
	most := f.Number(1000)
	longest := 0
	var seen func(v any)
	seen = func(v any) {
		switch v := v.(type) {
		case string:
			longest = max(longest, utf8.RuneCountInString(v))
		case map[string]any:
			for name, inner := range v {
				if name != "query" { // GraphQL's own text
					seen(inner)
				}
			}
		case []any:
			for _, inner := range v {
				seen(inner)
			}
		}
	}
	var body any
	if !x.writes() || json.Unmarshal(x.body, &body) != nil {
		return false
	}
	if seen(body); longest <= most {
		return false
	}
	switch {
	case x.tracker() == world.Jira:
		x.json(http.StatusBadRequest, map[string]any{"errorMessages": []string{}, "errors": map[string]string{
			"comment": fmt.Sprintf("The entered text is too long. It exceeds the allowed limit of %s characters.", strconv.Itoa(most))}})
	case x.graphQL():
		x.json(http.StatusOK, map[string]any{"data": nil, "errors": []any{map[string]any{"type": "UNPROCESSABLE",
			"message": fmt.Sprintf("Body is too long (maximum is %d characters)", most)}}})
	default:
		x.json(http.StatusUnprocessableEntity, map[string]any{"message": "Validation Failed", "documentation_url": "https://docs.github.com/rest",
			"errors": []any{map[string]any{"resource": "IssueComment", "code": "unprocessable", "field": "data", "message": fmt.Sprintf("Body is too long (maximum is %d characters)", most)}}})
	}
	return true
}

func noRight(x *exchange, f Fault) bool {
	if f.Says("401") {
		if x.tracker() == world.Jira {
			x.w.Header().Set("X-Seraph-LoginReason", "AUTHENTICATED_FAILED")
			x.json(http.StatusUnauthorized, map[string]any{"errorMessages": []string{"You do not have permission to access this resource."}, "errors": map[string]string{}})
			return true
		}
		x.json(http.StatusUnauthorized, map[string]any{"message": "Bad credentials", "documentation_url": "https://docs.github.com/rest", "status": "401"})
		return true
	}
	if !f.Says("all") && !x.writes() {
		return false
	}
	switch {
	case x.tracker() == world.Jira:
		x.json(http.StatusForbidden, map[string]any{"errorMessages": []string{"You do not have the permission to do this."}, "errors": map[string]string{}})
	case x.graphQL():
		x.json(http.StatusOK, map[string]any{"data": nil, "errors": []any{map[string]any{"type": "FORBIDDEN", "message": "Resource not accessible by personal access token"}}})
	default:
		x.json(http.StatusForbidden, map[string]any{"message": "Resource not accessible by personal access token", "documentation_url": "https://docs.github.com/rest", "status": "403"})
	}
	return true
}
