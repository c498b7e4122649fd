package world

// beyond makes what lies beyond the product: a project and a repository that the
// account sees and nobody counts to the product, and others that it may not see.
func (m *maker) beyond() {
	if m.o.Items < 300 {
		return
	}
	n := m.o.Items
	m.outside, m.hidden = m.project("LEGAL", "Legal"), m.project("PEOPLE", "People")
	m.hidden.Hidden = true
	m.vendor, m.secret = m.s.AddRepo("acme", "vendor"), m.s.AddRepo("acme", "secret")
	m.secret.Hidden, m.secret.Private = true, true
	for range max(2, n/400) {
		m.place("legal", m.jira(m.outside, m.s.Types[2], "Review: "+pick(m, what), m.text(false), m.ago(10, 120)))
	}
	for range max(2, n/1000) {
		m.place("people", m.jira(m.hidden, m.s.Types[2], "Hire somebody to "+pick(m, what), m.text(false), m.ago(10, 120)))
	}
	for range max(1, n/800) {
		m.place("vendor", m.github(m.vendor, "Support: "+pick(m, what), m.text(true), m.ago(10, 120)))
	}
	for k := range max(1, n/1000) {
		i := m.github(m.secret, "Secret: "+pick(m, what), m.text(true), m.ago(10, 120))
		if k == 0 { // a card that shows nothing
			m.s.AddCard(m.board, i, nil, i.Author)
		}
		m.place("secret", i)
	}
}

// place lets scenes draw an item that is no crew's; every third one is closed.
func (m *maker) place(whose string, it Item) {
	if m.chance(33) {
		m.closed(it, m.done)
	}
	m.free[slotKey{whose, slotBacklog}] = append(m.free[slotKey{whose, slotBacklog}], it)
}
