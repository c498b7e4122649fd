package replay

import (
	"encoding/json"
	"net/url"
	"testing"
)

// example says why an answer with GitHub's examples is not compared: the stub wrapped it.
const example = "the stub wrapped the published example in an object of its own"

// TestWhatGhAsks replays gh 2.60. Its answers came from a stub that gave values at random, so that number 1 is a pull
// request wherever it may be one.
func TestWhatGhAsks(t *testing.T) {
	b := newBoard(t, 300)
	issue := "1"
	pull, node := somePull(b.stage)
	repository := b.ask("GET", "/repos/acme/api", nil)["node_id"].(string)
	at := func(number string) []string {
		return []string{
			`"login":"o"`, `"login":"acme"`, `"owner":"o"`, `"owner":"acme"`, `"repo":"r"`, `"repo":"api"`, `"name":"r"`, `"name":"api"`, "/repos/o/r/", "/repos/acme/api/",
			"of 'o'", "of 'acme'", `"number":1,"owner":"o"`, `"number":` + number + `,"owner":"acme"`, "/issues/1", "/issues/" + issue, `"number":1}`, `"number":7}`,
			"https://github.com/o/r", b.url + "/acme/api", `"ID_121"`, `"` + node + `"`, `"ID_1"`, `"` + repository + `"`,
			`"P"`, `"` + b.project + `"`, `"PVTI_1"`, `"` + b.item + `"`, `"F"`, `"` + b.text + `"`,
		}
	}
	rows := map[int]row{
		1:  {mistake: example},
		21: {mistake: "the stub chose among all that has an address, and said that an issue's is a commit's"},
	}
	for n, e := range transcript(t, "gh-cli-2.60") {
		r := rows[n]
		r.names = at(pull)
		b.play(e, r)
	}
}

// somePull finds a pull request of acme/api.
func somePull(s *stage) (number, node string) {
	s.t.Helper()
	_, said := s.send(exchange{method: "GET", path: "/repos/acme/api/issues", query: url.Values{"state": {"all"}, "per_page": {"100"}}, header: agent()}, row{})
	var list []struct {
		Number      json.Number
		Node        string          `json:"node_id"`
		PullRequest json.RawMessage `json:"pull_request"`
	}
	decode(s.t, said, &list)
	for _, one := range list {
		if one.PullRequest != nil {
			return one.Number.String(), one.Node
		}
	}
	s.t.Fatal("the world has no pull request in acme/api")
	return "", ""
}

// TestWhatOctokitAsks replays octokit, github-project, go-github and githubv4 against a server whose API has a prefix.
func TestWhatOctokitAsks(t *testing.T) {
	b := newBoard(t, 300)
	names := []string{
		"/repos/o/r/", "/repos/acme/api/", `"owner":"o"`, `"owner":"acme"`, `"number":1}`, `"number":7}`, `login:\"o\"`, `login:\"acme\"`, `"o":"o"`, `"o":"acme"`, `"n":1`, `"n":7`,
	}
	rows := map[int]row{8: {mistake: example}}
	for n, e := range transcript(t, "octokit+github-project") {
		r := rows[n]
		r.names = names
		b.play(e, r)
	}
}
