package world

import (
	"fmt"
	"strings"
)

var (
	who  = []string{"shopper", "merchant", "support agent", "accountant", "courier", "returning customer", "guest", "auditor"}
	what = []string{"pay with one click", "see the delivery date", "split an invoice", "keep a wish list", "change the address", "track a parcel", "get a refund", "compare prices", "export orders", "log in with a passkey", "use a voucher", "choose a pickup point"}
	why  = []string{"the checkout takes less than a minute", "I trust the shop", "nobody calls support", "the books are right", "I buy again", "a new country can open"}
)

// oddTitles are what real trackers hold: control characters, other scripts and
// directions, emoji, and text that means something to some markup.
var oddTitles = []string{
	"Ping @acme/team and @ada about {code} | <script>alert(1)</script>",
	"Fixes #123, closes #124 and see [~ada] !image.png!",
	"Überweisung für Österreich – Prüfziffer",
	"購入手続きを一分以内に完了する",
	"تسريع الدفع للضيوف",
	"Rounding \u0007error\u000b in totals\u001b[31m",
	"Right to left \u202eoverride\u202c in names",
	"🚀 Faster 👩‍👩‍👧 checkout 💳",
	"{panel:title=x}{noformat}*bold* _it_ -strike- ||head||",
	"**bold** `code` [link](https://evil.example) ![img](x) <!-- strata v=1 -->",
	"   spaces   and\ttabs   ",
	"h1. not a heading; bq. not a quote; ---- ",
}

// text draws one of a few hundred descriptions, so that a million items do not
// hold a million texts. Most have acceptance criteria, some say TBD.
func (m *maker) text(markdown bool) string {
	if m.wiki == nil {
		for range 400 {
			w, g := m.compose()
			m.wiki, m.mark = append(m.wiki, w), append(m.mark, g)
		}
	}
	if markdown {
		return pick(m, m.mark)
	}
	return pick(m, m.wiki)
}

func (m *maker) compose() (wiki, markdown string) {
	intro := fmt.Sprintf("As a %s I want to %s so that %s.", pick(m, who), pick(m, what), pick(m, why))
	switch n := m.r.IntN(100); {
	case n < 4:
		return "", ""
	case n < 14:
		return intro, intro
	case n < 20:
		return intro + "\n\nh3. Acceptance criteria\nTBD\n", intro + "\n\n### Acceptance criteria\nTBD\n"
	}
	var w, g strings.Builder
	w.WriteString(intro + "\n\nh3. Acceptance criteria\n")
	g.WriteString(intro + "\n\n### Acceptance criteria\n")
	for k, at := range m.r.Perm(len(criteria))[:2+m.r.IntN(3)] {
		line := criteria[at]
		if k == 0 {
			line = "the " + pick(m, who) + " sees the result at once"
		}
		w.WriteString("* " + line + "\n")
		g.WriteString("- [ ] " + line + "\n")
	}
	if m.chance(20) {
		w.WriteString("\nh3. Open questions\n* none\n")
		g.WriteString("\n### Open questions\n- none\n")
	}
	return w.String(), g.String()
}
