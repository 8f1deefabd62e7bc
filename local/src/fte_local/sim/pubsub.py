"""Pub/Sub's push subscription: tells the suite that the mailbox changed, again and again until it is acknowledged."""

from __future__ import annotations

import asyncio
import json
import secrets
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime

import httpx2

from fte_local.sim import mail
from fte_local.sim.background import Background
from fte_local.sim.config import SimConfig
from fte_local.sim.googlesign import PushSigner, TokenKind
from fte_local.sim.outbox import moment

ACKNOWLEDGED = frozenset({102, 200, 201, 202, 204})
ACK_DEADLINE = 10.0
BACKOFF_FROM, BACKOFF_TO = 0.1, 10.0
WATCH_LIFETIME_MS = 7 * 24 * 3600 * 1000
SUBSCRIPTION = "projects/techcorp/subscriptions/gmail-push"


@dataclass(slots=True)
class Watch:
    """Whether changes are pushed.

    A mailbox that was never watched pushes too, because the control API promises a push for every mail; only a watch
    that was stopped or has expired keeps silent, until it is renewed. The next `drop` pushes are lost, as Gmail loses
    what is more than one a second; each other is sent `repeat` times more.
    """

    expiration_ms: int | None = None
    labels: tuple[str, ...] = ()
    muted: bool = False
    drop: int = 0
    repeat: int = 0

    def renew(self, labels: tuple[str, ...], now_ms: int) -> int:
        """Watch for a week from now; returns the end in milliseconds."""
        self.labels = labels
        self.expiration_ms = now_ms + WATCH_LIFETIME_MS
        return self.expiration_ms

    def wants(self, labels: tuple[str, ...], now_ms: int) -> bool:
        """Whether a change of a mail with these labels is pushed."""
        alive = self.expiration_ms is None or now_ms < self.expiration_ms
        wanted = self.labels or (() if self.expiration_ms is not None else ("INBOX",))
        return alive and not self.muted and (not wanted or any(label in wanted for label in labels))

    def times(self) -> int:
        """How often the next push is sent."""
        if self.drop:
            self.drop -= 1
            return 0
        return 1 + self.repeat


@dataclass(slots=True)
class Pushes:
    """Sends notifications and remembers how they went."""

    config: SimConfig
    signer: PushSigner
    http: httpx2.AsyncClient
    background: Background
    pending: set[str] = field(default_factory=set)
    answers: list[int | None] = field(default_factory=list)

    def notify(self, history_id: int) -> None:
        """Tell the suite about a change; repeated until acknowledged."""
        self.background.start(self._until_acknowledged(self.message(history_id)))

    def message(self, history_id: int, message_id: str | None = None) -> dict[str, object]:
        """The body of a push."""
        data = json.dumps({"emailAddress": self.config.support_address, "historyId": history_id})
        number = message_id or str(secrets.randbelow(10**16))
        at = moment(datetime.now(UTC))
        inner = {"data": mail.encoded(data.encode()), "messageId": number, "message_id": number}
        return {"message": {**inner, "publishTime": at, "publish_time": at}, "subscription": SUBSCRIPTION}

    async def post(self, body: dict[str, object], kind: TokenKind = "valid") -> int | None:
        """One attempt; returns the status, or None if nobody answered in time."""
        token = self.signer.token(kind, int(time.time()))
        headers = {} if token is None else {"Authorization": f"Bearer {token}"}
        url = f"{self.config.webhook_base}/webhooks/gmail"
        try:
            answer = await self.http.post(url, json=body, headers=headers, timeout=ACK_DEADLINE)
        except httpx2.TransportError:
            self.answers.append(None)
            return None
        self.answers.append(answer.status_code)
        return answer.status_code

    def forget(self) -> None:
        """Repeat nothing any more."""
        self.pending.clear()
        self.answers.clear()

    async def _until_acknowledged(self, body: dict[str, object]) -> None:
        key, wait = secrets.token_hex(8), BACKOFF_FROM
        self.pending.add(key)
        while key in self.pending:
            if await self.post(body) in ACKNOWLEDGED:
                self.pending.discard(key)
                return
            await asyncio.sleep(wait)
            wait = min(wait * 2, BACKOFF_TO)
