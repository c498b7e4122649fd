package githubsim

import (
	"encoding/json"
	"fmt"
	"strings"

	"strata/internal/sandbox/world"
)

// reactionJSON is one person's reaction.
type reactionJSON struct {
	ID        int64     `json:"id"`
	NodeID    string    `json:"node_id"`
	User      *userJSON `json:"user"`
	Content   string    `json:"content"`
	CreatedAt string    `json:"created_at"`
}

func (a address) reaction(r *world.Reaction) reactionJSON {
	return reactionJSON{ID: r.ID, NodeID: r.NodeID(), User: a.user(r.By), Content: r.Content, CreatedAt: stamp(r.At)}
}

// rollup counts the reactions to what stands at self, in recorded order of fields; a recorded count stands until
// somebody reacts.
func rollup(self string, list []*world.Reaction, recorded world.Fields) json.RawMessage {
	if raw, ok := recorded.Get("reactions"); ok {
		return raw
	}
	var out strings.Builder
	fmt.Fprintf(&out, `{"url":%s,"total_count":%d`, quotedJSON(self+"/reactions"), len(list))
	for _, content := range world.Feelings {
		n := 0
		if len(list) > 0 {
			n = countReactions(list, content)
		}
		fmt.Fprintf(&out, `,%q:%d`, content, n)
	}
	out.WriteByte('}')
	return json.RawMessage(out.String())
}

// quotedJSON is a text as JSON writes it.
func quotedJSON(text string) []byte {
	out, err := json.Marshal(text)
	if err != nil {
		return []byte(`""`) // a string is always JSON
	}
	return out
}
