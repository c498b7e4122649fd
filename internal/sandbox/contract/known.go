package contract

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// verdicts are of exchanges that were judged before, and goodIssues are issues inside answers that were good: the tests
// ask much the same of the same worlds.
var verdicts, goodIssues sync.Map // by sum

type sum [sha256.Size]byte

type verdict struct {
	Verdict
	known bool
}

func verdictOf(api API, e Exchange) (Verdict, bool, error) {
	key := e.sum(api)
	if v, ok := verdicts.Load(key); ok {
		return v.(verdict).Verdict, v.(verdict).known, nil
	}
	e, news := unfamiliar(api, e)
	v, known, err := api.Check(e)
	if err == nil {
		verdicts.Store(key, verdict{v, known})
		if len(v.Answer) == 0 {
			for _, issue := range news {
				goodIssues.Store(issue, true)
			}
		}
	}
	return v, known, err
}

// unfamiliar leaves the issues out of an answer of Jira that were good in an earlier one; news are those that stay. What a
// list holds is judged one by one, so a shorter list says the same.
func unfamiliar(api API, e Exchange) (_ Exchange, news []sum) {
	var said map[string]json.RawMessage
	var issues []json.RawMessage
	at, located := api.locate(e.URL.EscapedPath())
	if !located || at.dialect == "github" || e.Status != http.StatusOK {
		return e, nil
	}
	if json.Unmarshal(e.Answer, &said) != nil || json.Unmarshal(said["issues"], &issues) != nil || len(issues) == 0 {
		return e, nil
	}
	family, _, _ := strings.Cut(at.ours, "/") // the agile API describes issues in its own way
	issues = slices.DeleteFunc(issues, func(issue json.RawMessage) bool {
		key := sum(sha256.Sum256(append([]byte(string(api)+" "+at.dialect+" "+family+" "), issue...)))
		_, good := goodIssues.Load(key)
		if !good {
			news = append(news, key)
		}
		return good
	})
	said["issues"] = bytes.Join([][]byte{[]byte("["), joined(issues), []byte("]")}, nil)
	var fields []json.RawMessage
	for name, value := range said {
		fields = append(fields, append([]byte(strconv.Quote(name)+":"), value...))
	}
	e.Answer = bytes.Join([][]byte{[]byte("{"), joined(fields), []byte("}")}, nil)
	return e, news
}

func joined(parts []json.RawMessage) []byte {
	var b bytes.Buffer
	for n, p := range parts {
		if n > 0 {
			b.WriteByte(',')
		}
		b.Write(p)
	}
	return b.Bytes()
}

// sum is over all that a check looks at.
func (e Exchange) sum(api API) sum {
	h := sha256.New()
	part := func(b []byte) {
		_ = binary.Write(h, binary.LittleEndian, int64(len(b))) // a hash takes everything
		h.Write(b)
	}
	for _, text := range []string{
		string(api), e.Method, e.URL.EscapedPath(), e.URL.RawQuery, fmt.Sprint(e.Status), present(e.Header, "User-Agent", "If-None-Match"),
		e.Header.Get("X-GitHub-Api-Version"), e.Header.Get("X-Atlassian-Token"),
		present(e.AnswerHeader, "Date", "ETag", "Location", "Retry-After", "Link"),
	} {
		part([]byte(text))
	}
	part(e.Body)
	part(e.Answer)
	return sum(h.Sum(nil))
}

// present says which headers there are; the type of a body counts by its value.
func present(h http.Header, names ...string) string {
	out := h.Get("Content-Type")
	for _, name := range names {
		if h.Get(name) != "" {
			out += " " + name
		}
	}
	return out
}
