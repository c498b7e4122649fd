package comment_test

import (
	"encoding/base64"
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"strata/internal/comment"
	"strata/internal/work"
)

func marker() comment.Marker {
	return comment.Marker{
		Version: 1, Owner: "acme-shop", Kind: comment.Flag, State: comment.Open,
		Digest: "0123456789abcdef0123", Facts: "eyJpIjoxfQ",
	}
}

func TestAMarkerReadsAsItWasWritten(t *testing.T) {
	for name, change := range map[string]func(*comment.Marker){
		"plain":            func(*comment.Marker) {},
		"folded review":    func(m *comment.Marker) { m.Kind, m.Period, m.State = comment.Review, "product:3", comment.Folded },
		"no facts":         func(m *comment.Marker) { m.Facts, m.Digest = "", "" },
		"newer":            func(m *comment.Marker) { m.Version = 12 },
		"end of comment":   func(m *comment.Marker) { m.Owner = "a --> <script>alert(1)</script> <!-- b" },
		"end of anchor":    func(m *comment.Marker) { m.Owner, m.Period = "a} {code}b", "x}{anchor:y}" },
		"another field":    func(m *comment.Marker) { m.Owner = "acme state=folded\nowner=b" },
		"hyphens":          func(m *comment.Marker) { m.Owner, m.Facts = "----", "a--b---c" },
		"percents":         func(m *comment.Marker) { m.Owner = "100%25 %zz + &amp;" },
		"not ASCII":        func(m *comment.Marker) { m.Owner = "Größe\u202e\x00\xff🦊" },
		"bang":             func(m *comment.Marker) { m.Owner = "--!>" },
		"space and quotes": func(m *comment.Marker) { m.Period = ` "a" 'b' ` },
	} {
		t.Run(name, func(t *testing.T) {
			want := marker()
			change(&want)
			line := want.Line()
			if strings.Count(line, "--") != 2 || strings.Count(line, ">") != 1 || strings.ContainsAny(line, "\r\n") {
				t.Errorf("%q could end before its end", line)
			}
			anchor := want.Anchor()
			if strings.Count(anchor, "}") != 1 || strings.Count(anchor, "{") != 1 || strings.ContainsAny(anchor, "|\r\n ") {
				t.Errorf("%q could end before its end", anchor)
			}
			for _, body := range []string{
				line, line + "\nText", "\ufeff" + line + "\r\nText", "\r\n\n  " + line + "\r\n", line + " text",
				anchor, anchor + "\nh3. Text", "\ufeff\n " + anchor + "text",
			} {
				got, ok := comment.Parse(body)
				if diff := cmp.Diff(got, want); !ok || diff != "" {
					t.Errorf("Parse(%q) = %t; got (-), want (+):\n%s", body, ok, diff)
				}
			}
			if name == "not ASCII" {
				return // JSON has no invalid UTF-8
			}
			value, err := json.Marshal(want.Property())
			if err != nil {
				t.Fatal(err)
			}
			got, ok := comment.ParseProperty(value)
			if diff := cmp.Diff(got, want); !ok || diff != "" {
				t.Errorf("ParseProperty(%s) = %t; got (-), want (+):\n%s", value, ok, diff)
			}
		})
	}
}

func TestTheMarkerLooksAsDocumented(t *testing.T) {
	m := marker()
	m.Kind, m.Period = comment.Unblocked, "2026-03-12"
	want := "<!-- strata v=1 owner=acme-shop kind=unblocked period=2026-03-12 state=open digest=0123456789abcdef0123 facts=eyJpIjoxfQ -->"
	if got := m.Line(); got != want {
		t.Errorf("Line()\ngot  %s\nwant %s", got, want)
	}
	fields := strings.TrimSuffix(strings.TrimPrefix(want, "<!-- strata "), " -->")
	want = "{anchor:strata-" + base64.RawURLEncoding.EncodeToString([]byte(fields)) + "}"
	if got := m.Anchor(); got != want {
		t.Errorf("Anchor()\ngot  %s\nwant %s", got, want)
	}
	item := work.Ref{Tracker: "github", ID: "7"}
	if got, want := m.Identity(item), (comment.Identity{Item: item, Kind: comment.Unblocked, Period: "2026-03-12"}); got != want {
		t.Errorf("Identity() = %v; want %v", got, want)
	}
}

func TestF36AQuotedMarkerIsSomebodysText(t *testing.T) {
	line, anchor := marker().Line(), marker().Anchor()
	for name, body := range map[string]string{
		"quoted":                   "> " + line,
		"quoted tightly":           ">" + line,
		"in a fence":               "```\n" + line + "\n```",
		"in a code span":           "`" + line + "`",
		"indented as code":         "    " + line,
		"indented with a tab":      "\t" + line,
		"after text":               "see " + line,
		"on the second line":       "I wonder:\n" + line,
		"in another comment":       "<!-- " + line + " -->",
		"in a Jira quote":          "{quote}" + anchor + "{quote}",
		"in Jira code":             "{code}\n" + anchor + "\n{code}",
		"in noformat":              "{noformat}" + anchor + "{noformat}",
		"Jira's quoted line":       "bq. " + anchor,
		"anchor on a later line":   "hello\n" + anchor,
		"not closed":               strings.TrimSuffix(line, "-->"),
		"closed on a later line":   strings.TrimSuffix(line, "-->") + "\n-->",
		"anchor not closed":        strings.TrimSuffix(anchor, "}"),
		"another program's":        "<!-- stratagem v=1 owner=a kind=flag state=open -->",
		"no version":               "<!-- strata owner=a kind=flag state=open -->",
		"version 0":                "<!-- strata v=0 owner=a kind=flag state=open -->",
		"version of words":         "<!-- strata v=one owner=a kind=flag state=open -->",
		"no owner":                 "<!-- strata v=1 owner= kind=flag state=open -->",
		"no kind":                  "<!-- strata v=1 owner=a state=open -->",
		"no state":                 "<!-- strata v=1 owner=a kind=flag -->",
		"unknown state":            "<!-- strata v=1 owner=a kind=flag state=ajar -->",
		"two owners":               "<!-- strata v=1 owner=a owner=b kind=flag state=open -->",
		"a word without a value":   "<!-- strata v=1 owner=a kind=flag state=open loose -->",
		"a broken escape":          "<!-- strata v=1 owner=%zz kind=flag state=open -->",
		"longer than any of ours":  "<!-- strata v=1 owner=" + strings.Repeat("a", 1<<20) + " kind=flag state=open -->",
		"anchor of something else": "{anchor:strata-!!}",
		"empty":                    "",
		"blank":                    "\n \n",
	} {
		if m, ok := comment.Parse(body); ok {
			t.Errorf("%s: Parse found %+v; want nothing", name, m)
		}
	}
}

func TestAMarkerOfANewerVersionIsStillOurs(t *testing.T) {
	got, ok := comment.Parse("<!-- strata v=2 owner=a kind=flag colour=red state=open digest=d -->\nText")
	want := comment.Marker{Version: 2, Owner: "a", Kind: comment.Flag, State: comment.Open, Digest: "d"}
	if diff := cmp.Diff(got, want); !ok || diff != "" {
		t.Errorf("found %t; got (-), want (+):\n%s", ok, diff)
	}
}

func TestAPropertyOfSomebodyElseIsIgnored(t *testing.T) {
	for _, value := range []string{``, `null`, `[]`, `"v=1"`, `{}`, `{"v":"1"}`, `{"v":1,"owner":"a","kind":"flag"}`, `{"v":1,"owner":"a","kind":"flag","state":"open","facts":"` + strings.Repeat("a", 1<<16) + `"}`} {
		if m, ok := comment.ParseProperty([]byte(value)); ok {
			t.Errorf("ParseProperty(%.60s) found %+v; want nothing", value, m)
		}
	}
}

func FuzzParse(f *testing.F) {
	m := marker()
	f.Add(m.Line())
	f.Add(m.Anchor() + "\ntext")
	f.Add("\ufeff\r\n  " + m.Line() + "\r\n> " + m.Line())
	f.Add("<!-- strata v=1 owner=%2D%2D%3E kind=flag state=open -->")
	f.Fuzz(func(t *testing.T, body string) {
		first, ok := comment.Parse(body)
		if !ok {
			return
		}
		// What we read we can write, and it reads the same.
		for _, again := range []string{first.Line(), first.Anchor()} {
			second, ok := comment.Parse(again)
			if diff := cmp.Diff(second, first); !ok || diff != "" {
				t.Errorf("Parse(%q) = %t; got (-), want (+):\n%s", again, ok, diff)
			}
		}
		if _, ok := comment.Parse("> " + body); ok {
			t.Errorf("a quote of %q is taken for ours", body)
		}
	})
}
