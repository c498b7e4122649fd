package jirasim_test

import (
	"encoding/json"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"strata/internal/sandbox/jirasim"
	"strata/internal/sandbox/world"
)

// rich is a document with what wiki text can say and what it cannot.
const rich = `{"type":"doc","version":1,"content":[` +
	`{"type":"panel","attrs":{"panelType":"warning"},"content":[{"type":"paragraph","content":[{"type":"text","text":"Blocked: ","marks":[{"type":"strong"}]},` +
	`{"type":"mention","attrs":{"id":"5b10ada","text":"@Ada"}},{"type":"text","text":" <b>&"}]}]},` +
	`{"type":"taskList","attrs":{"localId":"l"},"content":[{"type":"taskItem","attrs":{"localId":"t","state":"DONE"},"content":[{"type":"text","text":"did it"}]}]},` +
	`{"type":"expand","attrs":{"title":"Why"},"content":[{"type":"paragraph","content":[{"type":"status","attrs":{"text":"at risk","color":"red","localId":"s"}},{"type":"hardBreak"},` +
	`{"type":"inlineCard","attrs":{"url":"https://x.example/7"}}]}]}]}`

const richWiki = "{panel:bgColor=#fffae6}\n*Blocked:* [~accountid:5b10ada] <b>&\n{panel}\n\n* -did it-\n\n*Why*\n\n{color:#ff5630}*\\[ AT RISK \\]*{color}\n[https://x.example/7|https://x.example/7|smart-link]"

func cloud(t *testing.T) *httptest.Server {
	t.Helper()
	w := world.Generate(world.Options{Seed: 1, Items: 300, Now: clock})
	srv := httptest.NewServer(published(t, jirasim.Cloud, jirasim.New(w, jirasim.Options{Token: token})))
	t.Cleanup(srv.Close)
	return srv
}

func same(t *testing.T, got any, want string) {
	t.Helper()
	var v any
	if err := json.Unmarshal([]byte(want), &v); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(got, v); diff != "" {
		t.Errorf("(-got +want)\n%s", diff)
	}
}

// TestBothVersionsShowTheSameText writes on one version and reads on the other.
func TestBothVersionsShowTheSameText(t *testing.T) {
	srv := cloud(t)
	f := jirasim.Cloud
	made := ask(t, srv, f, "POST", "/rest/api/3/issue/WEB-2/comment", `{"body":`+rich+`}`)
	if made.status != 201 {
		t.Fatalf("got %d %s", made.status, made.text)
	}
	one := "/issue/WEB-2/comment/" + made.json["id"].(string)
	same(t, ask(t, srv, f, "GET", "/rest/api/3"+one, nil).json["body"], rich)
	if diff := cmp.Diff(ask(t, srv, f, "GET", "/rest/api/2"+one, nil).json["body"], any(richWiki)); diff != "" {
		t.Errorf("version 2 (-got +want)\n%s", diff)
	}
	// an edit on version 2 is what version 3 shows next
	if got := ask(t, srv, f, "PUT", "/rest/api/2"+one, `{"body":"h3. *New* [x|https://x.example]\n\n* a\n** b"}`); got.status != 200 {
		t.Fatalf("got %d %s", got.status, got.text)
	}
	same(t, ask(t, srv, f, "GET", "/rest/api/3"+one, nil).json["body"], `{"type":"doc","version":1,"content":[`+
		`{"type":"heading","attrs":{"level":3},"content":[{"type":"text","text":"New","marks":[{"type":"strong"}]},{"type":"text","text":" "},{"type":"text","text":"x","marks":[{"type":"link","attrs":{"href":"https://x.example"}}]}]},`+
		`{"type":"bulletList","content":[{"type":"listItem","content":[{"type":"paragraph","content":[{"type":"text","text":"a"}]},{"type":"bulletList","content":[{"type":"listItem","content":[{"type":"paragraph","content":[{"type":"text","text":"b"}]}]}]}]}]}]}`)
	// descriptions go the same way
	if got := ask(t, srv, f, "PUT", "/rest/api/3/issue/WEB-2", `{"fields":{"description":`+rich+`}}`); got.status != 204 {
		t.Fatalf("got %d %s", got.status, got.text)
	}
	same(t, ask(t, srv, f, "GET", "/rest/api/3/issue/WEB-2?fields=description", nil).json["fields"].(map[string]any)["description"], rich)
	got := ask(t, srv, f, "GET", "/rest/api/2/issue/WEB-2?fields=description&expand=renderedFields", nil).json
	if text := got["fields"].(map[string]any)["description"]; text != richWiki {
		t.Errorf("got %q", text)
	}
	html, _ := got["renderedFields"].(map[string]any)["description"].(string)
	for _, want := range []string{`<b>Blocked: </b>`, `&lt;b&gt;&amp;`, `<input type="checkbox" disabled checked> did it`, `<summary>Why</summary>`, `status-red`} {
		if !strings.Contains(html, want) {
			t.Errorf("%s is not in %s", want, html)
		}
	}
}

// TestTheLastOfTwoTextsAlikeInWikiIsShown: a task and an item are one in wiki text.
func TestTheLastOfTwoTextsAlikeInWikiIsShown(t *testing.T) {
	srv := cloud(t)
	task := `{"type":"doc","version":1,"content":[{"type":"taskList","attrs":{"localId":"l"},"content":[{"type":"taskItem","attrs":{"localId":"t","state":"TODO"},"content":[{"type":"text","text":"x"}]}]}]}`
	item := `{"type":"doc","version":1,"content":[{"type":"bulletList","content":[{"type":"listItem","content":[{"type":"paragraph","content":[{"type":"text","text":"x"}]}]}]}]}`
	for _, doc := range []string{task, item, task} {
		made := ask(t, srv, jirasim.Cloud, "POST", "/rest/api/3/issue/WEB-2/comment", `{"body":`+doc+`}`)
		same(t, made.json["body"], doc)
	}
}

func TestTextsOfTheOtherVersionsFormAreRefused(t *testing.T) {
	w := world.Generate(world.Options{Seed: 1, Items: 300, Now: clock})
	srv := httptest.NewServer(published(t, jirasim.Cloud, jirasim.New(w, jirasim.Options{Token: token})))
	defer srv.Close()
	for body, want := range map[string]string{
		`{"body":"plain"}`:                     "must be an object of type doc",
		`{"body":{"type":"doc","content":[]}}`: "version must be 1",
		`{"body":{"type":"doc","version":1,"content":[{"type":"paragraph","content":[{"type":"text","text":""}]}]}}`: "doc.content[0].content[0]: a text may not be empty",
		`{"body":{"type":"doc","version":1,"content":[{"type":"script","content":[]}]}}`:                             `"script" may not stand in doc`,
	} {
		got := ask(t, srv, jirasim.Cloud, "POST", "/rest/api/3/issue/WEB-2/comment", body)
		if got.status != 400 || !strings.Contains(strings.ReplaceAll(got.text, `\"`, `"`), want) {
			t.Errorf("%s: got %d %s; want %s", body, got.status, got.text, want)
		}
	}
	if got := ask(t, srv, jirasim.Cloud, "POST", "/rest/api/2/issue/WEB-2/comment", `{"body":`+rich+`}`); got.status != 400 {
		t.Errorf("a document on version 2: got %d %s", got.status, got.text)
	}
	dc := httptest.NewServer(published(t, jirasim.DataCenter, jirasim.New(w, jirasim.Options{Flavour: jirasim.DataCenter, Token: token})))
	defer dc.Close()
	if got := ask(t, dc, jirasim.DataCenter, "POST", "/rest/api/2/issue/WEB-2/comment", `{"body":`+rich+`}`); got.status != 400 {
		t.Errorf("a document in Data Center: got %d %s", got.status, got.text)
	}
}

// TestAMentionShowsAName, whatever version it was written on.
func TestAMentionShowsAName(t *testing.T) {
	srv := cloud(t)
	me := ask(t, srv, jirasim.Cloud, "GET", "/rest/api/3/myself", nil).json
	made := ask(t, srv, jirasim.Cloud, "POST", "/rest/api/2/issue/WEB-2/comment", map[string]any{"body": "[~accountid:" + me["accountId"].(string) + "] said WEB-3, not GONE-1"})
	got := ask(t, srv, jirasim.Cloud, "GET", "/rest/api/3/issue/WEB-2/comment/"+made.json["id"].(string)+"?expand=renderedBody", nil).json
	mention := got["body"].(map[string]any)["content"].([]any)[0].(map[string]any)["content"].([]any)[0]
	same(t, mention, `{"type":"mention","attrs":{"id":"`+me["accountId"].(string)+`","text":"@`+me["displayName"].(string)+`"}}`)
	if html := got["renderedBody"].(string); !strings.Contains(html, `<span class="mention">@`+me["displayName"].(string)+`</span>`) {
		t.Errorf("got %s", html)
	}
	if html := got["renderedBody"].(string); !strings.Contains(html, `<a class="issue-link" href="`+srv.URL+`/browse/WEB-3">WEB-3</a>, not GONE-1`) {
		t.Errorf("a key is no link: %s", html)
	}
}
