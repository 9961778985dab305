"""A small OpenID provider for tests, on this machine alone: discovery, keys, authorize with PKCE, token.

`claims` is whom it speaks of; `bend` lets a test change the token's claims, its signature, or what discovery says.
"""

import base64
import hashlib
import json
import secrets
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "tracker", "a secret of the test"


def _key():
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


class OpenIdProvider:
    """A provider that runs as long as the block lasts."""

    def __init__(self):
        self.key, self.other_key, self.codes, self.asked = _key(), _key(), {}, []
        self.claims = {"sub": "7", "email": "ben.moss@example.org", "email_verified": True, "name": "Ben Moss"}
        self.bend = {}

    def __enter__(self):
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                provider.answer(self, urlsplit(self.path), {})

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                provider.answer(self, urlsplit(self.path), {k: v[0] for k, v in parse_qs(body).items()})

            def log_message(self, *args):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.issuer = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True, kwargs={"poll_interval": 0.05}).start()
        return self

    def __exit__(self, *error):
        self.server.shutdown()
        self.server.server_close()

    def answer(self, handler, url, posted):
        query = {k: v[0] for k, v in parse_qs(url.query).items()}
        if url.path == "/authorize":
            handler.send_response(302)
            handler.send_header("Location", self.authorized(query))
            handler.send_header("Content-Length", "0")
            return handler.end_headers()
        found = {
            "/.well-known/openid-configuration": self.discovery,
            "/keys": self.keys,
            "/token": lambda: self.token(posted),
        }[url.path]()
        body = json.dumps(found).encode()
        handler.send_response(400 if "error" in found else 200)
        handler.send_header("Content-Type", "application/json")
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    def discovery(self):
        return {
            "issuer": self.bend.get("discovered", self.issuer),
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def keys(self):
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        return {"keys": [{**public, "kid": "1", "use": "sig", "alg": "RS256"}]}

    def authorized(self, query):
        """Where the browser is sent back to; the person at the provider has said yes already."""
        self.asked.append(query)
        code = secrets.token_urlsafe(16)
        self.codes[code] = query
        return f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state']})}"

    def token(self, posted):
        asked = self.codes.pop(posted["code"], None)
        challenge = base64.urlsafe_b64encode(hashlib.sha256(posted.get("code_verifier", "").encode()).digest())
        proven = asked and asked["code_challenge"] == challenge.rstrip(b"=").decode()
        if not proven or posted["client_secret"] != SECRET:
            return {"error": "invalid_grant"}
        return {"access_token": "x", "token_type": "Bearer", "id_token": self.signed(asked)}

    def signed(self, asked):
        now = int(time.time())
        standard = {"iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": asked["nonce"]}
        claims = {**standard, **self.claims, **self.bend.get("claims", {})}
        key, algorithm = self.bend.get("signature", (self.key, "RS256"))
        return jwt.encode(claims, key, algorithm=algorithm, headers={"kid": "1"})
