package markup_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"strata/internal/markup"
	"strata/internal/work"
)

func waits(keys ...string) (refs []markup.Reference) {
	for _, key := range keys {
		refs = append(refs, markup.Reference{Kind: work.Waits, Key: key})
	}
	return refs
}

func blocks(key string) []markup.Reference {
	return []markup.Reference{{Kind: work.Blocks, Key: key}}
}

func waitsNumber(numbers ...int) (refs []markup.Reference) {
	for _, n := range numbers {
		refs = append(refs, markup.Reference{Kind: work.Waits, Number: n})
	}
	return refs
}

func waitsURL(url string) []markup.Reference {
	return []markup.Reference{{Kind: work.Waits, URL: url}}
}

// corpus is read alike in both dialects.
var corpus = map[string][]markup.Reference{
	// what people write
	"Blocked by WEB-12":                                        waits("WEB-12"),
	"blocked by: WEB-12.":                                      waits("WEB-12"),
	"This is blocked by acme/api#7!":                           waits("acme/api#7"),
	"It depends on WEB-1, WEB-2 and acme/api#3.":               waits("WEB-1", "WEB-2", "acme/api#3"),
	"depends upon WEB-1 & WEB-2":                               waits("WEB-1", "WEB-2"),
	"We are waiting for WEB-12 (login), WEB-13 (cart)":         waits("WEB-12", "WEB-13"),
	"waits on the ticket WEB-12":                               waits("WEB-12"),
	"Depends-On: WEB-12":                                       waits("WEB-12"),
	"The login page depends on WEB-7":                          waits("WEB-7"),
	"is dependent on WEB-7's API":                              waits("WEB-7"),
	"Cannot start because it depends on WEB-7":                 waits("WEB-7"),
	"Not ready, blocked by WEB-7":                              waits("WEB-7"),
	"Still blocked by WEB-7":                                   waits("WEB-7"),
	"has been blocked by WEB-7 since Monday":                   waits("WEB-7"),
	"Blocks WEB-9":                                             blocks("WEB-9"),
	"this story blocks WEB-9":                                  blocks("WEB-9"),
	"Blocked by WEB-1 and blocks WEB-2":                        append(blocks("WEB-2"), waits("WEB-1")...),
	"Blocked by WEB-1, depends on WEB-2":                       waits("WEB-1", "WEB-2"),
	"blocked by\nWEB-12":                                       waits("WEB-12"),
	"Blocked by:\nWEB-12\nWEB-13\nand words":                   waits("WEB-12", "WEB-13"),
	"Blocked by:\n\n* WEB-12 the login\n* acme/api#7\n* other": waits("WEB-12", "acme/api#7"),
	"* blocked by WEB-1\n* depends on WEB-1":                   waits("WEB-1"),
	"* [x] depends on WEB-1":                                   waits("WEB-1"),
	"See https://acme.example/browse/OTHER-1.\n\nBlocked by https://acme.example/jira/browse/web-12?focus=1#c.": waitsURL("https://acme.example/jira/browse/web-12"),
	"depends on https://github.com/acme/api/issues/7, and more":                                                 waitsURL("https://github.com/acme/api/issues/7"),
	"depends on https://github.com/acme/api/pull/7#issue-1":                                                     waitsURL("https://github.com/acme/api/pull/7"),
	"Übrigens: blocked by WEB-12 – dringend":                                                                    waits("WEB-12"),
	"Estimate is 3.\nNo risk.\nBlocked by WEB-12":                                                               waits("WEB-12"),

	// keys that are none
	"blocked by web-12":                              nil,
	"blocked by XWEB-12-foo":                         nil,
	"blocked by foo/WEB-12":                          nil,
	"blocked by WEB-12.txt":                          nil,
	"blocked by WEB-12/WEB-13":                       nil,
	"blocked by WEB-012":                             nil,
	"blocked by WEB-0":                               nil,
	"blocked by W-12":                                nil,
	"blocked by my-WEB-12":                           nil,
	"blocked by WEB-12345678901":                     nil,
	"depends on UTF-8":                               nil,
	"depends on ISO-8601 dates":                      nil,
	"blocked by CVE-2024-1":                          nil,
	"depends on SHA-256 and RSA-2048":                nil,
	"waiting for PR-1":                               nil,
	"depends on RFC-2616":                            nil,
	"blocked by GH-7":                                nil,
	"blocked by acme/api/deep#7":                     nil,
	"blocked by acme#7":                              nil,
	"blocked by https://acme.example/WEB-12":         nil,
	"blocked by https://a@evil.example/browse/WEB-1": nil,
	"blocked by ftp://acme.example/browse/WEB-1":     nil,
	"blocked by https://github.com/acme/api/wiki/7":  nil,

	// phrases that are none, or not certain
	"mentions WEB-12":                          nil,
	"requires WEB-12":                          nil,
	"depending on WEB-12 we decide":            nil,
	"not blocked by WEB-1":                     nil,
	"This isn't blocked by WEB-1":              nil,
	"doesn’t depend on WEB-1":                  nil,
	"no longer depends on WEB-1":               nil,
	"was blocked by WEB-1":                     nil,
	"used to depend on WEB-1":                  nil,
	"unblocked by WEB-1":                       nil,
	"non-blocked by WEB-1":                     nil,
	"never waits for WEB-1":                    nil,
	"is not\nblocked by WEB-1":                 nil,
	"Is this blocked by WEB-1?":                nil,
	"If it depends on WEB-1 we wait":           nil,
	"might be blocked by WEB-1":                nil,
	"If WEB-1 slips, this is blocked by WEB-2": nil,
	"blocked by WEB-1 or WEB-2":                nil,
	"blocked by WEB-1, or WEB-2":               nil,
	"WEB-5 depends on WEB-7":                   nil,
	"WEB-5 (login) is blocked by WEB-7":        nil,
	"The fix in WEB-5 blocks WEB-7":            nil,
	"the code blocks WEB-7":                    nil,
	"He wrote \"blocked by WEB-1\" there":      nil,
	"He wrote “blocked by WEB-1” there":        nil,
	"blocked by the team of WEB-1":             nil,
	"blocked by":                               nil,
	"blocked by nobody":                        nil,
	"blocked by:\n\nWEB-12 is unrelated":       nil,
	"the display is 5\" and depends on WEB-1":  waits("WEB-1"),
	"roadblocks WEB-1":                         nil,
	"Everything depends on WEB-1-rc2":          nil,
	"":                                         nil,
}

func TestReferencesAreReadAlikeInBothDialects(t *testing.T) {
	for text, want := range corpus {
		for _, dialect := range []work.Dialect{work.GitHubMarkdown, work.JiraWiki} {
			if diff := cmp.Diff(markup.References(dialect, text), want); diff != "" {
				t.Errorf("%s %q (-got +want):\n%s", dialect, text, diff)
			}
		}
	}
}

func TestReferencesInMarkdown(t *testing.T) {
	for text, want := range map[string][]markup.Reference{
		"blocked by #7, #8":                                       waitsNumber(7, 8),
		"blocked by #7 #8":                                        waitsNumber(7, 8),
		"blocked by #7 (was #3) and #8":                           waitsNumber(7, 8),
		"**Blocked by:** #7":                                      waitsNumber(7),
		"- [ ] blocked by #7\n- [x] depends on #8":                waitsNumber(7, 8),
		"## Blocked by\n- #7\n- [ ] #8 login\n- see #9\n":         waitsNumber(7, 8),
		"## Depends on\n\n#7, #8\n\n## Other\n- #9":               waitsNumber(7, 8),
		"Depends on:\n- WEB-1\n\nOther:\n- WEB-2":                 waits("WEB-1"),
		"blocked by [the login](https://x.example/browse/WEB-12)": waitsURL("https://x.example/browse/WEB-12"),
		"blocked by <https://x.example/browse/WEB-12>":            waitsURL("https://x.example/browse/WEB-12"),
		"blocked by **WEB-12**, _WEB-13_":                         waits("WEB-12", "WEB-13"),
		"blocked by &#87;EB-12":                                   waits("WEB-12"),
		"blocked by [WEB-12](https://docs.example/x)":             nil,
		"blocked by `WEB-12`":                                     nil,
		"`blocked by WEB-12`":                                     nil,
		"```\nblocked by WEB-12\n```":                             nil,
		"    blocked by WEB-12":                                   nil,
		"> blocked by WEB-12":                                     nil,
		"~~blocked by WEB-12~~":                                   nil,
		"blocked by ~~WEB-12~~ WEB-13":                            waits("WEB-13"),
		"<!-- blocked by WEB-12 -->":                              nil,
		"| blocked by | WEB-12 |":                                 nil,
		"![blocked by WEB-12](x.png)":                             nil,
		"blocked by ##7":                                          nil,
		"blocked by #7a":                                          nil,
		"blocked by #0":                                           nil,
		"```gherkin\nblocked by WEB-12\n```":                      nil,
		"# Plan\nblocked by #7<br>depends on #8":                  waitsNumber(7, 8),
		"blocked by #7, #8 or #9":                                 nil,
	} {
		if diff := cmp.Diff(markup.References(work.GitHubMarkdown, text), want); diff != "" {
			t.Errorf("%q (-got +want):\n%s", text, diff)
		}
	}
}

func TestReferencesInWiki(t *testing.T) {
	for text, want := range map[string][]markup.Reference{
		"blocked by #7":                                       nil, // Jira has no repository
		"*Blocked by:* WEB-12":                                waits("WEB-12"),
		"h2. Blocked by\n* WEB-12\n# acme/api#7":              waits("WEB-12", "acme/api#7"),
		"blocked by [WEB-12|https://x.example/browse/WEB-12]": waitsURL("https://x.example/browse/WEB-12"),
		"blocked by [https://x.example/browse/WEB-12|https://x.example/browse/WEB-12|smart-link]": waitsURL("https://x.example/browse/WEB-12"),
		"blocked by [https://x.example/browse/WEB-12]":                                            waitsURL("https://x.example/browse/WEB-12"),
		"blocked by [WEB-12]":                                       waits("WEB-12"),
		"{color:red}blocked by{color} *WEB-12*":                     waits("WEB-12"),
		"blocked by https://x.example/browse/WEB_X-12":              waitsURL("https://x.example/browse/WEB_X-12"),
		"blocked by {{WEB-12}}":                                     nil,
		"{code}\nblocked by WEB-12\n{code}":                         nil,
		"{code:title=a|b}blocked by WEB-12{code} depends on WEB-13": waits("WEB-13"),
		"{noformat}blocked by WEB-12{noformat}":                     nil,
		"{quote}\nblocked by WEB-12\n{quote}":                       nil,
		"bq. blocked by WEB-12":                                     nil,
		"-blocked by WEB-12-":                                       nil,
		"blocked by -WEB-12- WEB-13":                                waits("WEB-13"),
		"|blocked by|WEB-12|":                                       nil,
		"!blocked by WEB-12.png!":                                   nil,
		"blocked by [~WEB-12]":                                      nil,
	} {
		if diff := cmp.Diff(markup.References(work.JiraWiki, text), want); diff != "" {
			t.Errorf("%q (-got +want):\n%s", text, diff)
		}
	}
}

func TestItemURLHasOneForm(t *testing.T) {
	for url, want := range map[string]string{
		"https://ACME.example/browse/web-12?x#y":        "acme.example/browse/web-12",
		"http://acme.example/jira/browse/WEB-12/":       "acme.example/jira/browse/web-12",
		"https://github.com/Acme/API/pull/7#discussion": "github.com/acme/api/issues/7",
		"https://github.com/acme/api/issues/7":          "github.com/acme/api/issues/7",
		"http://127.0.0.1:8080/acme/api/issues/7":       "127.0.0.1:8080/acme/api/issues/7",
		"https://github.com/acme/api/issues":            "",
		"https://github.com/acme/api/issues/new":        "",
		"https://acme.example/browse/WEB":               "",
		"mailto:x":                                      "",
		"":                                              "",
	} {
		if got := markup.ItemURL(url); got != want {
			t.Errorf("ItemURL(%q) = %q, want %q", url, got, want)
		}
	}
	if got, want := markup.URLKey("https://github.com/Acme/API/pull/7"), "Acme/API#7"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
