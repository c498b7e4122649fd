package jirasim

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strings"
	"sync"

	"strata/internal/sandbox/richtext"
)

// documents remembers rich texts in the form of version 3. The world keeps wiki
// text alone, which cannot say everything: what was written as a document is
// served as that document while its wiki text stands unchanged. Should there be
// more of them than there is room, older ones are read from their wiki text, as
// after an edit on version 2.
type documents struct {
	mu      sync.Mutex
	written shelf // as clients wrote them, by their wiki text
	made    shelf // as they were made from wiki text
}

// shelf keeps documents by wiki text, up to a size.
type shelf struct {
	by   map[string]json.RawMessage
	size int
}

// roomy is how many bytes a shelf holds; beyond it is emptied.
const roomy = 64 << 20

func (s *shelf) put(wiki string, raw json.RawMessage) {
	if s.by == nil || s.size > roomy {
		s.by, s.size = map[string]json.RawMessage{}, 0
	}
	s.by[wiki] = raw
	s.size += len(wiki) + len(raw)
}

// remember keeps a document as it was written. One that its wiki text says as
// well needs no room, and takes that of another with the same text.
func (d *documents) remember(wiki string, raw json.RawMessage) {
	var compact bytes.Buffer
	if json.Compact(&compact, raw) != nil {
		return
	}
	same := alikeJSON(compact.Bytes(), documentJSON(richtext.FromWiki(wiki, nil)))
	d.mu.Lock()
	defer d.mu.Unlock()
	if same {
		delete(d.written.by, wiki)
		return
	}
	d.written.put(wiki, compact.Bytes())
}

func (d *documents) as(wiki string, made bool) (json.RawMessage, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if raw, ok := d.written.by[wiki]; ok {
		return raw, true
	}
	raw, ok := d.made.by[wiki]
	return raw, ok && made
}

func (d *documents) keep(wiki string, raw json.RawMessage) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.made.put(wiki, raw)
}

func alikeJSON(a, b []byte) bool {
	var x, y any
	return json.Unmarshal(a, &x) == nil && json.Unmarshal(b, &y) == nil && reflect.DeepEqual(x, y)
}

// documentJSON cannot fail: a document is texts, numbers, lists and maps.
func documentJSON(d richtext.Document) json.RawMessage {
	raw, err := json.Marshal(d)
	if err != nil {
		return json.RawMessage(`{"type":"doc","version":1,"content":[]}`)
	}
	return raw
}

// adf is a text of the world as version 3 shows it.
func (c *call) adf(wiki string) json.RawMessage {
	if raw, ok := c.s.texts.as(wiki, true); ok {
		return raw
	}
	raw := documentJSON(richtext.FromWiki(wiki, c.people))
	if !strings.Contains(wiki, "[~") { // a mention shows a name, which may change
		c.s.texts.keep(wiki, raw)
	}
	return raw
}

// document is a text of the world as it was meant: the document that was
// written, else what the wiki text says.
func (c *call) document(wiki string) richtext.Document {
	if raw, ok := c.s.texts.as(wiki, false); ok {
		if d, err := richtext.FromADF(raw); err == nil {
			return d
		}
	}
	return richtext.FromWiki(wiki, c.people)
}

// fromADF checks a document and brings it to wiki text.
func (c *call) fromADF(raw json.RawMessage) (string, error) {
	d, err := richtext.FromADF(raw)
	if err != nil {
		return "", err
	}
	wiki := richtext.Wiki(d)
	c.s.texts.remember(wiki, raw)
	return wiki, nil
}

// people finds whom a mention means.
func (c *call) people(handle string) (id, name string) {
	if c.st == nil {
		return "", ""
	}
	u := c.st.User(handle)
	if u == nil {
		return "", ""
	}
	return c.nameOf(u), u.Name
}

// linkToIssue is where a key in a text leads, as Jira's HTML says it.
func (c *call) linkToIssue(word string) string {
	if c.st == nil || !keyForm.MatchString(word) {
		return ""
	}
	if i := c.st.JiraIssue(word); c.sees(i) {
		return c.base + "/browse/" + i.Key
	}
	return ""
}
