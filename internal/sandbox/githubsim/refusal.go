package githubsim

import (
	"fmt"
	"net/http"
	"strconv"
)

// refusal is the body of a REST error.
type refusal struct {
	status  int
	Message string       `json:"message"`
	Errors  []fieldError `json:"errors,omitempty"`
	Docs    string       `json:"documentation_url"`
	Status  string       `json:"status"`
}

type fieldError struct {
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

func invalid(e ...fieldError) *refusal {
	r := refuse(http.StatusUnprocessableEntity, "Validation Failed")
	r.Errors = e
	return r
}

// maxBody is GitHub's limit for texts of issues and comments, in characters.
const maxBody = 65536

// tooLong is the recorded refusal of a long text.
func tooLong(resource string) *refusal {
	return invalid(fieldError{Resource: resource, Code: "unprocessable", Field: "data", Message: fmt.Sprintf("Body is too long (maximum is %d characters)", maxBody)})
}

func badCredentials() *refusal { return refuse(http.StatusUnauthorized, "Bad credentials") }

func archived() *refusal {
	return refuse(http.StatusForbidden, "Repository was archived so is read-only.")
}

// overLimit is the primary limit; secondary is the limit on bursts. Clients tell them apart by the address.
func overLimit(id int64) *refusal {
	r := refuse(http.StatusForbidden, fmt.Sprintf("API rate limit exceeded for user ID %d.", id))
	r.Docs = docs + "/overview/rate-limits-for-the-rest-api"
	return r
}

func secondary(status int) *refusal {
	r := refuse(status, "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.")
	r.Docs = "https://docs.github.com/free-pro-team@latest/rest/overview/rate-limits-for-the-rest-api#about-secondary-rate-limits"
	return r
}
