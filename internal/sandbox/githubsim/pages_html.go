package githubsim

import (
	"html"
	"io"
	"regexp"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/util"
)

// markdown renders as GitHub does where it matters here: tables, task lists and
// bare links; of raw HTML a few harmless elements without attributes, HTML
// comments invisible.
var markdown = goldmark.New(
	goldmark.WithExtensions(extension.GFM),
	goldmark.WithRendererOptions(renderer.WithNodeRenderers(util.Prioritized(harmless{}, 1))),
)

// rendered is a text as the API gives it in bodyHTML and the like.
func rendered(source string) string {
	var out strings.Builder
	if err := markdown.Convert([]byte(source), &out); err != nil {
		return html.EscapeString(source)
	}
	return out.String()
}

// harmless renders raw HTML: what GitHub lets through and cannot do anything.
type harmless struct{}

// RegisterFuncs takes raw HTML away from goldmark's own renderer.
func (harmless) RegisterFuncs(r renderer.NodeRendererFuncRegisterer) {
	r.Register(ast.KindRawHTML, func(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
		if raw, ok := n.(*ast.RawHTML); ok && entering {
			writeHarmless(w, string(raw.Segments.Value(source)))
		}
		return ast.WalkSkipChildren, nil
	})
	r.Register(ast.KindHTMLBlock, func(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
		block, ok := n.(*ast.HTMLBlock)
		if !ok || !entering {
			return ast.WalkContinue, nil
		}
		text := string(block.Lines().Value(source))
		if block.HasClosure() {
			text += string(block.ClosureLine.Value(source))
		}
		writeHarmless(w, text)
		return ast.WalkContinue, nil
	})
}

var (
	tagOrComment = regexp.MustCompile(`(?s)<!--.*?-->|</?[A-Za-z][^>]*>`)
	harmlessTag  = regexp.MustCompile(`^</?(?:sub|sup|strong|b|em|i|kbd|br|details|summary)>$`)
)

// writeHarmless passes harmless tags, drops others, and escapes what stands between.
func writeHarmless(w io.StringWriter, text string) {
	last := 0
	for _, at := range tagOrComment.FindAllStringIndex(text, -1) {
		_, _ = w.WriteString(html.EscapeString(text[last:at[0]]))
		if tag := text[at[0]:at[1]]; harmlessTag.MatchString(tag) {
			_, _ = w.WriteString(tag)
		}
		last = at[1]
	}
	_, _ = w.WriteString(html.EscapeString(text[last:]))
}
