package markup_test

import (
	"bytes"
	"regexp"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/text"

	"strata/internal/markup"
)

var seeds = []string{
	"@name @org/team #123 owner/repo#1 GH-1 fixes #1", "https://a.example www.a.example a@b.example mailto:x", "[~user] {macro} {code} a|b",
	"*b* _i_ ~~s~~ `c` ![i](u) [l](u) <b> <!-- x -->", "# h", "- l", "1. n", "> q", "---", "```", "~~~", "|a|b|", "[^1]: x", "[a]: b",
	":smile: $x$ $$y$$", "\x00\x1b[31m\r\n\t", "\u202ea\u200bb\u2066", "\xff\xfe", "&amp; &#64; &copy", "\\", "a\\", "\\*", "=", "===", "- [ ] x",
	"h1. x", "bq. x", "----", "??c??", "(!) :) ;)", "日本語", " a  b ", "+", "1)", "`", "``", "` a `", "<", "_a_b_", "**", "x*y*z", "http:", "HTTPS://x", "WwW.x", "https:0:0",
}

var github = goldmark.New(goldmark.WithExtensions(extension.GFM, extension.Footnote), goldmark.WithRendererOptions(html.WithUnsafe()))

// mentionable is what GitHub looks for in text after Markdown is done.
var mentionable = regexp.MustCompile(`@[\w]|#\d|(?i)gh-\d|:[\w+-]{1,60}:`)

func FuzzForeignTextStaysOneParagraphOnGitHub(f *testing.F) {
	for _, seed := range seeds {
		f.Add(seed, "x")
		f.Add("x", seed)
	}
	f.Fuzz(func(t *testing.T, first, second string) {
		rendered := markup.GitHub(markup.Document{markup.Paragraph{markup.Text(first), markup.Strong(second), markup.Text(first)}})
		want := strings.TrimSpace(markup.PlainInline(markup.Paragraph{markup.Text(first), markup.Strong(second), markup.Text(first)}))
		source := []byte(rendered)
		doc := github.Parser().Parse(text.NewReader(source))
		if want == "" {
			if doc.ChildCount() != 0 {
				t.Fatalf("%q: blocks out of nothing: %q", first, rendered)
			}
			return
		}
		if doc.ChildCount() != 1 || doc.FirstChild().Kind() != ast.KindParagraph {
			t.Fatalf("%q, %q: %q is not one paragraph", first, second, rendered)
		}
		_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
			switch n := n.(type) {
			case *ast.Document, *ast.Paragraph, *ast.Text, *ast.String:
			case *ast.Emphasis:
				if n.Level != 2 {
					t.Fatalf("%q, %q: emphasis in %q", first, second, rendered)
				}
			case *ast.RawHTML:
				if tag := string(n.Segments.Value(source)); tag != "<strong>" && tag != "</strong>" {
					t.Fatalf("%q, %q: tag %s in %q", first, second, tag, rendered)
				}
			default:
				t.Fatalf("%q, %q: %s in %q", first, second, n.Kind(), rendered)
			}
			return ast.WalkContinue, nil
		})
		var out bytes.Buffer
		if err := github.Renderer().Render(&out, source, doc); err != nil {
			t.Fatal(err)
		}
		got := shown(out.String())
		if strings.ReplaceAll(got, "\u200b", "") != want {
			t.Fatalf("%q, %q: shows %q, want %q, by %q", first, second, got, want, rendered)
		}
		// Each run is a node of its own, where GitHub looks.
		for _, node := range regexp.MustCompile(`<[^>]*>`).Split(out.String(), -1) {
			if hit := mentionable.FindString(shown(node)); hit != "" {
				t.Fatalf("%q, %q: %q left in %q", first, second, hit, rendered)
			}
		}
	})
}

// shown returns the text of a page.
func shown(page string) string {
	page = regexp.MustCompile(`<[^>]*>`).ReplaceAllString(page, "")
	return strings.TrimSpace(strings.NewReplacer("&lt;", "<", "&gt;", ">", "&quot;", `"`, "&amp;", "&").Replace(page))
}

func FuzzCodeSpanSurvivesBackticks(f *testing.F) {
	for _, seed := range seeds {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, code string) {
		want := strings.TrimSpace(markup.Clean(code))
		if want == "" {
			t.Skip()
		}
		source := []byte(markup.GitHub(markup.Document{markup.Paragraph{markup.Mono(code)}}))
		doc := github.Parser().Parse(text.NewReader(source))
		span, ok := doc.FirstChild().FirstChild().(*ast.CodeSpan)
		if !ok || doc.ChildCount() != 1 || doc.FirstChild().ChildCount() != 1 {
			t.Fatalf("%q is not one code span: %q", code, source)
		}
		if got := string(span.Text(source)); got != want { //nolint:staticcheck // the span's own text is what is asked
			t.Fatalf("%q shows %q, want %q", code, got, want)
		}
	})
}

// active is what Jira would act on when it stands without an escape.
var active = regexp.MustCompile(`[{}\[\]*_+^~!|@()]`)

func FuzzForeignTextHasNoActiveSignInWiki(f *testing.F) {
	for _, seed := range seeds {
		f.Add(seed)
	}
	undo := regexp.MustCompile(`\\([!\[\]^~+?%{}()*_\-|@])|&#(\d+);|&(amp|lt|gt);`)
	f.Fuzz(func(t *testing.T, foreign string) {
		rendered := markup.Wiki(markup.Document{markup.Paragraph{markup.Text(foreign)}})
		bare := undo.ReplaceAllString(rendered, "")
		if hit := active.FindString(bare); hit != "" {
			t.Fatalf("%q: %q without an escape in %q", foreign, hit, rendered)
		}
		for _, pattern := range []string{`\\`, `^\s*(#|-|h[1-6]\.|bq\.)`, `(^|\s)-|-(\s|$)|--`, `(?i)(https?|ftp|mailto|file):`, `(?i)www\.`, `\?\?`, "\n", `[<>]`} {
			if hit := regexp.MustCompile(pattern).FindString(undo.ReplaceAllString(rendered, "\x00")); hit != "" {
				t.Fatalf("%q: %q in %q", foreign, hit, rendered)
			}
		}
		shown := undo.ReplaceAllStringFunc(rendered, func(escaped string) string {
			if escaped[0] == '\\' {
				return escaped[1:]
			}
			return map[string]string{"&amp;": "&", "&lt;": "<", "&gt;": ">", "&#35;": "#", "&#46;": ".", "&#58;": ":", "&#59;": ";", "&#92;": `\`}[escaped]
		})
		if want := strings.TrimSpace(markup.Clean(foreign)); shown != want {
			t.Fatalf("shows %q, want %q, by %q", shown, want, rendered)
		}
	})
}
