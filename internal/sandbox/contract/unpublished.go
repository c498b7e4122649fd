package contract

import "net/http"

// refusals are the statuses with which a tracker may refuse every request, because of who asks, how often, or what they
// may see. The files list them for some routes alone. Their bodies are held against our own descriptions of errors.
var refusals = map[API]map[int]string{
	JiraCloud:  jiraRefusals,
	DataCenter: jiraRefusals,
	GitHub: {
		http.StatusTemporaryRedirect:    "the repository has another name now, and nothing was written",
		http.StatusMovedPermanently:     "the repository has another name now",
		http.StatusBadRequest:           "the body is no JSON, or the version is none",
		http.StatusUnauthorized:         "bad credentials",
		http.StatusForbidden:            "a rate limit, or a right that is missing",
		http.StatusNotFound:             "what the account may not see is not there",
		http.StatusGone:                 "deleted, or the repository has no issues",
		http.StatusUnsupportedMediaType: "JSON alone is spoken",
		http.StatusTooManyRequests:      "a rate limit",
	},
}

var jiraRefusals = map[int]string{
	http.StatusUnauthorized:         "nobody is logged in",
	http.StatusForbidden:            "a right or a licence that is missing, a captcha, a foreign page",
	http.StatusNotFound:             "what the account may not see is not there",
	http.StatusMethodNotAllowed:     "the route has no such method",
	http.StatusUnsupportedMediaType: "the body is not declared as JSON",
	http.StatusTooManyRequests:      "a rate limit",
}

func (a API) refuses(status int) bool { return refusals[a][status] != "" }

// Unpublished are the routes of the daemon that no published file describes, with the reason why they are used.
var Unpublished = map[API]map[string]string{
	JiraCloud: {
		"GET /group/member":           "tells who is in a group; in Jira's reference, and not among the paths of the file",
		"GET /user/permission/search": "asks what another person may do; in Jira's reference, and not among the paths of the file",
	},
	DataCenter: {
		"GET /group/member":           "tells who is in a group; in Jira's reference, and not among the paths of the file",
		"GET /user/permission/search": "asks what another person may do; in Jira's reference, and not among the paths of the file",
		"GET /user":                   "finds the person behind a name or a key; in Jira's reference, and not among the paths of the file",
	},
	GitHub: {
		"GET /orgs/{org}/teams/{team}/members":                       "tells who is in a team; in GitHub's whole file, and not in ours",
		"GET /repos/{owner}/{repo}/collaborators/{login}/permission": "asks what another person may do; in GitHub's whole file, and not in ours",
		"GET /user/{id}": "finds the login that an account has now; in GitHub's whole file, and not in ours",
	},
}
