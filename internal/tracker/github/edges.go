package github

import (
	"hash/fnv"
	"maps"
	"slices"
	"strings"
	"time"
)

// edgesKey names the fingerprints of a repository, as one scope reads it.
func (s *step) edgesKey(repo string) string { return s.scope.Name + " " + strings.ToLower(repo) }

// edgesKnown returns the fingerprints that the cursor's last reading ended with;
// nil when this process did not make that reading.
func (s *step) edgesKnown() map[int]uint64 {
	s.mem.mu.Lock()
	defer s.mem.mu.Unlock()
	if seen := s.mem.edges[s.edgesKey(s.Repo)]; seen != nil && seen.id == s.mark().Edges {
		return seen.byNumber
	}
	return nil
}

// found keeps the fingerprint of an issue that this reading gives.
func (s *step) found(n *issueNode) {
	key := strings.ToLower(s.Repo)
	if s.reading.edges[key] == nil {
		s.reading.edges[key] = map[int]uint64{}
	}
	s.reading.edges[key][n.Number] = fingerprint(n)
}

// keepEdges makes the fingerprints of a finished reading those to compare with.
func (s *step) keepEdges() {
	for _, repo := range s.scope.Repositories {
		s.Repo = repo
		key := strings.ToLower(repo)
		all := s.reading.edges[key]
		if !s.reading.whole[key] {
			known := s.edgesKnown()
			if known == nil {
				continue
			}
			maps.Copy(known, all)
			all = known
		}
		if all == nil {
			all = map[int]uint64{}
		}
		id := time.Now().UnixNano()
		s.mem.mu.Lock()
		s.mem.edges[s.edgesKey(repo)] = &edgesSeen{id: id, byNumber: all}
		s.mem.mu.Unlock()
		s.note(repo, func(m *marks) { m.Edges = id })
	}
}

// fingerprintLimit is how many ends of each kind a fingerprint regards, which
// is as many as the cheap document asks for.
const fingerprintLimit = 50

// fingerprint changes when the issue, its dependencies or its parent do.
func fingerprint(n *issueNode) uint64 {
	h := fnv.New64a()
	write := func(s string) { _, _ = h.Write([]byte(s + "\x00")) }
	write(n.UpdatedAt.UTC().Format(time.RFC3339))
	for _, list := range [][]*endNode{n.BlockedBy.Nodes, n.Blocking.Nodes} {
		var ids []string
		for _, e := range list[:min(len(list), fingerprintLimit)] {
			if e != nil {
				ids = append(ids, e.ID)
			}
		}
		slices.Sort(ids)
		write(strings.Join(ids, ","))
	}
	if n.Parent != nil {
		write(n.Parent.ID)
	}
	return h.Sum64()
}
