package jirasim

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"sync"

	"strata/internal/sandbox/world"
)

// asked is the body of Cloud's search. Anything else in it is refused, as the
// published schema (additionalProperties: false) says.
type asked struct {
	JQL        string   `json:"jql"`
	Fields     []string `json:"fields"`
	MaxResults *int     `json:"maxResults"`
	Expand     string   `json:"expand"`
	Token      string   `json:"nextPageToken"`
	Properties []string `json:"properties"`
	ByKeys     bool     `json:"fieldsByKeys"`
	Reconcile  []int64  `json:"reconcileIssues"`
}

func (c *call) asked() (asked, error) {
	var in asked
	if c.Method == http.MethodPost {
		err := c.body(&in, true)
		return in, err
	}
	n, err := c.number("maxResults", 50)
	if err != nil {
		return in, err
	}
	q := c.URL.Query()
	in = asked{JQL: q.Get("jql"), Fields: c.words("fields"), MaxResults: &n, Expand: q.Get("expand"), Token: q.Get("nextPageToken"), Properties: c.words("properties")}
	for _, w := range c.words("reconcileIssues") {
		var id int64
		if _, err := fmt.Sscan(w, &id); err != nil {
			return in, refuse(http.StatusBadRequest, "reconcileIssues: '"+w+"' is not a numeric id.")
		}
		in.Reconcile = append(in.Reconcile, id)
	}
	return in, nil
}

// searchCloud is the token-paged search: no total, no startAt, id only unless
// fields are asked for, and smaller pages than asked when there is much to
// carry.
func searchCloud(c *call) error {
	in, err := c.asked()
	if err != nil {
		return err
	}
	if len(in.Reconcile) > 50 {
		return refuse(http.StatusBadRequest, "reconcileIssues: at most 50 issues.")
	}
	sel := choose(in.Fields, "id")
	size := 50
	if in.MaxResults != nil {
		size = *in.MaxResults
	}
	if size < 0 {
		return refuse(http.StatusBadRequest, "maxResults must not be negative.")
	}
	limit := c.s.o.PageCap
	if sel.onlyID {
		limit = max(5000, limit)
	}
	size = max(min(size, limit), 1)
	return c.read(func(st *world.State) (any, error) {
		return c.page(st, in, sel, size)
	})
}

func (c *call) page(st *world.State, in asked, sel selection, size int) (any, error) {
	query := in.JQL + "\x00" + strings.Join(in.Fields, ",") + "\x00" + in.Expand
	var list []*world.JiraIssue
	start := 0
	if in.Token != "" {
		var err error
		if list, start, err = c.s.results.resume(in.Token, query); err != nil {
			return nil, err
		}
	} else {
		found, err := c.find(st, in.JQL, true, false)
		if err != nil {
			return nil, err
		}
		if list, err = c.reconcile(st, found, in); err != nil {
			return nil, err
		}
	}
	if err := c.brokenPage(start); err != nil {
		return nil, err
	}
	end := min(start+size, len(list))
	issues := []obj{}
	expand := strings.Split(in.Expand, ",")
	for _, i := range list[start:end] {
		if st.JiraIssue(id(i.ID)) == i && c.sees(i) { // deleted or hidden since the first page
			issues = append(issues, c.issueJSON(st, i, sel, expand))
		}
	}
	out := obj{"issues": issues, "isLast": end == len(list)}
	if end < len(list) {
		out["nextPageToken"] = c.s.results.token(in.Token, query, list, end)
	}
	if slices.Contains(expand, "names") {
		out["names"] = names(st)
	}
	return out, nil
}

// reconcile adds what a lagging index left out but the asker named by id.
func (c *call) reconcile(st *world.State, found []*world.JiraIssue, in asked) ([]*world.JiraIssue, error) {
	if c.lag(st).IsZero() || len(in.Reconcile) == 0 || c.user == nil {
		return found, nil
	}
	q, err := parseJQL(in.JQL)
	if err != nil {
		return nil, err
	}
	k := &compiler{c: c, st: st, now: st.Now()}
	match, err := k.or(q.Where)
	if err != nil {
		return nil, err
	}
	less, err := order(q.Order)
	if err != nil {
		return nil, err
	}
	out := slices.Clone(found)
	for _, n := range in.Reconcile {
		if i := st.JiraIssue(id(n)); c.sees(i) && match(i) && !slices.Contains(out, i) {
			out = append(out, i)
		}
	}
	slices.SortStableFunc(out, less)
	return out, nil
}

// results remembers what page tokens stand for, and answers of queries while
// the world stands still.
type results struct {
	mu      sync.Mutex
	serial  int
	cursors map[string]*cursor
	age     []string
	version uint64
	answers map[string][]*world.JiraIssue
}

type cursor struct {
	query string
	list  []*world.JiraIssue
}

// kept is how many cursors live; older ones have expired, as real tokens do
// after seven days.
const kept = 64

func newResults() *results {
	return &results{cursors: map[string]*cursor{}, answers: map[string][]*world.JiraIssue{}}
}

// token names the next page. It belongs to one query.
func (r *results) token(last, query string, list []*world.JiraIssue, at int) string {
	r.mu.Lock()
	defer r.mu.Unlock()
	name, _, _ := strings.Cut(last, ".")
	if name == "" {
		r.serial++
		sum := sha256.Sum256([]byte(fmt.Sprint(r.serial, query)))
		name = hex.EncodeToString(sum[:12])
		r.cursors[name] = &cursor{query, list}
		if r.age = append(r.age, name); len(r.age) > kept {
			delete(r.cursors, r.age[0])
			r.age = r.age[1:]
		}
	}
	return fmt.Sprintf("%s.%d", name, at)
}

func (r *results) resume(token, query string) ([]*world.JiraIssue, int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	name, place, _ := strings.Cut(token, ".")
	c := r.cursors[name]
	at := 0
	if _, err := fmt.Sscanf(place, "%d", &at); c == nil || err != nil || at < 0 || at > len(c.list) {
		return nil, 0, refuse(http.StatusBadRequest, "The provided next page token is invalid or has expired.")
	}
	if c.query != query {
		return nil, 0, refuse(http.StatusBadRequest, "The provided next page token does not belong to this query.")
	}
	return c.list, at, nil
}

// cached answers a query that was asked before in the same state of the world.
// Queries about now are asked anew.
func (c *call) cached(st *world.State, jql string) ([]*world.JiraIssue, bool) {
	if !cachable(jql) || len(c.hides) > 0 || !c.lag(st).IsZero() {
		return nil, false
	}
	r := c.s.results
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.version != st.Version {
		return nil, false
	}
	list, ok := r.answers[jql]
	return list, ok
}

func (c *call) keep(st *world.State, jql string, list []*world.JiraIssue) {
	if !cachable(jql) || len(c.hides) > 0 || !c.lag(st).IsZero() {
		return
	}
	r := c.s.results
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.version != st.Version || len(r.answers) > 16 {
		r.version, r.answers = st.Version, map[string][]*world.JiraIssue{}
	}
	r.answers[jql] = list
}

var ofNow = regexp.MustCompile(`(?i)\w\(|(^|[\s"'=<>(,])[+-]?\d+[wdhm]\b`)

// cachable queries do not depend on the clock: no function, no period.
func cachable(jql string) bool { return !ofNow.MatchString(jql) }
