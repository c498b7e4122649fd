package world

import "time"

// Entry is one write to the world, by a client, a person or the world's life.
type Entry struct {
	Seq      int       `json:"seq"`
	Time     time.Time `json:"time"`
	Tracker  Tracker   `json:"tracker"`
	Op       string    `json:"op"`
	Item     string    `json:"item"`
	Comment  int64     `json:"comment,omitempty"`
	Author   string    `json:"author"`
	Marker   string    `json:"marker,omitempty"` // as written in the comment
	Bytes    int       `json:"bytes,omitempty"`
	Notified int       `json:"notified,omitempty"`
	Detail   string    `json:"detail,omitempty"`
}

// Since lists the journal's entries of a tracker after the given sequence
// number; an empty tracker means both.
func (s *State) Since(t Tracker, seq int) []Entry {
	out := []Entry{}
	for _, e := range s.Journal[min(max(seq, 0), len(s.Journal)):] {
		if t == "" || e.Tracker == t {
			out = append(out, e)
		}
	}
	return out
}

func (s *State) log(it Item, op string, by *User, e Entry) {
	e.Seq = len(s.Journal) + 1
	e.Time = s.Now()
	e.Tracker = it.Tracker()
	e.Item = it.Handle()
	e.Op = op
	e.Author = authorName(by)
	s.Journal = append(s.Journal, e)
	s.announce(it, by, e)
}

// authorName is how the journal names a writer; nil is the world itself.
func authorName(u *User) string {
	switch {
	case u == nil:
		return "world"
	case u.Login != "":
		return u.Login
	case u.AccountID != "":
		return u.AccountID
	}
	return u.Name
}
