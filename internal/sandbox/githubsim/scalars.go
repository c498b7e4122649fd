package githubsim

import (
	"encoding/json"
	"fmt"
	"strconv"
	"time"
)

// dateTime is GraphQL's DateTime: an ISO-8601 instant in whole seconds, always UTC.
type dateTime struct{ time.Time }

func (dateTime) ImplementsGraphQLType(name string) bool { return name == "DateTime" }

func (d *dateTime) UnmarshalGraphQL(input any) error {
	text, ok := input.(string)
	if !ok {
		return fmt.Errorf("DateTime must be a string, not %T", input)
	}
	var err error
	if d.Time, err = time.Parse(time.RFC3339, text); err != nil {
		return fmt.Errorf("DateTime %q is not ISO-8601", text)
	}
	return nil
}

func (d dateTime) MarshalJSON() ([]byte, error) { return json.Marshal(stamp(d.Time)) }

// date is GraphQL's Date: a day without a zone.
type date string

func (date) ImplementsGraphQLType(name string) bool { return name == "Date" }

func (d *date) UnmarshalGraphQL(input any) error {
	text, ok := input.(string)
	if !ok {
		return fmt.Errorf("Date must be a string, not %T", input)
	}
	if _, err := time.Parse(time.DateOnly, text); err != nil {
		return fmt.Errorf("Date %q is not ISO-8601", text)
	}
	*d = date(text)
	return nil
}

// uri is GraphQL's URI; it is only ever sent.
type uri string

func (uri) ImplementsGraphQLType(name string) bool { return name == "URI" }

func (u *uri) UnmarshalGraphQL(input any) error {
	text, ok := input.(string)
	if !ok {
		return fmt.Errorf("URI must be a string, not %T", input)
	}
	*u = uri(text)
	return nil
}

// bigInt is GraphQL's BigInt: a number that JSON carries as a string, because database ids have outgrown 32 bits.
type bigInt int64

func (bigInt) ImplementsGraphQLType(name string) bool { return name == "BigInt" }

func (b *bigInt) UnmarshalGraphQL(input any) error {
	n, err := strconv.ParseInt(fmt.Sprint(input), 10, 64)
	if err != nil {
		return fmt.Errorf("BigInt %v is not a whole number", input)
	}
	*b = bigInt(n)
	return nil
}

func (b bigInt) MarshalJSON() ([]byte, error) {
	return json.Marshal(strconv.FormatInt(int64(b), 10))
}

// stamp writes an instant as both GitHub APIs do.
func stamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05Z") }

// stampOrNull is stamp for instants that may not have happened.
func stampOrNull(t time.Time) *string {
	if t.IsZero() {
		return nil
	}
	text := stamp(t)
	return &text
}

// instantOrNull is stampOrNull for GraphQL.
func instantOrNull(t time.Time) *dateTime {
	if t.IsZero() {
		return nil
	}
	return &dateTime{t}
}

// textOrNull turns an empty text into null, where GitHub does.
func textOrNull(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// smallID is a database id where it still fits GraphQL's Int; newer ids read as null and need fullDatabaseId.
func smallID(id int64) *int32 {
	if id <= 0 || id > 1<<31-1 {
		return nil
	}
	n := int32(id)
	return &n
}
