package world

import (
	"math/rand/v2"
	"strings"
)

// theme is what an epic of the sample product is about, with stories that teams
// would cut it into.
type theme struct {
	title        string
	objective    string // label
	intro        string
	outcomes     []string
	deliverables []string
	criteria     []string
	question     string // to stakeholders; empty: none
	stories      []string
}

// themes are the sample product's. Epics beyond their number repeat them
// as further parts.
var themes = []theme{
	{"One-click payment for guests", "obj-checkout", "Guests leave the shop at the payment page. They should pay without an account.",
		[]string{"7 of 10 guests who reach the payment page pay", "Paying takes less than 20 seconds"},
		[]string{"Payment page with wallets", "Receipt by mail"},
		[]string{"A guest pays with a wallet in two taps", "A failed payment keeps the basket"}, "Do we show wallets before cards?",
		[]string{"Show wallets on the payment page", "Keep the basket after a failed payment", "Send the receipt by mail", "Ask for the address once", "Measure where guests leave"}},
	{"Refunds without support", "obj-trust", "Shoppers call support to learn where their refund is.",
		[]string{"Half as many calls about refunds"},
		[]string{"Refund page in the account", "Refund interface for the shop"},
		[]string{"A shopper starts a refund without a call", "The refund's state is at most five minutes old"}, "",
		[]string{"Start a refund from the order", "Show the refund's state", "Book the refund once only", "Tell the shopper by mail", "Refuse refunds after 30 days"}},
	{"Delivery dates everywhere", "obj-reach", "Shoppers buy when they know the day of delivery.",
		[]string{"Every product page shows a delivery day"},
		[]string{"Delivery day on product page, basket and order", "Interface for delivery days"},
		[]string{"The day is right for 95 of 100 orders", "Without an answer the page shows a range of days"}, "How many days may a range have?",
		[]string{"Offer the delivery day to the shop", "Show a range when the day is not known", "Count in public holidays", "Learn days from the carrier", "Change the day when an order is late"}},
	{"Basket that survives a change of device", "obj-checkout", "People fill the basket on the phone and pay at the desk.",
		[]string{"One basket for each account, on all devices"},
		[]string{"Shared basket"},
		[]string{"An item added on the phone is on the desk within two seconds"}, "",
		[]string{"Keep the basket with the account", "Merge two baskets at login", "Drop what is sold out from the basket", "Show who added an item"}},
	{"Strong customer authentication", "obj-trust", "The payment directive asks for a second factor above 30 euros.",
		[]string{"No payment is refused for a missing second factor"},
		[]string{"Second factor in the payment flow", "Report for the auditor"},
		[]string{"A payment above 30 euros asks for a second factor", "An exempt payment is logged with its reason"}, "",
		[]string{"Ask for the second factor", "Remember a trusted device", "Log exempt payments with their reason", "Report to the auditor", "Test with the bank's sandbox"}},
	{"Poland opens", "obj-reach", "Poland is the next market: language, currency, taxes and a carrier.",
		[]string{"100 orders a day from Poland in the first month"},
		[]string{"Prices in złoty", "Polish texts", "Contract with the carrier"},
		[]string{"All prices show in złoty with Polish tax", "Every page reads in Polish"}, "Which carrier do we start with?",
		[]string{"Show prices in złoty", "Compute Polish tax", "Translate the checkout", "Send parcels with the Polish carrier", "Accept local bank transfers"}},
	{"Vouchers in the checkout", "obj-checkout", "Vouchers work in the shop's app only.",
		[]string{"Vouchers are used in every tenth order"},
		[]string{"Voucher field in the checkout"},
		[]string{"A used voucher is refused with a reason"}, "",
		[]string{"Enter a voucher in the checkout", "Refuse used vouchers with a reason", "Book vouchers in the ledger", "Take a voucher back with a refund"}},
	{"Invoices that the books accept", "obj-trust", "Accountants correct one invoice in fifty by hand.",
		[]string{"No invoice is corrected by hand"},
		[]string{"Invoice format of 2027"},
		[]string{"Totals are rounded once, at the end", "Every invoice has a number without gaps"}, "",
		[]string{"Round totals once", "Number invoices without gaps", "Send invoices in the new format", "Split an invoice by address"}},
	{"Pickup points", "obj-reach", "A third of shoppers is not at home when the parcel comes.",
		[]string{"Every fifth parcel goes to a pickup point"},
		[]string{"Map of pickup points", "Labels for pickup points"},
		[]string{"The nearest five points show within a second"}, "",
		[]string{"Show the nearest pickup points", "Print labels for pickup points", "Tell when the parcel can be fetched", "Send unfetched parcels back"}},
	{"Login with a passkey", "obj-checkout", "Forgotten passwords are the first reason to leave at login.",
		[]string{"Half of all logins use a passkey"},
		[]string{"Passkey at login", "Recovery"},
		[]string{"A shopper logs in with a passkey on two devices"}, "",
		[]string{"Create a passkey in the account", "Log in with a passkey", "Recover an account without its device", "Limit wrong attempts"}},
	{"Audit log", "obj-trust", "The auditor asks who changed a price, and when.",
		[]string{"The auditor's questions are answered within a day"},
		[]string{"Searchable log of changes"},
		[]string{"Each change of a price is logged with its author"}, "",
		[]string{"Log each change of a price", "Search the log by author", "Keep the log for ten years", "Export the log for the auditor"}},
	{"Prices in any currency", "obj-reach", "Each new country needs a release today.",
		[]string{"A currency is added without a release"},
		[]string{"Currency service"},
		[]string{"Rates are at most an hour old"}, "",
		[]string{"Read rates each hour", "Show two currencies beside each other", "Warn when a rate is too old", "Add a currency without a release"}},
}

// audiences make stories of one theme different.
var audiences = []string{"", "", "for guests", "for merchants", "on phones", "in the app", "for returning shoppers", "in the back office", "for the pilot shop"}

func (t *theme) story(r *rand.Rand) string {
	return strings.TrimSpace(t.stories[r.IntN(len(t.stories))] + " " + audiences[r.IntN(len(audiences))])
}

// criteria are what stories promise.
var criteria = []string{"works on a phone with one hand", "answers within 300 ms", "is read by a screen reader", "shows a clear text when it fails",
	"leaves no trace of card numbers in a log", "keeps what was entered after a reload", "works without a network for a minute", "is measured on the team's dashboard",
	"is switched off with one flag", "is described in the handbook", "refuses what is too long with a reason", "can be repeated without harm"}

// boardGoals are Sprint Goals, by team.
var boardGoals = map[string][]string{
	"Web":  {"A guest pays without an account", "Vouchers work in the checkout", "Everybody sees the delivery day", "The checkout reads in Polish"},
	"Core": {"Refunds are booked once", "Second factor for large payments", "Invoices need no correction", "One basket on all devices"},
}

// section writes one section of an epic in either dialect.
func section(markdown bool, title string, entries []string) string {
	var b strings.Builder
	head, bullet := "h3. ", "* "
	if markdown {
		head, bullet = "### ", "- "
	}
	b.WriteString("\n\n" + head + title + "\n")
	for _, e := range entries {
		b.WriteString(bullet + e + "\n")
	}
	return strings.TrimRight(b.String(), "\n")
}

// about describes the nth epic. Not every one is refined: some lack a section or
// say that it is still to be done.
//
//	n mod 5 | criteria | deliverables | outcomes | quality | dependencies
//	0       | yes      | yes          | yes      | yes     |
//	1       | yes      | yes          |          |         | none
//	2       | yes      |              | yes      |         |
//	3       |          | yes          |          |         |
//	4       | TBD      |              | yes      |         |
func (t *theme) about(n int, markdown bool) string {
	text := t.intro
	add := func(title string, entries ...string) { text += section(markdown, title, entries) }
	if n%5 != 1 && n%5 != 3 {
		add("Key outcomes", t.outcomes...)
	}
	if n%5 == 0 || n%5 == 1 || n%5 == 3 {
		add("Deliverables", t.deliverables...)
	}
	switch n % 5 {
	case 0, 1, 2:
		add("Acceptance criteria", t.criteria...)
	case 4:
		add("Acceptance criteria", "TBD")
	}
	if n%5 == 0 {
		add("Quality standards", "Checked with ten shoppers", "No alert in the first week")
	}
	if n%5 == 1 {
		add("Dependencies", "none")
	}
	if t.question != "" && n < len(themes) {
		question := t.question
		if markdown {
			question = "[ ] " + question
		}
		add("Open questions", question)
	}
	return text + "\n"
}
