"""Calls to Google's APIs over httplib2, without its hidden second attempt.

httplib2 repeats a request on its own when the connection closes before an answer. For a send that is a second mail to
the customer, so here a closed connection is an error like any other, and it is told whether the call had gone out.
"""

from __future__ import annotations

import http.client
from typing import Any, Final
from urllib.parse import urlsplit

import httplib2

TIMEOUT_SECONDS: Final = 10.0


class NotConnected(httplib2.HttpLib2Error):  # type: ignore[misc,unused-ignore]
    """There is no connection: nothing of the call went out."""


class Dropped(httplib2.HttpLib2Error):  # type: ignore[misc,unused-ignore]
    """The connection closed before an answer: the call may have been done."""


class TooLarge(httplib2.HttpLib2Error):  # type: ignore[misc,unused-ignore]
    """The answer is larger than what the caller wants to hold in memory."""


class _OneAttempt:
    """Turns what httplib2 would answer with another attempt into errors that it lets through."""

    def connect(self) -> None:
        try:
            super().connect()  # type: ignore[misc]
        except OSError as error:
            raise NotConnected(type(error).__name__) from error

    def getresponse(self) -> Any:
        try:
            return super().getresponse()  # type: ignore[misc]
        except (http.client.HTTPException, ConnectionError) as error:
            raise Dropped(type(error).__name__) from error


class _Plain(_OneAttempt, httplib2.HTTPConnectionWithTimeout):  # type: ignore[misc,unused-ignore]
    pass


class _Encrypted(_OneAttempt, httplib2.HTTPSConnectionWithTimeout):  # type: ignore[misc,unused-ignore]
    pass


class OneAttemptHttp(httplib2.Http):  # type: ignore[misc,unused-ignore]
    """An `httplib2.Http` that sends every request once. For one thread; it redirects nowhere.

    An answer of more than `most` bytes raises `TooLarge`, as far as it is not compressed.
    """

    def __init__(self, most: int | None = None) -> None:
        super().__init__(timeout=TIMEOUT_SECONDS)
        self.follow_redirects = False
        self._most = most

    def request(self, uri: str, *args: Any, **options: Any) -> Any:
        kind = _Encrypted if urlsplit(uri).scheme == "https" else _Plain
        options["connection_type"] = _bounded(kind, self._most) if self._most is not None else kind
        return super().request(uri, *args, **options)


def _bounded(kind: type, most: int) -> type:
    class Bounded(kind):  # type: ignore[misc]
        def getresponse(self) -> Any:
            response = super().getresponse()
            read = response.read

            def bounded(*_: Any) -> bytes:
                data: bytes = read(most + 1)
                if len(data) > most:
                    raise TooLarge("an answer is too large")
                return data

            response.read = bounded
            return response

    return Bounded
