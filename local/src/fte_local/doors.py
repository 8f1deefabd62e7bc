"""The doors of a running platform, as a customer and the team use them.

A customer writes through a simulator or the public form, and receives in the simulators' outbox; the team asks the
backoffice's internal API.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final
from uuid import uuid4

import httpx2

from fte_local import processes
from fte_local.environment import credentials
from fte_local.errors import PlatformError
from fte_local.platform import Platform

_PATIENCE: Final = 15.0
_PUSH_PATIENCE: Final = 10.0


@dataclass(frozen=True, slots=True)
class Writing:
    """What a customer writes: on which channel (`email`, `whatsapp`, `webform`), from which address or number."""

    channel: str
    customer: str
    text: str
    subject: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """What the door said: its HTTP status, if it answered; the reference and the refused fields, if it told any."""

    status: int | None
    reference: str = ""
    refused: Mapping[str, str] = field(default_factory=dict)

    @property
    def well(self) -> bool:
        return self.status in (200, 202, 204)


class Doors:
    """HTTP clients for the three sides of a platform."""

    def __init__(self, platform: Platform) -> None:
        team = {"authorization": f"Bearer {credentials(platform)['internal_token']}"}
        self._public = httpx2.Client(base_url=platform.url("gateway"), timeout=_PATIENCE)
        self._sim = httpx2.Client(base_url=platform.url("simulators"), timeout=_PATIENCE)
        self._team = httpx2.Client(base_url=platform.url("backoffice"), timeout=_PATIENCE, headers=team)

    def send(self, writing: Writing) -> Taken:
        """Send it on its channel, and return what the function at the door answered."""
        match writing.channel:
            case "email":
                return self._mail(writing)
            case "whatsapp":
                message = {"from": writing.customer, "text": writing.text, "name": writing.name}
                return Taken(_content(self._sim.post("/sim/whatsapp", json=message))["status"])
            case _:
                return self._form(writing)

    def received(self, customer: str, since: float | None = None) -> list[dict[str, Any]]:
        """What the customer received, oldest first; only what came after `since`, if it is given."""
        query = {"to": customer}
        if since is not None:
            query["since"] = datetime.fromtimestamp(since, UTC).isoformat(timespec="milliseconds")
        messages: list[dict[str, Any]] = _content(self._sim.get("/sim/outbox", params=query))["messages"]
        return messages

    def conversation(self, writing: Writing) -> dict[str, Any] | None:
        """The customer's latest conversation as the team sees it, or None if the suite knows of none."""
        kind = "phone" if writing.channel == "whatsapp" else "email"
        found = self._team.get("/customers/lookup", params={kind: writing.customer})
        known = found.json()["conversations"] if found.status_code == 200 else []
        if not known:
            return None
        conversation: dict[str, Any] = _content(self._team.get(f"/conversations/{known[0]['id']}"))
        return conversation

    def runs(self) -> list[dict[str, Any]]:
        """What the agent did lately, newest first."""
        items: list[dict[str, Any]] = _content(self._team.get("/activity", params={"limit": 50}))["items"]
        return items

    def _mail(self, writing: Writing) -> Taken:
        sender = f"{writing.name} <{writing.customer}>" if writing.name else writing.customer
        before = len(self._pushes())
        mail = {"from": sender, "subject": writing.subject, "text": writing.text}
        _content(self._sim.post("/sim/email", json=mail))
        end = time.monotonic() + _PUSH_PATIENCE
        while time.monotonic() < end:
            if len(answers := self._pushes()) > before:
                return Taken(answers[-1])
            time.sleep(0.02)
        return Taken(None)

    def _pushes(self) -> list[int | None]:
        answers: list[int | None] = _content(self._sim.get("/sim/gmail"))["push_answers"]
        return answers

    def _form(self, writing: Writing) -> Taken:
        form = {
            "name": writing.name,
            "email": writing.customer,
            "category": "general",
            "subject": writing.subject,
            "message": writing.text,
        }
        answer = self._public.post("/support/submit", json=form, headers={"Idempotency-Key": uuid4().hex})
        content = answer.json()
        return Taken(answer.status_code, content.get("reference", ""), content.get("fields", {}))


@contextmanager
def opened(platform: Platform) -> Iterator[Doors]:
    """The doors of a platform that runs. Raises `PlatformError` if none does, or if it stops answering."""
    processes.require_running(platform.run)
    try:
        yield Doors(platform)
    except httpx2.TransportError as error:
        raise PlatformError("The platform does not answer.", "See what is wrong: ./dev status") from error


def decision(outcome: str, articles: Sequence[str], team: str | None, flags: Sequence[str]) -> str:
    """What the agent decided, in words."""
    if team:
        return f"handed over to {team} ({', '.join(flags)})"
    return f"{outcome or 'no outcome'} from {', '.join(articles) or 'no article'}"


def milliseconds(since: float, at: str | None = None) -> float:
    """From a moment until an ISO time, or until now."""
    until = datetime.fromisoformat(at).timestamp() if at else time.time()
    return round((until - since) * 1000, 1)


def quoted(text: str) -> str:
    """A message as it is shown on a terminal."""
    return "\n".join(f"  | {line}" for line in text.splitlines())


def _content(answer: httpx2.Response) -> dict[str, Any]:
    if answer.is_error:
        raise PlatformError(f"{answer.request.url.path} answered {answer.status_code}: {answer.text[:200]}")
    content: dict[str, Any] = answer.json()
    return content
