package githubsim

import (
	"html"
	"regexp"
	"strings"
)

var (
	htmlBlocks = regexp.MustCompile(`(?i)</?(?:p|div|br|hr|li|ul|ol|h[1-6]|pre|table|tr|blockquote)[^>]*>`)
	htmlTags   = regexp.MustCompile(`(?s)<!--.*?-->|<[^>]*>`)
	emptyLines = regexp.MustCompile(`\n[ \t]*\n+`)
)

// textOfHTML is rendered Markdown without its markup.
func textOfHTML(rendered string) string {
	text := htmlTags.ReplaceAllString(htmlBlocks.ReplaceAllString(rendered, "\n"), "")
	return strings.TrimSpace(emptyLines.ReplaceAllString(html.UnescapeString(text), "\n"))
}
