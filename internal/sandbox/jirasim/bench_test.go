package jirasim_test

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"strata/internal/sandbox/jirasim"
	"strata/internal/sandbox/world"
)

// BenchmarkFullPage serves 100 issues with every field; 5,000 issues a second
// is 20 ms a page.
func BenchmarkFullPage(b *testing.B) {
	w := world.Generate(world.Options{Seed: 1, Items: 2000, Now: clock})
	h := jirasim.New(w, jirasim.Options{Flavour: jirasim.DataCenter, PageCap: 100})
	for b.Loop() {
		rec := httptest.NewRecorder()
		h.ServeHTTP(rec, httptest.NewRequest(http.MethodGet, "/rest/api/2/search?jql=project%3DWEB+ORDER+BY+key&fields=*all&maxResults=100", nil))
		if rec.Code != http.StatusOK {
			b.Fatal(rec.Body)
		}
	}
}
