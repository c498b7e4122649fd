package githubsim_test

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"strata/internal/sandbox/contract"
	"strata/internal/sandbox/githubsim"
	"strata/internal/sandbox/world"
)

// today is when every test happens.
var today = time.Date(2026, 3, 11, 9, 0, 0, 0, time.UTC)

const token = "ghp_test"

// small is a product of a few items, each there for a reason.
type small struct {
	*world.World
	api, web, secret           *world.Repo
	checkout, schema, pull     *world.GitHubIssue // #1 waits for #2; #3 is a pull request
	dropped, hidden, duplicate *world.GitHubIssue
	board                      *world.GitHubProject
	clock                      *time.Time
}

func newSmall(t *testing.T) *small {
	t.Helper()
	clock := today.Add(-30 * 24 * time.Hour)
	p := &small{clock: &clock}
	p.World = world.New(func() time.Time { return clock })
	err := p.Write(func(s *world.State) error {
		s.Orgs = append(s.Orgs, &world.User{ID: 77, Login: "acme", Kind: "Organization", Name: "Acme"})
		s.GitHubBot = s.AddUser(&world.User{Login: "strata-bot", Name: "Strata", Bot: true})
		ann := s.AddUser(&world.User{Login: "ann", Name: "Ann"})
		p.api, p.web, p.secret = s.AddRepo("acme", "api"), s.AddRepo("acme", "web"), s.AddRepo("acme", "secret")
		p.secret.Private, p.secret.Hidden = true, true
		p.api.Stones = []*world.Milestone{{ID: 501, Number: 1, Title: "March", Due: today.AddDate(0, 0, 9)}}
		bug := &world.GitHubType{ID: 601, Name: "Bug"}
		s.GitHubTypes = append(s.GitHubTypes, bug)

		p.checkout = s.CreateGitHub(p.api, world.GitHubIssue{Title: "Checkout | @team {code} <script>", Body: "## Goal\nFaster\n<!-- hidden -->", Assignees: []*world.User{ann}, Type: bug, Milestone: p.api.Stones[0]}, ann)
		p.checkout.Labels = []*world.Label{s.LabelIn(p.api, "team-web")}
		p.schema = s.CreateGitHub(p.api, world.GitHubIssue{Title: "Schema"}, ann)
		p.pull = s.CreateGitHub(p.api, world.GitHubIssue{Title: "Add schema", PullRequest: true}, ann)
		p.dropped = s.CreateGitHub(p.web, world.GitHubIssue{Title: "Old idea"}, ann)
		p.hidden = s.CreateGitHub(p.secret, world.GitHubIssue{Title: "Secret"}, ann)
		p.duplicate = s.CreateGitHub(p.web, world.GitHubIssue{Title: "Schema again"}, ann)
		s.Block(p.checkout, p.schema)
		s.Block(p.checkout, p.dropped)
		s.Block(p.checkout, p.hidden)
		s.CloseIssue(p.dropped, world.NotPlanned, ann)
		p.duplicate.DuplicateOf = p.schema
		s.CloseIssue(p.duplicate, world.Duplicate, ann)
		p.makeBoard(s, ann)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	clock = today
	return p
}

func (p *small) makeBoard(s *world.State, ann *world.User) {
	p.board = &world.GitHubProject{ID: 900, Owner: "acme", Number: 7, Title: "Product"}
	for n, f := range []world.ProjectField{
		{Name: "Title", Type: "TITLE"}, {Name: "Assignees", Type: "ASSIGNEES"}, {Name: "Labels", Type: "LABELS"}, {Name: "Repository", Type: "REPOSITORY"},
		{Name: "Status", Type: "SINGLE_SELECT", Options: []*world.Option{{ID: "f75ad846", Name: "Todo"}, {ID: "47fc9ee4", Name: "In Progress"}}},
		{Name: "Iteration", Type: "ITERATION", Iterations: []*world.Iteration{
			{ID: "aa000001", Title: "Sprint 1", Start: day(2026, 2, 16), Days: 14}, {ID: "aa000002", Title: "Sprint 2", Start: day(2026, 3, 2), Days: 14}, {ID: "aa000003", Title: "Sprint 3", Start: day(2026, 3, 16), Days: 14}}},
		{Name: "Estimate", Type: "NUMBER"}, {Name: "Team", Type: "TEXT"}, {Name: "Due", Type: "DATE"},
	} {
		f.ID, f.Project = int64(9001+n), p.board
		p.board.Fields = append(p.board.Fields, &f)
	}
	s.GitHubProjects = append(s.GitHubProjects, p.board)
	card := s.AddCard(p.board, p.checkout, nil, ann)
	five := 5.0
	s.SetValue(card, world.Value{Field: p.board.Field("Status"), Option: p.board.Field("Status").Option("In Progress")})
	s.SetValue(card, world.Value{Field: p.board.Field("Iteration"), Iteration: p.board.Field("Iteration").Iteration("Sprint 2")})
	s.SetValue(card, world.Value{Field: p.board.Field("Estimate"), Number: &five})
	s.SetValue(card, world.Value{Field: p.board.Field("Team"), Text: "Web"})
	s.SetValue(card, world.Value{Field: p.board.Field("Due"), Date: "2026-03-20"})
	s.AddCard(p.board, p.pull, nil, ann)
	s.AddCard(p.board, nil, &world.DraftIssue{ID: 88, Title: "A note", Author: ann, Created: today, Updated: today}, ann)
	s.AddCard(p.board, p.hidden, nil, ann)
	s.AddCard(p.board, p.schema, nil, ann).Archived = true
}

func day(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, time.UTC) }

// serve opens the world as a GitHub and answers its address.
func serve(t *testing.T, w *world.World, o githubsim.Options) string {
	t.Helper()
	if o.Token == "" {
		o.Token = token
	}
	server := httptest.NewServer(contract.Watch(t, contract.GitHub, contract.Anyone).Handler(githubsim.New(w, o)))
	t.Cleanup(server.Close)
	return server.URL
}

// client is an http.Client that carries the daemon's token.
func client(given string) *http.Client { return &http.Client{Transport: bearer(given)} }

type bearer string

func (b bearer) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.Header.Set("Authorization", "Bearer "+string(b))
	if r.Header.Get("User-Agent") == "" {
		r.Header.Set("User-Agent", "strata-test")
	}
	return http.DefaultTransport.RoundTrip(r)
}
