package tracker

import (
	"cmp"
	"strings"
	"unicode"
	"unicode/utf8"

	"strata/internal/work"
)

// RemarkSize is how much of a person's comment is kept, in bytes. Commands are
// lines; what a longer text says behind this is not read.
const RemarkSize = 8 << 10

// RemarkBody is what is kept of a comment's text, and whether that may bear a
// command: one of its lines begins, after white space, with "strata " or
// "/strata ", in any case. A text that is too long loses whole lines, so that no
// command is cut in two; only a first line that is too long by itself is cut.
func RemarkBody(text string) (body string, bears bool) {
	body = strings.ToValidUTF8(text, "\uFFFD")
	if len(body) > RemarkSize {
		body = body[:RemarkSize+1] // a line that ends here is whole
		if end := strings.LastIndexByte(body, '\n'); end >= 0 {
			body = body[:end]
		} else {
			end = RemarkSize
			for !utf8.RuneStart(body[end]) {
				end--
			}
			body = body[:end]
		}
	}
	for line := range strings.Lines(body) {
		if addressed(strings.TrimRight(line, "\r\n")) {
			return body, true
		}
	}
	return body, false
}

// addressed says whether a line speaks to us.
func addressed(line string) bool {
	const name = "strata"
	line = strings.TrimPrefix(strings.TrimLeftFunc(line, unicode.IsSpace), "/")
	if len(line) <= len(name) || !strings.EqualFold(line[:len(name)], name) {
		return false
	}
	next, _ := utf8.DecodeRuneInString(line[len(name):])
	return unicode.IsSpace(next)
}

// CompareRemarks orders remarks by item, then in the order they were written.
func CompareRemarks(a, b work.Remark) int {
	return cmp.Or(
		a.Item.Compare(b.Item),
		a.Created.Compare(b.Created),
		cmp.Compare(len(a.ID), len(b.ID)),
		strings.Compare(a.ID, b.ID),
	)
}
