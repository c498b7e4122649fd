package rules

import (
	"time"

	"strata/internal/markup"
	"strata/internal/refine"
)

var droppedBlocker = refine.Rule{
	ID: "DEP12",
	Documentation: refine.Documentation{
		Name:  "dropped_blocker",
		Title: "Off track: a blocker will not come",
		Doc: "A blocker that is closed looks resolved, and what it should have brought will never come. " +
			"Nobody notices until the waiting item begins.",
		When: "The waiting item is open, whenever it is planned and whoever owns it, and the blocker was dropped: won't do, cancelled, " +
			"not planned, a duplicate of something that is not delivered; or the blocker's team declined it.",
		Resolves: "The link is removed or moved to another item, or the blocker is reopened, planned, begun or committed.",
		Severity: "critical when the waiting item is in the current or the next Sprint, else warning",
	},
	About:  refine.LostBlockers,
	Far:    true,
	Within: true,
	Pair: func(p *refine.Pair) *refine.Raised {
		r := &refine.Raised{Severity: refine.Warning, Next: p.Waiting.Acts()}
		if p.Waiting.Soon() {
			r.Severity = refine.Critical
		}
		if no := p.Declined(); no != nil {
			r.Text = refine.Say("%v waits for %v, which its team declined on %v%v.", p.Waits(), p.Blocker.Named(), p.On(no.At), refine.Quote(no.Text))
			r.Action = refine.Say("Plan %v without %v, or link a replacement.", p.Waiting.Item, p.Blocker.Item)
			r.Facts = []string{"declined=" + no.At.UTC().Format(time.DateOnly)}
			return r
		}
		as := ""
		if word := p.Blocker.Item.Resolution; word != "" {
			as = " as " + word
		}
		r.Text = refine.Say("%v waits for %v, which was closed%v without delivery.", p.Waits(), p.Blocker.Named(), as)
		r.Action = replace(p)
		r.Facts = []string{"resolution=" + p.Blocker.Item.Resolution}
		if original := p.Blocker.Item.DuplicateOf; !original.IsZero() {
			r.Facts = append(r.Facts, "original="+original.String())
		}
		return r
	},
}

// replace proposes the original of a duplicate, else a replacement.
func replace(p *refine.Pair) markup.Paragraph {
	if original := p.Original(); original != nil {
		return refine.Say("Link %v in its place, which it duplicates, or remove the link.", original)
	}
	return refine.Say("Link a replacement for %v, plan %v without it, or remove the link.", p.Blocker.Item, p.Waiting.Item)
}
