package rules

import "strata/internal/refine"

var undecomposed = refine.Rule{
	ID:      "DEP17",
	Version: 1,
	Documentation: refine.Documentation{
		Name:  "undecomposed",
		Title: "At risk: two epics are linked, their stories are not",
		Doc: "That one epic waits for another one says that there is something to talk about, not what. " +
			"Until the stories are linked each team guesses which of them has to come first.",
		When: "An epic waits for another team's epic and starts in this or the next Sprint, and no item of the one is linked with an item of the other. " +
			"The other way round: items of two teams are linked, and their epics are not; that is information.",
		Resolves: "A link between their items, the word that there is none (a section, or /strata none), or the link between the epics.",
		Severity: "warning; info when only the link between the epics is missing",
	},
	Pair: func(p *refine.Pair) *refine.Raised {
		w, b := &p.Waiting, &p.Blocker
		switch {
		case w.Epic() && b.Epic():
			if w.SprintsAway() > 1 || p.NoneNeeded() || !p.Undecomposed() {
				return nil
			}
			return &refine.Raised{
				Severity: refine.Warning, Next: p.Meet(),
				Text:     refine.Say("%v waits for %v, and none of their stories do.", p.Waits(), b.Named()),
				Action:   refine.Say("Refine the two together: which stories wait for which?"),
				Commands: []string{"none", "ack", "snooze 7d", "wrong"},
			}
		case w.Epic() || b.Epic():
			return nil
		}
		blocking, waiting := p.Epics()
		if waiting == nil {
			return nil
		}
		return &refine.Raised{
			Severity: refine.Info, On: refine.OnEpic, Next: p.Meet(), Title: "Two stories are linked, their epics are not",
			Text:   refine.Say("%v waits for %v, and no link says that %v waits for %v.", p.Waits(), b.Named(), waiting, blocking),
			Action: refine.Say("Link the two epics, so that those who plan them see it."),
			Facts:  []string{"epic=" + waiting.Ref.String(), "blocking_epic=" + blocking.Ref.String()},
		}
	},
}
