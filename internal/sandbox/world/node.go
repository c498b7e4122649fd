package world

import (
	"encoding/base64"
	"encoding/binary"
	"strings"
)

// nodeID is GitHub's opaque id: a prefix for the type and the database id in
// base64. A recorded one stays as it was.
func nodeID(recorded, prefix string, id int64) string {
	if recorded != "" {
		return recorded
	}
	var b [8]byte
	binary.BigEndian.PutUint64(b[:], uint64(id))
	return prefix + "_kwDO" + base64.RawURLEncoding.EncodeToString(b[:])
}

// parseNode takes a derived node id apart.
func parseNode(node string) (prefix string, id int64, ok bool) {
	prefix, rest, found := strings.Cut(node, "_kwDO")
	if !found {
		return "", 0, false
	}
	b, err := base64.RawURLEncoding.DecodeString(rest)
	if err != nil || len(b) != 8 {
		return "", 0, false
	}
	return prefix, int64(binary.BigEndian.Uint64(b)), true
}
