package control

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"sync"
	"time"

	"strata/internal/sandbox/world"
)

// Hook is who wants to be told of what happens.
type Hook struct {
	ID     int      `json:"id"`
	URL    string   `json:"url"`
	Secret string   `json:"secret,omitempty"` // signs what is sent; never shown
	Events []string `json:"events,omitempty"` // names of events; none: all
	Retry  string   `json:"retry,omitempty"`  // how long a tracker that repeats waits before it does; defaults to 1s
}

// Letter is one event as it is sent.
type Letter struct {
	Event string      // issues, jira:issue_updated
	Item  string      // handle; empty: none
	Head  http.Header // beside signature and length
	Body  []byte
}

// Delivery is what became of a letter.
type Delivery struct {
	ID     string    `json:"id"`
	Hook   int       `json:"hook"`
	Event  string    `json:"event"`
	Item   string    `json:"item,omitempty"`
	Time   time.Time `json:"time"`
	Status int       `json:"status,omitempty"` // the last answer's; 0: none
	Tries  int       `json:"tries"`
	Fault  string    `json:"fault,omitempty"` // lost, twice, late, unsigned or forged
}

// Custom is how a tracker sends webhooks.
type Custom struct {
	Letters   func(s *world.State, h world.Happening) []Letter // what a write is told as; called inside the write
	Hello     func(Hook) []Letter                              // what a new hook hears first; nil: nothing
	Signature string                                           // the header of the signature
	ID        string                                           // the header of the delivery's id
	Retries   int                                              // how often a failed delivery is repeated
}

// keptDeliveries are how many deliveries are remembered.
const keptDeliveries = 1000

// Hooks send what happens in a world to whoever asked for it. What a tracker sends is written inside the write and
// sent after it, one after the other, so that order is kept until a fault breaks it.
type Hooks struct {
	world  *world.World
	faults *Faults
	custom Custom

	mu        sync.Mutex
	watching  bool
	hooks     []Hook
	last      int
	sent      int
	queue     []parcel
	busy      bool
	delivered []Delivery
}

type parcel struct {
	hook   Hook
	letter Letter
	id     string
}

// NewHooks are none yet.
func NewHooks(w *world.World, f *Faults, c Custom) *Hooks {
	return &Hooks{world: w, faults: f, custom: c}
}

// Add registers a hook. The error says what is wrong with it.
func (k *Hooks) Add(h Hook) error {
	u, err := url.Parse(h.URL)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return fmt.Errorf("url %q is no address: say http://host:port/path", h.URL)
	}
	if _, err := time.ParseDuration(h.Retry); h.Retry != "" && err != nil {
		return fmt.Errorf("retry %q is no duration: say 1s", h.Retry)
	}
	k.mu.Lock()
	k.last++
	h.ID = k.last
	k.mu.Unlock()
	var hello []Letter
	if k.custom.Hello != nil { // it may read the world, whose writers wait for this lock
		hello = k.custom.Hello(h)
	}
	k.mu.Lock()
	k.hooks = append(k.hooks, h)
	watch := !k.watching
	k.watching = true
	for _, l := range hello {
		k.post(h, l)
	}
	k.mu.Unlock()
	if watch {
		k.world.Watch(k.hear)
	}
	return nil
}

// Clear removes every hook.
func (k *Hooks) Clear() {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.hooks, k.queue = nil, nil
}

// hear is told of every write, inside it.
func (k *Hooks) hear(s *world.State, h world.Happening) {
	if h.Tracker != k.faults.tracker {
		return
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if len(k.hooks) == 0 {
		return
	}
	for _, letter := range k.custom.Letters(s, h) {
		for _, hook := range k.hooks {
			if len(hook.Events) == 0 || slices.Contains(hook.Events, letter.Event) {
				k.post(hook, letter)
			}
		}
	}
}

// post puts a letter on its way; the lock is held.
func (k *Hooks) post(hook Hook, letter Letter) {
	k.sent++
	id := fmt.Sprintf("%08x-5a2d-4000-8000-%012x", uint32(hook.ID), k.sent)
	k.queue = append(k.queue, parcel{hook, letter, id})
	if !k.busy {
		k.busy = true
		go k.run()
	}
}

// run sends what is waiting, and ends when nothing is.
func (k *Hooks) run() {
	var late []parcel
	for {
		k.mu.Lock()
		if len(k.queue) == 0 && len(late) == 0 {
			k.busy = false
			k.mu.Unlock()
			return
		}
		var next parcel
		delayed := len(k.queue) == 0
		if delayed {
			next, late = late[0], late[1:]
		} else {
			next, k.queue = k.queue[0], k.queue[1:]
		}
		k.mu.Unlock()
		if delayed {
			k.deliver(next, "late")
			continue
		}
		fault := k.fate(next)
		if fault == "late" {
			late = append(late, next)
			continue
		}
		k.deliver(next, fault)
		if fault == "twice" {
			k.deliver(next, fault)
		}
	}
}

// fate is what goes wrong with a delivery; empty: nothing.
func (k *Hooks) fate(p parcel) string {
	f, on := k.faults.Take("webhook "+p.letter.Event, p.letter.Item, "F54")
	if !on {
		return ""
	}
	for _, word := range []string{"twice", "late", "unsigned", "forged"} {
		if f.Says(word) {
			return word
		}
	}
	return "lost"
}

// View is what GET /_sandbox/webhooks shows: hooks without their secrets, and what was sent.
func (k *Hooks) View() any {
	k.mu.Lock()
	defer k.mu.Unlock()
	hooks := slices.Clone(k.hooks)
	for n := range hooks {
		hooks[n].Secret = ""
	}
	return struct {
		Hooks     []Hook     `json:"hooks"`
		Waiting   int        `json:"waiting"`
		Delivered []Delivery `json:"delivered"`
	}{append([]Hook{}, hooks...), len(k.queue), append([]Delivery{}, k.delivered...)}
}

func (k *Hooks) add(w http.ResponseWriter, r *http.Request) {
	var h Hook
	from := json.NewDecoder(http.MaxBytesReader(w, r.Body, 1<<16))
	from.DisallowUnknownFields()
	err := from.Decode(&h)
	if err == nil {
		err = k.Add(h)
	}
	if err != nil {
		fail(w, http.StatusBadRequest, "a webhook is "+`{"url":"http://…","secret":"…","events":["…"]}: `+err.Error(), nil)
		return
	}
	write(w, http.StatusOK, k.View())
}
