"""An identity provider on this machine, which speaks as ProConnect does; and may be told to misbehave."""

import contextlib
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
ANOTHER_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
CLIENT_ID, CLIENT_SECRET = "maillage", "a-secret-of-the-tests"
FATOU = {
    "sub": "f-1",
    "email": "Fatou@exemple.org",
    "email_verified": True,
    "given_name": "Fatou",
    "usual_name": "Diop",
    "siret": "13000000000001",
}

ROUTES = {
    "/.well-known/openid-configuration": "_discovery",
    "/jwks": "_jwks",
    "/token": "_token",
    "/userinfo": "_userinfo",
}


class Provider(ThreadingHTTPServer):
    """`address` is where it listens. `claims`, `id_claims`, `faults` may be changed by the test."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server_port}"
        self.claims, self.id_claims, self.faults, self.asked = dict(FATOU), {}, {}, []
        self.key, self.userinfo_is_signed, self.nonces = KEY, True, {}
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()

    def stop(self):
        self.shutdown()
        self.server_close()

    def sign(self, claims, key=None):
        return jwt.encode(claims, key or self.key, algorithm="RS256", headers={"kid": "one"})


class Handler(BaseHTTPRequestHandler):
    def log_message(self, *_):
        """Nothing on the console."""

    def do_GET(self):
        self._answer(urlsplit(self.path).path, parse_qs(urlsplit(self.path).query))

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        self._answer(urlsplit(self.path).path, parse_qs(body))

    def _answer(self, path, given):
        self.server.asked.append((path, given, dict(self.headers)))
        fault = self.server.faults.get(path)
        if fault == "slow":
            time.sleep(1.5)
        elif isinstance(fault, tuple):
            return self._send(*fault)
        return getattr(self, ROUTES[path])(given)

    def _send(self, status, kind, body):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.end_headers()
        with contextlib.suppress(OSError):  # who asked no longer waits
            self.wfile.write(body.encode())

    def _json(self, content):
        self._send(200, "application/json", json.dumps(content))

    def _discovery(self, given):
        here = self.server.address
        self._json(
            {
                "issuer": here,
                "authorization_endpoint": f"{here}/authorize",
                "token_endpoint": f"{here}/token",
                "userinfo_endpoint": f"{here}/userinfo",
                "jwks_uri": f"{here}/jwks",
                "token_endpoint_auth_methods_supported": ["client_secret_post"],
            }
        )

    def _jwks(self, given):
        public = json.loads(RSAAlgorithm.to_jwk(KEY.public_key()))
        self._json({"keys": [{**public, "kid": "one", "alg": "RS256", "use": "sig"}]})

    def _token(self, given):
        if given.get("client_secret") != [CLIENT_SECRET] or "code_verifier" not in given:
            return self._send(401, "application/json", '{"error": "invalid_client"}')
        now = int(time.time())
        claims = {
            "iss": self.server.address,
            "aud": CLIENT_ID,
            "sub": self.server.claims.get("sub"),
            "iat": now,
            "exp": now + 60,
            "nonce": self.server.nonces.get(given["code"][0]),
            "acr": "eidas1",
            **self.server.id_claims,
        }
        claims = {name: value for name, value in claims.items() if value is not None}
        return self._json({"access_token": "an-access-token", "id_token": self.server.sign(claims), "expires_in": 60})

    def _userinfo(self, given):
        if not self.server.userinfo_is_signed:
            return self._json(self.server.claims)
        claims = {"iss": self.server.address, "aud": CLIENT_ID, **self.server.claims}
        return self._send(200, "application/jwt", self.server.sign(claims))
