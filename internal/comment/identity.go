package comment

import (
	"cmp"
	"strings"
)

// Compare orders identities by item, kind and period.
func (i Identity) Compare(o Identity) int {
	return cmp.Or(
		i.Item.Compare(o.Item),
		strings.Compare(string(i.Kind), string(o.Kind)),
		strings.Compare(i.Period, o.Period),
	)
}
