package sandbox

import (
	_ "embed"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"text/template"

	"strata/internal/sandbox/world"
)

//go:embed config.yaml.tmpl
var configTemplate string

// Limit is a part of a config that the sandbox switches off and that can be
// turned back to what a production would have.
type Limit string

// The limits.
const (
	Mode     Limit = "mode"     // report-only
	Settle   Limit = "settle"   // facts must hold for 30 minutes
	Baseline Limit = "baseline" // what is older than the installation stays silent
	Hours    Limit = "hours"    // writing in working hours only
	Edits    Limit = "edits"    // edits that notify, once a day; new flags, one in three days
	Budget   Limit = "budget"   // new comments an hour and a day
	Hold     Limit = "hold"     // large plans wait for the operator
	Pace     Limit = "pace"     // requests and writes are paced
)

// Limits lists all of them.
func Limits() []Limit {
	return []Limit{Mode, Settle, Baseline, Hours, Edits, Budget, Hold, Pace}
}

// ConfigOptions choose what the config says beside the trackers.
type ConfigOptions struct {
	Store      string // URL
	CAFile     string // where the CA of a TLS sandbox was written
	Internal   string // address of health and metrics
	Interval   string
	Production []Limit // limits that keep their production default
}

// Config writes a config that a daemon accepts unchanged.
func (s *Sandbox) Config(o ConfigOptions) (string, error) {
	view := configView{ConfigOptions: o, JiraURL: s.JiraURL, JiraUser: s.jiraUser(), JiraToken: JiraToken, GitHubURL: s.GitHubURL, GitHubToken: GitHubToken}
	s.World.Read(func(st *world.State) { view.read(st) })
	t, err := template.New("config").Funcs(template.FuncMap{"q": quote, "list": quoteAll}).Parse(configTemplate)
	if err != nil {
		return "", fmt.Errorf("sandbox config: %w", err)
	}
	var out strings.Builder
	if err := t.Execute(&out, view); err != nil {
		return "", fmt.Errorf("sandbox config: %w", err)
	}
	return out.String(), nil
}

type configView struct {
	ConfigOptions
	JiraURL, JiraUser, JiraToken, GitHubURL, GitHubToken string

	Calendar world.Calendar
	Zone     string
	First    string
	JQL      string
	Links    []linkView
	Teams    []teamView
	Home     []homeView
	Review   []homeView
}

type linkView struct{ Type, Speaker string }

type homeView struct{ Tracker, Key string }

type teamView struct {
	Name, Zone, Planning string
	Home                 []homeView
	Match                []matchView
}

type matchView struct{ Kind, Value string }

// Off says whether the sandbox switches a limit off.
func (v configView) Off(limit Limit) bool { return !slices.Contains(v.Production, limit) }

func (v *configView) read(st *world.State) {
	v.Calendar = st.Calendar()
	v.Zone = v.Calendar.TimeZone
	if v.Zone == "" {
		v.Zone = "UTC"
	}
	if !v.Calendar.First.IsZero() {
		v.First = v.Calendar.First.Format("2006-01-02")
	}
	if len(v.Calendar.Projects) > 0 {
		v.JQL = "project in (" + quoteAll(v.Calendar.Projects) + ")"
	}
	for _, t := range v.Calendar.LinkTypes {
		if speaker := t.Speaker(); speaker != "" {
			v.Links = append(v.Links, linkView{t.Name, string(speaker)})
		}
	}
	v.Home, v.Review = homes(v.Calendar.Home), homes(v.Calendar.Review)
	for _, t := range v.Calendar.Teams {
		view := teamView{Name: t.Name, Zone: t.TimeZone, Planning: t.Planning, Home: homes(t.Home)}
		for _, evidence := range []struct {
			kind   string
			values []string
		}{{"field", t.Field}, {"component", t.Components}, {"label", t.Labels}, {"repository", t.Repos}, {"project", t.Projects}} {
			for _, value := range evidence.values {
				view.Match = append(view.Match, matchView{evidence.kind, value})
			}
		}
		v.Teams = append(v.Teams, view)
	}
}

func homes(byTracker map[world.Tracker]string) []homeView {
	var all []homeView
	for _, t := range slices.Sorted(maps.Keys(byTracker)) {
		all = append(all, homeView{string(t), byTracker[t]})
	}
	return all
}

// quote writes a YAML double-quoted scalar; Go's escapes are a part of YAML's.
func quote(text any) string { return strconv.QuoteToASCII(fmt.Sprint(text)) }

func quoteAll(texts []string) string {
	quoted := make([]string, len(texts))
	for i, t := range texts {
		quoted[i] = quote(t)
	}
	return strings.Join(quoted, ", ")
}
