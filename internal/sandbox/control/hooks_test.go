package control_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"strata/internal/sandbox/control"
	"strata/internal/sandbox/githubsim"
	"strata/internal/sandbox/jirasim"
	"strata/internal/sandbox/world"
)

const secret = "between us"

// mail is one delivery as it came in.
type mail struct {
	head http.Header
	body []byte
}

// mailbox hears webhooks and answers with status.
func mailbox(t *testing.T, status func(n int) int) (*httptest.Server, chan mail) {
	t.Helper()
	in := make(chan mail, 1000)
	n := 0
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		w.WriteHeader(status(n))
		n++
		in <- mail{r.Header, body}
	}))
	t.Cleanup(srv.Close)
	return srv, in
}

func take(t *testing.T, in chan mail) mail {
	t.Helper()
	select {
	case m := <-in:
		return m
	case <-time.After(20 * time.Second):
		t.Fatal("nothing came")
		return mail{}
	}
}

func well(int) int { return http.StatusOK }

func tracker(t *testing.T, of world.Tracker, f jirasim.Flavour) *httptest.Server {
	t.Helper()
	w := world.Generate(world.Options{Seed: 5, Items: 150, Now: now})
	h := jirasim.New(w, jirasim.Options{Flavour: f})
	if of == world.GitHub {
		h = githubsim.New(w, githubsim.Options{})
	}
	srv := httptest.NewServer(h)
	t.Cleanup(srv.Close)
	return srv
}

func TestWebhooksAreSignedAndShapedAsEachTrackerDoes(t *testing.T) {
	for _, tc := range []struct {
		name                  string
		of                    world.Tracker
		flavour               jirasim.Flavour
		mutation, event, sign string
		keys                  []string
		eventIn               func(mail) string
	}{
		{"cloud comment", world.Jira, jirasim.Cloud, `{"op":"comment","item":"WEB-2","body":"hi"}`, "comment_created", "X-Hub-Signature", []string{"timestamp", "webhookEvent", "comment", "issue"}, jiraEvent},
		{"server comment", world.Jira, jirasim.DataCenter, `{"op":"comment","item":"WEB-2","body":"hi"}`, "comment_created", "X-Hub-Signature", []string{"timestamp", "webhookEvent", "comment"}, jiraEvent},
		{"cloud update", world.Jira, jirasim.Cloud, `{"op":"title","item":"WEB-2","title":"new"}`, "jira:issue_updated", "X-Hub-Signature", []string{"timestamp", "webhookEvent", "issue_event_type_name", "user", "issue", "changelog"}, jiraEvent},
		{"cloud deletion", world.Jira, jirasim.Cloud, `{"op":"delete","item":"WEB-2"}`, "jira:issue_deleted", "X-Hub-Signature", []string{"timestamp", "webhookEvent", "user", "issue"}, jiraEvent},
		{"cloud link", world.Jira, jirasim.Cloud, `{"op":"link","item":"WEB-2","blocker":"CORE-7"}`, "issuelink_created", "X-Hub-Signature", []string{"timestamp", "webhookEvent", "issueLink"}, jiraEvent},
		{"comment", world.GitHub, "", `{"op":"comment","item":"acme/api#2","body":"hi"}`, "issue_comment", "X-Hub-Signature-256", []string{"action", "issue", "comment", "repository", "sender", "organization"}, gitHubEvent},
		{"title", world.GitHub, "", `{"op":"title","item":"acme/api#2","title":"new"}`, "issues", "X-Hub-Signature-256", []string{"action", "issue", "changes", "repository", "sender", "organization"}, gitHubEvent},
		{"dependency", world.GitHub, "", `{"op":"link","item":"acme/api#2","blocker":"acme/platform#2"}`, "issue_dependencies", "X-Hub-Signature-256",
			[]string{"action", "blocked_issue", "blocked_issue_id", "blocking_issue", "blocking_issue_id", "blocking_issue_repo", "repository", "sender", "organization"}, gitHubEvent},
	} {
		t.Run(tc.name, func(t *testing.T) {
			srv := tracker(t, tc.of, tc.flavour)
			box, in := mailbox(t, well)
			if status, text := do(t, srv, "POST", "/_sandbox/webhooks", fmt.Sprintf(`{"url":%q,"secret":%q}`, box.URL, secret)); status != 200 || strings.Contains(text, secret) {
				t.Fatalf("got %d %s", status, text)
			}
			if status, text := do(t, srv, "POST", "/_sandbox/mutate", tc.mutation); status != 200 {
				t.Fatalf("got %d %s", status, text)
			}
			m := take(t, in)
			for tc.eventIn(m) != tc.event {
				m = take(t, in)
			}
			if got := m.head.Get(tc.sign); got != control.Sign(secret, m.body) {
				t.Errorf("signed %q", got)
			}
			if m.head.Get("X-Github-Delivery")+m.head.Get("X-Atlassian-Webhook-Identifier") == "" {
				t.Error("no id")
			}
			var payload map[string]any
			if err := json.Unmarshal(m.body, &payload); err != nil {
				t.Fatal(err)
			}
			for key := range payload {
				if !slices.Contains(tc.keys, key) {
					t.Errorf("%s is not told by the real one", key)
				}
			}
			for _, key := range tc.keys {
				if payload[key] == nil {
					t.Errorf("no %s in %.300s", key, m.body)
				}
			}
		})
	}
}

func jiraEvent(m mail) string {
	var p struct{ WebhookEvent string }
	_ = json.Unmarshal(m.body, &p) // none, then
	return p.WebhookEvent
}

func gitHubEvent(m mail) string { return m.head.Get("X-Github-Event") }

func TestGitHubGreetsANewHook(t *testing.T) {
	srv := tracker(t, world.GitHub, "")
	box, in := mailbox(t, well)
	do(t, srv, "POST", "/_sandbox/webhooks", fmt.Sprintf(`{"url":%q}`, box.URL))
	if m := take(t, in); gitHubEvent(m) != "ping" || m.head.Get("X-Hub-Signature-256") != "" {
		t.Errorf("got %v", m.head)
	}
}

func TestCloudTriesAgainWithTheSameIdAndServerDoesNot(t *testing.T) {
	for f, want := range map[jirasim.Flavour]int{jirasim.Cloud: 3, jirasim.DataCenter: 1} {
		srv := tracker(t, world.Jira, f)
		box, in := mailbox(t, func(n int) int {
			if n < 2 {
				return http.StatusServiceUnavailable
			}
			return http.StatusOK
		})
		do(t, srv, "POST", "/_sandbox/webhooks", fmt.Sprintf(`{"url":%q,"events":["comment_created"],"retry":"1ms"}`, box.URL))
		do(t, srv, "POST", "/_sandbox/mutate", `{"op":"comment","item":"WEB-2","body":"hi"}`)
		ids := map[string]bool{}
		for n := range want {
			m := take(t, in)
			ids[m.head.Get("X-Atlassian-Webhook-Identifier")] = true
			if got := m.head.Get("X-Atlassian-Webhook-Retry"); n > 0 && got != fmt.Sprint(n) {
				t.Errorf("%s: retry %q, want %d", f, got, n)
			}
		}
		if len(ids) != 1 {
			t.Errorf("%s: ids %v", f, ids)
		}
		if got := settled(t, srv, 1)[0]; got.Tries != want {
			t.Errorf("%s: %d tries, want %d", f, got.Tries, want)
		}
	}
}

// settled waits until so many deliveries are done.
func settled(t *testing.T, srv *httptest.Server, n int) []control.Delivery {
	t.Helper()
	var view struct{ Delivered []control.Delivery }
	for began := time.Now(); time.Since(began) < 20*time.Second; time.Sleep(time.Millisecond) {
		_, text := do(t, srv, "GET", "/_sandbox/webhooks", "")
		if err := json.Unmarshal([]byte(text), &view); err != nil {
			t.Fatal(err)
		}
		if len(view.Delivered) >= n {
			return view.Delivered
		}
	}
	t.Fatalf("%d deliveries, want %d", len(view.Delivered), n)
	return nil
}

func TestF54LosesATenthOfTheDeliveriesTheSameTenthEachTime(t *testing.T) {
	run := func() (lost string, n int) {
		srv := tracker(t, world.GitHub, "")
		box, _ := mailbox(t, well)
		do(t, srv, "POST", "/_sandbox/webhooks", fmt.Sprintf(`{"url":%q,"events":["issue_comment"]}`, box.URL))
		do(t, srv, "POST", "/_sandbox/faults", `{"fault":"F54","probability":0.1}`)
		for range 100 {
			do(t, srv, "POST", "/_sandbox/mutate", `{"op":"comment","item":"acme/api#2","body":"hi"}`)
		}
		for at, d := range slices.DeleteFunc(settled(t, srv, 101), func(d control.Delivery) bool { return d.Event == "ping" }) {
			if d.Fault == "lost" && d.Tries == 0 {
				lost += fmt.Sprint(at, " ")
				n++
			}
		}
		return lost, n
	}
	first, n := run()
	if second, _ := run(); first != second || n < 3 || n > 20 {
		t.Errorf("lost %d: %s, then %s", n, first, second)
	}
}

func TestF54SendsTwiceLateAndWronglySigned(t *testing.T) {
	for _, how := range []string{"twice", "late", "unsigned", "forged"} {
		srv := tracker(t, world.GitHub, "")
		box, in := mailbox(t, well)
		do(t, srv, "POST", "/_sandbox/webhooks", fmt.Sprintf(`{"url":%q,"secret":%q}`, box.URL, secret))
		take(t, in) // the greeting
		do(t, srv, "POST", "/_sandbox/faults", `{"fault":"F54","times":1,"value":"`+how+`"}`)
		do(t, srv, "POST", "/_sandbox/mutate", `{"op":"comment","item":"acme/api#2","body":"hi"}`)
		m := take(t, in)
		signed := m.head.Get("X-Hub-Signature-256")
		switch how {
		case "twice":
			if again := take(t, in); again.head.Get("X-Github-Delivery") != m.head.Get("X-Github-Delivery") {
				t.Error("another id the second time")
			}
		case "unsigned":
			if signed != "" {
				t.Errorf("signed %s", signed)
			}
		case "forged":
			if signed == "" || signed == control.Sign(secret, m.body) {
				t.Errorf("signed %q", signed)
			}
		}
		if all := settled(t, srv, 2); all[1].Fault != how {
			t.Errorf("got %+v", all)
		}
	}
}
