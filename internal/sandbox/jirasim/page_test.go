package jirasim

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"strata/internal/sandbox/world"
)

func TestWikiTextIsRenderedAndNothingElse(t *testing.T) {
	for wiki, want := range map[string]string{
		`*Off track* now`:                      `<p><b>Off track</b> now</p>`,
		`2*3*4`:                                `<p>2*3*4</p>`,
		`\*not bold\* \{code\} \[x\|y\]`:       `<p>*not bold* {code} [x|y]</p>`,
		`[WEB-1|https://x.example/a?b=1&c=2]`:  `<p><a rel="noreferrer" href="https://x.example/a?b=1&amp;c=2">WEB-1</a></p>`,
		`[x|javascript:alert(1)]`:              `<p>x</p>`,
		`<script>alert(1)</script>`:            `<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>`,
		"h3. Title\n* a\n* b\n\ntext":          "<h3>Title</h3>\n<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n<p>text</p>",
		"{noformat}\n*a* <b>\n{noformat}\nend": "<pre>*a* &lt;b&gt;\n</pre>\n<p>end</p>",
		`{anchor:strata-abc_-}x {{a<b}}`:       `<p>x <code>a&lt;b</code></p>`,
		`[~ada] said`:                          `<p><b class="mention">@ada</b> said</p>`,
		`{color:#707070}since {{x}}{color} y`:  `<p><span style="color:#707070">since <code>x</code></span> y</p>`,
		`{color:red;x}a{color}`:                `<p>a</p>`,
		`Profile&#58; &lt;text&gt; &copy;`:     `<p>Profile&#58; &lt;text&gt; &amp;copy;</p>`,
		"||A||B||\n|1|[k\\|l|https://x.example]|\n|a\\|b|*c*|\nend": "<table>\n<tr><th>A</th><th>B</th></tr>\n" +
			"<tr><td>1</td><td><a rel=\"noreferrer\" href=\"https://x.example\">k|l</a></td></tr>\n<tr><td>a|b</td><td><b>c</b></td></tr>\n</table>\n<p>end</p>",
		"broken \xff byte": "<p>broken \ufffd byte</p>",
	} {
		if got := strings.TrimSpace(string(wikiHTML(wiki))); got != want {
			t.Errorf("%s\n got %s\nwant %s", wiki, got, want)
		}
	}
}

func TestPagesAreInert(t *testing.T) {
	w := world.Generate(world.Options{Seed: 1, Items: 300, Now: func() time.Time { return time.Date(2026, 3, 11, 9, 0, 0, 0, time.UTC) }})
	if _, err := w.Mutate([]byte(`{"op":"title","item":"WEB-2","title":"<script>alert(1)</script>"}`)); err != nil {
		t.Fatal(err)
	}
	h := New(w, Options{})
	for path, status := range map[string]int{"/": 200, "/browse/WEB-2": 200, "/browse/NOPE-1": 404} {
		rec := httptest.NewRecorder()
		h.ServeHTTP(rec, httptest.NewRequest(http.MethodGet, path, nil))
		if rec.Code != status || strings.Contains(rec.Body.String(), "<script") || !strings.Contains(rec.Header().Get("Content-Security-Policy"), "default-src 'none'") {
			t.Errorf("%s: got %d %v", path, rec.Code, rec.Header())
		}
	}
}
