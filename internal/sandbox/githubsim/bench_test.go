package githubsim_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"strata/internal/sandbox/githubsim"
	"strata/internal/sandbox/world"
)

// BenchmarkPages measures how many issues a second leave as full pages of a hundred, over REST and over GraphQL.
func BenchmarkPages(b *testing.B) {
	w := world.New(func() time.Time { return today })
	board := &world.GitHubProject{ID: 900, Owner: "acme", Number: 7, Title: "Product"}
	status := &world.ProjectField{ID: 1, Name: "Status", Type: "SINGLE_SELECT", Project: board, Options: []*world.Option{{ID: "f75ad846", Name: "Todo"}}}
	board.Fields = []*world.ProjectField{{ID: 2, Name: "Title", Type: "TITLE", Project: board}, status}
	if err := w.Write(func(s *world.State) error {
		s.Orgs = append(s.Orgs, &world.User{ID: 77, Login: "acme", Kind: "Organization"})
		s.GitHubProjects = append(s.GitHubProjects, board)
		ann, r := s.AddUser(&world.User{Login: "ann"}), s.AddRepo("acme", "api")
		var before *world.GitHubIssue
		for n := range 5000 {
			i := s.CreateGitHub(r, world.GitHubIssue{Title: fmt.Sprint("Issue ", n), Body: strings.Repeat("words ", 200), Assignees: []*world.User{ann}}, ann)
			s.SetValue(s.AddCard(board, i, nil, ann), world.Value{Field: status, Option: status.Options[0]})
			if before != nil && n%10 == 0 {
				s.Block(i, before)
			}
			before = i
		}
		return nil
	}); err != nil {
		b.Fatal(err)
	}
	sim := githubsim.New(w, githubsim.Options{Token: token, Limit: -1})
	measure := func(name, method, url, body string) {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				r := httptest.NewRequest(method, url, strings.NewReader(body))
				r.Header.Set("Authorization", "Bearer "+token)
				r.Header.Set("User-Agent", "strata-test")
				out := httptest.NewRecorder()
				if sim.ServeHTTP(out, r); out.Code != http.StatusOK {
					b.Fatal(out.Code, out.Body)
				}
			}
			b.ReportMetric(float64(b.N)*100/b.Elapsed().Seconds(), "issues/s")
		})
	}
	measure("rest", "GET", "/repos/acme/api/issues?per_page=100&page=20", "")
	measure("graphql", "POST", "/graphql", strings.Replace(graphBody(boardQuery), `"first":50`, `"first":100`, 1))
}
