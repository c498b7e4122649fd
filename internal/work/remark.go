package work

import "time"

// Remark is a person's comment that may bear a command to us: one of its lines
// begins with "strata" or "/strata". What it means, package comment reads.
type Remark struct {
	Item   Ref    `json:"item"`
	ID     string `json:"id"` // the tracker's id of the comment
	URL    string `json:"url,omitempty"`
	Author Person `json:"author"`
	// Bot says that the tracker calls the author an app, a bot or a sync account:
	// its commands do not count.
	Bot     bool      `json:"bot,omitempty"`
	Dialect Dialect   `json:"dialect"`
	Body    string    `json:"body"`
	Created time.Time `json:"created"`
	Updated time.Time `json:"updated"`
}

// Person is an account as a tracker names it. No e-mail address is kept.
type Person struct {
	ID   string `json:"id,omitempty"`   // the tracker's immutable id of the account
	Name string `json:"name,omitempty"` // as people see it
}
