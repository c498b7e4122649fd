package brief_test

import (
	"strings"
	"testing"

	"strata/internal/brief"
	"strata/internal/markup"
	"strata/internal/refine"
)

func TestTheProductBriefNamesBottleneckTeamsAndRulesThatPeopleCallWrong(t *testing.T) {
	in := newShop().input()
	before := brief.New(in).Product()
	in.Assessment.Bottlenecks = []refine.Bottleneck{{Team: core, Blocks: 14, Of: 30}}
	in.Assessment.Demoted = []refine.Demotion{{Rule: "DEP04", Answers: 12, Wrong: 5}}
	d := brief.New(in).Product()
	text := markup.Plain(d.Body)
	for _, want := range []string{
		"Core: 14 of 30 dependencies between teams wait for it",
		"DEP04: 5 of 12 answers say it is wrong; it only informs now",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("does not say %q:\n%s", want, text)
		}
	}
	if d.Digest() == before.Digest() {
		t.Error("a demoted rule does not change the digest")
	}
	in.Assessment.Demoted[0].Answers, in.Assessment.Bottlenecks[0].Blocks = 13, 15
	if brief.New(in).Product().Digest() != d.Digest() {
		t.Error("another count edits the comment")
	}
}
