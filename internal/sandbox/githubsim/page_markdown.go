package githubsim

import (
	"bytes"
	"html/template"
	"regexp"
	"strconv"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"strata/internal/sandbox/world"
)

// linking renders as markdown does, and makes links of what names an item: #7, acme/api#7, WEB-1.
var linking = goldmark.New(
	goldmark.WithExtensions(extension.GFM),
	goldmark.WithRendererOptions(renderer.WithNodeRenderers(util.Prioritized(harmless{}, 1))),
	goldmark.WithParserOptions(parser.WithASTTransformers(util.Prioritized(linker{}, 500))),
)

// linkerKey finds the look and the repository in a parser's context.
var linkerKey = parser.NewContextKey()

type linkerContext struct {
	l *look
	r *world.Repo
}

// markdown is a text as a person sees it in a repository.
func (l *look) markdown(source string, r *world.Repo) template.HTML {
	context := parser.NewContext()
	context.Set(linkerKey, linkerContext{l, r})
	var out bytes.Buffer
	if err := linking.Convert([]byte(source), &out, parser.WithContext(context)); err != nil {
		return template.HTML(template.HTMLEscapeString(source)) //nolint:gosec // escaped right here
	}
	return template.HTML(out.String()) //nolint:gosec // the renderer drops what could do harm
}

// linker looks for names of items in texts, outside of code and links.
type linker struct{}

var itemName = regexp.MustCompile(`(?:([\w.-]+/[\w.-]+)?#(\d{1,9}))\b|\b([A-Z][A-Z0-9_]+-\d{1,9})\b`)

// Transform is called by goldmark when a text is parsed.
func (linker) Transform(doc *ast.Document, reader text.Reader, context parser.Context) {
	of, ok := context.Get(linkerKey).(linkerContext)
	if !ok {
		return
	}
	var texts []*ast.Text
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) { // f never fails
		switch n := n.(type) {
		case *ast.CodeSpan, *ast.Link, *ast.AutoLink, *ast.Image:
			return ast.WalkSkipChildren, nil
		case *ast.Text:
			if entering {
				texts = append(texts, n)
			}
		}
		return ast.WalkContinue, nil
	})
	for _, t := range texts {
		of.split(t, reader.Source())
	}
}

// split cuts a text where it names an item that is there, and puts links in between.
func (c linkerContext) split(t *ast.Text, source []byte) {
	from, parent := t.Segment.Start, t.Parent()
	for _, m := range itemName.FindAllSubmatchIndex(t.Segment.Value(source), -1) {
		start, end := t.Segment.Start+m[0], t.Segment.Start+m[1]
		url := c.url(string(source[start:end]))
		if url == "" || start > t.Segment.Start && wordy(source[start-1]) {
			continue
		}
		if start > from {
			parent.InsertBefore(parent, t, ast.NewTextSegment(text.NewSegment(from, start)))
		}
		link := ast.NewLink()
		link.Destination = []byte(url)
		link.AppendChild(link, ast.NewTextSegment(text.NewSegment(start, end)))
		parent.InsertBefore(parent, t, link)
		from = end
	}
	t.Segment = t.Segment.WithStart(from)
}

// wordy: what follows such a character is a part of something longer.
func wordy(c byte) bool {
	return c == '/' || c == '&' || c == '#' || c == '-' || c == '_' || c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z'
}

// url leads to the item of a name, in this tracker or the other; empty when there is none.
func (c linkerContext) url(name string) string {
	m := itemName.FindStringSubmatch(name)
	if m[3] != "" {
		return c.l.jiraURL(m[3])
	}
	r := c.r
	if m[1] != "" {
		r = c.l.s.Repo(m[1])
	}
	number, err := strconv.Atoi(m[2])
	if r == nil || err != nil {
		return ""
	}
	if i := r.Issue(number); i != nil {
		return address{}.page(i)
	}
	if i := r.Moved[number]; i != nil {
		return address{}.page(i)
	}
	return ""
}

// jiraURL leads to an item of the simulated Jira; empty when there is none of that key.
func (l *look) jiraURL(key string) string {
	if i := l.s.JiraIssue(key); i != nil {
		return l.Frame.JiraURL + "/browse/" + i.Key
	}
	return ""
}
