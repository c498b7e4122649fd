package wire

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"time"

	"strata/internal/duration"
)

// MaxAnswer bounds an answer in bytes, after decompression.
const MaxAnswer = 64 << 20

// Config is how gently and over which way a tracker is reached. In the limits 0
// means that Strata sets none.
type Config struct {
	// Timeout bounds one request with its whole answer. Defaults to 1 minute.
	Timeout duration.Duration `yaml:"timeout"`
	// Proxy is the URL of an HTTP(S) proxy, or "direct" for none. Defaults to
	// the environment's HTTPS_PROXY, HTTP_PROXY and NO_PROXY.
	Proxy string `yaml:"proxy"`
	// CAFile holds PEM certificates to trust beside the system's. Defaults to none.
	CAFile string `yaml:"ca_file"`
	// ClientCert is a PEM file with the certificate we show. Defaults to none.
	ClientCert string `yaml:"client_cert"`
	// ClientKey is the PEM file with the key of ClientCert. Defaults to none.
	ClientKey string `yaml:"client_key"`
	// InsecureHTTP allows http:// to hosts other than loopback. Defaults to false.
	InsecureHTTP bool `yaml:"insecure_http"`
	// RatePerSecond paces all requests. Defaults to 10.
	RatePerSecond float64 `yaml:"rate_per_second"`
	// Burst is how many requests may go at once before the pace holds. Defaults to 10.
	Burst int `yaml:"burst"`
	// WritesPerMinute paces writes, beside RatePerSecond. Defaults to 60.
	WritesPerMinute float64 `yaml:"writes_per_minute"`
	// Concurrency bounds the requests under way at a time. Defaults to 4.
	Concurrency int `yaml:"concurrency"`
	// MaxRetries is how often a harmless request is repeated. Defaults to 4.
	MaxRetries int `yaml:"max_retries"`
	// RetryWait is the wait before the first repetition; it doubles. Defaults to 1 second.
	RetryWait duration.Duration `yaml:"retry_wait"`
	// MaxWait is the longest wait inside a request; a tracker that asks for more
	// ends it as rate limited. Defaults to 1 minute.
	MaxWait duration.Duration `yaml:"max_wait"`
	// Reserve is the share of the tracker's quota, 0 to 1, left to other clients
	// of the same account. Defaults to 0.1.
	Reserve float64 `yaml:"reserve"`
}

// Default returns the defaults.
func Default() Config {
	return Config{
		Timeout:         duration.Duration(time.Minute),
		RatePerSecond:   10,
		Burst:           10,
		WritesPerMinute: 60,
		Concurrency:     4,
		MaxRetries:      4,
		RetryWait:       duration.Duration(time.Second),
		MaxWait:         duration.Duration(time.Minute),
		Reserve:         0.1,
	}
}

// Validate returns everything that is wrong with the config, each named by its field.
func (c Config) Validate() []error {
	var errs []error
	if c.Proxy != "" && c.Proxy != "direct" {
		if u, err := url.Parse(c.Proxy); err != nil || u.Host == "" {
			errs = append(errs, errors.New(`proxy: want a URL such as http://proxy.example:3128, or "direct"`))
		}
	}
	if (c.ClientCert == "") != (c.ClientKey == "") {
		errs = append(errs, errors.New("client_cert, client_key: set both or none"))
	}
	for _, limit := range []struct {
		field string
		value float64
	}{
		{"rate_per_second", c.RatePerSecond},
		{"burst", float64(c.Burst)},
		{"writes_per_minute", c.WritesPerMinute},
		{"concurrency", float64(c.Concurrency)},
		{"max_retries", float64(c.MaxRetries)},
	} {
		if limit.value < 0 {
			errs = append(errs, fmt.Errorf("%s: must not be negative", limit.field))
		}
	}
	if c.Reserve < 0 || c.Reserve >= 1 {
		errs = append(errs, errors.New("reserve: want a share from 0 to below 1"))
	}
	return errs
}

// CheckOrigin says what is wrong with a tracker's URL under this config.
func (c Config) CheckOrigin(origin string) error {
	_, err := c.parseOrigin(origin)
	return err
}

func (c Config) parseOrigin(origin string) (*url.URL, error) {
	u, err := url.Parse(origin)
	switch {
	case err != nil || u.Host == "" || (u.Scheme != "https" && u.Scheme != "http"):
		return nil, errors.New("url: want one such as https://tracker.example")
	case u.User != nil:
		return nil, errors.New("url: must not hold a user or a password; use auth")
	case u.Scheme == "http" && !c.InsecureHTTP && !loopback(u.Hostname()):
		return nil, fmt.Errorf("url: http:// would show the credential to the network of %s; use https://, or set insecure_http", u.Host)
	}
	return u, nil
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || (ip != nil && ip.IsLoopback())
}
