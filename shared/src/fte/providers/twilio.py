"""WhatsApp by Twilio's API and Twilio's own client library."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any, Final, TypeVar

from requests import RequestException
from requests.exceptions import ConnectionError as RequestsConnectionError
from requests.exceptions import ConnectTimeout
from twilio.base.exceptions import TwilioException, TwilioRestException  # type: ignore[import-untyped,unused-ignore]
from twilio.http.http_client import TwilioHttpClient  # type: ignore[import-untyped,unused-ignore]
from twilio.rest import Client  # type: ignore[import-untyped,unused-ignore]
from urllib3.exceptions import MaxRetryError, NameResolutionError, NewConnectionError

from fte.providers.errors import OutcomeUnknown, Rejected, TryLater
from fte.settings import Settings

TIMEOUT_SECONDS: Final = 10.0
CREDENTIALS_REFUSED_SECONDS: Final = 60.0
RECENT_LIMIT: Final = 100
RECEIVED_LIMIT: Final = 5_000
RECEIVED_PAGE: Final = 500
MEDIA_LIMIT: Final = 20
CLOCK_MARGIN: Final = timedelta(minutes=1)

_OFFICIAL: Final = "https://api.twilio.com"
# Too many at once, here or at WhatsApp: "too many requests", "queue overflow", "rate limit of the channel exceeded".
_BUSY: Final = frozenset({20429, 14107, 30001, 30022, 63018})

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class SentMessage:
    """A message that Twilio has taken from us."""

    sid: str
    to: str
    body: str
    at: datetime
    status: str


@dataclass(frozen=True, slots=True)
class ReceivedMessage:
    """A message that a customer sent to our number, as far as Twilio's API knows it: without profile and place."""

    sid: str
    sender: str
    to: str
    body: str
    at: datetime
    media: int


@dataclass(frozen=True, slots=True)
class Media:
    """Something that was attached to a message; `url` is the address that the webhook gives."""

    url: str
    content_type: str


class TwilioMessenger:
    """Our WhatsApp number. Each call is one attempt, in a thread, with a timeout.

    All methods raise `TryLater` when the same call may be made again and `Rejected` when it can never succeed.
    """

    def __init__(
        self,
        *,
        account_sid: str,
        auth_token: str,
        number: str,
        api_url: str = _OFFICIAL,
        other_tokens: Sequence[str] = (),
    ) -> None:
        """Where the token is refused the next one is tried: one of an account's two may be replaced at any time."""
        self._number = number
        self._http = _Http(api_url)
        tokens = (auth_token, *other_tokens)
        # The library imports this part of itself on first use, which takes longer than a message may wait.
        self._doors = [Client(account_sid, token, http_client=self._http).messages for token in tokens]

    @classmethod
    def from_settings(cls, settings: Settings) -> TwilioMessenger:
        """The number that the settings name. Raises `SettingsError`."""
        token, *others = settings.twilio_tokens
        return cls(
            account_sid=settings.text("twilio_account_sid"),
            auth_token=token,
            other_tokens=others,
            number=settings.text("twilio_number"),
            api_url=settings.twilio_api_url,
        )

    async def send(self, to: str, body: str, status_callback: str) -> str:
        """Send a message to `whatsapp:+…`; return Twilio's id of it.

        Raises `OutcomeUnknown` when it may have been sent.
        """

        return await self._create(to, status_callback, body=body)

    async def send_template(self, to: str, template: str, text: str, status_callback: str) -> str:
        """Send a content template whose one variable is `text`; return Twilio's id of the message.

        It reaches who has not written for a day. Raises `OutcomeUnknown` when it may have been sent.
        """
        variables = json.dumps({"1": text}, ensure_ascii=False)
        return await self._create(to, status_callback, content_sid=template, content_variables=variables)

    async def _create(self, to: str, status_callback: str, **content: str) -> str:
        def create(messages: Any) -> str:
            sent = messages.create(to=to, from_=self._number, status_callback=status_callback, **content)
            return str(sent.sid)

        return await asyncio.to_thread(self._call, create, writes=True)

    async def recent(self, to: str, since: datetime) -> list[SentMessage]:
        """What we sent to `whatsapp:+…` since then, newest first, a minute of clock difference allowed for.

        By the time of creation: a message that still waits at Twilio has no time of sending.
        """

        def listed(messages: Any) -> list[SentMessage]:
            found = messages.list(to=to, from_=self._number, limit=RECENT_LIMIT)
            return [
                SentMessage(str(item.sid), str(item.to), str(item.body or ""), item.date_created, str(item.status))
                for item in found
                if item.date_created >= since - CLOCK_MARGIN
            ]

        return await asyncio.to_thread(self._call, listed, writes=False)

    async def received(self, since: datetime) -> list[ReceivedMessage]:
        """What customers sent to our number since then, newest first, `RECEIVED_LIMIT` at most."""

        def listed(messages: Any) -> list[ReceivedMessage]:
            found = messages.list(to=self._number, date_sent_after=since, limit=RECEIVED_LIMIT, page_size=RECEIVED_PAGE)
            return [
                ReceivedMessage(
                    sid=str(item.sid),
                    sender=str(item.from_),
                    to=str(item.to),
                    body=str(item.body or ""),
                    at=item.date_created,
                    media=int(item.num_media or 0),
                )
                for item in found
                if str(item.direction) == "inbound"
            ]

        return await asyncio.to_thread(self._call, listed, writes=False)

    async def media(self, sid: str) -> list[Media]:
        """What was attached to a message."""

        def listed(messages: Any) -> list[Media]:
            found = messages(sid).media.list(limit=MEDIA_LIMIT)
            return [Media(_OFFICIAL + str(item.uri).removesuffix(".json"), str(item.content_type)) for item in found]

        return await asyncio.to_thread(self._call, listed, writes=False)

    def close(self) -> None:
        """Let go of the connections."""
        self._http.close()

    def _call(self, call: Callable[[Any], T], *, writes: bool) -> T:
        first, *others = self._doors
        try:
            return _call(call, first, writes=writes)
        except _CredentialsRefused:
            if not others:
                raise
            # Nothing was done. The other token is the first to be tried from now on.
            self._doors = [*others, first]
        return _call(call, others[0], writes=writes)


class _CredentialsRefused(TryLater):
    """Twilio knows this token no longer, or not yet."""


class _Http:
    """The library's transport, which can be pointed at another address and says what a failure leaves in doubt."""

    def __init__(self, api_url: str) -> None:
        self._api_url = api_url.rstrip("/")
        self._client = TwilioHttpClient(timeout=TIMEOUT_SECONDS)

    def request(self, method: str, uri: str, **options: Any) -> Any:
        """One attempt at a call of the library."""
        if uri.startswith(_OFFICIAL):
            uri = self._api_url + uri.removeprefix(_OFFICIAL)
        try:
            answer = self._client.request(method, uri, **options)
        except RequestException as error:
            if not _went_out(error):
                raise TryLater("Twilio cannot be reached") from error
            raise OutcomeUnknown from error
        if answer.status_code in (429, 503):
            wait = str((answer.headers or {}).get("Retry-After", ""))
            raise TryLater(f"Twilio answered {answer.status_code}", retry_after=_seconds(wait))
        return answer

    def close(self) -> None:
        """Close idle connections."""
        self._client.session.close()


def _seconds(wait: str) -> float | None:
    """What `Retry-After` asks for: seconds, or until a time; None when it says neither."""
    if wait.isdecimal():
        return float(wait)
    try:
        until = parsedate_to_datetime(wait)
    except ValueError:
        return None
    return max(0.0, (until.astimezone(UTC) - datetime.now(UTC)).total_seconds())


def _went_out(error: RequestException) -> bool:
    """Whether the request may have reached Twilio."""
    if isinstance(error, ConnectTimeout):
        return False
    cause = error.args[0] if isinstance(error, RequestsConnectionError) and error.args else None
    reason = cause.reason if isinstance(cause, MaxRetryError) else cause
    return not isinstance(reason, NewConnectionError | NameResolutionError)


def _call(call: Callable[[Any], T], messages: Any, *, writes: bool) -> T:
    try:
        return call(messages)
    except TwilioRestException as error:
        raise _refusal(error, writes=writes) from error
    except OutcomeUnknown as error:
        if writes:
            raise
        raise TryLater("no answer from Twilio") from error
    except (TwilioException, ValueError, TypeError, KeyError, AttributeError) as error:
        # The library made nothing of the answer; what was asked for may have been done.
        if writes:
            raise OutcomeUnknown("Twilio's answer cannot be read") from error
        raise TryLater("Twilio's answer cannot be read") from error


def _refusal(error: TwilioRestException, *, writes: bool) -> TryLater | OutcomeUnknown | Rejected:
    status = int(error.status)
    if status >= 500:
        return OutcomeUnknown(f"Twilio answered {status}") if writes else TryLater(f"Twilio answered {status}")
    if status == 401:
        # Ours to repair; the customer's answer is not lost meanwhile.
        return _CredentialsRefused("Twilio refuses our credentials", retry_after=CREDENTIALS_REFUSED_SECONDS)
    if status == 408 or error.code in _BUSY:
        return TryLater(f"Twilio answered {error.code or status}")
    return Rejected(str(error.code or status), f"Twilio answered {status}")
