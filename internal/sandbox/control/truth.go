package control

import (
	"bufio"
	"encoding/json"
	"net/http"
	"slices"

	"strata/internal/sandbox/world"
)

// line is one line of the ledger: exactly one of its parts is set.
type line struct {
	Unresolved *world.Dependency `json:"unresolved,omitempty"`
	Unlisted   *world.Dependency `json:"unlisted,omitempty"`
	Circle     *world.Circle     `json:"circle,omitempty"`
	Item       *world.Expected   `json:"item,omitempty"`
}

// parts are what can be asked of the ledger.
var parts = []string{"unresolved", "unlisted", "circles", "items"}

// truth writes the world's ledger of truth, one JSON object a line. What says which
// part is wanted; without it all but the items come. Item narrows it to what is said
// of one.
func (c *desk) truth(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	wanted := q["what"]
	for _, part := range wanted {
		if !slices.Contains(parts, part) {
			fail(w, http.StatusBadRequest, "no part "+part+" of the ledger", parts)
			return
		}
	}
	if len(wanted) == 0 {
		wanted = parts[:3]
	}
	about := ""
	if name := q.Get("item"); name != "" {
		var err error
		c.world.Read(func(s *world.State) {
			var it world.Item
			if it, err = s.Find(name); err == nil {
				about = it.Handle()
			}
		})
		if err != nil {
			fail(w, http.StatusNotFound, err.Error(), nil)
			return
		}
	}
	w.Header().Set("Content-Type", "application/x-ndjson")
	out := bufio.NewWriterSize(w, 1<<16)
	defer func() { _ = out.Flush() }()                          // the client has gone: nobody to tell
	tell := func(l line) { _ = json.NewEncoder(out).Encode(l) } // the client has gone: nobody to tell
	if slices.ContainsFunc(wanted, func(part string) bool { return part != "items" }) {
		c.ledger(wanted, about, tell)
	}
	if slices.Contains(wanted, "items") {
		for _, e := range c.expected(about) {
			tell(line{Item: &e})
		}
	}
}

func (c *desk) ledger(wanted []string, about string, tell func(line)) {
	truth := c.world.Truth()
	concerns := func(d world.Dependency) bool { return about == "" || d.Waiting == about || d.Blocker == about }
	for _, d := range truth.Unresolved {
		if slices.Contains(wanted, "unresolved") && concerns(d) {
			tell(line{Unresolved: &d})
		}
	}
	for _, d := range truth.Unlisted {
		if slices.Contains(wanted, "unlisted") && concerns(d) {
			tell(line{Unlisted: &d})
		}
	}
	for _, k := range truth.Circles {
		if slices.Contains(wanted, "circles") && (about == "" || slices.Contains(k.Members, about)) {
			tell(line{Circle: &k})
		}
	}
}

func (c *desk) expected(about string) (all []world.Expected) {
	c.world.Read(func(s *world.State) {
		s.Expect(func(e world.Expected) bool {
			if about == "" || e.Item == about {
				all = append(all, e)
			}
			return about == "" || len(all) == 0
		})
	})
	return all
}
