package plan

import (
	"time"

	"strata/internal/work"
)

// Policy is everything that allows an action or holds it back: the operator's
// config, and what of the product's state the decision rests on.
type Policy struct {
	Config
	// Settle is how long facts must have held before a comment is posted or
	// folded; 0 means at once.
	Settle time.Duration
	// Items is how many items the product has.
	Items int
	// Zone is where the product works, for items whose team has no zone of its own. Nil means UTC.
	Zone *time.Location
	// Holidays are the product's days without work, in any order.
	Holidays []work.Day
	// Recent are the times of the product's new comments; those of the last 24 hours suffice.
	Recent []time.Time
	// Confirmed is the operator's leave for a large plan.
	Confirmed Confirmation
}

// Confirmation is the operator's leave for at most so many actions until a time.
// Whoever carries them out takes them off AtMost.
type Confirmation struct {
	AtMost int
	Until  time.Time
}

func (c Confirmation) allows(actions int, now time.Time) bool {
	return actions <= c.AtMost && now.Before(c.Until)
}

// permit is the door for a permission to act: the first reason that holds a step
// back, or "" when nothing but the size of the plan and the budget can.
func (p Policy) permit(s step, now time.Time) Reason {
	switch {
	case s.place.Frozen != "":
		return Unread
	case s.place.Mode != Writing:
		return ReportOnly
	case s.place.Refused != "":
		return Refused
	case s.snoozed:
		return Snoozed
	case s.old && p.Baseline:
		return Baseline
	case s.transition && !p.settled(s.since, now):
		return Settling
	case p.quiet(s.place, now):
		return Quiet
	case !p.working(s.place, now, s.urgency.now):
		return Hours
	case s.limited && p.edited(s, now):
		return Edits
	case !s.lastNew.IsZero() && now.Sub(s.lastNew) < p.RenotifyAfter.Std():
		return Renotify
	}
	return ""
}

func (p Policy) settled(since, now time.Time) bool {
	return p.Settle == 0 || !since.IsZero() && now.Sub(since) >= p.Settle
}

// day returns the day at the place.
func (p Policy) day(place Place, t time.Time) work.Day { return work.DayOf(t, p.zone(place)) }

func (p Policy) zone(place Place) *time.Location {
	switch {
	case place.Zone != nil:
		return place.Zone
	case p.Zone != nil:
		return p.Zone
	}
	return time.UTC
}

func (p Policy) quiet(place Place, now time.Time) bool {
	day := p.day(place, now)
	for _, r := range p.Quiet {
		if r.From <= day && day <= r.To {
			return true
		}
	}
	return false
}

// working says whether people are at work there; what cannot wait asks for the day alone.
func (p Policy) working(place Place, now time.Time, urgent bool) bool {
	if !p.Hours.Days.any() {
		return true
	}
	day := p.day(place, now)
	if !p.Hours.Days[day.Weekday()] {
		return false
	}
	for _, h := range p.Holidays {
		if h == day {
			return false
		}
	}
	local := now.In(p.zone(place))
	minute := Clock(local.Hour()*60 + local.Minute())
	return urgent || p.Hours.From <= minute && minute < p.Hours.To
}

// edited says whether the comment has had its edits of the day.
func (p Policy) edited(s step, now time.Time) bool {
	if p.EditsPerDay == 0 {
		return false
	}
	today, n := p.day(s.place, now), 0
	for _, t := range s.edits {
		if p.day(s.place, t) == today {
			n++
		}
	}
	return n >= int(p.EditsPerDay)
}

// holds says whether a plan of so many actions waits for the operator.
func (p Policy) holds(actions int, now time.Time) bool {
	limit, limited := p.HoldAbove.limit(p.Items)
	return limited && actions > limit && !p.Confirmed.allows(actions, now)
}

// budget returns how many new comments may be posted now; below 0 means any number.
func (p Policy) budget(now time.Time) int {
	left := -1
	for _, b := range []struct {
		max  Limit
		span time.Duration
	}{{p.MaxNewPerHour, time.Hour}, {p.MaxNewPerDay, 24 * time.Hour}} {
		if b.max == 0 {
			continue
		}
		free := int(b.max)
		for _, t := range p.Recent {
			if now.Sub(t) < b.span {
				free--
			}
		}
		if free = max(free, 0); left < 0 || free < left {
			left = free
		}
	}
	return left
}
