package githubsim

import "strata/internal/sandbox/control"

// The faults that only GitHub knows; the common ones are control's.
const (
	faultSecondary = "F25"
	faultBare      = "secondary-bare"
	faultLimited   = "rate-limited"
	faultQuota     = "F26"
	faultHeavy     = "F28"
	faultResources = "resource-limits"
	faultPage      = "F13"
	faultNoHeaders = "F22"
	faultNormalise = "F35"
	faultSkew      = "skew"
	faultMoved     = "post-301"
)

// NewFaults knows everything that can go wrong on this simulator; seed makes chance repeatable.
func NewFaults(seed uint64) *control.Faults {
	return control.NewFaults(seed, map[string]string{
		faultSecondary: "403 of the secondary limit, with Retry-After of value (default 60s)",
		faultBare:      "403 of the secondary limit without Retry-After",
		faultLimited:   "the primary limit is used up: 403 with remaining 0, GraphQL 200 with RATE_LIMITED",
		faultQuota:     "another client of the same token eats value (default 3000) of the quota",
		faultHeavy:     "502 with an HTML page for a GraphQL query whose outer page is larger than value (default 25)",
		faultResources: "GraphQL answers 200, null and RESOURCE_LIMITS_EXCEEDED",
		faultPage:      "page number value (default 2) of a list fails with 500 each time, GraphQL with 502",
		faultNoHeaders: "no rate limit headers at all, as on Enterprise Server",
		faultNormalise: "bodies are stored with CRLF and without trailing blanks",
		faultSkew:      "the server's clock is wrong by value (default 10m)",
		faultMoved:     "a POST is answered with 301 to the same place, which makes careless clients repeat it as GET",
	})
}
