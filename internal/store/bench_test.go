package store_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"strata/internal/store"
	"strata/internal/work"
)

func id(i int) string { return strconv.Itoa(10000 + i) }

// BenchmarkRestart and BenchmarkFullRead are of 100,000 records with a
// description of a kilobyte and three links, near to what trackers hold.
func BenchmarkRestart(b *testing.B) {
	s, _ := open(b)
	must(b, s.Apply(b.Context(), "shop", store.Delta{Records: hundredThousand()}))
	for b.Loop() {
		if got := len(load(b, s, "shop").Records); got != 100_000 {
			b.Fatal(got)
		}
	}
}

func BenchmarkFullRead(b *testing.B) {
	for _, change := range []string{"all", "nothing"} {
		b.Run(change+" changed", func(b *testing.B) {
			s, _ := open(b)
			records := hundredThousand()
			must(b, s.Apply(b.Context(), "shop", store.Delta{Records: records}))
			for n := 0; b.Loop(); n++ {
				if change == "all" {
					for i := range records {
						records[i].Rank = fmt.Sprint(n)
					}
				}
				must(b, s.Apply(b.Context(), "shop", store.Delta{Records: records}))
			}
		})
	}
}

func hundredThousand() []work.Record {
	records := make([]work.Record, 100_000)
	for i := range records {
		r := record(id(i), "A story with a title of usual length, number "+id(i))
		r.Texts[0].Text += strings.Repeat("\n* a line of acceptance criteria that says what", 20)
		r.Links = append(r.Links, r.Links[0], r.Links[0])
		records[i] = r
	}
	return records
}
