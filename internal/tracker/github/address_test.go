package github

import (
	"testing"
	"time"
)

func TestAddressesOfTheThreeKindsOfHost(t *testing.T) {
	for _, c := range []struct{ url, rest, graphql, web string }{
		{"https://api.github.com", "https://api.github.com/", "https://api.github.com/graphql", "github.com"},
		{"https://ghes.example/api/v3/", "https://ghes.example/api/v3/", "https://ghes.example/api/graphql", "ghes.example"},
		{"https://api.acme.ghe.com", "https://api.acme.ghe.com/", "https://api.acme.ghe.com/graphql", "acme.ghe.com"},
		{"http://127.0.0.1:8081", "http://127.0.0.1:8081/", "http://127.0.0.1:8081/graphql", "127.0.0.1:8081"},
	} {
		h, err := hostOf(c.url)
		if err != nil || h.rest.String() != c.rest || h.graphql != c.graphql || h.web != c.web {
			t.Errorf("hostOf(%s) = %s %s %s, %v; want %s %s %s", c.url, h.rest, h.graphql, h.web, err, c.rest, c.graphql, c.web)
		}
	}
}

func TestPlacesAreReadFromKeysAndPages(t *testing.T) {
	h, err := hostOf("https://api.github.com")
	if err != nil {
		t.Fatal(err)
	}
	byURL := h.parseURL
	for _, c := range []struct {
		parse func(string) (place, bool)
		text  string
		want  string
	}{
		{parseKey, "acme/api#7", "acme/api#7"},
		{parseKey, "acme/api.go_x-1#7", "acme/api.go_x-1#7"},
		{parseKey, "WEB-42", ""},
		{parseKey, "acme/../admin#7", ""},
		{parseKey, "acme/a/b#7", ""},
		{parseKey, "acme/api?x#7", ""},
		{parseKey, "acme/api#0", ""},
		{parseKey, "acme/api#-3", ""},
		{parseKey, "acme/#7", ""},
		{byURL, "https://github.com/acme/api/issues/7", "acme/api#7"},
		{byURL, "https://github.com/acme/api/issues/7#issuecomment-1", "acme/api#7"},
		{byURL, "https://www.github.com/acme/api/pull/7/files", "acme/api#7"},
		{byURL, "https://github.com/acme/api/discussions/7", ""},
		{byURL, "https://github.com.evil.example/acme/api/issues/7", ""},
		{byURL, "ftp://github.com/acme/api/issues/7", ""},
		{parseIssueURL, "https://ghes.example/api/v3/repos/acme/api/issues/7", "acme/api#7"},
		{parseIssueURL, "https://ghes.example/api/v3/repos/acme/api/pulls/7", ""},
	} {
		got, ok := c.parse(c.text)
		if ok != (c.want != "") || ok && got.key() != c.want {
			t.Errorf("%s = %q, %v; want %q", c.text, got.key(), ok, c.want)
		}
	}
}

func TestAWalkAdvancesByTimeAndByPageWithinOneSecond(t *testing.T) {
	at := func(s int) time.Time { return time.Date(2026, 3, 11, 9, 0, s, 0, time.UTC) }
	for _, c := range []struct {
		name        string
		from        walk
		rows        int
		first, last time.Time
		want        walk
		more        bool
	}{
		{"short page ends", walk{}, 99, at(1), at(2), walk{}, false},
		{"full page goes on from its last time", walk{}, 100, at(1), at(2), walk{Since: at(2)}, true},
		{"a page of one second goes on behind itself", walk{}, 100, at(1), at(1), walk{Since: at(1), Page: 2}, true},
		{"the same second, first page", walk{Since: at(1)}, 100, at(1), at(1), walk{Since: at(1), Page: 2}, true},
		{"the same second, next page", walk{Since: at(1), Page: 2}, 100, at(1), at(1), walk{Since: at(1), Page: 3}, true},
		{"out of the second", walk{Since: at(1), Page: 2}, 100, at(1), at(2), walk{Since: at(2)}, true},
	} {
		got, more := c.from.next(c.rows, c.first, c.last)
		if got != c.want || more != c.more {
			t.Errorf("%s: %+v, %v; want %+v, %v", c.name, got, more, c.want, c.more)
		}
	}
}
