package replay

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"strata/internal/sandbox/contract"
	"strata/internal/sandbox/githubsim"
	"strata/internal/sandbox/jirasim"
	"strata/internal/sandbox/world"
)

// row says how a recorded exchange is put to our world.
type row struct {
	// names are what the recording says and what stands for it here, in the order in which they are replaced, in path, query
	// and body.
	names []string
	// mistake says why the recorded status or answer is not to be believed: it came from a stub. status is what a tracker
	// answers; zero: the recorded one.
	mistake string
	status  int
	// unserved are places of the answer that the simulator leaves out, with the reason. The contract must let them be absent.
	unserved map[string]string
	// unlike are places where the recorded value is of another kind, with the reason.
	unlike map[string]string
	// like is a published route that answers the same, where the recorded one is not published.
	like string
}

// stage is a simulator with a world.
type stage struct {
	t     *testing.T
	api   contract.API
	world *world.World
	url   string
	login func(*http.Request)
}

var wednesday = time.Date(2026, 3, 11, 9, 0, 0, 0, time.UTC)

const token = "sesame"

// generated is the world that recordings are put to.
func generated(items int) *world.World {
	return world.Generate(world.Options{Seed: 1, Items: items, Now: func() time.Time { return wednesday }})
}

func onJira(t *testing.T, flavour jirasim.Flavour) *stage {
	t.Helper()
	s := &stage{t: t, api: contract.JiraCloud, world: generated(100)}
	var user string
	s.world.Read(func(st *world.State) { user = st.JiraBot.Email })
	s.login = func(r *http.Request) { r.SetBasicAuth(user, token) }
	if flavour == jirasim.DataCenter {
		s.api = contract.DataCenter
		s.login = func(r *http.Request) { r.Header.Set("Authorization", "Bearer "+token) }
	}
	s.serve(jirasim.New(s.world, jirasim.Options{Flavour: flavour, Token: token}))
	return s
}

func onGitHub(t *testing.T, w *world.World) *stage {
	t.Helper()
	s := &stage{t: t, api: contract.GitHub, world: w, login: func(r *http.Request) { r.Header.Set("Authorization", "token "+token) }}
	nextMonth := wednesday.AddDate(0, 1, 0)
	s.serve(githubsim.New(w, githubsim.Options{Token: "the daemon's", Tokens: map[string]githubsim.Token{
		token: {Expires: nextMonth}, fine: {Permissions: map[string]string{"issues": "write"}, Expires: nextMonth},
	}}))
	return s
}

// fine is a fine-grained token. As github.com, the simulator names the permissions that a route wants to such tokens alone.
const fine = "fine"

func (s *stage) serve(simulator http.Handler) {
	server := httptest.NewServer(contract.Watch(s.t, s.api, contract.Anyone).Handler(simulator))
	s.t.Cleanup(server.Close)
	s.url = server.URL
}

// mutate changes the world as a person does.
func (s *stage) mutate(op, item string, more ...any) world.Outcome {
	s.t.Helper()
	wish := map[string]any{"op": op}
	if item != "" {
		wish["item"] = item
	}
	for i := 0; i+1 < len(more); i += 2 {
		wish[more[i].(string)] = more[i+1]
	}
	raw, err := json.Marshal(wish)
	if err != nil {
		s.t.Fatal(err)
	}
	out, err := s.world.Mutate(raw)
	if err != nil {
		s.t.Fatalf("%s: %v", raw, err)
	}
	return out
}

// ask is a request of our own, to learn the names of things.
func (s *stage) ask(method, path string, body any) map[string]any {
	s.t.Helper()
	text, err := json.Marshal(body)
	if err != nil {
		s.t.Fatal(err)
	}
	e := exchange{method: method, path: path, header: http.Header{"Content-Type": {"application/json"}, "User-Agent": {"test"}}, body: string(text)}
	if body == nil {
		e.body = ""
	}
	resp, raw := s.send(e, row{})
	if resp.StatusCode >= 300 {
		s.t.Fatalf("%s %s: %d %s", method, path, resp.StatusCode, raw)
	}
	var out map[string]any
	decode(s.t, raw, &out)
	return out
}

// send puts an exchange to the simulator.
func (s *stage) send(e exchange, r row) (*http.Response, string) {
	s.t.Helper()
	names := strings.NewReplacer(r.names...)
	address := s.url + names.Replace(e.path)
	query := url.Values{}
	for name, values := range e.query {
		for _, value := range values {
			query.Add(name, names.Replace(value))
		}
	}
	if len(query) > 0 {
		address += "?" + query.Encode()
	}
	var body io.Reader = http.NoBody
	if e.body != "" {
		body = strings.NewReader(names.Replace(e.body))
	}
	request, err := http.NewRequestWithContext(s.t.Context(), e.method, address, body)
	if err != nil {
		s.t.Fatal(err)
	}
	for name, values := range e.header {
		switch name {
		case "Host", "Connection", "Content-Length", "Accept-Encoding", "Authorization":
		default:
			request.Header[name] = values
		}
	}
	s.login(request)
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	resp, err := client.Do(request)
	if err != nil {
		s.t.Fatal(err)
	}
	defer resp.Body.Close()
	said, err := io.ReadAll(resp.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return resp, string(said)
}

// play replays an exchange and compares what comes back with what was recorded.
func (s *stage) play(e exchange, r row) string {
	s.t.Helper()
	resp, said := s.send(e, r)
	want := e.status
	if r.status != 0 {
		want = r.status
	}
	if (r.status != 0) != (r.status != 0 && r.mistake != "") {
		s.t.Errorf("%s: another status than the recorded one wants a reason", e.name)
	}
	if resp.StatusCode != want {
		s.t.Errorf("%s: %s %s answers %d, recorded %d: %.300s", e.name, e.method, e.path, resp.StatusCode, want, said)
		return said
	}
	s.headers(e, resp.Header)
	if r.mistake != "" || e.answer == "" {
		return said
	}
	c := s.comparison(e, r, resp.Request.URL.RequestURI())
	var got any
	if err := json.Unmarshal([]byte(said), &got); err != nil {
		if !strings.HasPrefix(e.answer, "{") && !strings.HasPrefix(e.answer, "[") {
			return said // a text, then and now
		}
		s.t.Errorf("%s: %v in %.100s", e.name, err, said)
		return said
	}
	recorded := beginning(e.answer)
	c.compare(shapeOf(recorded), got, "")
	sameErrors(c, recorded, got, strings.NewReplacer(r.names...))
	slices.Sort(c.wrong)
	for _, wrong := range slices.Compact(c.wrong) {
		s.t.Errorf("%s: %s %s: %s", e.name, e.method, e.path, wrong)
	}
	for _, pattern := range slices.Concat(slices.Collect(maps.Keys(r.unserved)), slices.Collect(maps.Keys(r.unlike))) {
		if !c.used[pattern] {
			s.t.Errorf("%s: %s is served, or was not recorded: take it out of the table", e.name, pattern)
		}
	}
	return said
}

func (s *stage) comparison(e exchange, r row, uri string) *comparison {
	c := &comparison{unserved: r.unserved, unlike: r.unlike}
	method, status := e.method, e.status
	if r.like != "" {
		method, uri, _ = strings.Cut(r.like, " ")
		status = http.StatusOK
	}
	published := func(place string) contract.Property {
		p, err := s.api.Property(method, uri, status, place)
		if err != nil {
			s.t.Fatal(err)
		}
		return p
	}
	if strings.HasSuffix(e.path, "graphql") { // the watcher holds data against the schema, field by field
		c.absent = func(place string) bool { return strings.HasPrefix(place, "/data/") }
		c.null = func(place string) bool { return strings.HasPrefix(place, "/data") }
		c.foreign = func(place string) bool { return !strings.HasPrefix(place, "/data") }
		return c
	}
	c.absent = func(place string) bool { return c.named(c.unserved, place) && !published(place).Required }
	c.null = func(place string) bool { return published(place).Nullable || s.api != contract.GitHub && s.ours(place) }
	c.foreign = func(place string) bool { return s.api == contract.GitHub && !published(place).Known }
	return c
}

// sameErrors compares the errors of a GraphQL answer, word by word.
func sameErrors(c *comparison, recorded, got any, names *strings.Replacer) {
	of := func(answer any) (all []string) {
		object, _ := answer.(map[string]any)
		list, _ := object["errors"].([]any)
		for _, one := range list {
			if e, ok := one.(map[string]any); ok && e["message"] != nil {
				all = append(all, fmt.Sprintf("%v at %v: %v", e["type"], e["path"], names.Replace(fmt.Sprint(e["message"]))))
			}
		}
		return all
	}
	if diff := cmp.Diff(of(recorded), of(got)); diff != "" {
		c.say("/errors", "(-recorded +got)\n%s", diff)
	}
}

// ours are the places of Jira's answers that may be null, although the recorded one was not: Jira's files call nothing
// nullable. Our own descriptions, which the watcher holds answers against, say the same.
func (s *stage) ours(place string) bool {
	for _, name := range []string{"assignee", "resolution", "resolutiondate", "duedate", "description", "priority", "lastViewed", "parent", "sprint"} {
		if strings.HasSuffix(place, "/fields/"+name) {
			return true
		}
	}
	return strings.Contains(place, "/fields/customfield_") || strings.Contains(place, "/renderedFields/")
}

// headers are those that clients rely on.
func (s *stage) headers(e exchange, got http.Header) {
	s.t.Helper()
	for _, name := range []string{"Content-Type", "ETag", "Last-Modified", "Location", "X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset", "X-RateLimit-Used", "X-RateLimit-Resource", "X-GitHub-Media-Type", "X-OAuth-Scopes", "Github-Authentication-Token-Expiration"} {
		if e.answered.Get(name) != "" && got.Get(name) == "" {
			s.t.Errorf("%s: %s %s: the header %s is missing, recorded %q", e.name, e.method, e.path, name, e.answered.Get(name))
		}
	}
	for _, name := range []string{"Content-Type", "X-RateLimit-Resource", "X-Accepted-GitHub-Permissions", "X-GitHub-Api-Version-Selected"} {
		if want := e.answered.Get(name); want != "" && !strings.EqualFold(got.Get(name), want) {
			s.t.Errorf("%s: %s %s: %s is %q, recorded %q", e.name, e.method, e.path, name, got.Get(name), want)
		}
	}
	if want, have := relations(e.answered.Get("Link")), relations(got.Get("Link")); want != have && e.answered != nil {
		s.t.Errorf("%s: %s %s: Link has %s, recorded %s", e.name, e.method, e.path, have, want)
	}
}

// relations reads a Link header as "last per_page=3&page=5, next …", without hosts and numbers of repositories.
func relations(link string) string {
	var all []string
	for part := range strings.SplitSeq(link, ", ") {
		address, rel, found := strings.Cut(part, `>; rel="`)
		if !found {
			continue
		}
		u, err := url.Parse(strings.TrimPrefix(address, "<"))
		if err != nil {
			continue
		}
		form := "by name"
		if strings.Contains(u.Path, "/repositories/") {
			form = "by number"
		}
		all = append(all, fmt.Sprintf("%s %s %s", strings.Trim(rel, `"`), form, u.Query().Encode()))
	}
	slices.Sort(all)
	return "[" + strings.Join(all, ", ") + "]"
}
