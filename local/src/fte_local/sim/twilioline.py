"""Twilio's WhatsApp line: the messages of both directions, and the signed calls with which Twilio tells about them."""

from __future__ import annotations

import asyncio
import re
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal
from urllib.parse import urlsplit

import httpx2
from twilio.request_validator import RequestValidator  # type: ignore[import-untyped,unused-ignore]

from fte_local.sim.background import Background
from fte_local.sim.config import SimConfig
from fte_local.sim.twilioways import IN_ORDER, WINDOW_CLOSED, Status, TwilioWays

ADDRESS = re.compile(r"whatsapp:(\+[1-9]\d{6,14}|[A-Z]{2}\.[A-Za-z0-9]{1,128})")
API_VERSION = "2010-04-01"
WEBHOOK = "/webhooks/whatsapp"
PAUSE = 0.02
_WAY: tuple[Status, ...] = ("received", "queued", "sent", "undelivered", "failed", "delivered", "read")
TIMEOUT = httpx2.Timeout(15, connect=5)


@dataclass(slots=True)
class LineMessage:
    """One message; `fields` of an inbound one are what its webhook carries."""

    sid: str
    direction: Literal["inbound", "outbound-api"]
    sender: str
    to: str
    body: str
    at: datetime
    status: Status
    callback: str | None = None
    is_template: bool = False
    error_code: int | None = None
    media: int = 0
    fields: dict[str, str] = field(default_factory=dict)
    token: str = field(default_factory=lambda: secrets.token_hex(16))


def new_sid(prefix: str = "SM") -> str:
    """A message's id as Twilio makes them."""
    return prefix + secrets.token_hex(16)


def inbound_fields(
    message: LineMessage, account: str, name: str | None, media: list[tuple[str, str]]
) -> dict[str, str]:
    """The form fields that Twilio posts for a WhatsApp message."""
    bare = message.sender.removeprefix("whatsapp:")
    fields = {
        "SmsMessageSid": message.sid,
        "NumMedia": str(len(media)),
        "SmsSid": message.sid,
        "SmsStatus": "received",
        "Body": message.body,
        "MessageType": media[0][1].partition("/")[0] if media else "text",
        "To": message.to,
        "NumSegments": "1",
        "ReferralNumMedia": "0",
        "MessageSid": message.sid,
        "AccountSid": account,
        "ChannelMetadata": '{"type":"whatsapp","data":{"context":{}}}',
        "From": message.sender,
        "ApiVersion": API_VERSION,
    }
    if name:
        fields["ProfileName"] = name
    if bare.startswith("+"):
        fields["WaId"] = bare.removeprefix("+")
    else:
        fields["ExternalUserId"] = bare
    for index, (url, content_type) in enumerate(media):
        fields |= {f"MediaUrl{index}": url, f"MediaContentType{index}": content_type}
    return fields


@dataclass(slots=True)
class TwilioLine:
    """All messages by sid, and the caller of our webhooks."""

    config: SimConfig
    http: httpx2.AsyncClient
    background: Background
    ways: TwilioWays = field(default_factory=TwilioWays)
    _messages: dict[str, LineMessage] = field(default_factory=dict)

    def get(self, sid: str) -> LineMessage | None:
        """The message with this sid."""
        return self._messages.get(sid)

    def add(self, message: LineMessage) -> None:
        """Keep a message."""
        self._messages[message.sid] = message

    def newest_first(self) -> Iterator[LineMessage]:
        """All messages."""
        return reversed(self._messages.values())

    def clear(self) -> None:
        """Forget all messages, and behave as usual."""
        self._messages.clear()
        self.ways = TwilioWays()

    async def deliver(self, message: LineMessage) -> int | None:
        """Call the webhook for an inbound message; returns the last status, or None without an answer.

        A call that fails (no connection, no answer, 5xx) is repeated, once unless told otherwise; then the fallback
        address is called, if there is one; after that Twilio lets the message be.
        """
        status = None
        for _ in range(1 + self.ways.retries):
            status = await self._call(WEBHOOK, message.fields, message.token)
            if status is not None and status < 500:
                return status
        if self.ways.fallback is not None:
            error = {"ErrorCode": "11200", "ErrorUrl": self.config.public_url + WEBHOOK}
            status = await self._call(self.ways.fallback, message.fields | error, message.token)
        return status

    async def follow(self, message: LineMessage) -> None:
        """Let a message that was accepted travel to its receiver, with a callback at each step."""
        if self.ways.early:
            await self._travel(message, pause=0.0)
        else:
            self.background.start(self._travel(message))

    async def report(self, message: LineMessage, status: Status, error_code: int | None) -> int | None:
        """One status callback, in whatever order a test wants; returns what the webhook answered."""
        message.status, message.error_code = status, error_code
        if message.callback is None:
            return None
        fields = {
            "SmsSid": message.sid,
            "SmsStatus": status,
            "MessageStatus": status,
            "ChannelToAddress": message.to.removeprefix("whatsapp:"),
            "To": message.to,
            "ChannelPrefix": "whatsapp",
            "MessageSid": message.sid,
            "AccountSid": self.config.twilio_sid,
            "From": message.sender,
            "ApiVersion": API_VERSION,
        }
        if status in ("delivered", "read"):
            fields["EventType"] = status.upper()
        if error_code is not None:
            fields["ErrorCode"] = str(error_code)
        return await self._call(message.callback, fields, secrets.token_hex(16))

    def arrives(self, message: LineMessage) -> bool:
        """Whether WhatsApp brings this message to its receiver."""
        return self.ways.takes(message.to, is_template=message.is_template)

    async def _travel(self, message: LineMessage, pause: float = PAUSE) -> None:
        if not self.arrives(message):
            await self.report(message, "failed", WINDOW_CLOSED)
            return
        furthest = max(self.ways.callbacks or IN_ORDER, key=_WAY.index)
        for status in self.ways.callbacks:
            await self.report(message, status, None)
            await asyncio.sleep(pause)
        # Whatever order the news comes in, Twilio's own list knows.
        message.status = furthest

    async def _call(self, target: str, fields: Mapping[str, str], token: str) -> int | None:
        """Post a signed form. The signature is over the public address, the call goes to where the suite listens."""
        public = target if "://" in target else self.config.public_url + target
        url = public
        if public.startswith(self.config.public_url):
            url = self.config.webhook_base + public.removeprefix(self.config.public_url)
        signature = RequestValidator(self.config.twilio_token).compute_signature(public, dict(fields))
        headers = {
            "X-Twilio-Signature": signature,
            "I-Twilio-Idempotency-Token": token,
            "User-Agent": "TwilioProxy/1.1",
        }
        try:
            answer = await self.http.post(_without_fragment(url), data=dict(fields), headers=headers, timeout=TIMEOUT)
        except httpx2.TransportError:
            return None
        return answer.status_code


def _without_fragment(url: str) -> str:
    """Twilio reads its connection settings from the fragment and does not send it."""
    return urlsplit(url)._replace(fragment="").geturl()
