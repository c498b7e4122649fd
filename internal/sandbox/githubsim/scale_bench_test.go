package githubsim_test

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"syscall"
	"testing"
	"time"

	"strata/internal/sandbox/githubsim"
	"strata/internal/sandbox/world"
)

// BenchmarkScale serves pages of a hundred issues in full, over REST and over
// GraphQL, from worlds of 10,000 and of 1,000,000 items: run it with -cpu 1. A page
// may cost no more in the large world, on a late place or after a change.
func BenchmarkScale(b *testing.B) {
	for _, size := range []int{10_000, 1_000_000} {
		w := world.Generate(world.Options{Seed: 1, Items: size, Now: func() time.Time { return today }})
		s := &scaled{world: w, handler: githubsim.New(w, githubsim.Options{Token: token, Limit: -1})}
		run := func(what, method, path string, body func() string, before func()) {
			b.Run(fmt.Sprintf("%d/%s", size, what), func(b *testing.B) { s.pages(b, method, path, body, before) })
		}
		none := func() string { return "" }
		all := "/repos/acme/api/issues?state=all&sort=updated&direction=asc&per_page=100"
		run("rest, first page", http.MethodGet, all, none, nil)
		run("rest, page 20", http.MethodGet, all+"&page=20", none, nil)
		run("rest, since", http.MethodGet, all+"&since="+today.AddDate(0, 0, -30).Format(time.RFC3339), none, nil)
		run("rest, page 20, each after a change", http.MethodGet, all+"&page=20", none, s.change)
		run("board, first page", http.MethodPost, "/graphql", func() string { return boardPage(0) }, nil)
		run("board, page 20", http.MethodPost, "/graphql", func() string { return boardPage(20) }, nil)
		run("board, page 20, each after a change", http.MethodPost, "/graphql", func() string { return boardPage(20) }, s.change)
		run("repository, page 20", http.MethodPost, "/graphql", func() string { return repositoryPage(20) }, nil)
	}
}

const fullIssue = `id fullDatabaseId number title body url state stateReason(enableDuplicate: true) createdAt updatedAt closedAt
  repository { nameWithOwner isPrivate } issueType { name } milestone { dueOn } labels(first: 50) { nodes { name } } assignees(first: 10) { nodes { login } }
  parent { number } duplicateOf { number } subIssuesSummary { total }
  blockedBy(first: 20) { pageInfo { hasNextPage endCursor } nodes { number title state repository { nameWithOwner } } }
  blocking(first: 20) { pageInfo { hasNextPage endCursor } nodes { number title state repository { nameWithOwner } } }`

// boardPage asks for a page of the board with what its cards say.
func boardPage(place int) string {
	return asked(`query($after: String) { organization(login: "acme") { projectV2(number: 7) { items(first: 100, after: $after) {
  totalCount pageInfo { hasNextPage endCursor } nodes { id type isArchived content { __typename ... on Issue { `+fullIssue+` } }
  status: fieldValueByName(name: "Status") { ... on ProjectV2ItemFieldSingleSelectValue { name } }
  iteration: fieldValueByName(name: "Iteration") { ... on ProjectV2ItemFieldIterationValue { title startDate duration } }
  estimate: fieldValueByName(name: "Estimate") { ... on ProjectV2ItemFieldNumberValue { number } } } } } } }`, place)
}

func repositoryPage(place int) string {
	return asked(`query($after: String) { repository(owner: "acme", name: "api") { issues(first: 100, after: $after, orderBy: {field: CREATED_AT, direction: ASC}) {
  totalCount pageInfo { hasNextPage endCursor } nodes { `+fullIssue+` } } } }`, place)
}

// asked is a document with the cursor of a place: cursors are positions.
func asked(document string, place int) string {
	variables := map[string]any{}
	if place > 0 {
		variables["after"] = base64.StdEncoding.EncodeToString([]byte(fmt.Sprint(100 * place)))
	}
	body, _ := json.Marshal(map[string]any{"query": document, "variables": variables})
	return string(body)
}

// processor is the time that this process has kept a core busy, with collecting
// garbage: on a machine that others use too it says more than a clock.
func processor() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

type scaled struct {
	world   *world.World
	handler http.Handler
	n       int
}

// change renames one issue of all.
func (s *scaled) change() {
	s.n++
	_ = s.world.Write(func(st *world.State) error {
		list := st.Repo("acme/api").Issues
		st.SetTitle(list[(s.n*7919)%len(list)], fmt.Sprint("Renamed ", s.n))
		return nil
	})
}

// pages asks for one page again and again.
func (s *scaled) pages(b *testing.B, method, path string, body func() string, before func()) {
	issues, bytes := 0, 0
	spent := processor()
	for b.Loop() {
		if before != nil {
			before()
		}
		r := httptest.NewRequest(method, path, strings.NewReader(body()))
		r.Header.Set("Authorization", "Bearer "+token)
		r.Header.Set("User-Agent", "strata-test")
		out := httptest.NewRecorder()
		if s.handler.ServeHTTP(out, r); out.Code != http.StatusOK || strings.HasPrefix(out.Body.String(), `{"errors"`) {
			b.Fatal(out.Code, out.Body)
		}
		issues, bytes = issues+100, bytes+out.Body.Len()
	}
	b.ReportMetric(float64(issues)/b.Elapsed().Seconds(), "issues/s")
	b.ReportMetric(float64(issues)/(processor()-spent).Seconds(), "issues/core-s")
	b.ReportMetric(float64(bytes)/float64(issues), "B/issue")
}
