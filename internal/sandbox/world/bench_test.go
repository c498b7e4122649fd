package world

import (
	"fmt"
	"testing"
)

// BenchmarkGenerate makes worlds.
func BenchmarkGenerate(b *testing.B) {
	for _, size := range []int{10_000, 1_000_000} {
		b.Run(fmt.Sprint(size), func(b *testing.B) {
			for b.Loop() {
				Generate(Options{Seed: 1, Items: size, Now: frozen})
			}
		})
	}
}

// BenchmarkTruth works out the ledger; its time grows with the number of items.
func BenchmarkTruth(b *testing.B) {
	for _, size := range []int{10_000, 100_000, 1_000_000} {
		w := Generate(Options{Seed: 1, Items: size, Now: frozen})
		b.Run(fmt.Sprint(size), func(b *testing.B) {
			for b.Loop() {
				w.Truth()
			}
		})
	}
}

// BenchmarkOneOfMany changes one item of a million, and brings the lists that hold it
// up to date.
func BenchmarkOneOfMany(b *testing.B) {
	for _, size := range []int{10_000, 1_000_000} {
		w := Generate(Options{Seed: 1, Items: size, Now: frozen})
		n := 0
		change := func() {
			n++
			_ = w.Write(func(s *State) error {
				s.SetSummary(s.Jira[n*7919%len(s.Jira)], fmt.Sprint("Renamed ", n), nil)
				return nil
			})
		}
		w.Read(func(s *State) { s.JiraSorted(ByKey); s.JiraSorted(ByUpdated) })
		b.Run(fmt.Sprintf("%d/change", size), func(b *testing.B) {
			for b.Loop() {
				change()
			}
		})
		b.Run(fmt.Sprintf("%d/change and list by key and time", size), func(b *testing.B) {
			for b.Loop() {
				change()
				w.Read(func(s *State) { s.JiraSorted(ByKey); s.JiraSorted(ByUpdated) })
			}
		})
	}
}
