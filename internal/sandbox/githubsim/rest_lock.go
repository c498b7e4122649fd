package githubsim

import (
	"slices"

	"strata/internal/sandbox/world"
)

// lockReasons are those that GitHub knows.
var lockReasons = []string{"off-topic", "too heated", "resolved", "spam"}

func lockIssue(c *call) reply {
	i, no := c.issue()
	if no != nil {
		return *no
	}
	var in struct {
		Reason *string `json:"lock_reason"`
	}
	if wrong := c.decodeOptional(&in); wrong != nil {
		return refused(wrong)
	}
	reason := ""
	if in.Reason != nil {
		reason = *in.Reason
	}
	switch {
	case !c.reaches(world.Writer):
		return refused(needAdmin())
	case reason != "" && !slices.Contains(lockReasons, reason):
		return refused(wrongValue("Lock", "lock_reason", reason))
	}
	c.s.SetLock(i, true, reason)
	c.s.Note(i, "lock", c.me, reason)
	return noContent()
}

func unlockIssue(c *call) reply {
	i, no := c.issue()
	if no != nil {
		return *no
	}
	if !c.reaches(world.Writer) {
		return refused(needAdmin())
	}
	c.s.SetLock(i, false, "")
	c.s.Note(i, "unlock", c.me, "")
	return noContent()
}
