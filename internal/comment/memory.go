package comment

import (
	"cmp"
	"encoding/base64"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"strata/internal/facts"
	"strata/internal/refine"
	"strata/internal/work"
)

// MaxFacts is the length in bytes of the facts in a marker. What does not fit is
// left out, the youngest first, because the oldest have the most to lose.
const MaxFacts = 4 << 10

// carried is the memory in a marker, with short names because room is scarce.
type carried struct {
	Installed int64   `json:"i,omitempty"` // seconds since 1970
	Sights    []sight `json:"s,omitempty"`
}

// sight is a first sight: of a finding, or of an edge when it has no rule.
type sight struct {
	Rule    string `json:"r,omitempty"`
	Item    short  `json:"i,omitzero"`
	Blocker short  `json:"b,omitzero"`
	Waiting short  `json:"w,omitzero"`
	At      int64  `json:"t"`
}

// short is a ref as a pair of texts.
type short [2]string

func shortOf(r work.Ref) short { return short{r.Tracker, r.ID} }

func (s short) ref() work.Ref { return work.Ref{Tracker: s[0], ID: s[1]} }

func (s sight) compare(o sight) int {
	return cmp.Or(
		cmp.Compare(s.At, o.At),
		strings.Compare(s.Rule, o.Rule),
		s.Item.ref().Compare(o.Item.ref()),
		s.Blocker.ref().Compare(o.Blocker.ref()),
		s.Waiting.ref().Compare(o.Waiting.ref()),
	)
}

// Excerpt returns the part of the memory that the findings of one comment rest
// on: what its marker carries, so that it survives the loss of the store.
func Excerpt(memory facts.Memory, findings []refine.Finding) facts.Memory {
	part := facts.Memory{Installed: memory.Installed, EdgeSeen: map[facts.Edge]time.Time{}, Raised: map[facts.FindingKey]time.Time{}}
	for _, f := range findings {
		key := keyOf(f)
		if at, ok := memory.Raised[key]; ok {
			part.Raised[key] = at
		} else if !f.Since.IsZero() {
			part.Raised[key] = f.Since
		}
		if at, ok := memory.Raised[key.Critical()]; ok { // an answer holds for what was as grave when it was given
			part.Raised[key.Critical()] = at
		}
		edge := facts.Edge{Blocker: f.Blocker, Waiting: f.Waiting}
		if at, ok := memory.EdgeSeen[edge]; ok {
			part.EdgeSeen[edge] = at
		}
	}
	return part
}

func keyOf(f refine.Finding) facts.FindingKey {
	return facts.FindingKey{Rule: string(f.Rule), Item: f.Item, Blocker: f.Blocker, Waiting: f.Waiting}
}

// EncodeFacts writes a memory for Marker.Facts, at most MaxFacts long. Times are
// kept to the second.
func EncodeFacts(memory facts.Memory) string {
	var c carried
	if !memory.Installed.IsZero() {
		c.Installed = memory.Installed.Unix()
	}
	for edge, at := range memory.EdgeSeen {
		c.Sights = append(c.Sights, sight{Blocker: shortOf(edge.Blocker), Waiting: shortOf(edge.Waiting), At: at.Unix()})
	}
	for key, at := range memory.Raised {
		c.Sights = append(c.Sights, sight{Rule: key.Rule, Item: shortOf(key.Item), Blocker: shortOf(key.Blocker), Waiting: shortOf(key.Waiting), At: at.Unix()})
	}
	if c.Installed == 0 && c.Sights == nil {
		return ""
	}
	slices.SortFunc(c.Sights, sight.compare)
	room := base64.RawURLEncoding.DecodedLen(MaxFacts) - len(`{"i":-9223372036854775808,"s":[]}`)
	for i, s := range c.Sights {
		text, _ := json.Marshal(s) // texts and numbers alone: cannot fail
		if room -= len(text) + len(","); room < 0 {
			c.Sights = c.Sights[:i]
			break
		}
	}
	text, _ := json.Marshal(c)
	return base64.RawURLEncoding.EncodeToString(text)
}

// DecodeFacts reads Marker.Facts back; false when they are not ours or damaged.
func DecodeFacts(text string) (facts.Memory, bool) {
	memory := facts.Memory{EdgeSeen: map[facts.Edge]time.Time{}, Raised: map[facts.FindingKey]time.Time{}}
	if text == "" {
		return memory, true
	}
	decoded, err := base64.RawURLEncoding.DecodeString(text)
	var c carried
	if err != nil || len(text) > MaxFacts || json.Unmarshal(decoded, &c) != nil {
		return facts.Memory{}, false
	}
	if c.Installed != 0 {
		memory.Installed = time.Unix(c.Installed, 0).UTC()
	}
	for _, s := range c.Sights {
		at := time.Unix(s.At, 0).UTC()
		if s.Rule == "" {
			if s.Blocker == (short{}) || s.Waiting == (short{}) {
				return facts.Memory{}, false
			}
			memory.EdgeSeen[facts.Edge{Blocker: s.Blocker.ref(), Waiting: s.Waiting.ref()}] = at
			continue
		}
		memory.Raised[facts.FindingKey{Rule: s.Rule, Item: s.Item.ref(), Blocker: s.Blocker.ref(), Waiting: s.Waiting.ref()}] = at
	}
	return memory, true
}
