package world

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// Outcome answers a mutation.
type Outcome struct {
	Op      string `json:"op"`
	Item    string `json:"item,omitempty"`    // the item's handle afterwards
	Comment int64  `json:"comment,omitempty"` // of comment and edit-comment
	Detail  string `json:"detail,omitempty"`
}

// BadMutation is a mistake of the one who asked, with what is allowed.
type BadMutation struct {
	Text    string
	Allowed []string
}

func (b *BadMutation) Error() string { return b.Text }

func bad(format string, args ...any) error { return &BadMutation{Text: fmt.Sprintf(format, args...)} }

// wish is a mutation's parameters. Which of them an op needs is in ops.
type wish struct {
	Op         string          `json:"op"`
	Item       string          `json:"item"`
	To         string          `json:"to"`
	Blocker    string          `json:"blocker"`
	Type       string          `json:"type"`
	Author     string          `json:"author"`
	Body       *string         `json:"body"`
	Title      *string         `json:"title"`
	Resolution string          `json:"resolution"`
	Assignee   string          `json:"assignee"`
	Project    string          `json:"project"`
	Repository string          `json:"repository"`
	Key        string          `json:"key"`
	Reason     string          `json:"reason"`
	Role       string          `json:"role"`
	Parent     string          `json:"parent"`
	Level      string          `json:"level"`
	On         *bool           `json:"on"`
	Sprint     json.RawMessage `json:"sprint"`
	Comment    json.RawMessage `json:"comment"`

	by      *User
	item    Item
	comment *Comment
}

// op is one kind of mutation.
type op struct {
	usage string // what to say, shown when somebody says it wrong
	item  bool   // needs an item
	do    func(*State, *wish) (Outcome, error)
}

// ops are the groups of mutate_*.go, a file for each subject.
var ops = gather(stateOps, linkOps, planOps, commentOps, textOps, placeOps, peopleOps, secrecyOps)

func gather(groups ...map[string]op) map[string]op {
	all := map[string]op{}
	for _, g := range groups {
		maps.Copy(all, g)
	}
	return all
}

// Ops lists every mutation with its parameters, sorted.
func Ops() []string {
	out := make([]string, 0, len(ops))
	for _, name := range slices.Sorted(maps.Keys(ops)) {
		out = append(out, ops[name].usage)
	}
	return out
}

// Mutate changes the world as a person would: {"op":"link","item":"WEB-1",…}.
// A mistake is a *BadMutation and changes nothing.
func (w *World) Mutate(body []byte) (Outcome, error) {
	var in wish
	dec := json.NewDecoder(bytes.NewReader(body))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&in); err != nil {
		return Outcome{}, &BadMutation{Text: "a mutation is one JSON object: " + err.Error(), Allowed: Ops()}
	}
	if _, err := dec.Token(); err != io.EOF {
		return Outcome{}, &BadMutation{Text: "a mutation is one JSON object, and nothing after it", Allowed: Ops()}
	}
	var out Outcome
	err := w.Write(func(s *State) error {
		var err error
		out, err = s.mutate(&in)
		return err
	})
	return out, err
}

func (s *State) mutate(in *wish) (Outcome, error) {
	o, ok := ops[in.Op]
	if !ok {
		return Outcome{}, &BadMutation{Text: fmt.Sprintf("unknown op %q", in.Op), Allowed: Ops()}
	}
	in.by = s.person(in.Author)
	if o.item {
		if in.Item == "" {
			return Outcome{}, &BadMutation{Text: in.Op + " needs an item", Allowed: []string{o.usage}}
		}
		it, err := s.Find(in.Item)
		if err != nil {
			return Outcome{}, bad("%v", err)
		}
		in.item = it
	}
	out, err := o.do(s, in)
	var wrong *BadMutation
	if errors.As(err, &wrong) && wrong.Allowed == nil {
		wrong.Allowed = []string{o.usage}
	}
	if err != nil {
		return Outcome{}, err
	}
	out.Op = in.Op
	if in.item != nil && out.Item == "" {
		out.Item = in.item.Handle()
	}
	switch {
	case in.item == nil && !journalled[in.Op]: // a whole project or repository
		e := Entry{Seq: len(s.Journal) + 1, Time: s.Now(), Tracker: Jira, Op: in.Op, Item: in.Project, Author: authorName(in.by), Detail: out.Detail}
		if in.Project == "" {
			e.Tracker, e.Item = GitHub, in.Repository
		}
		s.Journal = append(s.Journal, e)
	case in.item != nil && !journalled[in.Op]:
		s.log(in.item, in.Op, in.by, Entry{Detail: out.Detail})
	}
	return out, nil
}

// journalled ops write their own entries.
var journalled = map[string]bool{"comment": true, "edit-comment": true, "delete-comment": true, "rights": true}

// person finds who acts; an unknown name becomes a person of the world (one that
// ends in [bot] an app), and no name means its first person.
func (s *State) person(name string) *User {
	if name != "" {
		if u := s.User(name); u != nil {
			return u
		}
		u := &User{Login: name, AccountID: "5f" + strings.ToLower(name), Name: name}
		if strings.HasSuffix(strings.ToLower(name), "[bot]") {
			u.Kind = "Bot"
		}
		return s.AddUser(u)
	}
	for _, u := range s.Users {
		if !u.Bot && u.Kind == "User" {
			return u
		}
	}
	return s.AddUser(&User{Login: "pat", AccountID: "5fpat", Name: "Pat"})
}

// text is a JSON value that may be a string, a number or null.
func text(raw json.RawMessage) (value string, given bool) {
	if len(raw) == 0 {
		return "", false
	}
	var str string
	if json.Unmarshal(raw, &str) == nil {
		return str, true
	}
	return strings.TrimSpace(string(raw)), true
}

func (in *wish) on() bool { return in.On == nil || *in.On }

func (s *State) commentOf(in *wish) error {
	value, _ := text(in.Comment)
	id, err := strconv.ParseInt(value, 10, 64)
	if err != nil {
		return bad("%s needs a comment: the id that comment answered", in.Op)
	}
	if in.comment, err = CommentOf(in.item, id); err != nil {
		return bad("%v", err)
	}
	return nil
}
