"""The token with which Google's Pub/Sub proves that a push comes from our subscription."""

from __future__ import annotations

import asyncio
from typing import Any, Final

import jwt
from jwt.exceptions import (
    InvalidAudienceError,
    InvalidIssuerError,
    InvalidTokenError,
    MissingRequiredClaimError,
    PyJWKClientConnectionError,
    PyJWKClientError,
    PyJWTError,
)

from fte.errors import Forbidden, Unauthenticated, Unavailable

ISSUERS: Final = ("https://accounts.google.com", "accounts.google.com")
TIMEOUT_SECONDS: Final = 3.0
SKEW_SECONDS: Final = 30


class PushToken:
    """Checks the bearer tokens of one push subscription. The public keys are fetched on first use and kept.

    A key that is not known yet is looked for at most twice a minute, so that invented key ids cause no traffic.
    """

    def __init__(self, jwks_url: str, *, audience: str, service_account: str) -> None:
        self._keys = jwt.PyJWKClient(jwks_url, timeout=TIMEOUT_SECONDS)
        self._audience = audience
        self._service_account = service_account

    async def verify(self, authorization: str | None) -> None:
        """Return when the `Authorization` header proves our subscription.

        Raises `Unauthenticated` when it proves nothing (missing, broken, expired, unsigned, signed with an unknown
        key), `Forbidden` when Google vouches for somebody else, `Unavailable` when the keys cannot be fetched.
        """
        scheme, _, token = (authorization or "").partition(" ")
        if scheme.lower() != "bearer" or not token.strip():
            raise Unauthenticated("no bearer token")
        token = token.strip()
        claims = self._claims(token, await self._key(token))
        if claims.get("email_verified") is not True or claims.get("email") != self._service_account:
            raise Forbidden("the token is another account's")

    async def _key(self, token: str) -> jwt.PyJWK:
        try:
            header = jwt.get_unverified_header(token)
        except PyJWTError as error:
            raise Unauthenticated("not a token") from error
        # Before any key is looked for: an unsigned token must not cause a request.
        if header.get("alg") != "RS256" or not isinstance(header.get("kid"), str):
            raise Unauthenticated("not signed with a key of Google's kind")
        try:
            return await asyncio.to_thread(self._keys.get_signing_key, header["kid"])
        except PyJWKClientConnectionError as error:
            raise Unavailable("Google's keys cannot be fetched") from error
        except PyJWKClientError as error:
            raise Unauthenticated("signed with an unknown key") from error
        except (PyJWTError, OSError, ValueError) as error:
            raise Unavailable("Google's keys cannot be read") from error

    def _claims(self, token: str, key: jwt.PyJWK) -> dict[str, Any]:
        try:
            return jwt.decode(
                token,
                key,
                algorithms=["RS256"],
                audience=self._audience,
                issuer=ISSUERS,
                leeway=SKEW_SECONDS,
                options={"require": ["exp", "iat"]},
            )
        except (InvalidAudienceError, InvalidIssuerError) as error:
            raise Forbidden("the token is for somebody else") from error
        except MissingRequiredClaimError as error:
            refusal = Forbidden if error.claim in ("aud", "iss") else Unauthenticated
            raise refusal(f"the token has no {error.claim}") from error
        except InvalidTokenError as error:
            raise Unauthenticated("the token is broken or expired") from error
