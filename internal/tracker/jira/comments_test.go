package jira_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"strata/internal/comment"
	"strata/internal/markup"
	"strata/internal/tracker"
	"strata/internal/tracker/jira"
	"strata/internal/work"
)

var (
	marker = comment.Marker{Version: 1, Owner: "acme-shop", Kind: comment.Flag, State: comment.Open, Digest: "d1"}
	ref    = work.Ref{Tracker: "jira", ID: "10001"}
	draft  = tracker.Draft{Body: markup.Document{markup.Paragraph{markup.Text("WEB-1 waits for API-7")}}, Marker: marker}
)

// said is a comment as Jira sends it.
func said(id, author, editor, body, properties string) string {
	if properties == "" {
		properties = "[]"
	}
	raw, _ := json.Marshal(body)
	return fmt.Sprintf(`{"id":%q,"author":{"accountId":%q},"updateAuthor":{"accountId":%q},"body":%s,"created":"2026-03-02T10:15:42.000+0100","properties":%s}`,
		id, author, editor, raw, properties)
}

func asProperty(t *testing.T) string {
	t.Helper()
	raw, err := json.Marshal([]map[string]any{{"key": "other", "value": 1}, {"key": comment.PropertyKey, "value": marker.Property()}})
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// found is a search answer with one item and its embedded comments.
func found(total int, comments ...string) string {
	return fmt.Sprintf(`{"total":1,"issues":[{"id":"10001","key":"WEB-1","fields":{"comment":{"total":%d,"comments":[%s]}}}]}`, total, strings.Join(comments, ","))
}

func read(t *testing.T, f *fake) tracker.Page {
	t.Helper()
	page, err := f.tracker.Changes(t.Context(), web, "")
	if err != nil {
		t.Fatal(err)
	}
	return page
}

func TestAMarkerThatLostItsAnchorIsFoundInTheProperty(t *testing.T) {
	for deployment, prepare := range map[string]func(*fake){
		"Cloud": func(f *fake) {
			f.on("POST search/jql", say(200, found(2, said("7", "bot-1", "bot-1", "no anchor", ""), said("8", "bot-1", "bot-1", "ours without a marker", ""))))
			f.on("POST comment/list", say(200, `{"values":[`+said("7", "bot-1", "bot-1", "no anchor", asProperty(t))+`]}`))
		},
		"Server": func(f *fake) {
			f.on("POST search", say(200, found(2, said("7", "bot-1", "admin", "no anchor", ""), said("8", "bot-1", "bot-1", "ours without a marker", ""))))
			f.on("GET issue/10001/comment", say(200, `{"total":1,"comments":[`+said("7", "bot-1", "admin", "no anchor", asProperty(t))+`]}`))
		},
	} {
		f := newFake(t, deployment)
		prepare(f)
		got := read(t, f).Comments
		if len(got) != 2 || !got[0].Marked || got[0].Marker != marker || got[1].Marked {
			t.Errorf("%s: comments = %+v; want the marker of the first from its property", deployment, got)
		}
		if n := len(f.sent("POST comment/list")) + len(f.sent("GET issue/10001/comment")); n != 1 {
			t.Errorf("%s: %d calls for properties; want one", deployment, n)
		}
	}
}

func TestAnItemWhoseCommentsAreNotAllSeenIsNotCommented(t *testing.T) {
	for name, body := range map[string]string{
		"no comment field":   `{"issues":[{"id":"10001","key":"WEB-1","fields":{}}]}`,
		"gone while listing": found(25),
	} {
		f := newFake(t, "Cloud")
		f.on("POST search/jql", say(200, body))
		if page := read(t, f); len(page.Commented) != 0 || len(page.Records) != 1 {
			t.Errorf("%s: commented = %v, records = %d; want none and one", name, page.Commented, len(page.Records))
		}
	}
}

func TestAnItemWithMoreCommentsThanEmbeddedIsListed(t *testing.T) {
	f := newFake(t, "Cloud")
	mine := said("300", "bot-1", "bot-1", marker.Anchor()+" text", "")
	f.on("POST search/jql", say(200, found(120, said("1", "ada", "ada", "hi", ""))))
	f.on("GET issue/10001/comment", func(w http.ResponseWriter, r *http.Request) {
		var list []string
		switch r.URL.Query().Get("startAt") {
		case "0":
			for n := range 100 {
				list = append(list, said(fmt.Sprint(n+1), "ada", "ada", marker.Anchor(), ""))
			}
		case "99":
			list = append(list, said("100", "ada", "ada", "", ""), mine)
		}
		say(200, fmt.Sprintf(`{"total":101,"comments":[%s]}`, strings.Join(list, ",")))(w, r)
	})
	page := read(t, f)
	if len(page.Comments) != 1 || page.Comments[0].ID != "300" || len(page.Commented) != 1 {
		t.Errorf("comments = %+v, commented = %v; want ours, from the second page", page.Comments, page.Commented)
	}
}

func TestAListThatStopsEarlyIsNotBelieved(t *testing.T) {
	f := newFake(t, "Cloud")
	f.on("GET issue/10001/comment", say(200, `{"total":350,"comments":[`+said("1", "ada", "ada", "", "")+`]}`))
	if list, err := f.tracker.Comments(t.Context(), ref); tracker.KindOf(err) != tracker.Transient {
		t.Errorf("Comments = %v, %v; want transient", list, err)
	}
}

func TestCommentsOfAFormerAccountAreOurs(t *testing.T) {
	f := newFake(t, "Cloud", func(c *jira.Config) { c.FormerAccounts = []string{"bot-0"} })
	list := said("1", "bot-0", "bot-0", marker.Anchor(), "") + "," + said("2", "bot-2", "bot-2", marker.Anchor(), "") + `,{"id":"3","body":"no author"}`
	f.on("GET issue/10001/comment", say(200, `{"total":3,"comments":[`+list+`]}`))
	got, err := f.tracker.Comments(t.Context(), ref)
	if err != nil || len(got) != 1 || got[0].ID != "1" || !got[0].Ours {
		t.Errorf("Comments = %+v, %v; want the former account's alone", got, err)
	}
}

func TestAPostIsSentOnceWhateverHappens(t *testing.T) {
	for name, c := range map[string]struct {
		answer http.HandlerFunc
		kind   tracker.Kind
	}{
		"dropped":          {func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, tracker.Unclear},
		"500":              {say(500, ""), tracker.Unclear},
		"502 with a page":  {say(502, "<html>"), tracker.Unclear},
		"503 with a wait":  {say(503, "", "Retry-After", "1"), tracker.Unclear},
		"201 without JSON": {say(201, "<html>"), tracker.Unclear},
		"201 without id":   {say(201, "{}"), tracker.Unclear},
		"429":              {say(429, "", "Retry-After", "1"), tracker.RateLimited},
		"no permission":    {say(400, `{"errorMessages":["You do not have the permission to comment on this issue."]}`), tracker.Rejected},
		"archived":         {say(403, `{}`), tracker.Rejected},
		"too many":         {say(413, ``), tracker.Rejected},
		"gone":             {say(404, ``), tracker.NotFound},
	} {
		t.Run(name, func(t *testing.T) {
			f := newFake(t, "Cloud", func(c *jira.Config) { c.HTTP.MaxRetries = 3 })
			f.on("GET issue/10001", say(200, `{"id":"10001","key":"WEB-1","fields":{"project":{"key":"WEB","projectTypeKey":"software"}}}`))
			f.on("POST issue/10001/comment", c.answer)
			_, err := f.tracker.Post(t.Context(), ref, draft)
			if tracker.KindOf(err) != c.kind {
				t.Errorf("Post = %v; want %s", err, c.kind)
			}
			if n := len(f.sent("POST issue/10001/comment")); n != 1 {
				t.Errorf("sent %d times; want once", n)
			}
		})
	}
}

func TestAPostCarriesTextAnchorAndPropertyInOneRequest(t *testing.T) {
	f := newFake(t, "Server")
	f.on("POST search", say(200, found(0)))
	read(t, f)
	f.on("POST issue/10001/comment", say(201, `{"id":"55","created":"2026-03-02T10:15:42.000+0100"}`))
	got, err := f.tracker.Post(t.Context(), ref, draft)
	if err != nil || got.ID != "55" || got.Marker != marker || got.URL != f.URL+"/browse/WEB-1?focusedCommentId=55" {
		t.Errorf("Post = %+v, %v", got, err)
	}
	var sent struct {
		Body       string `json:"body"`
		Properties []struct {
			Key   string          `json:"key"`
			Value json.RawMessage `json:"value"`
		} `json:"properties"`
	}
	if err := json.Unmarshal([]byte(f.sent("POST issue/10001/comment")[0]), &sent); err != nil {
		t.Fatal(err)
	}
	if want := marker.Anchor() + " " + markup.Wiki(draft.Body); sent.Body != want {
		t.Errorf("body = %q; want %q", sent.Body, want)
	}
	if len(sent.Properties) != 1 || sent.Properties[0].Key != "strata.comment" {
		t.Fatalf("properties = %+v; want strata.comment alone", sent.Properties)
	}
	back, ok := comment.ParseProperty(sent.Properties[0].Value)
	if diff := cmp.Diff(back, marker); diff != "" || !ok {
		t.Errorf("marker in the property (-got +want):\n%s", diff)
	}
	if n := len(f.sent("GET issue/10001")); n != 0 {
		t.Errorf("%d look-ups of an item that was read; want none", n)
	}
}

func TestNothingIsPostedForCustomersToRead(t *testing.T) {
	desk := `"fields":{"project":{"key":"HELP","projectTypeKey":"service_desk"}}`
	f := newFake(t, "Cloud")
	f.on("GET issue/10001", say(200, `{"id":"10001","key":"HELP-1",`+desk+`}`))
	f.on("POST issue/10001/comment", say(201, `{"id":"55"}`))
	if _, err := f.tracker.Post(t.Context(), ref, draft); tracker.KindOf(err) != tracker.Rejected {
		t.Errorf("Post = %v; want rejected", err)
	}
	f.on("POST search/jql", say(200, `{"issues":[{"id":"10001","key":"HELP-1",`+desk+`}]}`))
	read(t, f)
	if _, err := f.tracker.Post(t.Context(), ref, draft); tracker.KindOf(err) != tracker.Rejected {
		t.Errorf("Post after reading = %v; want rejected", err)
	}
	if n := len(f.sent("POST issue/10001/comment")); n != 0 {
		t.Errorf("sent %d times; want never", n)
	}
}

func TestAForeignCommentCannotBeEditedOrErased(t *testing.T) {
	f := newFake(t, "Cloud")
	refused := say(400, `{"errorMessages":["You do not have the permission to edit this comment."]}`)
	f.on("PUT issue/10001/comment/7", refused)
	f.on("DELETE issue/10001/comment/7", refused)
	if err := f.tracker.Edit(t.Context(), ref, "7", draft); tracker.KindOf(err) != tracker.Rejected {
		t.Errorf("Edit = %v; want rejected", err)
	}
	if err := f.tracker.Erase(t.Context(), ref, "7"); tracker.KindOf(err) != tracker.Rejected {
		t.Errorf("Erase = %v; want rejected", err)
	}
}
