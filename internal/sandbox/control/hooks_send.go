package control

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"time"
)

// postman waits for an answer as long as GitHub does, and follows nobody elsewhere.
// https://docs.github.com/webhooks/using-webhooks/best-practices-for-using-webhooks
var postman = &http.Client{Timeout: 10 * time.Second, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}

// repeatable are the answers after which Jira Cloud tries again, beside 5xx.
// https://developer.atlassian.com/cloud/jira/platform/webhooks/
var repeatable = []int{0, http.StatusRequestTimeout, http.StatusConflict, http.StatusTooEarly, http.StatusTooManyRequests}

// deliver sends a parcel, again where the tracker does, and writes down what became of it.
func (k *Hooks) deliver(p parcel, fault string) {
	d := Delivery{ID: p.id, Hook: p.hook.ID, Event: p.letter.Event, Item: p.letter.Item, Time: k.world.Now(), Fault: fault}
	for fault != "lost" {
		d.Tries++
		d.Status = k.send(p, fault, d.Tries-1)
		if d.Tries > k.custom.Retries || d.Status < 500 && !slices.Contains(repeatable, d.Status) {
			break
		}
		wait, err := time.ParseDuration(p.hook.Retry)
		if err != nil {
			wait = time.Second
		}
		<-time.After(wait)
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	k.delivered = append(k.delivered, d)
	if over := len(k.delivered) - keptDeliveries; over > 0 {
		k.delivered = slices.Clone(k.delivered[over:])
	}
}

// send makes one attempt; 0 is no answer.
func (k *Hooks) send(p parcel, fault string, retry int) int {
	req, err := http.NewRequestWithContext(context.Background(), http.MethodPost, p.hook.URL, bytes.NewReader(p.letter.Body))
	if err != nil {
		return 0
	}
	maps.Copy(req.Header, p.letter.Head)
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set(k.custom.ID, p.id)
	if k.custom.Retries > 0 && retry > 0 {
		req.Header.Set("X-Atlassian-Webhook-Retry", strconv.Itoa(retry))
	}
	secret := p.hook.Secret
	if fault == "forged" {
		secret += "?"
	}
	if secret != "" && fault != "unsigned" {
		req.Header.Set(k.custom.Signature, Sign(secret, p.letter.Body))
	}
	resp, err := postman.Do(req)
	if err != nil {
		return 0
	}
	defer resp.Body.Close()
	_, _ = io.Copy(io.Discard, io.LimitReader(resp.Body, 1<<16)) // nobody reads it
	return resp.StatusCode
}

// Sign is the signature of a body: sha256= and the HMAC in hexadecimal, as both trackers write it.
func Sign(secret string, body []byte) string {
	mac := hmac.New(sha256.New, []byte(secret))
	_, _ = mac.Write(body) // a hash takes everything
	return "sha256=" + hex.EncodeToString(mac.Sum(nil))
}
