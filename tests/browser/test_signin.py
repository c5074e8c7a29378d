"""Sign-in against a small OIDC provider of our own: an editor writes, another reader does not."""

from __future__ import annotations

import base64
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, quote, urlparse

import pytest
from conftest import settled, start_server

DIRECTIVE = "kien-giang/directive-9479647a/undated"
READER = f"/reader?lang=en&d={quote(DIRECTIVE, safe='/')}&correct=1&v=1"
pytest.importorskip("authlib", reason="the extra `auth` is not installed")


def _number(value: int) -> str:
    return base64.urlsafe_b64encode(value.to_bytes((value.bit_length() + 7) // 8, "big")).rstrip(b"=").decode()


class Provider(ThreadingHTTPServer):
    """Signs in whoever ``person`` is, without asking."""

    def __init__(self) -> None:
        from cryptography.hazmat.primitives.asymmetric import rsa

        super().__init__(("127.0.0.1", 0), Handler)
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.person, self.codes = "", {}
        self.base = f"http://127.0.0.1:{self.server_address[1]}"
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def token(self, nonce: str) -> str:
        from cryptography.hazmat.primitives import hashes
        from cryptography.hazmat.primitives.asymmetric import padding

        now = int(time.time())
        claims = {
            "iss": self.base, "sub": self.person, "aud": "atlas", "iat": now, "exp": now + 600, "nonce": nonce,
            "email": self.person, "email_verified": True,
        }  # fmt: skip
        parts = [json.dumps(part).encode() for part in ({"alg": "RS256", "kid": "one"}, claims)]
        signed = ".".join(base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts)
        signature = self.key.sign(signed.encode(), padding.PKCS1v15(), hashes.SHA256())
        return f"{signed}.{base64.urlsafe_b64encode(signature).rstrip(b'=').decode()}"


class Handler(BaseHTTPRequestHandler):
    server: Provider

    def log_message(self, *_: object) -> None:
        pass

    def _send(self, content: dict) -> None:
        body = json.dumps(content).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self) -> None:
        base, place = self.server.base, urlparse(self.path)
        if place.path == "/.well-known/openid-configuration":
            ends = {f"{name}_endpoint": f"{base}/{name}" for name in ("authorization", "token", "userinfo")}
            self._send({"issuer": base, "jwks_uri": f"{base}/jwks", "response_types_supported": ["code"],
                        "id_token_signing_alg_values_supported": ["RS256"], **ends})  # fmt: skip
        elif place.path == "/jwks":
            public = self.server.key.public_key().public_numbers()
            self._send(
                {
                    "keys": [
                        {
                            "kty": "RSA",
                            "kid": "one",
                            "alg": "RS256",
                            "use": "sig",
                            "n": _number(public.n),
                            "e": _number(public.e),
                        }
                    ]
                }
            )
        elif place.path == "/userinfo":
            self._send({"sub": self.server.person, "email": self.server.person})
        else:
            asked = {name: values[0] for name, values in parse_qs(place.query).items()}
            self.server.codes["code"] = asked.get("nonce", "")
            self.send_response(302)
            self.send_header("Location", f"{asked['redirect_uri']}?code=code&state={quote(asked['state'])}")
            self.end_headers()

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        token = self.server.token(self.server.codes["code"])
        self._send({"access_token": "a", "token_type": "Bearer", "expires_in": 600, "id_token": token})


@pytest.fixture
def provider():
    made = Provider()
    yield made
    made.shutdown()


@pytest.fixture
def server(provider, tmp_path):
    """A dashboard with sign-in; its address is known before it starts, since the provider sends readers back to it."""
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    secrets = tmp_path / "secrets.toml"
    secrets.write_text(
        f'[auth]\nredirect_uri = "http://localhost:{port}/oauth2callback"\ncookie_secret = "{"x" * 40}"\n'
        f'client_id = "atlas"\nclient_secret = "secret"\n'
        f'server_metadata_url = "{provider.base}/.well-known/openid-configuration"\n',
        encoding="utf-8",
    )
    process, address = start_server(
        tmp_path, port=port, ATLAS_EDITORS="an@example.org", STREAMLIT_SECRETS_FILES=str(secrets)
    )
    yield address
    process.terminate()
    process.wait(timeout=20)


def signed_in(chromium, server):
    page = chromium.new_context(viewport={"width": 1440, "height": 1000}, locale="en-US").new_page()
    page.goto(server + "/?lang=en&v=1")
    settled(page)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name="Sign out").wait_for(timeout=60_000)
    page.goto(server + READER)
    settled(page)
    return page


def test_an_editor_signs_in_and_writes_and_another_reader_does_not(chromium, server, provider, tmp_path):
    stranger = chromium.new_context(locale="en-US").new_page()
    stranger.goto(server + READER)
    settled(stranger)
    assert stranger.get_by_role("button", name="Save the correction").count() == 0
    provider.person = "binh@example.org"
    reader = signed_in(chromium, server)
    assert reader.get_by_role("button", name="Save the correction").count() == 0
    provider.person = "an@example.org"
    page = signed_in(chromium, server)
    page.get_by_role("textbox", name="Right value").fill("2021-04-15")
    page.get_by_role("textbox", name="Reason, source").fill("gazette")
    page.get_by_role("button", name="Save the correction").click()
    page.get_by_text("Saved; the data were built anew.").wait_for(timeout=60_000)
    from loaders.store import Store

    store = Store(f"sqlite:///{tmp_path / 'atlas.sqlite'}")
    assert [item.author for item in store.history()] == ["an@example.org"]
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="Sign in").wait_for(timeout=60_000)
