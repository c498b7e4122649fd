package jirasim

import (
	"encoding/json"
	"io"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"strata/internal/sandbox/world"
)

// besideRoutes serve what stands beside an issue: watchers, votes, work, files.
func besideRoutes(t table) {
	t.on("GET /issue/{issue}/watchers", getWatchers)
	t.on("POST /issue/{issue}/watchers", addWatcher)
	t.on("DELETE /issue/{issue}/watchers", dropWatcher)
	t.on("GET /issue/{issue}/votes", getVotes)
	t.on("POST /issue/{issue}/votes", vote(true))
	t.on("DELETE /issue/{issue}/votes", vote(false))
	t.on("GET /issue/{issue}/worklog", getWorklog)
	t.on("POST /issue/{issue}/worklog", addWorklog)
	t.on("POST /issue/{issue}/attachments", addFiles)
	t.on("GET /attachment/{file}", getFile)
}

// watchers are who is told of an issue's changes.
func watchers(i *world.JiraIssue) []*world.User {
	var out []*world.User
	for _, u := range append([]*world.User{i.Reporter, i.Assignee}, i.Rare().Watching...) {
		if u != nil && !slices.Contains(out, u) {
			out = append(out, u)
		}
	}
	return out
}

func (c *call) watches(i *world.JiraIssue) json.RawMessage {
	var out members
	out.add("self", c.self("issue/%s/watchers", i.Key))
	out.add("watchCount", i.Watchers())
	out.add("isWatching", c.user != nil && slices.Contains(watchers(i), c.user))
	return out.end()
}

func getWatchers(c *call) error {
	return c.read(func(st *world.State) (any, error) {
		i, err := c.issue(st)
		if err != nil {
			return nil, err
		}
		list := watchers(i)
		return obj{"self": c.self("issue/%s/watchers", i.Key), "watchCount": max(i.Watchers(), len(list)), "isWatching": slices.Contains(list, c.user),
			"watchers": each(list, c.userJSON)}, nil
	})
}

// addWatcher takes a JSON string with an account id or a login; nothing is the
// asker.
func addWatcher(c *call) error {
	body, err := io.ReadAll(c.Body)
	if err != nil {
		return err
	}
	name := word(body)
	return c.watch(name, true)
}

func dropWatcher(c *call) error {
	q := c.URL.Query()
	name := q.Get("accountId")
	if name == "" {
		name = q.Get("username")
	}
	return c.watch(name, false)
}

func (c *call) watch(name string, on bool) error {
	return c.write(func(st *world.State) (int, any, error) {
		i, err := c.written(st, toWatch)
		if err != nil {
			return 0, nil, err
		}
		u := c.user
		if name != "" {
			u = st.User(name)
		}
		switch {
		case u == nil:
			return 0, nil, refuse(http.StatusNotFound, "The user \""+name+"\" does not exist.")
		case u != c.user && !c.user.Administers():
			return 0, nil, refuse(http.StatusUnauthorized, "You do not have the permission to manage the watcher list.")
		}
		st.Watch(i, u, on, c.user)
		return http.StatusNoContent, nil, nil
	})
}

func (c *call) votes(i *world.JiraIssue, who bool) any {
	voters := i.Rare().Voters
	var out members
	out.add("self", c.self("issue/%s/votes", i.Key))
	out.add("votes", len(voters))
	out.add("hasVoted", c.user != nil && slices.Contains(voters, c.user))
	if who {
		out.add("voters", each(voters, c.userJSON))
	}
	return out.end()
}

func getVotes(c *call) error {
	return c.read(func(st *world.State) (any, error) {
		i, err := c.issue(st)
		if err != nil {
			return nil, err
		}
		return c.votes(i, true), nil
	})
}

// vote is refused to who made the issue, and on what is resolved.
func vote(on bool) handler {
	return func(c *call) error {
		return c.write(func(st *world.State) (int, any, error) {
			i, err := c.written(st, toWatch)
			if err != nil {
				return 0, nil, err
			}
			if i.Reporter == c.user || i.Resolution != nil {
				return 0, nil, refuse(http.StatusNotFound, "You cannot vote for an issue you have reported, or for a resolved issue.")
			}
			st.Vote(i, c.user, on)
			return http.StatusNoContent, nil, nil
		})
	}
}

// timeSpent are amounts such as "1w 2d 3h 30m"; a week has five days of eight
// hours.
var timeSpent = regexp.MustCompile(`^(\d+)([wdhm])$`)

func spentOf(text string) (time.Duration, bool) {
	unit := map[string]time.Duration{"w": 40 * time.Hour, "d": 8 * time.Hour, "h": time.Hour, "m": time.Minute}
	var sum time.Duration
	for part := range strings.FieldsSeq(text) {
		m := timeSpent.FindStringSubmatch(part)
		if m == nil {
			return 0, false
		}
		n, err := strconv.Atoi(m[1])
		if err != nil {
			return 0, false
		}
		sum += time.Duration(n) * unit[m[2]]
	}
	return sum, sum > 0
}

// work reads a worklog entry.
func (c *call) work(raw json.RawMessage) (world.Work, error) {
	var in struct {
		Spent   string          `json:"timeSpent"`
		Seconds int             `json:"timeSpentSeconds"`
		Started string          `json:"started"`
		Comment json.RawMessage `json:"comment"`
	}
	if json.Unmarshal(raw, &in) != nil {
		return world.Work{}, refuseField("worklog", "data was not an object")
	}
	w := world.Work{Spent: time.Duration(in.Seconds) * time.Second}
	if in.Spent != "" {
		ok := false
		if w.Spent, ok = spentOf(in.Spent); !ok {
			return w, refuseField("timeLogged", "Invalid time duration entered")
		}
	}
	if w.Spent <= 0 {
		return w, refuseField("timeLogged", "You must indicate the time spent working.")
	}
	if in.Started != "" {
		at, err := time.Parse("2006-01-02T15:04:05.999-0700", in.Started)
		if err != nil {
			return w, refuseField("started", "Worklog must be in the format yyyy-MM-dd'T'HH:mm:ss.SSSZ")
		}
		w.Started = at
	}
	var err error
	w.Text, err = c.wiki("comment", in.Comment)
	return w, err
}

func (c *call) workJSON(i *world.JiraIssue, w *world.Work) any {
	out := obj{"self": c.self("issue/%d/worklog/%d", i.ID, w.ID), "id": id(w.ID), "issueId": id(i.ID), "author": c.userJSON(w.Author), "updateAuthor": c.userJSON(w.Author),
		"created": c.stamp(w.Logged), "updated": c.stamp(w.Logged), "started": c.stamp(w.Started),
		"timeSpent": strconv.Itoa(int(w.Spent.Minutes())) + "m", "timeSpentSeconds": int(w.Spent.Seconds())}
	if w.Text != "" {
		out["comment"] = c.rich(w.Text)
	}
	return out
}

func (c *call) worklog(i *world.JiraIssue, w window) any {
	all := i.Rare().Work
	var out members
	out.add("startAt", w.start)
	out.add("maxResults", w.size)
	out.add("total", len(all))
	list := []json.RawMessage{}
	for _, e := range cut(w, all) {
		list = append(list, appendJSON(nil, c.workJSON(i, e)))
	}
	out.add("worklogs", list)
	return out.end()
}

func getWorklog(c *call) error {
	w, err := c.window(5000, 5000)
	if err != nil {
		return err
	}
	return c.read(func(st *world.State) (any, error) {
		i, err := c.issue(st)
		if err != nil {
			return nil, err
		}
		return c.worklog(i, w), nil
	})
}

func addWorklog(c *call) error {
	var raw json.RawMessage
	if err := c.body(&raw, false); err != nil {
		return err
	}
	return c.write(func(st *world.State) (int, any, error) {
		i, err := c.written(st, toEdit)
		if err != nil {
			return 0, nil, err
		}
		w, err := c.work(raw)
		if err != nil {
			return 0, nil, err
		}
		return http.StatusCreated, c.workJSON(i, st.LogWork(i, w, c.user)), nil
	})
}
