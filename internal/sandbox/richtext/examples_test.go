package richtext_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"strata/internal/sandbox/richtext"
)

// examples say one thing in three forms. The wiki text is what is written from
// the document; Also are other spellings that are read as the same.
var examples = []struct {
	name, wiki, adf, html string
	also                  []string
}{
	{name: "paragraphs and breaks", wiki: "one\ntwo\n\nthree",
		adf:  `[{"type":"paragraph","content":[{"type":"text","text":"one"},{"type":"hardBreak"},{"type":"text","text":"two"}]},{"type":"paragraph","content":[{"type":"text","text":"three"}]}]`,
		html: `<p>one<br>two</p><p>three</p>`, also: []string{"one\\\\two\r\n\r\n\r\nthree\r\n"}},
	{name: "heading", wiki: "h2. Title", adf: `[{"type":"heading","attrs":{"level":2},"content":[{"type":"text","text":"Title"}]}]`, html: `<h2>Title</h2>`},
	{name: "marks", wiki: "*b* _i_ -s- +u+ {{c}} ~d~ ^p^",
		adf: `[{"type":"paragraph","content":[{"type":"text","text":"b","marks":[{"type":"strong"}]},{"type":"text","text":" "},{"type":"text","text":"i","marks":[{"type":"em"}]},` +
			`{"type":"text","text":" "},{"type":"text","text":"s","marks":[{"type":"strike"}]},{"type":"text","text":" "},{"type":"text","text":"u","marks":[{"type":"underline"}]},` +
			`{"type":"text","text":" "},{"type":"text","text":"c","marks":[{"type":"code"}]},{"type":"text","text":" "},{"type":"text","text":"d","marks":[{"type":"subsup","attrs":{"type":"sub"}}]},` +
			`{"type":"text","text":" "},{"type":"text","text":"p","marks":[{"type":"subsup","attrs":{"type":"sup"}}]}]}]`,
		html: `<p><b>b</b> <em>i</em> <del>s</del> <ins>u</ins> <tt>c</tt> <sub>d</sub> <sup>p</sup></p>`},
	{name: "a mark inside a word", wiki: "un{*}break{*}able", adf: `[{"type":"paragraph","content":[{"type":"text","text":"un"},{"type":"text","text":"break","marks":[{"type":"strong"}]},{"type":"text","text":"able"}]}]`,
		html: `<p>un<b>break</b>able</p>`},
	{name: "colour", wiki: "{color:#ff0000}red{color}", adf: `[{"type":"paragraph","content":[{"type":"text","text":"red","marks":[{"type":"textColor","attrs":{"color":"#ff0000"}}]}]}]`,
		html: `<p><font color="#ff0000">red</font></p>`, also: []string{"{color:red}red{color}", "{color:#F00}red{color}"}},
	{name: "nested lists", wiki: "* a\n** b\n*# c\n* d",
		adf: `[{"type":"bulletList","content":[{"type":"listItem","content":[{"type":"paragraph","content":[{"type":"text","text":"a"}]},` +
			`{"type":"bulletList","content":[{"type":"listItem","content":[{"type":"paragraph","content":[{"type":"text","text":"b"}]}]}]},` +
			`{"type":"orderedList","content":[{"type":"listItem","content":[{"type":"paragraph","content":[{"type":"text","text":"c"}]}]}]}]},` +
			`{"type":"listItem","content":[{"type":"paragraph","content":[{"type":"text","text":"d"}]}]}]}]`,
		html: `<ul><li>a<ul><li>b</li></ul><ol><li>c</li></ol></li><li>d</li></ul>`},
	{name: "table", wiki: "||A||B||\n|1|x\\|y|",
		adf: `[{"type":"table","attrs":{"isNumberColumnEnabled":false,"layout":"default"},"content":[{"type":"tableRow","content":[` +
			`{"type":"tableHeader","content":[{"type":"paragraph","content":[{"type":"text","text":"A"}]}]},{"type":"tableHeader","content":[{"type":"paragraph","content":[{"type":"text","text":"B"}]}]}]},` +
			`{"type":"tableRow","content":[{"type":"tableCell","content":[{"type":"paragraph","content":[{"type":"text","text":"1"}]}]},{"type":"tableCell","content":[{"type":"paragraph","content":[{"type":"text","text":"x|y"}]}]}]}]}]`,
		html: `<div class="table-wrap"><table class="confluenceTable"><tbody><tr><th class="confluenceTh">A</th><th class="confluenceTh">B</th></tr><tr><td class="confluenceTd">1</td><td class="confluenceTd">x|y</td></tr></tbody></table></div>`},
	{name: "code", wiki: "{code:go}\n*p = <x>\n{code}", adf: `[{"type":"codeBlock","attrs":{"language":"go"},"content":[{"type":"text","text":"*p = <x>"}]}]`,
		html: `<div class="code panel"><pre class="code-go">*p = &lt;x&gt;</pre></div>`, also: []string{"{code:go|title=a.go}*p = <x>{code}"}},
	{name: "noformat", wiki: "{noformat}\n*p*\n{noformat}", adf: `[{"type":"codeBlock","content":[{"type":"text","text":"*p*"}]}]`, html: `<div class="code panel"><pre>*p*</pre></div>`},
	{name: "quote", wiki: "{quote}\nsaid\n{quote}", adf: `[{"type":"blockquote","content":[{"type":"paragraph","content":[{"type":"text","text":"said"}]}]}]`,
		html: `<blockquote><p>said</p></blockquote>`, also: []string{"bq. said"}},
	{name: "panel", wiki: "{panel:bgColor=#fffae6}\ncare\n{panel}", adf: `[{"type":"panel","attrs":{"panelType":"warning"},"content":[{"type":"paragraph","content":[{"type":"text","text":"care"}]}]}]`,
		html: `<div class="panel panel-warning"><p>care</p></div>`, also: []string{"{panel:bgColor=#FFFAE5|borderStyle=solid}care{panel}"}},
	{name: "rule", wiki: "a\n\n----\n\nb", adf: `[{"type":"paragraph","content":[{"type":"text","text":"a"}]},{"type":"rule"},{"type":"paragraph","content":[{"type":"text","text":"b"}]}]`, html: `<p>a</p><hr><p>b</p>`},
	{name: "link", wiki: "[WEB-1|https://x.example/a?b=1&c=2]", adf: `[{"type":"paragraph","content":[{"type":"text","text":"WEB-1","marks":[{"type":"link","attrs":{"href":"https://x.example/a?b=1&c=2"}}]}]}]`,
		html: `<p><a class="external-link" rel="nofollow noreferrer" href="https://x.example/a?b=1&amp;c=2">WEB-1</a></p>`},
	{name: "bare address", wiki: "[https://x.example/a_b].", adf: `[{"type":"paragraph","content":[{"type":"text","text":"https://x.example/a_b","marks":[{"type":"link","attrs":{"href":"https://x.example/a_b"}}]},{"type":"text","text":"."}]}]`,
		html: `<p><a class="external-link" rel="nofollow noreferrer" href="https://x.example/a_b">https://x.example/a_b</a>.</p>`, also: []string{"https://x.example/a_b."}},
	{name: "smart link", wiki: "[https://x.example|https://x.example|smart-link]", adf: `[{"type":"paragraph","content":[{"type":"inlineCard","attrs":{"url":"https://x.example"}}]}]`,
		html: `<p><a class="external-link" rel="nofollow noreferrer" href="https://x.example">https://x.example</a></p>`},
	{name: "mention", wiki: "[~accountid:5b10a] said", adf: `[{"type":"paragraph","content":[{"type":"mention","attrs":{"id":"5b10a","text":"@Ada"}},{"type":"text","text":" said"}]}]`,
		html: `<p><span class="mention">@Ada</span> said</p>`, also: []string{"[~ada] said"}},
	{name: "emoji", wiki: "(/) :)", adf: `[{"type":"paragraph","content":[{"type":"emoji","attrs":{"id":"atlassian-check_mark","shortName":":check_mark:","text":":check_mark:"}},{"type":"text","text":" "},{"type":"emoji","attrs":{"id":"1f642","shortName":":slight_smile:","text":"🙂"}}]}]`,
		html: `<p>✅ 🙂</p>`},
	{name: "picture", wiki: "!a.png|thumbnail!", adf: `[{"type":"mediaSingle","attrs":{"layout":"center"},"content":[{"type":"media","attrs":{"collection":"","id":"a.png","type":"file"}}]}]`,
		html: `<figure><span class="file">a.png</span> </figure>`, also: []string{"!a.png!"}},
	{name: "file", wiki: "see [^a.pdf]", adf: `[{"type":"paragraph","content":[{"type":"text","text":"see "},{"type":"mediaInline","attrs":{"collection":"","id":"a.pdf","type":"file"}}]}]`,
		html: `<p>see <span class="file">a.pdf</span> </p>`},
	{name: "a node without a form", wiki: "{adf:display=block}\n{\"type\":\"extension\",\"attrs\":{\"extensionKey\":\"k\",\"extensionType\":\"t\"}}\n{adf}",
		adf: `[{"type":"extension","attrs":{"extensionKey":"k","extensionType":"t"}}]`, html: `<p class="missing">k</p>`},
	{name: "what looks like markup", wiki: `\*a\* \{code\} \[x] 2*3*4 snake_case_word -1 C:&#92;dir \(x) &#58;) &amp;lt; ??`,
		adf:  `[{"type":"paragraph","content":[{"type":"text","text":"*a* {code} [x] 2*3*4 snake_case_word -1 C:\\dir (x) :) &lt; ??"}]}]`,
		html: `<p>*a* {code} [x] 2*3*4 snake_case_word -1 C:\dir (x) :) &amp;lt; ??</p>`},
}

func ada(handle string) (id, name string) {
	if handle == "ada" || handle == "5b10a" {
		return "5b10a", "Ada"
	}
	return "", ""
}

func TestOneThingInThreeForms(t *testing.T) {
	for _, e := range examples {
		t.Run(e.name, func(t *testing.T) {
			for _, wiki := range append([]string{e.wiki}, e.also...) {
				if diff := cmp.Diff(content(t, richtext.FromWiki(wiki, ada)), compact(t, e.adf)); diff != "" {
					t.Errorf("%q: (-got +want)\n%s", wiki, diff)
				}
			}
			doc, err := richtext.FromADF([]byte(`{"type":"doc","version":1,"content":` + e.adf + `}`))
			if err != nil {
				t.Fatal(err)
			}
			if got := richtext.Wiki(doc); strings.ReplaceAll(got, `\]`, "]") != e.wiki && e.name != "what looks like markup" {
				t.Errorf("wiki\n got %q\nwant %q", got, e.wiki)
			}
			if got := string(richtext.HTML(doc, nil)); got != e.html {
				t.Errorf("html\n got %s\nwant %s", got, e.html)
			}
		})
	}
}

func content(t *testing.T, d richtext.Document) string {
	t.Helper()
	raw, err := json.Marshal(d.Content)
	if err != nil {
		t.Fatal(err)
	}
	return compact(t, string(raw))
}

func compact(t *testing.T, raw string) string {
	t.Helper()
	var v any
	if err := json.Unmarshal([]byte(raw), &v); err != nil {
		t.Fatalf("%v: %s", err, raw)
	}
	out, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

// TestWhatWikiTextCannotSay is written as Jira's own converter writes it.
func TestWhatWikiTextCannotSay(t *testing.T) {
	for adf, want := range map[string]string{
		`{"type":"expand","attrs":{"title":"Why"},"content":[{"type":"paragraph","content":[{"type":"text","text":"so"}]}]}`: "*Why*\n\nso",
		`{"type":"taskList","attrs":{"localId":"a"},"content":[{"type":"taskItem","attrs":{"localId":"b","state":"DONE"},"content":[{"type":"text","text":"did"}]},` +
			`{"type":"taskItem","attrs":{"localId":"c","state":"TODO"},"content":[{"type":"text","text":"do"}]}]}`: "* -did-\n* do",
		`{"type":"decisionList","attrs":{"localId":"a"},"content":[{"type":"decisionItem","attrs":{"localId":"b","state":"DECIDED"},"content":[{"type":"text","text":"yes"}]}]}`: "* <> yes",
		`{"type":"paragraph","content":[{"type":"status","attrs":{"text":"at risk","color":"red"}}]}`:                                                                            `{color:#ff5630}*\[ AT RISK \]*{color}`,
		`{"type":"paragraph","content":[{"type":"date","attrs":{"timestamp":"1760000000000"}}]}`:                                                                                 "{{2025-10-09}}",
		`{"type":"blockCard","attrs":{"url":"https://x.example"}}`:                                                                                                               "[https://x.example|https://x.example|smart-card]",
		`{"type":"table","content":[{"type":"tableRow","content":[{"type":"tableCell","attrs":{"colspan":2},"content":[{"type":"paragraph"}]}]}]}`: "{adf:display=block}\n" +
			`{"type":"table","content":[{"type":"tableRow","content":[{"type":"tableCell","attrs":{"colspan":2},"content":[{"type":"paragraph"}]}]}]}` + "\n{adf}",
	} {
		doc, err := richtext.FromADF([]byte(`{"type":"doc","version":1,"content":[` + adf + `]}`))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(richtext.Wiki(doc), want); diff != "" {
			t.Errorf("%s (-got +want)\n%s", adf, diff)
		}
	}
}

func TestWrongDocumentsAreRefusedByName(t *testing.T) {
	paragraph := func(inner string) string {
		return `{"type":"doc","version":1,"content":[{"type":"paragraph","content":[` + inner + `]}]}`
	}
	for raw, want := range map[string]string{
		`"text"`:                               "must be an object",
		`{"type":"doc","content":[]}`:          "version must be 1",
		`{"type":"doc","version":1}`:           "needs content",
		`{"version":1,"content":[]}`:           "type must be",
		paragraph(`{"type":"text","text":""}`): "doc.content[0].content[0]: a text may not be empty",
		`{"type":"doc","version":1,"content":[{"type":"text","text":"x"}]}`:                                                                   `"text" may not stand in doc`,
		paragraph(`{"type":"text","text":"x","marks":[{"type":"code"},{"type":"strong"}]}`):                                                   "code, strong cannot stand together",
		paragraph(`{"type":"text","text":"x","marks":[{"type":"link"}]}`):                                                                     "link needs attrs",
		`{"type":"doc","version":1,"content":[{"type":"heading","attrs":{"level":7},"content":[]}]}`:                                          `"level" cannot be 7`,
		`{"type":"doc","version":1,"content":[{"type":"panel","attrs":{"panelType":"odd"},"content":[]}]}`:                                    `"panelType" cannot be "odd"`,
		`{"type":"doc","version":1,"content":[{"type":"panel","attrs":{"panelType":"info"},"content":[{"type":"table","content":[]}]}]}`:      `"table" may not stand in panel`,
		`{"type":"doc","version":1,"content":[{"type":"bulletList","content":[{"type":"listItem","content":[{"type":"text","text":"x"}]}]}]}`: `"text" may not stand in listItem`,
	} {
		if _, err := richtext.FromADF([]byte(raw)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s\n got %v\nwant %s", raw, err, want)
		}
	}
	if _, err := richtext.FromADF([]byte(paragraph(`{"type":"text","text":"x","marks":[{"type":"code"},{"type":"link","attrs":{"href":"/a"}}]}`))); err != nil {
		t.Errorf("code and a link may stand together: %v", err)
	}
}

// TestHostileTextStaysText lets nothing through that a browser would run or load.
func TestHostileTextStaysText(t *testing.T) {
	for wiki, want := range map[string]string{
		`<script>alert(1)</script>`:                    `<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>`,
		`[x|javascript:alert(1)]`:                      `<p>x</p>`,
		`[x|JaVaScRiPt:alert(1)]`:                      `<p>x</p>`,
		`[a"onclick="x|https://x.example/"onclick="y]`: `<p><a class="external-link" rel="nofollow noreferrer" href="https://x.example/&#34;onclick=&#34;y">a&#34;onclick=&#34;x</a></p>`,
		`{color:red;x:expression(1)}a{color}`:          `<p>a</p>`,
		`{panel:bgColor="><script>|title=<b>}x{panel}`: `<div class="panel panel-info"><p><b>&lt;b&gt;</b></p><p>x</p></div>`,
		`{code:"><img>}x{code}`:                        `<div class="code panel"><pre>x</pre></div>`,
		`!https://x.example/t.gif!`:                    `<figure><span class="file">https://x.example/t.gif</span> </figure>`,
		"broken \xff byte and \x00":                    "<p>broken \ufffd byte and \x00</p>",
		`&#60;script&#62;`:                             `<p>&lt;script&gt;</p>`,
		`{adf:display=block}{"type":"paragraph","content":[{"type":"text","text":"<b>","marks":[{"type":"link","attrs":{"href":"javascript:x"}}]}]}{adf}`: `<p>&lt;b&gt;</p>`,
	} {
		if got := string(richtext.HTML(richtext.FromWiki(wiki, nil), nil)); got != want {
			t.Errorf("%s\n got %s\nwant %s", wiki, got, want)
		}
	}
}

func TestItemsInTextLeadToTheirPages(t *testing.T) {
	where := func(word string) string {
		return map[string]string{"WEB-1": "/browse/WEB-1", "acme/api#7": "http://github.test/acme/api/issues/7"}[word]
	}
	got := string(richtext.HTML(richtext.FromWiki("blocked by acme/api#7, WEB-1 and GONE-2; {{WEB-1}} [WEB-1|https://x.example]", nil), where))
	want := `<p>blocked by <a class="issue-link" href="http://github.test/acme/api/issues/7">acme/api#7</a>, <a class="issue-link" href="/browse/WEB-1">WEB-1</a> and GONE-2; ` +
		`<tt>WEB-1</tt> <a class="external-link" rel="nofollow noreferrer" href="https://x.example">WEB-1</a></p>`
	if diff := cmp.Diff(got, want); diff != "" {
		t.Errorf("(-got +want)\n%s", diff)
	}
}

// TestLongTextsAreReadInLinearTime: real descriptions have up to 1.1 MB, and some
// are nothing but signs.
func TestLongTextsAreReadInLinearTime(t *testing.T) {
	const size = 1 << 18 // read in quadratic time, they take minutes
	for _, part := range []string{"*", "_a ", "[", "[a", "{", "{{", "{code", "{quote}", "{color:red}", "!a", "|", "a|[", "h", "https://", "* a\n", "** {panel}\n", "\\", "-", "(", "&", "* x {code}\n", "{adf}", "||\n"} {
		started := time.Now()
		text := strings.Repeat(part, size/len(part))
		_ = richtext.Wiki(richtext.FromWiki(text, nil))
		if d := time.Since(started); d > 10*time.Second {
			t.Errorf("%d bytes of %q took %v", size, part, d)
		}
	}
}

func FuzzWiki(f *testing.F) {
	for _, e := range examples {
		f.Add(e.wiki)
	}
	f.Fuzz(func(t *testing.T, wiki string) {
		doc := richtext.FromWiki(wiki, ada)
		raw, err := json.Marshal(doc)
		if err != nil {
			t.Fatal(err)
		}
		if err := richtext.Check(raw); err != nil {
			t.Fatalf("%q became an invalid document: %v\n%s", wiki, err, raw)
		}
		if html := string(richtext.HTML(doc, nil)); strings.Contains(html, "<script") {
			t.Fatalf("%q became %s", wiki, html)
		}
		_ = richtext.Wiki(doc)
	})
}

func FuzzADF(f *testing.F) {
	for _, e := range examples {
		f.Add(`{"type":"doc","version":1,"content":` + e.adf + `}`)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		doc, err := richtext.FromADF([]byte(raw))
		if err != nil {
			return
		}
		if html := string(richtext.HTML(doc, nil)); strings.Contains(html, "<script") {
			t.Fatalf("%q became %s", raw, html)
		}
		again, err := json.Marshal(richtext.FromWiki(richtext.Wiki(doc), nil))
		if err != nil {
			t.Fatal(err)
		}
		if err := richtext.Check(again); err != nil {
			t.Fatalf("%s came back invalid: %v\n%s", raw, err, again)
		}
	})
}
