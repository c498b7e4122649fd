package comment

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"time"

	"strata/internal/refine"
)

// Summary is what a plan has to know of the findings that a comment would say.
type Summary struct {
	// Findings are those that a comment may say, worst first.
	Findings []refine.Finding
	Digest   string
	Severity refine.Severity // the worst
	Now      bool            // one of them cannot wait for working hours
	Since    time.Time       // when the first of them held; zero when memory knows none
	Reasons  []string        // their rules, worst first, each once
	// Quiet says that people answered all of them: what stands, stands as it is, and nothing new is said.
	Quiet bool
}

// Summarize returns the summary of one item's findings; false when none of them
// is to be said, so that no flag is wanted.
func Summarize(findings []refine.Finding) (Summary, bool) {
	s := Summary{Findings: Speaking(findings)}
	if len(s.Findings) == 0 {
		return Summary{}, false
	}
	s.Quiet = !slices.ContainsFunc(s.Findings, func(f refine.Finding) bool { return !f.Quiet() })
	s.Digest, s.Severity = Digest(s.Findings), s.Findings[0].Severity
	for _, f := range s.Findings {
		s.Now = s.Now || f.Now
		if !f.Since.IsZero() && (s.Since.IsZero() || f.Since.Before(s.Since)) {
			s.Since = f.Since
		}
		if !slices.Contains(s.Reasons, string(f.Rule)) {
			s.Reasons = append(s.Reasons, string(f.Rule))
		}
	}
	return s, true
}

// Speaking returns the findings that a comment may say, worst first, in their
// given order within a severity.
func Speaking(findings []refine.Finding) []refine.Finding {
	var speaking []refine.Finding
	for _, f := range findings {
		if f.Shown && f.Speaks {
			speaking = append(speaking, f)
		}
	}
	slices.SortStableFunc(speaking, func(a, b refine.Finding) int { return int(b.Severity) - int(a.Severity) })
	return speaking
}

// Digest is the fingerprint of what a flag says: refs, rules, severities, teams
// and the findings' facts, whatever their order. Never the time, never a text,
// so that a rewording, a new title or another day edits no comment.
func Digest(findings []refine.Finding) string {
	return DigestOf(Fingerprint(findings)...)
}

// Fingerprint returns the parts of which Digest is made. A comment that says
// more than its findings adds its own parts and takes DigestOf of all.
func Fingerprint(findings []refine.Finding) []string {
	var parts []string
	for _, f := range Speaking(findings) {
		own := slices.Clone(f.Facts)
		slices.Sort(own)
		parts = append(parts, join(append([]string{
			string(f.Rule), f.Severity.String(), f.Item.String(), f.Waiting.String(), f.Blocker.String(), string(f.Team),
		}, own...)))
	}
	return parts
}

// DigestOf returns a short stable text that is equal for equal parts in any order.
func DigestOf(parts ...string) string {
	sorted := slices.Sorted(slices.Values(parts))
	sum := sha256.Sum256([]byte(join(sorted)))
	return hex.EncodeToString(sum[:10])
}

// join quotes each part, so that no two lists give the same text.
func join(parts []string) string {
	var b []byte
	for _, p := range parts {
		b = append(strconv.AppendQuote(b, p), ' ')
	}
	return string(b)
}
