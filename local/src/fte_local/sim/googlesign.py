"""Google's side of trust: access tokens for the mailbox, and the key that signs Pub/Sub pushes."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass, field
from typing import Any, Literal

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

from fte_local.sim.config import SimConfig

ISSUER = "https://accounts.google.com"
LIFETIME = 3600
TokenKind = Literal[
    "valid", "expired", "unsigned", "wrong_audience", "wrong_email", "unverified", "wrong_key", "missing"
]


def new_key() -> rsa.RSAPrivateKey:
    """A key pair as Google's: RSA with 2048 bits."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass(slots=True)
class AccessTokens:
    """The tokens handed out for the refresh token; `revoked` says that the owner withdrew his consent."""

    revoked: bool = False
    _until: dict[str, float] = field(default_factory=dict)

    def issue(self) -> str:
        """A new access token, good for an hour."""
        token = f"ya29.sim-{secrets.token_urlsafe(24)}"
        self._until[token] = time.monotonic() + LIFETIME
        return token

    def good(self, token: str) -> bool:
        """Whether a token was issued here and is not over."""
        return not self.revoked and time.monotonic() < self._until.get(token, 0.0)

    def forget(self) -> None:
        """End all tokens at once."""
        self._until.clear()


@dataclass(slots=True)
class PushSigner:
    """Signs the tokens of Pub/Sub pushes with a key made for this run."""

    config: SimConfig
    key_id: str = field(default_factory=lambda: secrets.token_hex(20))
    _key: rsa.RSAPrivateKey = field(default_factory=new_key, repr=False)

    def keys(self) -> dict[str, Any]:
        """The public key as a JSON Web Key Set."""
        key: dict[str, Any] = RSAAlgorithm.to_jwk(self._key.public_key(), as_dict=True)
        wanted = {name: key[name] for name in ("kty", "n", "e")}
        return {"keys": [{**wanted, "alg": "RS256", "use": "sig", "kid": self.key_id}]}

    def token(self, kind: TokenKind, now: int) -> str | None:
        """The bearer token of a push; every kind but `valid` has the one flaw that its name says."""
        issued = now - 2 * LIFETIME if kind == "expired" else now
        claims = {
            "iss": ISSUER,
            "aud": "https://elsewhere.example/push" if kind == "wrong_audience" else self.config.pubsub_audience,
            "azp": "113774264463038321964",
            "sub": "113774264463038321964",
            "email": "somebody@elsewhere.example" if kind == "wrong_email" else self.config.pubsub_account,
            "email_verified": kind != "unverified",
            "iat": issued,
            "exp": issued + LIFETIME,
        }
        if kind == "missing":
            return None
        if kind == "unsigned":
            return jwt.encode(claims, "", algorithm="none", headers={"kid": self.key_id})
        key = new_key() if kind == "wrong_key" else self._key
        return jwt.encode(claims, key, algorithm="RS256", headers={"kid": self.key_id})
