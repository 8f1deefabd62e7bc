"""Pub/Sub's tokens, with the key set served over HTTP."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

from fte.errors import Forbidden, Unauthenticated, Unavailable
from fte.providers.google_token import PushToken

pytestmark = pytest.mark.anyio

AUDIENCE = "https://support.techcorp.example/webhooks/gmail"
ACCOUNT = "gmail-push@techcorp.iam.gserviceaccount.example"


class Keys:
    """A key pair, and an address where its public half can be fetched."""

    def __init__(self) -> None:
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.status = 200
        self.fetched = 0
        keys = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                keys.fetched += 1
                public: dict[str, Any] = RSAAlgorithm.to_jwk(keys.key.public_key(), as_dict=True)
                body = json.dumps({"keys": [public | {"kid": "k1", "alg": "RS256", "use": "sig"}]}).encode()
                self.send_response(keys.status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/certs"

    def bearer(self, key: Any = None, algorithm: str = "RS256", kid: str | None = "k1", **claims: Any) -> str:
        now = int(time.time())
        good = {
            "iss": "https://accounts.google.com",
            "aud": AUDIENCE,
            "email": ACCOUNT,
            "email_verified": True,
            "iat": now,
            "exp": now + 3600,
        }
        content = {name: value for name, value in (good | claims).items() if value is not None}
        headers = {"kid": kid} if kid else {}
        return "Bearer " + jwt.encode(content, self.key if key is None else key, algorithm, headers=headers)


@pytest.fixture
def keys() -> Iterator[Keys]:
    keys = Keys()
    thread = Thread(target=keys.server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield keys
    keys.server.shutdown()
    keys.server.server_close()
    thread.join()


@pytest.fixture
def token(keys: Keys) -> PushToken:
    return PushToken(keys.url, audience=AUDIENCE, service_account=ACCOUNT)


async def test_a_push_of_our_subscription_is_let_in_and_the_keys_are_fetched_once(keys: Keys, token: PushToken) -> None:
    await token.verify(keys.bearer())
    await token.verify(keys.bearer(iss="accounts.google.com"))
    assert keys.fetched == 1


@pytest.mark.parametrize(
    "header", [None, "", "Bearer", "Bearer ", "Basic abc", "Bearer abc", "Bearer a.b.c", "Bearer ..."]
)
async def test_a_missing_or_broken_token_proves_nothing(token: PushToken, header: str | None) -> None:
    with pytest.raises(Unauthenticated):
        await token.verify(header)


async def test_a_token_that_is_over_proves_nothing(keys: Keys, token: PushToken) -> None:
    past = int(time.time()) - 7200
    with pytest.raises(Unauthenticated):
        await token.verify(keys.bearer(iat=past, exp=past + 3600))


async def test_a_token_without_an_end_proves_nothing(keys: Keys, token: PushToken) -> None:
    with pytest.raises(Unauthenticated):
        await token.verify(keys.bearer(exp=None))


async def test_unsigned_and_otherwise_signed_tokens_prove_nothing_and_fetch_nothing(
    keys: Keys, token: PushToken
) -> None:
    for bearer in (
        keys.bearer(key="", algorithm="none"),
        keys.bearer(key="k" * 32, algorithm="HS256"),
        keys.bearer(algorithm="RS512"),
        keys.bearer(kid=None),
    ):
        with pytest.raises(Unauthenticated):
            await token.verify(bearer)
    assert keys.fetched == 0


async def test_other_keys_prove_nothing(keys: Keys, token: PushToken) -> None:
    other = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    with pytest.raises(Unauthenticated):
        await token.verify(keys.bearer(key=other))


async def test_invented_key_ids_do_not_make_us_fetch_again_and_again(keys: Keys, token: PushToken) -> None:
    for number in range(5):
        with pytest.raises(Unauthenticated):
            await token.verify(keys.bearer(kid=f"invented-{number}"))
    assert keys.fetched == 1


@pytest.mark.parametrize(
    "claims",
    [
        {"aud": "https://elsewhere.example"},
        {"aud": None},
        {"iss": "https://issuer.example"},
        {"iss": None},
        {"email": "other@techcorp.iam.gserviceaccount.example"},
        {"email": None},
        {"email_verified": False},
        {"email_verified": None},
        {"email_verified": "true"},
    ],
    ids=str,
)
async def test_a_token_of_google_for_somebody_else_is_forbidden(
    keys: Keys, token: PushToken, claims: dict[str, Any]
) -> None:
    with pytest.raises(Forbidden):
        await token.verify(keys.bearer(**claims))


async def test_without_keys_nothing_can_be_said_yet(keys: Keys, token: PushToken) -> None:
    keys.status = 500
    with pytest.raises(Unavailable):
        await token.verify(keys.bearer())
    keys.status = 200
    await token.verify(keys.bearer())


async def test_a_key_endpoint_that_nobody_serves_is_no_verdict(keys: Keys) -> None:
    with pytest.raises(Unavailable):
        await PushToken("http://127.0.0.1:1/certs", audience=AUDIENCE, service_account=ACCOUNT).verify(keys.bearer())
