// jira.js and Octokit against the simulated trackers.
import { AgileClient, Version2Client, Version3Client } from 'jira.js'
import { Octokit } from '@octokit/core'
import { graphql } from '@octokit/graphql'
import assert from 'node:assert/strict'

const { FLAVOUR, JIRA, GITHUB, JIRA_USER, JIRA_TOKEN, GITHUB_TOKEN } = process.env
const cloud = FLAVOUR === 'cloud'
const step = async (what, run) => {
  try {
    const value = await run()
    console.log(`ok   ${FLAVOUR} ${what}`)
    return value
  } catch (error) {
    console.error(`FAIL ${FLAVOUR} ${what}`)
    throw error
  }
}

async function jira() {
  const authentication = cloud
    ? { basic: { email: JIRA_USER, apiToken: JIRA_TOKEN } }
    : { oauth2: { accessToken: JIRA_TOKEN } }
  const client = cloud ? new Version3Client({ host: JIRA, authentication }) : new Version2Client({ host: JIRA, authentication })
  const agile = new AgileClient({ host: JIRA, authentication })
  const me = await step('jira.js: who am I', () => client.myself.getCurrentUser())
  assert.ok(me.displayName)

  const all = await step('jira.js: list a project, page by page', async () => {
    const found = []
    if (cloud) {
      for (let token; ;) {
        const page = await client.issueSearch.searchForIssuesUsingJqlEnhancedSearch({
          jql: 'project = WEB ORDER BY created ASC', fields: ['summary', 'status'], maxResults: 20, nextPageToken: token,
        })
        found.push(...page.issues)
        token = page.nextPageToken
        if (!token) return found
      }
    }
    for (let startAt = 0; ;) {
      const page = await client.issueSearch.searchForIssuesUsingJql({ jql: 'project = WEB ORDER BY created ASC', fields: ['summary', 'status'], maxResults: 20, startAt })
      found.push(...page.issues)
      startAt += page.issues.length
      if (startAt >= page.total) return found
    }
  })
  assert.ok(all.length > 20, `only ${all.length} issues`)
  assert.equal(new Set(all.map(i => i.id)).size, all.length, 'an issue came twice')
  const key = all.at(-1).key

  const issue = await step('jira.js: view', () => client.issues.getIssue({ issueIdOrKey: key }))
  assert.equal(issue.key, key)
  assert.equal(issue.fields.summary, all.at(-1).fields.summary)

  await step('jira.js: what JQL does not know is refused', async () => {
    const search = cloud ? 'searchForIssuesUsingJqlEnhancedSearch' : 'searchForIssuesUsingJql'
    await assert.rejects(() => client.issueSearch[search]({ jql: 'nonsense = 1' }), /400|nonsense/)
  })

  const text = `seen by jira.js on ${FLAVOUR}`
  const body = cloud ? { type: 'doc', version: 1, content: [{ type: 'paragraph', content: [{ type: 'text', text }] }] } : text
  const comment = await step('jira.js: comment', () => client.issueComments.addComment({ issueIdOrKey: key, comment: body }))
  const listed = await step('jira.js: list comments', () => client.issueComments.getComments({ issueIdOrKey: key, maxResults: 100 }))
  assert.ok(listed.comments.some(c => c.id === comment.id && JSON.stringify(c.body).includes(text)), 'the comment is not listed')

  const boards = await step('jira.js: boards', () => agile.board.getAllBoards({}))
  assert.ok(boards.values.length > 0)
  const sprints = await step('jira.js: sprints', () => agile.board.getAllSprints({ boardId: boards.values[0].id }))
  assert.ok(sprints.values.length > 0)
  const types = await step('jira.js: link types', () => client.issueLinkTypes.getIssueLinkTypes())
  assert.ok(types.issueLinkTypes.some(t => t.name === 'Blocks'))
}

async function github() {
  const octokit = new Octokit({ auth: GITHUB_TOKEN, baseUrl: `${GITHUB}/api/v3`, userAgent: 'strata-ci' })
  const repo = { owner: 'acme', repo: 'api' }
  const first = await step('@octokit/core: list', () => octokit.request('GET /repos/{owner}/{repo}/issues', { ...repo, state: 'all', per_page: 10 }))
  assert.equal(first.data.length, 10)
  assert.match(first.headers.link, /rel="next"/)
  const number = first.data.find(i => !i.pull_request && i.state === 'open').number

  const issue = await step('@octokit/core: view', () => octokit.request('GET /repos/{owner}/{repo}/issues/{issue_number}', { ...repo, issue_number: number }))
  assert.equal(issue.data.number, number)
  await step('@octokit/core: a conditional request costs nothing', async () => {
    await assert.rejects(
      () => octokit.request('GET /repos/{owner}/{repo}/issues/{issue_number}', { ...repo, issue_number: number, headers: { 'if-none-match': issue.headers.etag } }),
      error => error.status === 304 && error.response.headers['x-ratelimit-remaining'] === issue.headers['x-ratelimit-remaining'])
  })
  const found = await step('@octokit/core: search', () => octokit.request('GET /search/issues', { q: 'repo:acme/api is:issue is:open', per_page: 5 }))
  assert.ok(found.data.total_count > 5 && found.data.items.every(i => i.state === 'open'))

  const text = `seen by Octokit beside ${FLAVOUR}`
  const comment = await step('@octokit/core: comment', () => octokit.request('POST /repos/{owner}/{repo}/issues/{issue_number}/comments', { ...repo, issue_number: number, body: text }))
  assert.equal(comment.status, 201)

  const ask = graphql.defaults({ baseUrl: `${GITHUB}/api`, headers: { authorization: `bearer ${GITHUB_TOKEN}`, 'user-agent': 'strata-ci' } })
  const answer = await step('@octokit/graphql: view with comments', () => ask(
    `query($owner: String!, $repo: String!, $number: Int!) {
      repository(owner: $owner, name: $repo) { issue(number: $number) { title state comments(last: 10) { nodes { fullDatabaseId body } } } }
      rateLimit { cost remaining }
    }`, { ...repo, number }))
  assert.equal(answer.repository.issue.title, issue.data.title)
  assert.ok(answer.repository.issue.comments.nodes.some(c => c.fullDatabaseId === String(comment.data.id) && c.body === text))
  const board = await step('@octokit/graphql: list a project', () => ask(
    `{ organization(login: "acme") { projectV2(number: 7) { title items(first: 20) { totalCount nodes { content { __typename ... on Issue { number } } } } } } }`))
  assert.ok(board.organization.projectV2.items.nodes.length > 0)
  await step('@octokit/graphql: an unknown field is refused', () => assert.rejects(() => ask('{ viewer { shoeSize } }'), /shoeSize/))
}

await jira()
await github()
