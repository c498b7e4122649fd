package markup

import (
	"strconv"
	"strings"
)

func startsWithURL(text string) bool {
	return len(text) > 8 && (strings.EqualFold(text[:7], "http://") || strings.EqualFold(text[:8], "https://"))
}

// urlLength returns how much of text, which starts with a URL, belongs to it.
// Signs that end a sentence do not.
func urlLength(text string) int {
	end := strings.IndexFunc(text, func(r rune) bool {
		return r <= ' ' || strings.ContainsRune("<>\"|[]{}`“”", r)
	})
	if end < 0 {
		end = len(text)
	}
	return len(strings.TrimRight(text[:end], ".,;:!?)'*_"))
}

// ItemURL reduces the URL of an item's page to one form, so that two ways to
// write it compare as equal: lower case, without scheme, query, fragment and
// closing slash; GitHub's /pull/ and /issues/ are the same. It returns "" for a
// URL that is neither https://host/browse/WEB-12 nor https://host/acme/api/issues/7.
func ItemURL(url string) string {
	form, _ := itemPage(url)
	return form
}

// itemPage returns the one form of an item's URL, and the key that it tells.
func itemPage(url string) (form, key string) {
	if !startsWithURL(url) {
		return "", ""
	}
	_, rest, _ := strings.Cut(url, "://")
	if i := strings.IndexAny(rest, "?#"); i >= 0 {
		rest = rest[:i]
	}
	parts := strings.Split(strings.TrimSuffix(rest, "/"), "/")
	if len(parts) < 3 || len(parts) > 12 || parts[0] == "" || strings.ContainsAny(parts[0], "@\\ ") {
		return "", ""
	}
	n := len(parts)
	if strings.EqualFold(parts[n-2], "browse") {
		key = strings.ToUpper(parts[n-1])
		if !jiraKey(key) {
			return "", ""
		}
		return strings.ToLower(strings.Join(parts, "/")), key
	}
	if n == 5 && (parts[3] == "issues" || parts[3] == "pull") && repository(parts[1]+"/"+parts[2]) && number(parts[4]) > 0 {
		return strings.ToLower(parts[0] + "/" + parts[1] + "/" + parts[2] + "/issues/" + parts[4]),
			parts[1] + "/" + parts[2] + "#" + parts[4]
	}
	return "", ""
}

// URLKey returns the key that an item's URL tells: "WEB-12", "acme/api#7"; "" when it tells none.
func URLKey(url string) string {
	_, key := itemPage(url)
	return key
}

// number reads an issue's number, 0 for anything else.
func number(text string) int {
	if text == "" || text[0] == '0' || len(text) > 9 {
		return 0
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 || !digit(text[0]) {
		return 0
	}
	return n
}

// jiraKey says whether text has the form of a Jira key: capitals, a hyphen, a number.
func jiraKey(text string) bool {
	project, issue, ok := strings.Cut(text, "-")
	if !ok || len(project) < 2 || len(project) > 20 || project[0] < 'A' || project[0] > 'Z' || number(issue) == 0 {
		return false
	}
	for i := range len(project) {
		if c := project[i]; !digit(c) && c != '_' && (c < 'A' || c > 'Z') {
			return false
		}
	}
	return true
}

// repository says whether text has the form owner/name.
func repository(text string) bool {
	owner, name, ok := strings.Cut(text, "/")
	if !ok || owner == "" || len(owner) > 39 || name == "" || len(name) > 100 {
		return false
	}
	for i := range len(owner) {
		if c := owner[i]; !wordByte(c) && (c != '-' || i == 0) {
			return false
		}
	}
	for i := range len(name) {
		if c := name[i]; !wordByte(c) && c != '-' && c != '_' && c != '.' {
			return false
		}
	}
	return true
}

// standards are names that look like a key's project and are none.
var standards = map[string]bool{
	"AES": true, "ANSI": true, "ASCII": true, "BIP": true, "CP": true, "COVID": true, "CRC": true, "CVE": true,
	"CWE": true, "DES": true, "DIN": true, "ECMA": true, "EIP": true, "EN": true, "ES": true, "FIPS": true,
	"GDPR": true, "GH": true, "GHSA": true, "GPT": true, "HTTP": true, "IEC": true, "IEEE": true, "IPV": true,
	"IS": true, "ISBN": true, "ISO": true, "JEP": true, "JSR": true, "KB": true, "KIP": true, "MD": true,
	"MR": true, "MS": true, "NIST": true, "PCI": true, "PEP": true, "PR": true, "PSR": true, "RC": true,
	"RFC": true, "RSA": true, "SHA": true, "SOC": true, "SSL": true, "TLS": true, "UCS": true, "USB": true,
	"UTF": true, "UTF8": true, "WCAG": true, "WIN": true, "X509": true,
}

// key says whether text is a Jira key that nobody takes for the name of a standard.
func key(text string) bool {
	project, _, _ := strings.Cut(text, "-")
	return jiraKey(text) && !standards[project]
}
