"""A provider of single sign-on that does what a test tells it to, also what no good one would."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey, OctKey

from scheduler.web.identities.logout import EVENT
from scheduler.web.identities.proved import GOING
from tests.web.people import TestTime

CLIENT, SECRET = "trial", "a word that only the two know, of some length"


@dataclass
class SmallProvider:
    """``claims`` are said besides those that must be, or instead of them; None leaves one out."""

    time: TestTime
    claims: dict[str, Any] = field(default_factory=dict)
    people: dict[str, dict[str, Any]] = field(default_factory=dict)
    algorithm: str = "ES256"
    takes_codes_again: bool = False
    ahead: int = 0
    """Seconds that its clock is ahead of the server's."""
    about: dict[str, Any] = field(default_factory=dict)
    """What it tells of itself, besides its addresses or instead of them."""
    asked: list[dict[str, str]] = field(default_factory=list)
    tells: dict[str, Any] = field(default_factory=dict)
    """What it tells of a person at /me, where `about` says that it is there."""

    def __post_init__(self) -> None:
        self.key = ECKey.generate_key("P-256", {"kid": "one", "alg": "ES256", "use": "sig"})
        self.signs_with: Any = self.key
        self.numbers = 0
        self.answers = threading.Event()
        self.answers.set()
        self.codes: dict[str, tuple[str, dict[str, str]]] = {}
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.issuer = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def meets(self, address: str, person: str) -> str:
        """That person logs in there, seconds later where it is to prove it anew: the address that the browser is sent back to."""
        assert address.startswith(f"{self.issuer}/authorize?")
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        self.asked.append(asked)
        if "prompt" in asked:
            self.time.pass_by(seconds=GOING)
        code = f"code-{len(self.asked)}"
        self.codes[code] = (person, asked)
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state'], 'iss': self.issuer})}"

    def _token(self, form: Mapping[str, str]) -> tuple[int, dict[str, Any]]:
        code = form.get("code", "")
        known = self.codes.get(code) if self.takes_codes_again else self.codes.pop(code, None)
        challenge = base64.urlsafe_b64encode(hashlib.sha256(form.get("code_verifier", "").encode()).digest())
        if known is None or challenge.decode().rstrip("=") != known[1]["code_challenge"]:
            return 400, {"error": "invalid_grant"}
        person, asked = known
        now = int(self.time.now().timestamp()) + self.ahead
        said = {
            "iss": self.issuer,
            "sub": person,
            "aud": CLIENT,
            "exp": now + 300,
            "iat": now,
            "auth_time": now,
            "nonce": asked["nonce"],
            **self.people.get(person, {}),
            **self.claims,
        }
        claims = {name: value for name, value in said.items() if value is not None}
        return 200, {"access_token": "opaque", "token_type": "Bearer", "id_token": self._signed(claims)}

    def logout_token(self, person: str, **more: Any) -> str:
        """What it says to a server whose person logged out here; None leaves a claim out."""
        self.numbers += 1
        now = int(self.time.now().timestamp())
        said = {
            "iss": self.issuer,
            "sub": person,
            "aud": CLIENT,
            "iat": now,
            "exp": now + 120,
            "jti": f"out-{self.numbers}",
            "events": {EVENT: {}},
            **more,
        }
        return self._signed({name: value for name, value in said.items() if value is not None})

    def _signed(self, claims: dict[str, Any]) -> str:
        if self.algorithm == "none":
            parts = (json.dumps({"alg": "none"}), json.dumps(claims))
            return ".".join(base64.urlsafe_b64encode(each.encode()).decode().rstrip("=") for each in parts) + "."
        if self.algorithm == "HS256":
            shared = OctKey.import_key(SECRET)
            return jwt.encode({"alg": "HS256", "kid": "one"}, claims, shared, algorithms=["HS256"])
        return jwt.encode({"alg": self.algorithm, "kid": "one"}, claims, self.signs_with, algorithms=[self.algorithm])

    def _about(self) -> dict[str, Any]:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "end_session_endpoint": f"{self.issuer}/out",
            **self.about,
        }

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                provider.answers.wait()
                if self.path.startswith("/authorize?"):
                    # A browser comes itself: Ada logs in, and is sent back.
                    self._say(303, {}, provider.meets(provider.issuer + self.path, "ada"))
                elif self.path == "/me":
                    assert self.headers["authorization"] == "Bearer opaque"
                    self._say(200, provider.tells)
                elif self.path == "/keys":
                    self._say(200, {"keys": [provider.key.as_dict(private=False)]})
                else:
                    self._say(200, provider._about())

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"])).decode()
                self._say(*provider._token({name: values[0] for name, values in parse_qs(body).items()}))

            def _say(self, status: int, said: dict[str, Any], location: str | None = None) -> None:
                self.send_response(status)
                if location is not None:
                    self.send_header("location", location)
                self.send_header("content-type", "application/json")
                self.end_headers()
                self.wfile.write(json.dumps(said).encode())

            def log_message(self, format: str, *args: object) -> None:
                """Nothing."""

        return Handler
