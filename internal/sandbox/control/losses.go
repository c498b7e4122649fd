package control

// losses are what happens to webhooks on their way.
var losses = []Row{
	{Name: "F54", Does: "a webhook's delivery is lost; `twice`, `late` (until the next one has gone), `unsigned` or `forged` (a wrong signature) instead", Value: "lost"},
}
