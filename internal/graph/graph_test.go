package graph_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"strata/internal/graph"
	"strata/internal/work"
)

func ref(id string) work.Ref { return work.Ref{Tracker: "t", ID: id} }

// item writes an open story whose links are "<B" (waits for B), ">W" (blocks W),
// "~B" (waits, from text) and "^P" (is a child of P).
func item(id string, links ...string) work.Item {
	it := work.Item{Ref: ref(id), Key: id, Kind: work.Story, State: work.StateOpen}
	for _, link := range links {
		to := ref(link[1:])
		switch link[0] {
		case '<':
			it.Links = append(it.Links, work.Link{Kind: work.Waits, To: to, Type: "Blocks", Origin: work.Typed})
		case '>':
			it.Links = append(it.Links, work.Link{Kind: work.Blocks, To: to, Type: "Depends", Origin: work.Native})
		case '~':
			it.Links = append(it.Links, work.Link{Kind: work.Waits, To: to, Origin: work.Text})
		case '^':
			it.Parent = to
		}
	}
	return it
}

func epic(id string, links ...string) work.Item {
	it := item(id, links...)
	it.Kind = work.Epic
	return it
}

// lines writes every edge: "W<B typed+text Blocks".
func lines(g *graph.Graph) (all []string) {
	edges := g.Edges()
	for i := range edges {
		e := &edges[i]
		line := fmt.Sprintf("%s<%s %v %v", g.Item(e.Waiting).Key, g.Item(e.Blocker).Key, e.Origins(), g.Types(e))
		if e.OneSided() {
			line += " one-sided"
		}
		all = append(all, line)
	}
	return all
}

func keys(g *graph.Graph, nodes []graph.Node) (all []string) {
	for _, n := range nodes {
		all = append(all, g.Item(n).Key)
	}
	return all
}

func TestOneEdgeHoldsEverythingThatIsSaidOfAPair(t *testing.T) {
	items := []work.Item{
		item("A", "<B", "~B", "<B"),
		item("B", ">A", ">C"),
		item("C", "~A", "<gone"),
	}
	items[0].Links = append(items[0].Links, work.Link{Kind: work.Duplicates, To: ref("C"), Origin: work.Typed})
	got := lines(graph.Build(items))
	want := []string{
		"A<B [typed native text] [Blocks Depends]",
		"C<A [text] [] one-sided",
		"C<B [native] [Depends] one-sided",
	}
	if diff := cmp.Diff(got, want); diff != "" {
		t.Errorf("edges (-got +want):\n%s", diff)
	}
}

func TestHierarchyIsNoDependencyButALinkToAChildIsOne(t *testing.T) {
	g := graph.Build([]work.Item{epic("E", ">C"), item("C", "^E"), item("D", "^E")})
	if diff := cmp.Diff(lines(g), []string{"C<E [native] [Depends] one-sided"}); diff != "" {
		t.Errorf("edges (-got +want):\n%s", diff)
	}
	e, _ := g.Find(ref("E"))
	c, _ := g.Find(ref("C"))
	if diff := cmp.Diff(keys(g, g.Children(e)), []string{"C", "D"}); diff != "" {
		t.Errorf("children (-got +want):\n%s", diff)
	}
	if !g.Above(e, c) || g.Above(c, e) || g.Above(c, c) {
		t.Errorf("E must be above C, and nothing else: %v %v %v", g.Above(e, c), g.Above(c, e), g.Above(c, c))
	}
}

func TestAParentIsKnownFromEitherSide(t *testing.T) {
	parent := epic("E")
	parent.Children = []work.Ref{ref("C")}
	g := graph.Build([]work.Item{parent, item("C")})
	c, _ := g.Find(ref("C"))
	if p := g.Parent(c); p == graph.None || g.Item(p).Key != "E" {
		t.Errorf("C has parent %v; want E", p)
	}
}

func TestTheOrderOfItemsDoesNotMatter(t *testing.T) {
	rnd := rand.New(rand.NewPCG(3, 4))
	var items []work.Item
	for i := range 200 {
		links := []string{fmt.Sprintf("<%d", rnd.IntN(200)), fmt.Sprintf(">%d", rnd.IntN(200))}
		if i%10 > 0 {
			links = append(links, fmt.Sprintf("^%d", i-i%10))
		}
		items = append(items, item(fmt.Sprint(i), links...))
	}
	open := graph.Set{Edge: func(*graph.Edge) bool { return true }, Hierarchy: true, Lifted: true}
	tell := func(items []work.Item) []string {
		g := graph.Build(items)
		all := lines(g)
		for _, c := range g.Cycles(open) {
			all = append(all, fmt.Sprint("cycle ", keys(g, c.Members), c.Path))
		}
		return append(all, fmt.Sprint("chain ", keys(g, g.LongestChain(open))))
	}
	want := tell(slices.Clone(items))
	for range 5 {
		rnd.Shuffle(len(items), func(i, j int) { items[i], items[j] = items[j], items[i] })
		if diff := cmp.Diff(tell(items), want); diff != "" {
			t.Fatalf("another order (-got +want):\n%s", diff)
		}
	}
}

func TestEachCircleIsToldOnceInItsStrictestForm(t *testing.T) {
	g := graph.Build([]work.Item{
		item("A", "<B"), item("B", "<C"), item("C", "<A", "<D"), item("D"), // links alone
		item("F", "<G"), item("G", "~F"), // a text takes part
		item("S", "<S"),                                                    // itself
		epic("P", ">Q"), item("p", "^P", "<q"), epic("Q"), item("q", "^Q"), // epics take part
	})
	typed := graph.Set{Edge: func(e *graph.Edge) bool { return g.Open(e) && !e.TextOnly() }}
	any := graph.Set{Edge: g.Open}
	all := graph.Set{Edge: g.Open, Hierarchy: true, Lifted: true}
	var got []string
	for _, c := range g.Cycles(typed, any, all) {
		line := fmt.Sprintf("%d%v", c.Set, keys(g, c.Members))
		for _, s := range c.Path {
			line += fmt.Sprintf(" %s→%s/%d", g.Item(s.Waiting).Key, g.Item(s.Blocker).Key, s.Via)
		}
		got = append(got, line)
	}
	want := []string{
		"0[A B C] A→B/0 B→C/0 C→A/0",
		"1[F G] F→G/0 G→F/0",
		"2[P p q] P→p/1 p→q/0 q→P/2",
		"0[S] S→S/0",
	}
	slices.Sort(got)
	slices.Sort(want)
	if diff := cmp.Diff(got, want); diff != "" {
		t.Errorf("cycles (-got +want):\n%s", diff)
	}
}

func TestNoDeliveredItemTakesPartInACircle(t *testing.T) {
	done := item("B", "<A")
	done.State = work.StateDelivered
	begun := item("q", "^Q")
	begun.State = work.StateDoing
	g := graph.Build([]work.Item{item("A", "<B"), done, epic("P", ">Q"), item("p", "^P", "<q"), epic("Q"), begun})
	if got := g.Cycles(graph.Set{Edge: g.Open, Hierarchy: true, Lifted: true}); got != nil {
		t.Errorf("cycles = %v; want none: B is delivered, and q has begun", got)
	}
}

func TestTheWeakestStepIsTextThenLiftedThenTheYoungest(t *testing.T) {
	first := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		name, want string
		items      []work.Item
	}{
		{"text", "B<C", []work.Item{item("A", "<B"), item("B", "~C"), item("C", "<A")}},
		{"lifted", "Q<P", []work.Item{epic("P", ">Q"), item("p", "^P", "<q"), epic("Q"), item("q", "^Q")}},
		{"youngest", "C<A", []work.Item{item("A", "<B"), item("B", "<C"), item("C", "<A")}},
	} {
		g := graph.Build(c.items)
		cycles := g.Cycles(graph.Set{Edge: g.Open, Hierarchy: true, Lifted: true})
		if len(cycles) != 1 {
			t.Fatalf("%s: %d cycles; want one", c.name, len(cycles))
		}
		seen := func(e *graph.Edge) time.Time { return first.AddDate(0, 0, int(e.Waiting)) }
		s, ok := g.Weakest(cycles[0].Path, func(a, b *graph.Edge) int { return seen(b).Compare(seen(a)) })
		e := g.Edges()[s.Edge]
		if got := g.Item(e.Waiting).Key + "<" + g.Item(e.Blocker).Key; !ok || got != c.want {
			t.Errorf("%s: weakest is %s; want %s", c.name, got, c.want)
		}
	}
}

func TestAChainOfAnyLengthFits(t *testing.T) {
	const length = 100_000
	items := make([]work.Item, length)
	for i := range items {
		items[i] = item(fmt.Sprint(i), fmt.Sprintf("<%d", i+1))
	}
	g := graph.Build(items)
	set := graph.Set{Edge: g.Open}
	chain := g.LongestChain(set)
	if len(chain) != length || g.Item(chain[0]).Key != "0" {
		t.Errorf("the chain has %d items; want %d from 0", len(chain), length)
	}
	if got := g.Components(set); got != nil {
		t.Errorf("%d circles in a chain", len(got))
	}
	items[length-1] = item(fmt.Sprint(length-1), "<0")
	g = graph.Build(items)
	if got := g.Cycles(graph.Set{Edge: g.Open}); len(got) != 1 || len(got[0].Path) != length {
		t.Errorf("a closed chain must be one circle of %d steps", length)
	}
}

func TestTheLongestChainPassesACircleOnce(t *testing.T) {
	g := graph.Build([]work.Item{item("A", "<B"), item("B", "<C"), item("C", "<B", "<D"), item("D"), item("X", "<D")})
	if diff := cmp.Diff(keys(g, g.LongestChain(graph.Set{Edge: g.Open})), []string{"A", "B", "D"}); diff != "" {
		t.Errorf("chain (-got +want):\n%s", diff)
	}
	if got := graph.Build([]work.Item{item("A")}).LongestChain(graph.Set{Edge: func(*graph.Edge) bool { return true }}); got != nil {
		t.Errorf("chain without edges = %v; want none", got)
	}
}

func TestFanOutCountsTheOpenItemsThatWait(t *testing.T) {
	done := item("D", "<B")
	done.State = work.StateDropped
	g := graph.Build([]work.Item{item("A", "<B"), item("B"), item("C", "<B"), done})
	b, _ := g.Find(ref("B"))
	if got := g.FanOut(b); got != 2 {
		t.Errorf("FanOut = %d; want 2", got)
	}
	if _, ok := g.Find(work.Ref{Tracker: "other", ID: "B"}); ok {
		t.Error("an item of another tracker with the same id was found")
	}
}

// circle writes items of which each waits for the next and the last for the first.
func circle(prefix string, length int) (items []work.Item) {
	for i := range length {
		items = append(items, item(fmt.Sprint(prefix, i), fmt.Sprint("<", prefix, (i+1)%length)))
	}
	return items
}

func TestCirclesOfEveryShapeAreToldOnceWithAWayAround(t *testing.T) {
	nested := []work.Item{
		item("A", "<B", "<C"), item("B", "<A"), // a small circle
		item("C", "<D"), item("D", "<B"), // within a larger one
	}
	parents := []work.Item{
		epic("P", "<Q"), item("p", "^P"), epic("Q"), item("q", "^Q", "<p"), // an epic waits for another's child's blocker
		epic("R", "<P"), item("r", "^R"), item("x", "<r"), item("p2", "^P", "<x"),
	}
	for _, c := range []struct {
		name  string
		items []work.Item
		sizes []int // members of each circle
		steps []int // of its shortest way around from the first member
	}{
		{"two", circle("", 2), []int{2}, []int{2}},
		{"three", circle("", 3), []int{3}, []int{3}},
		{"fifty", circle("", 50), []int{50}, []int{50}},
		{"nested", nested, []int{4}, []int{2}},
		{"itself", []work.Item{item("S", "<S")}, []int{1}, []int{1}},
		{"two that share no item", slices.Concat(circle("a", 2), circle("b", 3)), []int{2, 3}, []int{2, 3}},
		{"two that share one item", []work.Item{item("A", "<B", "<C"), item("B", "<A"), item("C", "<A")}, []int{3}, []int{2}},
		{"through parents", parents, []int{4, 3}, []int{4, 3}},
	} {
		g := graph.Build(c.items)
		cycles := g.Cycles(graph.Set{Edge: g.Open}, graph.Set{Edge: g.Open, Hierarchy: true, Lifted: true})
		var sizes, steps []int
		for _, cycle := range cycles {
			sizes = append(sizes, len(cycle.Members))
			steps = append(steps, len(cycle.Path))
			for i, s := range cycle.Path {
				next := cycle.Path[(i+1)%len(cycle.Path)]
				if s.Blocker != next.Waiting {
					t.Errorf("%s: step %d leads to %s, and the next begins at %s", c.name, i, g.Item(s.Blocker).Key, g.Item(next.Waiting).Key)
				}
			}
			for _, n := range cycle.Members {
				if _, ok := slices.BinarySearch(cycle.Caught, n); !ok {
					t.Errorf("%s: %s is a member and not caught", c.name, g.Item(n).Key)
				}
			}
		}
		if diff := cmp.Diff(sizes, c.sizes); diff != "" {
			t.Errorf("%s: members (-got +want):\n%s", c.name, diff)
		}
		if diff := cmp.Diff(steps, c.steps); c.steps != nil && diff != "" {
			t.Errorf("%s: steps (-got +want):\n%s", c.name, diff)
		}
	}
}

func TestAWayAroundBeginsWhereItIsAskedFor(t *testing.T) {
	g := graph.Build(circle("", 5))
	set := graph.Set{Edge: g.Open}
	cycle := g.Cycles(set)[0]
	for _, n := range cycle.Members {
		way := g.Around(set, cycle.Members, n)
		if len(way) != 5 || way[0].Waiting != n || way[4].Blocker != n {
			t.Errorf("from %s: %v", g.Item(n).Key, way)
		}
	}
}

func TestAMillionItemsInAChain(t *testing.T) {
	if testing.Short() {
		t.Skip("takes a gigabyte")
	}
	const length = 1_000_000
	items := make([]work.Item, length)
	for i := range items {
		items[i] = work.Item{Ref: ref(fmt.Sprint(i)), Kind: work.Story, State: work.StateOpen}
	}
	for i := range length - 1 {
		items[i].Links = []work.Link{{Kind: work.Waits, To: items[i+1].Ref, Origin: work.Typed}}
	}
	g := graph.Build(items)
	set := graph.Set{Edge: g.Open, Hierarchy: true, Lifted: true}
	if chain := g.LongestChain(set); len(chain) != length {
		t.Errorf("the chain has %d items; want %d", len(chain), length)
	}
	if cycles := g.Cycles(set); cycles != nil {
		t.Errorf("%d circles in a chain", len(cycles))
	}
	items[length-1].Links = []work.Link{{Kind: work.Waits, To: items[0].Ref, Origin: work.Typed}}
	g = graph.Build(items)
	if cycles := g.Cycles(graph.Set{Edge: g.Open}); len(cycles) != 1 || len(cycles[0].Path) != length {
		t.Errorf("a closed chain must be one circle of %d steps", length)
	}
}
