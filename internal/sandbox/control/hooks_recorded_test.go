package control_test

import (
	"cmp"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"strata/internal/sandbox/jirasim"
	"strata/internal/sandbox/world"
)

// dated are keys that the recorded deliveries of 2019 bear and the trackers tell no more, or only now and then.
var dated = map[string]bool{"name": true, "key": true, "emailAddress": true, "accountId": true, "timeZone": true, "level": true, "message": true, "label": true}

func TestWebhooksHaveTheKeysOfRecordedOnes(t *testing.T) {
	folder := filepath.Join(cmp.Or(os.Getenv("STRATA_TESTDATA"), "../../../../shared/data"), "webhooks")
	if _, err := os.Stat(folder); err != nil {
		t.Skipf("no recorded webhooks: %v", err)
	}
	for _, tc := range []struct {
		of                    world.Tracker
		flavour               jirasim.Flavour
		file, mutation, event string
		parts                 []string
	}{
		{world.Jira, jirasim.Cloud, "jira/mattermost__webhook-cloud-comment-created.json", `{"op":"comment","item":"WEB-2","body":"hi"}`, "comment_created", []string{"comment", "issue"}},
		{world.Jira, jirasim.DataCenter, "jira/mattermost__webhook-server-comment-created.json", `{"op":"comment","item":"WEB-2","body":"hi"}`, "comment_created", []string{"comment"}},
		{world.Jira, jirasim.Cloud, "jira/mattermost__webhook-issue-updated-sprint.json", `{"op":"sprint","item":"WEB-2","sprint":"next"}`, "jira:issue_updated", []string{"issue", "changelog"}},
		{world.Jira, jirasim.Cloud, "jira/mattermost__webhook-issue-deleted.json", `{"op":"delete","item":"WEB-2"}`, "jira:issue_deleted", []string{"issue"}},
		{world.Jira, jirasim.Cloud, "jira/mobitel__issuelink__created.json", `{"op":"link","item":"WEB-2","blocker":"CORE-7"}`, "issuelink_created", []string{"issueLink"}},
		{world.GitHub, "", "github/issue_comment.created.0.json", `{"op":"comment","item":"acme/api#2","body":"hi"}`, "issue_comment", []string{"comment", "issue", "repository", "sender"}},
		{world.GitHub, "", "github/issues.edited.0.json", `{"op":"title","item":"acme/api#2","title":"new"}`, "issues", []string{"issue", "repository", "sender"}},
		{world.GitHub, "", "github/projects_v2_item.edited.4.json", `{"op":"sprint","item":"acme/api#2","sprint":"next"}`, "projects_v2_item", []string{"projects_v2_item", "changes", "sender"}},
	} {
		t.Run(filepath.Base(tc.file), func(t *testing.T) {
			text, err := os.ReadFile(filepath.Join(folder, tc.file))
			if err != nil {
				t.Fatal(err)
			}
			var recorded, sent map[string]any
			if err := json.Unmarshal(text, &recorded); err != nil {
				t.Fatal(err)
			}
			srv := tracker(t, tc.of, tc.flavour)
			box, in := mailbox(t, well)
			do(t, srv, "POST", "/_sandbox/webhooks", fmt.Sprintf(`{"url":%q,"events":[%q]}`, box.URL, tc.event))
			if status, text := do(t, srv, "POST", "/_sandbox/mutate", tc.mutation); status != 200 {
				t.Fatalf("got %d %s", status, text)
			}
			m := take(t, in)
			for jiraEvent(m) != tc.event && gitHubEvent(m) != tc.event {
				m = take(t, in)
			}
			if err := json.Unmarshal(m.body, &sent); err != nil {
				t.Fatal(err)
			}
			lacks(t, "", recorded, sent)
			for _, part := range tc.parts {
				was, _ := recorded[part].(map[string]any)
				is, _ := sent[part].(map[string]any)
				lacks(t, part+".", was, is)
			}
		})
	}
}

// lacks complains of every key that the recorded one has and ours has not.
func lacks(t *testing.T, where string, recorded, sent map[string]any) {
	t.Helper()
	for key := range recorded {
		if _, ok := sent[key]; !ok && (where != "" || !dated[key]) {
			t.Errorf("no %s%s", where, key)
		}
	}
}
