// Package markup is a text without a dialect: one neutral document that renders
// as GitHub Markdown, Jira wiki markup or plain text, and the reading of
// sections out of the texts people write in those dialects.
//
// A document is made of trusted structure and foreign text. Every string in it
// is foreign: a title can never ping a person, close an issue, start a macro or
// break the layout, whatever it contains.
package markup

// Document is what we say, block after block.
type Document []Block

// Block is one block of a document: Paragraph, Heading, List, Fold, Code, Table or Small.
type Block interface{ block() }

// Inline is one run of text: Text, Strong, Mono, Link or Item.
type Inline interface{ inline() }

// Paragraph is a run of inlines on one line.
type Paragraph []Inline

// Heading is a small title; documents have one level of them.
type Heading []Inline

// List is a bullet list.
type List []Paragraph

// Fold hides blocks behind a line that people can open where the dialect can,
// and shows them after the line where it cannot.
type Fold struct {
	Summary Paragraph
	Blocks  Document
}

// Code is preformatted text.
type Code string

// Table is a grid; the first row is the header.
type Table [][]Paragraph

// Small is a footer in small letters.
type Small []Inline

// Text is foreign or our own plain text; it is escaped in every dialect.
type Text string

// Strong is text in bold.
type Strong string

// Mono is text in a code span: commands and keys.
type Mono string

// Link is text that leads to a URL; only http and https URLs are linked.
type Link struct {
	Text string
	URL  string
}

// Item is an item's key with its page. In GitHub's dialect a GitHub key stands
// in a code span inside the link, so that no back-reference is created.
type Item struct {
	Key string
	URL string
}

func (Paragraph) block() {}
func (Heading) block()   {}
func (List) block()      {}
func (Fold) block()      {}
func (Code) block()      {}
func (Table) block()     {}
func (Small) block()     {}

func (Text) inline()   {}
func (Strong) inline() {}
func (Mono) inline()   {}
func (Link) inline()   {}
func (Item) inline()   {}
