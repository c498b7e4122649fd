package facts

import (
	"cmp"
	"slices"

	"strata/internal/work"
)

// How much of the past a pace rests on.
const (
	paceDays     = 90 // calendar days
	paceSprints  = 5
	mostSamples  = 200
	halfOf       = 50
	mostOf       = 85
	sprintsOlder = 366 // calendar days after which a closed Sprint says nothing any more
)

// Paces returns how fast the teams were, until a day: cycle times of the items
// that they delivered in the last 90 days, in the team's own working days, and
// what they delivered in their last closed Sprints, at most five. A team in which nothing
// was delivered has no pace.
//
// Only deliveries count: what was dropped took no time that says anything. An
// item whose start nobody saw is delivered all the same, but no sample.
func Paces(s work.Snapshot, changes map[work.Ref][]Change, calendar Calendar, today work.Day) map[work.TeamID]Pace {
	delivered := deliveries(s, calendar, today)
	if len(delivered) == 0 {
		return nil
	}
	boxes := make(map[work.SprintID]*work.Sprint, len(s.Sprints))
	for i := range s.Sprints {
		boxes[s.Sprints[i].ID] = &s.Sprints[i]
	}
	paces := make(map[work.TeamID]Pace, len(delivered))
	for team, items := range delivered {
		p := Pace{}
		p.times(items, changes, calendar.For(team), today)
		p.speed(items, s.Sprints, boxes, calendar.For(team), today)
		paces[team] = p
	}
	return paces
}

// deliveries are the items that each team delivered within a year, by the day of delivery, the latest first.
func deliveries(s work.Snapshot, calendar Calendar, today work.Day) map[work.TeamID][]*work.Item {
	found := map[work.TeamID][]*work.Item{}
	for i := range s.Items {
		it := &s.Items[i]
		if it.State != work.StateDelivered || it.Resolved.IsZero() || it.Layer() != work.TeamLayer || it.Kind == work.Subtask || it.Outside {
			continue
		}
		if team := it.Team(); team != "" && today-work.DayOf(it.Resolved, calendar.Zone()) <= sprintsOlder {
			found[team] = append(found[team], it)
		}
	}
	for _, items := range found {
		slices.SortFunc(items, func(a, b *work.Item) int { return cmp.Or(b.Resolved.Compare(a.Resolved), a.Ref.Compare(b.Ref)) })
	}
	return found
}

// times measures cycle times: from the first start to the delivery, both days included.
func (p *Pace) times(items []*work.Item, changes map[work.Ref][]Change, calendar Calendar, today work.Day) {
	var took []int
	for _, it := range items {
		end := work.DayOf(it.Resolved, calendar.Zone())
		if today-end > paceDays || len(took) == mostSamples {
			break
		}
		at := slices.IndexFunc(changes[it.Ref], func(c Change) bool { return c.Kind == Started })
		if at < 0 {
			continue
		}
		start := work.DayOf(changes[it.Ref][at].At, calendar.Zone())
		took = append(took, max(calendar.WorkingDaysBetween(start, end), 0)+1)
	}
	if p.Samples = len(took); p.Samples == 0 {
		return
	}
	slices.Sort(took)
	p.P50, p.P85 = took[share(len(took), halfOf)], took[share(len(took), mostOf)]
}

// share is the place, in a sorted list, of the value that so many per cent do not exceed.
func share(n, percent int) int { return (n*percent+99)/100 - 1 }

// speed measures what was delivered in the team's last closed Sprints: those that
// its items were in, else, where its tracker has none or forgot them, the product's.
func (p *Pace) speed(items []*work.Item, all []work.Sprint, boxes map[work.SprintID]*work.Sprint, calendar Calendar, today work.Day) {
	sprints := ownSprints(items, boxes, today)
	if len(sprints) == 0 {
		for i := range all {
			if s := &all[i]; s.Board == "" && closed(s, today) {
				sprints = append(sprints, s)
			}
		}
	}
	slices.SortFunc(sprints, func(a, b *work.Sprint) int {
		return cmp.Or(cmp.Compare(b.Window.End, a.Window.End), cmp.Compare(a.ID, b.ID))
	})
	sprints = sprints[:min(len(sprints), paceSprints)]
	if len(sprints) == 0 {
		return
	}
	first := work.DayOf(items[len(items)-1].Resolved, calendar.Zone())
	for _, s := range sprints {
		if s.Window.End < first {
			break // before the team's first delivery that we know of: nobody counted then
		}
		p.Sprints++
		for _, it := range items {
			if day := work.DayOf(it.Resolved, calendar.Zone()); day < s.Window.Start || day > s.Window.End {
				continue
			}
			p.Items++
			if it.Estimate != nil {
				p.Velocity += *it.Estimate
			}
		}
	}
	if p.Sprints > 0 {
		p.Items /= float64(p.Sprints)
		p.Velocity /= float64(p.Sprints)
	}
}

// ownSprints are the closed Sprints that a team's items were in.
func ownSprints(items []*work.Item, boxes map[work.SprintID]*work.Sprint, today work.Day) (own []*work.Sprint) {
	for _, it := range items {
		for _, id := range it.Sprints {
			if s := boxes[id]; s != nil && closed(s, today) && !slices.Contains(own, s) {
				own = append(own, s)
			}
		}
	}
	return own
}

func closed(s *work.Sprint, today work.Day) bool {
	return s.State == work.SprintClosed && s.Window.Start != 0 && s.Window.End != 0 && today-s.Window.End <= sprintsOlder
}
