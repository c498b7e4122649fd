"""python3-jira and python3-github of Debian against the simulated trackers."""

import os
import sys

import github
import jira

flavour = os.environ["FLAVOUR"]
cloud = flavour == "cloud"


def ok(what):
    print(f"ok   {flavour} {what}")


def expect(condition, what):
    if not condition:
        sys.exit(f"FAIL {flavour} {what}")
    ok(what)


def try_jira():
    login = {"basic_auth": (os.environ["JIRA_USER"], os.environ["JIRA_TOKEN"])} if cloud else {"token_auth": os.environ["JIRA_TOKEN"]}
    client = jira.JIRA(os.environ["JIRA"], max_retries=0, **login)
    expect(client.server_info()["deploymentType"].lower() == ("cloud" if cloud else "server"), "python3-jira: server info")
    expect(client.myself()["displayName"], "python3-jira: who am I")
    expect({"WEB", "CORE"} <= {p.key for p in client.projects()}, "python3-jira: projects")
    if cloud:
        # This client still asks the search that Cloud removed; so would Cloud answer.
        try:
            client.search_issues("project = WEB")
            sys.exit("FAIL cloud python3-jira: the removed search was answered")
        except jira.JIRAError as error:
            expect(error.status_code == 410, "python3-jira: the removed search is gone")
        key = "WEB-2"
    else:
        found = client.search_issues("project = WEB ORDER BY key ASC", maxResults=False)
        keys = [issue.key for issue in found]
        expect(len(keys) == found.total == len(set(keys)) and len(keys) > 50, "python3-jira: search to the end")
        key = keys[-1]
    issue = client.issue(key)
    expect(issue.key == key and issue.fields.summary, "python3-jira: view")
    written = client.add_comment(key, f"seen by python3-jira on {flavour}")
    read = [comment for comment in client.comments(key) if comment.id == written.id]
    expect(len(read) == 1 and read[0].body == f"seen by python3-jira on {flavour}", "python3-jira: comment and read it")
    expect(any(t.name == "Blocks" for t in client.issue_link_types()), "python3-jira: link types")
    boards = client.boards()
    expect(boards and client.sprints(boards[0].id), "python3-jira: boards and sprints")
    try:
        client.issue("WEB-999999")
        sys.exit(f"FAIL {flavour} python3-jira: an issue that is not there")
    except jira.JIRAError as error:
        expect(error.status_code == 404, "python3-jira: what is not there is 404")


def try_github():
    client = github.Github(os.environ["GITHUB_TOKEN"], base_url=os.environ["GITHUB"] + "/api/v3", per_page=10)
    repo = client.get_repo("acme/api")
    expect(repo.full_name == "acme/api", "python3-github: repository")
    numbers = [issue.number for issue in repo.get_issues(state="all")]
    expect(len(numbers) == len(set(numbers)) and len(numbers) > 20, "python3-github: list over several pages")
    issue = repo.get_issue(next(i.number for i in repo.get_issues(state="open") if not i.pull_request))
    expect(issue.state == "open" and issue.title, "python3-github: view")
    written = issue.create_comment(f"seen by python3-github beside {flavour}")
    bodies = {comment.id: comment.body for comment in issue.get_comments()}
    expect(bodies.get(written.id) == f"seen by python3-github beside {flavour}", "python3-github: comment and read it")
    found = client.search_issues("repo:acme/api is:issue is:open")
    expect(found.totalCount > 5 and all(i.state == "open" for i in found[:5]), "python3-github: search")
    expect(client.get_rate_limit().core.limit >= 5000, "python3-github: rate limit")


try_jira()
try_github()
