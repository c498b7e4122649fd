package replay

import (
	"encoding/json"
	"fmt"
	"net/url"
	"testing"
)

// TestPagesOfIssues replays how octokit walked over thirteen issues, three a page.
func TestPagesOfIssues(t *testing.T) {
	s := onGitHub(t, generated(300))
	const recorded, repository = "octokit-fixture-org/paginate-issues", "acme/api"
	leave(s, repository, 13)
	id := fmt.Sprint(int64(s.ask("GET", "/repos/"+repository, nil)["id"].(float64)))
	for _, e := range nock(t, "records", "github", "paginate-issues.json") {
		s.play(e, row{names: []string{recorded, repository, "/repositories/1000/", "/repositories/" + id + "/"}})
	}
}

// leave closes issues, or opens new ones, until so many are open.
func leave(s *stage, repository string, want int) {
	s.t.Helper()
	for len(open(s, repository)) < want {
		s.mutate("create", "", "repository", repository, "title", "one more")
	}
	for _, number := range open(s, repository)[want:] {
		s.mutate("close", fmt.Sprintf("%s#%d", repository, number))
	}
}

// open lists the numbers of open issues and pull requests, as REST does.
func open(s *stage, repository string) (numbers []int) {
	s.t.Helper()
	for page := 1; ; page++ {
		_, said := s.send(exchange{method: "GET", path: "/repos/" + repository + "/issues", query: url.Values{"per_page": {"100"}, "page": {fmt.Sprint(page)}}, header: agent()}, row{})
		var list []struct{ Number int }
		if err := json.Unmarshal([]byte(said), &list); err != nil {
			s.t.Fatalf("%v in %.200s", err, said)
		}
		for _, one := range list {
			numbers = append(numbers, one.Number)
		}
		if len(list) < 100 {
			return numbers
		}
	}
}
