package secret_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"strata/internal/secret"
)

func TestASecretIsNeverPrinted(t *testing.T) {
	s := secret.New("tok-123456")
	var log bytes.Buffer
	slog.New(slog.NewJSONHandler(&log, nil)).Info("auth", "token", s, "pair", struct{ T secret.Secret }{s})
	asJSON, err := json.Marshal(map[string]any{"t": s})
	if err != nil {
		t.Fatal(err)
	}
	for _, out := range []string{
		log.String(), string(asJSON),
		fmt.Sprint(s), fmt.Sprintf("%v %+v %#v %s %q %x %d", s, s, s, s, s, s, s),
		fmt.Sprintf("%+v", struct{ T *secret.Secret }{&s}),
	} {
		if strings.Contains(out, "123456") || strings.Contains(out, "746f6b") {
			t.Errorf("the token shows in %q", out)
		}
	}
}

func TestATokenFileIsReadAtEachUse(t *testing.T) {
	file := filepath.Join(t.TempDir(), "token")
	for _, want := range []string{"one", "two"} {
		if err := os.WriteFile(file, []byte(want+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		got, err := secret.Source{File: file}.Read()
		if err != nil || got.Reveal() != want {
			t.Errorf("Read() = %q, %v; want %q", got.Reveal(), err, want)
		}
	}
}

func TestAMissingTokenNamesItsPlace(t *testing.T) {
	_, err := secret.Source{Env: "STRATA_NO_SUCH_TOKEN"}.Read()
	if err == nil || !strings.Contains(err.Error(), "STRATA_NO_SUCH_TOKEN") {
		t.Errorf("error = %v; want one that names the variable", err)
	}
}
