package markup

import "strata/internal/work"

// phrases finds dependency phrases among the tokens of one block.
type phrases struct{ tokens []token }

// lookBack bounds how far before a phrase its subject and a negation are sought.
const lookBack = 60

var (
	negations = set("not", "no", "never", "none", "nobody", "nothing", "neither", "nor", "without", "longer", "cannot", "hardly",
		"was", "were", "had", "used", "previously", "formerly", "originally", "stop", "stopped", "resolved", "fixed", "isnt", "doesnt", "dont", "arent", "wont")
	conditions = set("if", "whether", "unless", "may", "might", "could", "would", "should", "perhaps", "maybe", "possibly", "probably",
		"seems", "seem", "appears", "suspect", "assume", "assuming", "potentially", "once", "when", "whenever", "until", "example", "e.g", "eg")
	// turns begin a clause of its own: a "not" before them does not reach the phrase.
	turns = set("because", "but", "since", "so", "therefore", "hence", "as", "still", "instead", "yet", "however")
	// fillers may stand between a phrase and what it names.
	fillers = set("the", "issue", "issues", "ticket", "tickets", "story", "stories", "task", "tasks", "epic", "bug", "item", "items", "pr",
		"pull", "request", "on", "both", "jira", "github", "card", "following", "our", "their", "x")
	// speakers are what may stand before "blocks" when this item is meant.
	speakers = set("this", "it", "which", "also", "and", "currently", "issue", "story", "ticket", "task", "epic", "bug", "item", "change", "feature")
)

func set(words ...string) map[string]bool {
	m := make(map[string]bool, len(words))
	for _, word := range words {
		m[word] = true
	}
	return m
}

// find returns the references of all phrases. Alone is the kind of a phrase that
// ends the block and names nothing: what follows the block is its list.
func (p *phrases) find() (out []Reference, alone work.LinkKind) {
	for i := 0; i < len(p.tokens); i++ {
		kind, next := p.phrase(i)
		if kind == "" || p.tokens[i].quoted || !p.certain(i, kind) {
			continue
		}
		if p.ends(next) {
			return out, kind
		}
		refs := p.list(next)
		if len(refs) == 0 || p.asked(refs[len(refs)-1]) {
			continue
		}
		out = p.take(out, kind, refs)
		i = refs[len(refs)-1]
	}
	return out, ""
}

// phrase reads a phrase that begins at token i, and returns where it ends.
func (p *phrases) phrase(i int) (kind work.LinkKind, next int) {
	switch first, second := p.word(i), p.word(i+1); first {
	case "blocked":
		if second == "by" {
			return work.Waits, i + 2
		}
	case "depends", "depend", "dependent":
		if second == "on" || second == "upon" {
			return work.Waits, i + 2
		}
	case "waits", "waiting", "wait":
		if second == "for" || second == "on" {
			return work.Waits, i + 2
		}
	case "blocked-by", "depends-on":
		return work.Waits, i + 1
	case "blocks":
		return work.Blocks, i + 1
	}
	return "", 0
}

func (p *phrases) word(i int) string {
	if i < 0 || i >= len(p.tokens) || p.tokens[i].kind != wordToken {
		return ""
	}
	return p.tokens[i].word
}

// certain looks at what stands before a phrase in its sentence.
func (p *phrases) certain(i int, kind work.LinkKind) bool {
	if kind == work.Blocks && i > 0 {
		before := p.tokens[i-1]
		if before.kind == barToken || before.kind == refToken && !before.used || before.kind == wordToken && !speakers[before.word] && !p.newLine(i-1) {
			return false
		}
	}
	near := true // no turn of the sentence yet
	for j := i - 1; j >= 0 && i-j < lookBack; j-- {
		tok := p.tokens[j]
		switch tok.kind {
		case stopToken, questionToken:
			return true
		case breakToken:
			if p.newLine(j) {
				return true
			}
		case commaToken, colonToken, openToken, closeToken:
			near = false
		case refToken:
			if !tok.used {
				return false
			}
		case wordToken:
			if conditions[tok.word] || near && (negations[tok.word] || negated(tok.word)) {
				return false
			}
			if turns[tok.word] {
				near = false
			}
		}
	}
	return true
}

// negated says whether a word ends in n't.
func negated(word string) bool {
	n := len(word)
	return n > 3 && (word[n-3:] == "n't" || n > 5 && word[n-5:] == "n’t")
}

// newLine says whether a sentence begins behind the line break at token i: the
// line starts with a capital or with the phrase's own entry.
func (p *phrases) newLine(i int) bool {
	if p.tokens[i].kind != breakToken {
		return false
	}
	return i+1 < len(p.tokens) && (p.tokens[i+1].kind != wordToken || p.tokens[i+1].upper)
}

// ends says whether nothing but a colon stands behind a phrase.
func (p *phrases) ends(i int) bool {
	for ; i < len(p.tokens); i++ {
		if kind := p.tokens[i].kind; kind != colonToken && kind != breakToken {
			return false
		}
	}
	return true
}

// list reads the references that begin at token i: "the story #7 (login), WEB-12
// and acme/api#3". A choice ("or") names nothing.
func (p *phrases) list(i int) (refs []int) {
	lines := false // one reference a line
	for colon := false; i < len(p.tokens); i++ {
		tok := p.tokens[i]
		if tok.kind == colonToken {
			colon = true
			continue
		}
		if tok.kind == breakToken {
			lines = colon
			continue
		}
		if tok.kind != wordToken || !fillers[tok.word] {
			break
		}
	}
	for i < len(p.tokens) && p.tokens[i].kind == refToken && !p.tokens[i].quoted {
		refs = append(refs, i)
		i = p.behind(i+1, lines)
		if p.word(i) == "or" {
			return nil
		}
		separated := false
		for i < len(p.tokens) && (p.tokens[i].kind == commaToken || p.word(i) == "and" || separated && fillers[p.word(i)]) {
			separated = true
			i++
		}
		if p.word(i) == "or" {
			return nil
		}
	}
	return refs
}

// behind skips what may stand behind a reference in a list: words in
// parentheses, and the end of the line in a list of lines.
func (p *phrases) behind(i int, lines bool) int {
	if i < len(p.tokens) && p.tokens[i].kind == openToken {
		for j := i + 1; j < len(p.tokens) && j < i+lookBack; j++ {
			if p.tokens[j].kind == closeToken {
				i = j + 1
				break
			}
		}
	}
	if lines && i < len(p.tokens) && p.tokens[i].kind == breakToken {
		i++
	}
	return i
}

// asked says whether the sentence that goes on behind token i is a question.
func (p *phrases) asked(i int) bool {
	for j := i + 1; j < len(p.tokens) && j < i+lookBack; j++ {
		switch p.tokens[j].kind {
		case questionToken:
			return true
		case stopToken, breakToken:
			return false
		}
	}
	return false
}

func (p *phrases) take(out []Reference, kind work.LinkKind, refs []int) []Reference {
	for _, i := range refs {
		p.tokens[i].used = true
		ref := *p.tokens[i].ref
		ref.Kind = kind
		out = append(out, ref)
	}
	return out
}
