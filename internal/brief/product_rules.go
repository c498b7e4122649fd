package brief

import (
	"fmt"

	"strata/internal/markup"
)

// mostOfRules is how many teams and rules the product brief names.
const mostOfRules = 3

// waitedFor names the teams for which far more than their share of the
// dependencies between teams waits. That is nobody's fault, and no team's to settle alone.
func (p *page) waitedFor() (list markup.List) {
	for _, b := range p.in.Assessment.Bottlenecks {
		p.fact("waited_for", string(b.Team))
		list = append(list, entry(string(b.Team), text(fmt.Sprintf("%d of %d dependencies between teams wait for it", b.Blocks, b.Of))))
	}
	return list[:min(len(list), mostOfRules)]
}

// demoted names the rules that people call wrong too often. They only inform
// since, and somebody should say whether they fit this product.
func (p *page) demoted() (list markup.List) {
	for _, d := range p.in.Assessment.Demoted {
		p.fact("demoted", string(d.Rule))
		list = append(list, entry(string(d.Rule), text(fmt.Sprintf("%d of %d answers say it is wrong; it only informs now", d.Wrong, d.Answers))))
	}
	return list
}
