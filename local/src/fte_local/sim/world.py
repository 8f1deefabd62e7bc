"""Everything the simulators hold in one place, and what happens when a mail or a WhatsApp message moves."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import UTC, datetime

import httpx2
from starlette.requests import HTTPConnection

from fte_local.sim import mail
from fte_local.sim.background import Background
from fte_local.sim.bounce import bounce
from fte_local.sim.config import SimConfig
from fte_local.sim.faults import FaultBoard
from fte_local.sim.googlesign import AccessTokens, PushSigner
from fte_local.sim.mailbox import Mailbox, Stored
from fte_local.sim.modelscript import ModelScript
from fte_local.sim.outbox import Outbox, Received
from fte_local.sim.pubsub import Pushes, Watch
from fte_local.sim.twilioline import TwilioLine


@dataclass(frozen=True, slots=True)
class World:
    """One run of the simulators."""

    config: SimConfig
    http: httpx2.AsyncClient
    background: Background
    faults: FaultBoard
    outbox: Outbox
    mailbox: Mailbox
    watch: Watch
    tokens: AccessTokens
    signer: PushSigner
    pushes: Pushes
    line: TwilioLine
    script: ModelScript
    bouncing: set[str] = field(default_factory=set)
    """Addresses that do not exist: a mail to one comes back."""

    @classmethod
    def created(cls, config: SimConfig) -> World:
        """An empty world. Proxies of the environment are not used: all addresses are this machine's."""
        http = httpx2.AsyncClient(trust_env=False, timeout=15)
        background, signer = Background(), PushSigner(config)
        return cls(
            config=config,
            http=http,
            background=background,
            faults=FaultBoard(),
            outbox=Outbox(),
            mailbox=Mailbox.opened(config.support_address.lower(), datetime.now(UTC)),
            watch=Watch(),
            tokens=AccessTokens(),
            signer=signer,
            pushes=Pushes(config, signer, http, background),
            line=TwilioLine(config, http, background),
            script=ModelScript(latency_ms=config.openai_latency_ms),
        )

    async def close(self) -> None:
        """End what runs in the background."""
        await self.background.stop()
        await self.http.aclose()

    def mail_arrives(self, raw: bytes, labels: Collection[str]) -> Stored:
        """A customer's mail reaches the mailbox; the suite is notified."""
        now = datetime.now(UTC)
        stored = self.mailbox.deliver(mail.received(raw, self.mailbox.address, now), labels, now)
        self._announce(stored)
        return stored

    def mail_leaves(self, raw: bytes, thread_id: str | None) -> Stored:
        """The suite sends a mail: it is kept in the mailbox and is received by everyone whom it names but ourselves."""
        now = datetime.now(UTC)
        stored = self.mailbox.send(raw, thread_id, now)
        message = stored.mail
        for address in mail.recipients(message):
            if address.lower() == self.mailbox.address:
                continue
            self.outbox.add(
                Received(
                    id=stored.id,
                    channel="email",
                    to=address,
                    sender=mail.header(message, "From"),
                    text=mail.body(message, "plain") or "",
                    at=now,
                    subject=mail.header(message, "Subject"),
                    html=mail.body(message, "html"),
                    headers={item["name"]: item["value"] for item in mail.header_list(message)},
                    thread_id=stored.thread_id,
                )
            )
        self._announce(stored)
        for address in sorted(self.bouncing.intersection(map(str.lower, mail.recipients(message)))):
            self.mail_arrives(bounce(message, address, self.mailbox.address, now), ("UNREAD", "INBOX"))
        return stored

    async def reset(self) -> None:
        """End what goes on; forget mails, messages, faults and scripts. The suite's watch and access tokens stay."""
        await self.background.stop()
        self.faults.clear()
        self.outbox.clear()
        self.mailbox.empty()
        self.pushes.forget()
        self.line.clear()
        self.script.reset(self.config.openai_latency_ms)
        self.watch.muted = False
        self.watch.drop = self.watch.repeat = 0
        self.bouncing.clear()
        self.tokens.revoked = False

    def _announce(self, stored: Stored) -> None:
        if self.watch.wants(stored.labels, int(datetime.now(UTC).timestamp() * 1000)):
            for _ in range(self.watch.times()):
                self.pushes.notify(self.mailbox.history_id)


def world(connection: HTTPConnection) -> World:
    """The world that this application was made with."""
    found = connection.app.state.world
    assert isinstance(found, World)
    return found
