package githubsim

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// refusal is the body of a REST error.
type refusal struct {
	status  int
	Message string       `json:"message"`
	Errors  []fieldError `json:"errors,omitempty"`
	Docs    string       `json:"documentation_url"`
	Status  string       `json:"status"`
}

// fieldError is what is wrong with one field, in the order of recorded ones.
type fieldError struct {
	Value    any    `json:"value,omitempty"`
	Resource string `json:"resource,omitempty"`
	Code     string `json:"code,omitempty"`
	Field    string `json:"field,omitempty"`
	Message  string `json:"message,omitempty"`
}

const docs = "https://docs.github.com/rest"

func refuse(status int, message string) *refusal {
	return &refusal{status: status, Message: message, Docs: docs, Status: strconv.Itoa(status)}
}

// Error makes a refusal an error, so that it can end a write.
func (r *refusal) Error() string { return r.Message }

func notFound() *refusal { return refuse(http.StatusNotFound, "Not Found") }

// gone is what a deleted issue answers.
func gone() *refusal { return refuse(http.StatusGone, "This issue was deleted") }

// noIssues is what a repository answers that has none.
func noIssues() *refusal { return refuse(http.StatusGone, "Issues are disabled for this repo") }

func invalid(e ...fieldError) *refusal {
	r := refuse(http.StatusUnprocessableEntity, "Validation Failed")
	r.Errors = e
	return r
}

// wrongValue is what GitHub says of a value that does not fit a field.
func wrongValue(resource, field string, value any) *refusal {
	return invalid(fieldError{Value: value, Resource: resource, Field: field, Code: "invalid"})
}

// unprocessable is a refusal in words, without fields.
func unprocessable(format string, args ...any) *refusal {
	return refuse(http.StatusUnprocessableEntity, fmt.Sprintf(format, args...))
}

// missing is what GitHub says of a field that it needs.
func missing(fields ...string) *refusal {
	lines := make([]string, 0, len(fields))
	for _, f := range fields {
		lines = append(lines, fmt.Sprintf("%q wasn't supplied.", f))
	}
	return unprocessable("Invalid request.\n\n%s", strings.Join(lines, "\n"))
}

// maxBody is GitHub's limit for texts of issues and comments, in characters.
const maxBody = 65536

// titleLimit is GitHub's limit for titles of issues and milestones, in characters.
const titleLimit = 256

// tooLong is the recorded refusal of a long text.
func tooLong(resource string) *refusal {
	return invalid(fieldError{Resource: resource, Code: "unprocessable", Field: "data", Message: fmt.Sprintf("Body is too long (maximum is %d characters)", maxBody)})
}

func badCredentials() *refusal { return refuse(http.StatusUnauthorized, "Bad credentials") }

func archived() *refusal {
	return refuse(http.StatusForbidden, "Repository was archived so is read-only.")
}

// overLimit is the primary limit; secondary is the limit on bursts. Clients tell them apart by the address.
func overLimit(who caller, now time.Time) *refusal {
	whom := "user ID " + strconv.FormatInt(whoID(who), 10)
	switch {
	case who.grant != nil && who.grant.installation != nil:
		whom = "installation ID " + strconv.FormatInt(who.grant.installation.ID, 10)
	case who.user == nil:
		r := refuse(http.StatusForbidden, "API rate limit exceeded for "+who.address+". (But here's the good news: Authenticated requests get a higher rate limit. Check out the documentation for more details.)")
		r.Docs = docs + "/overview/rate-limits-for-the-rest-api"
		return r
	}
	r := refuse(http.StatusForbidden, fmt.Sprintf("API rate limit exceeded for %s. If you reach out to GitHub Support for help, please include the timestamp %s.", whom, now.UTC().Format("2006-01-02 15:04:05 UTC")))
	r.Docs = docs + "/overview/rate-limits-for-the-rest-api"
	return r
}

func whoID(who caller) int64 {
	if who.user == nil {
		return 0
	}
	return who.user.ID
}

func secondary(status int) *refusal {
	r := refuse(status, "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.")
	r.Docs = "https://docs.github.com/free-pro-team@latest/rest/overview/rate-limits-for-the-rest-api#about-secondary-rate-limits"
	return r
}
