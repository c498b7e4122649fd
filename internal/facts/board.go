package facts

import (
	"cmp"
	"slices"
	"time"

	"strata/internal/work"
)

// usage counts which team's items are in which box.
type usage struct {
	teams, boxes int
	all, open    []int32 // by team and number of the box
}

// use counts the boxes of a product's items. Sub-tasks follow their parents.
func (p *Product) use() usage {
	u := usage{teams: len(p.config.Teams), boxes: len(p.boxNumbers)}
	if u.teams == 0 || u.boxes == 0 {
		return u
	}
	counts := make([]int32, 2*u.teams*u.boxes)
	u.all, u.open = counts[:u.teams*u.boxes], counts[u.teams*u.boxes:]
	for _, m := range p.order {
		if len(m.owners) != 1 || len(m.boxes) == 0 || m.item.Outside || m.item.Kind == work.Subtask {
			continue
		}
		row := m.owners[0] * u.boxes
		for _, box := range m.boxes {
			u.all[row+int(box)]++
		}
		if m.item.State.Open() {
			for _, box := range m.boxes {
				u.open[row+int(box)]++
			}
		}
	}
	return u
}

// boardZones finds the boards whose days are not those of the product's zone: more
// than half of what is planned there is of teams in one other zone. Nil where no
// team has a zone of its own.
func (p *Product) boardZones(u usage) map[board]*time.Location {
	if len(p.calendar.zones) == 0 || u.boxes == 0 {
		return nil
	}
	type share struct {
		total int32
		zones map[string]int32
	}
	shares := map[board]*share{}
	for i := range p.boxes {
		n, ok := p.boxNumbers[p.boxes[i].ID]
		if !ok {
			continue
		}
		of := boardOf(p.boxes[i].ID, p.boxes[i].Board)
		if shares[of] == nil {
			shares[of] = &share{zones: map[string]int32{}}
		}
		for team, id := range p.owners.teams {
			items := u.all[team*u.boxes+int(n)]
			shares[of].total += items
			shares[of].zones[p.calendar.For(id).Zone().String()] += items
		}
	}
	zones := map[board]*time.Location{}
	for _, id := range p.owners.teams {
		zone := p.calendar.For(id).Zone()
		for of, share := range shares {
			if 2*share.zones[zone.String()] > share.total {
				zones[of] = zone
			}
		}
	}
	return zones
}

// teamSprints finds the boxes that each team plans in: those of the board that
// holds most of its open items. Where boxes of that board run side by side, only
// those with items of the team are its.
func (p *Product) teamSprints(sprints []work.Sprint, u usage) [][]work.SprintID {
	out := make([][]work.SprintID, u.teams)
	if u.teams == 0 || u.boxes == 0 {
		return out
	}
	boards := map[board][]*work.Sprint{} // with dates, by start
	for i := range sprints {
		if s := &sprints[i]; s.Board != "" && s.Window.Start != 0 && s.Window.End != 0 {
			of := boardOf(s.ID, s.Board)
			boards[of] = append(boards[of], s)
		}
	}
	alone := make(map[board]bool, len(boards))
	for of, boxes := range boards {
		alone[of] = !sideBySide(boxes)
	}
	for team := range out {
		of, ok := p.mainBoard(boards, u, team)
		if !ok {
			continue
		}
		own := boards[of]
		if !alone[of] {
			own = slices.DeleteFunc(slices.Clone(own), func(s *work.Sprint) bool { return p.in(u.all, u, team, s.ID) == 0 })
		}
		out[team] = inTurn(own, func(s *work.Sprint) int32 { return p.in(u.all, u, team, s.ID) })
	}
	return out
}

// in returns how many of a team's items are in a box.
func (p *Product) in(counts []int32, u usage, team int, id work.SprintID) int32 {
	n, ok := p.boxNumbers[id]
	if !ok {
		return 0
	}
	return counts[team*u.boxes+int(n)]
}

// mainBoard returns the board with most of a team's open items in boxes that are
// not closed, else with most of its items.
func (p *Product) mainBoard(boards map[board][]*work.Sprint, u usage, team int) (main board, found bool) {
	type weight struct{ open, all int32 }
	var most weight
	for of, boxes := range boards {
		var w weight
		for _, s := range boxes {
			w.all += p.in(u.all, u, team, s.ID)
			if s.State != work.SprintClosed {
				w.open += p.in(u.open, u, team, s.ID)
			}
		}
		order := cmp.Or(cmp.Compare(w.open, most.open), cmp.Compare(w.all, most.all))
		if w.all > 0 && (!found || order > 0 || order == 0 && of.before(main)) {
			main, most, found = of, w, true
		}
	}
	return main, found
}

func (b board) before(o board) bool {
	return cmp.Or(cmp.Compare(b.tracker, o.tracker), cmp.Compare(b.name, o.name)) < 0
}

// inTurn keeps of boxes those that follow one another and hold most of the team's
// items together, and of as good ones most boxes: one that somebody left open for
// months does not stand for all that it lies across.
func inTurn(boxes []*work.Sprint, items func(*work.Sprint) int32) []work.SprintID {
	boxes = slices.DeleteFunc(slices.Clone(boxes), func(s *work.Sprint) bool { return s.Window.End-s.Window.Start >= longestBox })
	slices.SortStableFunc(boxes, func(a, b *work.Sprint) int {
		return cmp.Or(cmp.Compare(a.Window.End, b.Window.End), cmp.Compare(a.Window.Start, b.Window.Start))
	})
	// best[i] is what the first i boxes can hold; before[i] how many of them end by
	// the start of the i-th.
	best, before := make([]int64, len(boxes)+1), make([]int, len(boxes))
	worth := func(i int) int64 { return int64(items(boxes[i]))*int64(len(boxes)+1) + 1 + best[before[i]] }
	for i, s := range boxes {
		before[i], _ = slices.BinarySearchFunc(boxes[:i], s.Window.Start+1, func(o *work.Sprint, day work.Day) int { return cmp.Compare(o.Window.End, day) })
		best[i+1] = max(best[i], worth(i))
	}
	var ids []work.SprintID
	for i := len(boxes) - 1; i >= 0; {
		if worth(i) < best[i+1] {
			i--
			continue
		}
		ids = append(ids, boxes[i].ID)
		i = before[i] - 1
	}
	slices.Reverse(ids)
	return ids
}
