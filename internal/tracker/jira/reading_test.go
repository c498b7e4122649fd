package jira_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"strata/internal/tracker"
)

func TestAnEmptyAnswerToABrokenLoginIsNoEmptyProduct(t *testing.T) {
	empty := `{"issues":[],"isLast":true,"total":0,"startAt":0}`
	for name, breaks := range map[string]func(*fake){
		"Seraph on the search": func(f *fake) {
			f.on("POST search/jql", say(200, empty, "X-Seraph-LoginReason", "AUTHENTICATED_FAILED"))
		},
		"denied on the search": func(f *fake) {
			f.on("POST search/jql", say(200, empty, "X-Seraph-LoginReason", "AUTHENTICATION_DENIED"))
		},
		"anonymous search": func(f *fake) { f.on("POST search/jql", say(200, empty, "X-AUSERNAME", "anonymous")) },
		"captcha": func(f *fake) {
			f.on("POST search/jql", say(403, "", "X-Authentication-Denied-Reason", "CAPTCHA_CHALLENGE"))
		},
		"myself after the search": func(f *fake) {
			f.on("POST search/jql", say(200, empty))
			f.on("GET myself", inTurn(say(200, `{"accountId":"bot-1"}`), say(401, "")))
		},
		"nobody": func(f *fake) { f.on("GET myself", say(200, `{}`)) },
		"401":    func(f *fake) { f.on("GET myself", say(401, `<html>`)) },
	} {
		t.Run(name, func(t *testing.T) {
			f := newFake(t, "Cloud")
			breaks(f)
			page, err := f.tracker.Changes(t.Context(), web, "")
			if tracker.KindOf(err) != tracker.Unauthorized || page.Next != "" {
				t.Errorf("Changes = %+v, %v; want unauthorized", page, err)
			}
			if err != nil && strings.Contains(err.Error(), token) {
				t.Errorf("the token shows in %q", err)
			}
		})
	}
}

func TestAnEmptyScopeOfAVerifiedLoginIsEmpty(t *testing.T) {
	f := newFake(t, "Cloud")
	f.on("POST search/jql", say(200, `{"issues":[],"isLast":true}`))
	page, err := f.tracker.Changes(t.Context(), web, "")
	if err != nil || page.More || !page.Full {
		t.Errorf("Changes = %+v, %v; want an empty full reading", page, err)
	}
	if got := len(f.sent("GET myself")); got != 2 {
		t.Errorf("myself was asked %d times; want 2: at the start and for the empty answer", got)
	}
}

func TestAScopeIsAskedInTheOrderOfKeysAndLaterFromTheServersTime(t *testing.T) {
	// The last change is older than the server's time: it bounds the next reading.
	issue := `{"id":"1","key":"WEB-1","fields":{"updated":"2026-03-02T10:15:42.000+0100"}}`
	for _, c := range []struct{ deployment, route, date, want string }{
		{"Cloud", "POST search/jql", "Mon, 02 Mar 2026 09:30:00 GMT", "1772442600000"}, // 09:15:42 - 5m, on the minute
		{"Cloud", "POST search/jql", "Mon, 02 Mar 2026 09:12:30 GMT", "1772442420000"}, // the Date is earlier
		{"Server", "POST search", "Mon, 02 Mar 2026 09:30:00 GMT", "1772442780000"},    // 09:15:42 - 2m
	} {
		f := newFake(t, c.deployment)
		f.on(c.route, say(200, `{"startAt":0,"total":1,"issues":[`+issue+`]}`, "Date", c.date))
		page, err := f.tracker.Changes(t.Context(), web, "")
		if err != nil || !page.Full || page.More {
			t.Fatalf("Changes = %+v, %v; want one full page", page, err)
		}
		page, err = f.tracker.Changes(t.Context(), web, page.Next)
		if err != nil || page.Full || page.More {
			t.Fatalf("Changes = %+v, %v; want one later page", page, err)
		}
		sent := f.sent(c.route)
		got := []string{asked(t, sent[0]).JQL, asked(t, sent[1]).JQL}
		condition := `project = WEB OR labels = "a) ORDER BY b"`
		want := []string{condition + " ORDER BY key ASC", "(" + condition + ") AND updated >= " + c.want + " ORDER BY key ASC"}
		if diff := cmp.Diff(got, want); diff != "" {
			t.Errorf("%s: JQL (-got +want):\n%s", c.deployment, diff)
		}
	}
}

func TestAnotherQuestionNeedsAFullReading(t *testing.T) {
	f := newFake(t, "Cloud")
	f.on("POST search/jql", say(200, `{"issues":[{"id":"1","key":"WEB-1","fields":{"updated":"2026-03-02T10:15:42.000+0100"}}]}`))
	page, err := f.tracker.Changes(t.Context(), web, "")
	if err != nil {
		t.Fatal(err)
	}
	other := web
	other.JQL = "project = API"
	if page, err = f.tracker.Changes(t.Context(), other, page.Next); err != nil || !page.Full {
		t.Errorf("Full = %v, %v; want a full reading after the JQL changed", page.Full, err)
	}
}

func TestTokensAreFollowedAndNeverRoundInCircles(t *testing.T) {
	pageOf := func(id, next string) http.HandlerFunc {
		issues := ""
		if id != "" {
			issues = fmt.Sprintf(`{"id":%q,"key":"WEB-%s","fields":{}}`, id, id)
		}
		return say(200, fmt.Sprintf(`{"issues":[%s],"nextPageToken":%q}`, issues, next))
	}
	for name, c := range map[string]struct {
		pages []http.HandlerFunc
		ids   []string
		kind  tracker.Kind
	}{
		"an empty page goes on":    {[]http.HandlerFunc{pageOf("1", "a"), pageOf("", "b"), pageOf("2", "")}, []string{"1", "2"}, ""},
		"the same token again":     {[]http.HandlerFunc{pageOf("1", "a"), pageOf("2", "a")}, []string{"1"}, tracker.Transient},
		"a circle of two tokens":   {[]http.HandlerFunc{pageOf("1", "a"), pageOf("2", "b"), pageOf("3", "a")}, []string{"1", "2"}, tracker.Transient},
		"more without a token":     {[]http.HandlerFunc{say(200, `{"issues":[],"isLast":false}`)}, nil, tracker.Transient},
		"a page in mid-way breaks": {[]http.HandlerFunc{pageOf("1", "a"), say(500, "")}, []string{"1"}, tracker.Transient},
		"a web page":               {[]http.HandlerFunc{say(200, `<html>log in</html>`)}, nil, tracker.Transient},
		"bad JQL":                  {[]http.HandlerFunc{say(400, `{"errorMessages":["Error in the JQL Query"]}`)}, nil, tracker.Rejected},
		"the search was removed":   {[]http.HandlerFunc{say(410, `{"errorMessages":["The requested API has been removed."]}`)}, nil, tracker.NotFound},
	} {
		t.Run(name, func(t *testing.T) {
			f := newFake(t, "Cloud")
			f.on("POST search/jql", inTurn(c.pages...))
			ids, err := readAll(t, f.tracker)
			if !slices.Equal(ids, c.ids) || tracker.KindOf(err) != c.kind {
				t.Errorf("read %v, %v; want %v and kind %q", ids, err, c.ids, c.kind)
			}
		})
	}
}

// readAll reads the scope to its end and returns the ids in the order they came.
func readAll(t *testing.T, tr tracker.Tracker) (ids []string, err error) {
	t.Helper()
	var at tracker.Cursor
	for range 100 {
		page, err := tr.Changes(t.Context(), web, at)
		if err != nil {
			return ids, err
		}
		for _, r := range page.Records {
			ids = append(ids, r.Ref.ID)
		}
		if at = page.Next; !page.More {
			return ids, nil
		}
	}
	t.Fatal("no end after 100 pages")
	return nil, nil
}

// rows serves Data Center's search over ids that change while they are read.
type rows struct {
	ids    []string
	most   int
	served int
	before func(*rows) // called before each page
}

func (r *rows) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	var q struct {
		Start int `json:"startAt"`
		Size  int `json:"maxResults"`
	}
	_ = json.NewDecoder(req.Body).Decode(&q)
	r.served++
	if r.before != nil {
		r.before(r)
	}
	size := q.Size
	if r.most > 0 {
		size = min(size, r.most)
	}
	var issues []string
	for _, id := range r.ids[min(q.Start, len(r.ids)):min(q.Start+size, len(r.ids))] {
		issues = append(issues, fmt.Sprintf(`{"id":%q,"key":"WEB-%s","fields":{}}`, id, id))
	}
	fmt.Fprintf(w, `{"startAt":%d,"maxResults":%d,"total":%d,"issues":[%s]}`, q.Start, size, len(r.ids), strings.Join(issues, ","))
}

func TestOffsetsLoseNothingWhileItemsComeAndGo(t *testing.T) {
	for name, c := range map[string]struct {
		most   int
		change func(*rows)
	}{
		"nothing moves":          {0, nil},
		"the server caps a page": {7, nil},
		"the first items leave the scope": {0, func(r *rows) {
			if r.served == 2 {
				r.ids = r.ids[30:]
			}
		}},
		"the last item of a page leaves": {0, func(r *rows) {
			if r.served == 2 {
				r.ids = slices.Delete(r.ids, 99, 100)
			}
		}},
		"more than a page leaves": {0, func(r *rows) {
			if r.served == 3 {
				r.ids = r.ids[150:]
			}
		}},
		"items come in front": {0, func(r *rows) {
			if r.served == 2 {
				r.ids = append([]string{"9001", "9002", "9003"}, r.ids...)
			}
		}},
	} {
		t.Run(name, func(t *testing.T) {
			f := newFake(t, "Server")
			r := &rows{most: c.most, before: c.change}
			for n := range 350 {
				r.ids = append(r.ids, fmt.Sprint(n+1))
			}
			f.on("POST search", r.ServeHTTP)
			ids, err := readAll(t, f.tracker)
			if err != nil {
				t.Fatal(err)
			}
			for n := range 350 {
				if id := fmt.Sprint(n + 1); !slices.Contains(ids, id) && slices.Contains(r.ids, id) {
					t.Errorf("%s is in the scope and was not read", id)
				}
			}
			if c.change == nil && c.most == 0 && r.served != 4 {
				t.Errorf("%d calls for 350 items; want 4", r.served)
			}
		})
	}
}

func TestAServerThatIgnoresOffsetsIsNotBelieved(t *testing.T) {
	f := newFake(t, "Server")
	f.on("POST search", say(200, `{"startAt":0,"total":500,"issues":[{"id":"1","key":"WEB-1"}]}`))
	if _, err := readAll(t, f.tracker); tracker.KindOf(err) != tracker.Transient {
		t.Errorf("error = %v; want transient", err)
	}
	f.on("POST search", say(200, `{"startAt":0,"total":500,"issues":[]}`))
	if _, err := readAll(t, f.tracker); tracker.KindOf(err) != tracker.Transient {
		t.Errorf("error = %v; want transient for a total without items", err)
	}
}

func TestAPageThatIsTooHeavyIsMadeSmaller(t *testing.T) {
	f := newFake(t, "Cloud")
	f.on("POST search/jql", inTurn(say(502, "<html>"), say(502, "<html>"), say(200, `{"issues":[{"id":"1","key":"WEB-1"}]}`)))
	if ids, err := readAll(t, f.tracker); err != nil || len(ids) != 1 {
		t.Fatalf("read %v, %v; want one item", ids, err)
	}
	var sizes []int
	for _, body := range f.sent("POST search/jql") {
		sizes = append(sizes, asked(t, body).Size)
	}
	if want := []int{100, 50, 25}; !slices.Equal(sizes, want) {
		t.Errorf("sizes = %v; want %v", sizes, want)
	}
}

func TestALoginIsAskedOnceForManyPages(t *testing.T) {
	f := newFake(t, "Cloud")
	f.on("POST search/jql", inTurn(say(200, `{"issues":[{"id":"1","key":"W-1"}],"nextPageToken":"a"}`), say(200, `{"issues":[{"id":"2","key":"W-2"}]}`)))
	if _, err := readAll(t, f.tracker); err != nil {
		t.Fatal(err)
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.requests) != 5 {
		t.Errorf("requests = %q; want serverInfo, myself, field and two pages", f.requests)
	}
}
