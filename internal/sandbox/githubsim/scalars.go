package githubsim

import (
	"fmt"
	"net/url"
	"regexp"
	"strconv"
	"time"

	"strata/internal/sandbox/githubsim/graphql"
)

// dateTime is an instant that a query gives.
type dateTime struct{ time.Time }

// UnmarshalGraphQL reads ISO 8601, in the forms that GitHub takes.
func (d *dateTime) UnmarshalGraphQL(given any) error {
	var err error
	d.Time, err = readDateTime(given)
	return err
}

func readDateTime(given any) (time.Time, error) {
	text, _ := given.(string)
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05", time.DateOnly} {
		if t, err := time.Parse(layout, text); err == nil {
			return t, nil
		}
	}
	return time.Time{}, fmt.Errorf("%v is no ISO 8601 instant", given)
}

func readDay(s string) (time.Time, error) { return time.Parse(time.DateOnly, s) }

var objectID = regexp.MustCompile(`^[0-9a-f]{40}$`)

// scalarChecks say what may be given for GitHub's own scalars. DateTime is an ISO 8601 instant, Date a day without a
// zone, BigInt a number that JSON carries as a string, because database ids have outgrown 32 bits.
func scalarChecks() []graphql.Option {
	text := func(accept func(string) error) func(any) error {
		return func(given any) error {
			s, ok := given.(string)
			if !ok {
				return fmt.Errorf("%v is no text", given)
			}
			return accept(s)
		}
	}
	return []graphql.Option{
		graphql.Check{Scalar: "DateTime", Accept: func(given any) error { _, err := readDateTime(given); return err }},
		graphql.Check{Scalar: "Date", Accept: text(func(s string) error { _, err := readDay(s); return err })},
		graphql.Check{Scalar: "URI", Accept: text(func(s string) error { _, err := url.Parse(s); return err })},
		graphql.Check{Scalar: "GitObjectID", Accept: text(func(s string) error {
			if !objectID.MatchString(s) {
				return fmt.Errorf("%s is no object id", s)
			}
			return nil
		})},
		graphql.Check{Scalar: "BigInt", Accept: func(given any) error {
			_, err := strconv.ParseInt(fmt.Sprint(given), 10, 64)
			return err
		}},
	}
}

// stamp writes an instant as both GitHub APIs do: in whole seconds, always UTC.
func stamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05Z") }

// stampOrNull is stamp for instants that may not have happened.
func stampOrNull(t time.Time) *string {
	if t.IsZero() {
		return nil
	}
	text := stamp(t)
	return &text
}

// stampOr is stamp, or what stands in for an instant that nobody remembers.
func stampOr(t time.Time, otherwise string) string {
	if t.IsZero() {
		return otherwise
	}
	return stamp(t)
}

// bigID is a database id as BigInt.
func bigID(id int64) *string {
	text := strconv.FormatInt(id, 10)
	return &text
}

// textOrNull turns an empty text into null, where GitHub does.
func textOrNull(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// smallID is a database id where it still fits GraphQL's Int; newer ids read as null and need fullDatabaseId.
func smallID(id int64) *int {
	if id <= 0 || id > 1<<31-1 {
		return nil
	}
	n := int(id)
	return &n
}
