package world

import (
	"slices"
	"strings"
)

// linkOps make items wait for each other, and free them again.
var linkOps = map[string]op{
	"link": {`{"op":"link","item":"WEB-1","blocker":"API-7"}: item waits for blocker; ` +
		`or {"op":"link","item":"WEB-1","to":"WEB-2","type":"Depends"}: item says the type's outward phrase to the other`, true, (*State).mutateLink},
	"unlink": {`{"op":"unlink","item":"WEB-1","blocker":"API-7"} or {"op":"unlink","item":"WEB-1","to":"WEB-2","type":"Depends"}`, true, (*State).mutateUnlink},
}

func (s *State) mutateLink(in *wish) (Outcome, error) {
	name := in.Blocker
	if name == "" {
		name = in.To
	}
	if name == "" {
		return Outcome{}, bad("link needs a blocker, or a to and a type")
	}
	other, err := s.Find(name)
	if err != nil {
		return Outcome{}, bad("%v", err)
	}
	if other == in.item {
		return Outcome{}, bad("%s cannot wait for itself", other.Handle())
	}
	typ, err := s.typeOf(in)
	if err != nil {
		return Outcome{}, err
	}
	waiter, blocker := in.item, other
	if in.Blocker == "" {
		from, fromJira := in.item.(*JiraIssue)
		to, toJira := other.(*JiraIssue)
		if fromJira && toJira {
			s.LinkIssues(typ, from, to, in.by)
			return Outcome{Detail: from.Key + " " + typ.Outward + " " + to.Key}, nil
		}
		switch typ.Speaker() {
		case Blocks:
			waiter, blocker = other, in.item
		case Waits:
		default:
			return Outcome{}, bad("type %s cannot cross trackers: only a dependency can be said in a text", typ.Name)
		}
	}
	s.wait(waiter, blocker, name, in.by)
	return Outcome{Detail: waiter.Handle() + " waits for " + blocker.Handle()}, nil
}

func (s *State) typeOf(in *wish) (*LinkType, error) {
	name := in.Type
	if name == "" {
		name = "Blocks"
	}
	if t := s.LinkType(name); t != nil {
		return t, nil
	}
	if lower(name) == "blocks" {
		return s.AddLinkType("Blocks", "is blocked by", "blocks"), nil
	}
	names := make([]string, 0, len(s.LinkTypes))
	for _, t := range s.LinkTypes {
		names = append(names, t.Name)
	}
	return nil, &BadMutation{Text: "no link type " + in.Type, Allowed: names}
}

// AddLinkType makes a link type.
func (s *State) AddLinkType(name, inward, outward string) *LinkType {
	t := &LinkType{ID: s.id("linktype", 10000), Name: name, Inward: inward, Outward: outward}
	s.LinkTypes = append(s.LinkTypes, t)
	return t
}

// wait makes one item wait for another: a Blocks link in Jira, a dependency in
// GitHub, a line in the text across the two. Said is how the text names it.
func (s *State) wait(waiter, blocker Item, said string, by *User) {
	w, jira := waiter.(*JiraIssue)
	b, both := blocker.(*JiraIssue)
	g, git := waiter.(*GitHubIssue)
	h, gits := blocker.(*GitHubIssue)
	switch {
	case jira && both:
		t, _ := s.typeOf(&wish{Type: "Blocks"})
		s.LinkIssues(t, b, w, by)
	case git && gits:
		s.Block(g, h)
	default:
		if r, err := s.Find(said); err != nil || r != blocker {
			said = blocker.Handle()
		}
		s.rewrite(waiter, strings.TrimRight(textOf(waiter), "\n")+"\n\nblocked by "+said+"\n", by)
	}
}

func (s *State) mutateUnlink(in *wish) (Outcome, error) {
	name := in.Blocker
	if name == "" {
		name = in.To
	}
	other, err := s.Find(name)
	if err != nil {
		return Outcome{}, bad("unlink needs a blocker or a to: %v", err)
	}
	if n := s.free(in.item, other, in.Type, in.Blocker == "", in.by); n == 0 {
		return Outcome{}, bad("%s and %s are not linked that way", in.item.Handle(), other.Handle())
	}
	return Outcome{Detail: in.item.Handle() + " no longer linked to " + other.Handle()}, nil
}

// free removes what links an item to another: blockers only, or every link
// between the two (of one type, if named). It answers how many.
func (s *State) free(it, other Item, typ string, every bool, by *User) int {
	n := 0
	if i, ok := it.(*JiraIssue); ok {
		for _, l := range slices.Clone(i.Links) {
			if typ != "" && !strings.EqualFold(l.Type.Name, typ) {
				continue
			}
			from, to := l.From.Issue, l.To.Issue
			waiter, _, ok := l.pair()
			if (every || ok && waiter.Issue == i) && (Item(from) == other || Item(to) == other) {
				s.Unlink(l, by)
				n++
			}
		}
	}
	g, git := it.(*GitHubIssue)
	h, gits := other.(*GitHubIssue)
	if git && gits {
		if s.Unblock(g, h) {
			n++
		}
		if every && s.Unblock(h, g) {
			n++
		}
	}
	n += s.unsay(it, other, by)
	if every {
		n += s.unsay(other, it, by)
	}
	return n
}

// unsay removes the lines of a text that say it waits for the other.
func (s *State) unsay(it, other Item, by *User) int {
	text := s.TextWithout(it, other)
	if text == textOf(it) {
		return 0
	}
	s.rewrite(it, text, by)
	return 1
}

// TextWithout is an item's text without the lines that say it waits for the other.
func (s *State) TextWithout(it, other Item) string {
	says := func(text string) bool {
		_, markdown := it.(*GitHubIssue)
		return slices.ContainsFunc(mentions(text, markdown, func(p string) bool { return s.Project(p) != nil }), func(m mention) bool {
			return m.waits && s.named(it, m.name) == other
		})
	}
	lines := strings.SplitAfter(textOf(it), "\n")
	for k := len(lines) - 1; k >= 0 && says(strings.Join(lines, "")); k-- {
		if rest := slices.Delete(slices.Clone(lines), k, k+1); !says(strings.Join(rest, "")) || says(lines[k]) {
			lines = rest
		}
	}
	return strings.Join(lines, "")
}

func textOf(it Item) string {
	switch i := it.(type) {
	case *JiraIssue:
		return i.Description
	case *GitHubIssue:
		return i.Body
	}
	return ""
}

func (s *State) rewrite(it Item, text string, by *User) {
	switch i := it.(type) {
	case *JiraIssue:
		s.SetDescription(i, text, by)
	case *GitHubIssue:
		s.SetBody(i, text)
	}
}
