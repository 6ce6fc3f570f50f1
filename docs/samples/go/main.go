// A service that lets in whoever shows a good Adyton access token. Go's standard library is enough for EdDSA, which
// Adyton uses unless TOKEN_ALGORITHM says otherwise.
//
//	ADYTON=http://localhost:3000 PORT=8000 go run main.go
package main

import (
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"net/http"
	"os"
	"strings"
	"sync"
	"time"
)

// Exactly Adyton's BASE_URL: tokens name it as their issuer and as the audience they are meant for.
var adyton = setting("ADYTON", "http://localhost:3000")

func setting(name, byDefault string) string {
	if value := os.Getenv(name); value != "" {
		return value
	}
	return byDefault
}

var (
	errToken = errors.New("this token is not good, or no longer")
	errAway  = errors.New("the keys cannot be fetched")
)

// keySet remembers the public keys for five minutes. A token that names another one makes it look again, because that
// is how a new signing key becomes known; at most every five seconds, however many keys people make up.
type keySet struct {
	sync.Mutex
	keys      map[string]ed25519.PublicKey
	fetchedAt time.Time
}

var client = http.Client{Timeout: 5 * time.Second}

func (set *keySet) find(kid string) (ed25519.PublicKey, error) {
	set.Lock()
	defer set.Unlock()
	age := time.Since(set.fetchedAt)
	if _, known := set.keys[kid]; age > 5*time.Minute || (!known && age > 5*time.Second) {
		if err := set.fetch(); err != nil {
			log.Print(err)
			return nil, errAway
		}
	}
	if key, known := set.keys[kid]; known {
		return key, nil
	}
	return nil, errToken
}

func (set *keySet) fetch() error {
	answer, err := client.Get(adyton + "/.well-known/jwks.json")
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	var body struct {
		Keys []struct{ Kid, Crv, X string }
	}
	if answer.StatusCode != 200 {
		return fmt.Errorf("%s from Adyton", answer.Status)
	}
	if err := json.NewDecoder(answer.Body).Decode(&body); err != nil {
		return err
	}
	set.keys, set.fetchedAt = map[string]ed25519.PublicKey{}, time.Now()
	for _, key := range body.Keys {
		x, err := base64.RawURLEncoding.DecodeString(key.X)
		if err == nil && key.Crv == "Ed25519" && len(x) == ed25519.PublicKeySize {
			set.keys[key.Kid] = x
		}
	}
	return nil
}

var keys keySet

type claims struct {
	Iss, Aud, Sub, Role, Scope string
	Exp                        int64
}

func verify(token string) (*claims, error) {
	parts := strings.Split(token, ".")
	if len(parts) != 3 {
		return nil, errToken
	}
	var header struct{ Alg, Typ, Kid string }
	if !read(parts[0], &header) || header.Alg != "EdDSA" || header.Typ != "at+jwt" {
		return nil, errToken
	}
	key, err := keys.find(header.Kid)
	if err != nil {
		return nil, err
	}
	signature, err := base64.RawURLEncoding.DecodeString(parts[2])
	if err != nil || !ed25519.Verify(key, []byte(parts[0]+"."+parts[1]), signature) {
		return nil, errToken
	}
	var found claims
	if !read(parts[1], &found) || found.Iss != adyton || found.Aud != adyton || found.Exp <= time.Now().Unix() {
		return nil, errToken
	}
	return &found, nil
}

func read(part string, into any) bool {
	text, err := base64.RawURLEncoding.DecodeString(part)
	return err == nil && json.Unmarshal(text, into) == nil
}

func refuse(w http.ResponseWriter, status int, challenge, detail string) {
	w.Header().Set("WWW-Authenticate", `Bearer realm="service"`+challenge)
	http.Error(w, detail, status)
}

func requireScope(scope string, next func(http.ResponseWriter, *http.Request, *claims)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		sent := r.Header.Get("Authorization")
		token := strings.TrimPrefix(sent, "Bearer ")
		if token == sent {
			refuse(w, 401, "", "Send an access token.")
			return
		}
		found, err := verify(token)
		switch {
		case err == errAway:
			w.Header().Set("Retry-After", "5")
			http.Error(w, "Try again.", 503)
		case err != nil:
			refuse(w, 401, `, error="invalid_token"`, err.Error())
		case !strings.Contains(" "+found.Scope+" ", " "+scope+" "):
			refuse(w, 403, `, error="insufficient_scope", scope="`+scope+`"`, "This needs "+scope+".")
		default:
			next(w, r, found)
		}
	}
}

func main() {
	http.HandleFunc("/hello", requireScope("predict", func(w http.ResponseWriter, r *http.Request, token *claims) {
		json.NewEncoder(w).Encode(map[string]string{"user": token.Sub, "role": token.Role})
	}))
	log.Fatal(http.ListenAndServe("127.0.0.1:"+setting("PORT", "8000"), nil))
}
