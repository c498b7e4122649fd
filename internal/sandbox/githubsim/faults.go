package githubsim

import (
	"strata/internal/sandbox/control"
	"strata/internal/sandbox/world"
)

// The faults that this simulator plays itself; what they do stands in control's table.
const (
	faultSecondary  = "F25"
	faultBare       = "secondary-bare"
	faultLimited    = "rate-limited"
	faultQuota      = "F26"
	faultSmallQuota = "F27"
	faultHeavy      = "F28"
	faultResources  = "resource-limits"
	faultPage       = "F13"
	faultComments   = "F11"
	faultSkew       = "skew"
	faultMoved      = "post-301"
)

// NewFaults knows everything that can go wrong on this simulator; seed makes chance repeatable.
func NewFaults(seed uint64) *control.Faults { return control.NewFaults(world.GitHub, seed) }
