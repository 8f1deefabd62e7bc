"""The bodies that the control API takes, checked; unknown keys are refused so that a typing error is seen."""

from __future__ import annotations

import json
import re
from typing import Annotated, Any, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator
from starlette.requests import Request

from fte_local.sim import refusals
from fte_local.sim.faults import Fault, Kind, Provider
from fte_local.sim.googlesign import TokenKind
from fte_local.sim.modelanswer import Call, Words
from fte_local.sim.modelscript import Step
from fte_local.sim.twilioline import ADDRESS
from fte_local.sim.twilioways import Status, TwilioWays

Addresses = str | list[str]
T = TypeVar("T", bound="Input")


class Input(BaseModel):
    """Base of all bodies."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)


def _whatsapp(address: str) -> str:
    """A number with or without plus and `whatsapp:`, or a business-scoped user id, as Twilio writes it."""
    bare = re.sub(r"[\s()-]", "", address.strip().removeprefix("whatsapp:"))
    full = f"whatsapp:{'+' + bare if bare.isdecimal() else bare}"
    if not ADDRESS.fullmatch(full):
        raise ValueError("is_neither_a_phone_number_nor_a_user_id")
    return full


class Email(Input):
    """`POST /sim/email`."""

    sender: str | None = Field(None, alias="from", min_length=1)
    subject: str = ""
    text: str | None = None
    html: str | None = None
    to: Addresses | None = None
    cc: Addresses = []
    reply_to: str | None = None
    in_reply_to: str | None = None
    references: Addresses = []
    headers: dict[str, str | list[str] | None] = {}
    raw: str | None = None
    raw_base64: str | None = None
    labels: list[str] = ["UNREAD", "INBOX"]

    @model_validator(mode="after")
    def _has_sender(self) -> Email:
        if self.raw is None and self.raw_base64 is None and self.sender is None:
            raise ValueError("from_or_raw_is_required")
        return self


class Media(Input):
    """An attachment of a WhatsApp message."""

    url: str
    content_type: str = "image/jpeg"


class WhatsApp(Input):
    """`POST /sim/whatsapp`."""

    sender: Annotated[str, AfterValidator(_whatsapp)] | None = Field(None, alias="from")
    text: str | None = None
    name: str | None = None
    media: list[str | Media] | None = None
    fields: dict[str, str] = {}
    sid: str | None = Field(None, min_length=1, max_length=64, pattern="^[A-Za-z0-9]+$")


class FaultInput(Input):
    """`POST /sim/faults`; `code` is Twilio's error code, `retry_after` a header in seconds."""

    provider: Provider
    kind: Kind
    status: int = Field(500, ge=400, le=599)
    latency_ms: int = Field(0, ge=0, le=600_000)
    count: int | None = Field(None, ge=1)
    match: str = ""
    code: int | None = None
    retry_after: int | None = Field(None, ge=0)

    def fault(self) -> Fault:
        """The fault that is asked for."""
        return Fault(**self.model_dump())


class PushInput(Input):
    """`POST /sim/gmail/push`."""

    times: int = Field(1, ge=1, le=100)
    history_id: int | None = Field(None, ge=0)
    token: TokenKind = "valid"
    message_id: str | None = None


class GmailInput(Input):
    """`POST /sim/gmail`: switches of the mailbox."""

    muted: bool | None = None
    watch_expired: bool | None = None
    revoked: bool | None = None
    forget_history: bool = False
    forget_tokens: bool = False
    drop_pushes: int | None = Field(None, ge=0)
    repeat_pushes: int | None = Field(None, ge=0, le=20)
    late: int | None = Field(None, ge=0)
    page_size: int | None = Field(None, ge=1, le=500)
    bouncing: list[str] | None = None


class StatusInput(Input):
    """`POST /sim/status`: one status callback."""

    sid: str
    status: Status
    error_code: int | None = None


class TwilioInput(Input):
    """`POST /sim/twilio`: how Twilio behaves, see `TwilioWays`; what is not given stays."""

    callbacks: tuple[Status, ...] | None = None
    early: bool | None = None
    closed: list[Annotated[str, AfterValidator(_whatsapp)]] | None = None
    refuses_closed: bool | None = None
    stopped: list[Annotated[str, AfterValidator(_whatsapp)]] | None = None
    keywords: bool | None = None
    retries: int | None = Field(None, ge=0, le=5)
    fallback: str | None = Field(None, pattern="^(/|https?://)")

    def change(self, ways: TwilioWays) -> None:
        """Behave so from now on."""
        for name, value in self.model_dump(exclude_none=True).items():
            setattr(ways, name, set(value) if name in ("closed", "stopped") else value)


class StepInput(Input):
    """One scripted answer: `calls` with `name` and `arguments` (an object, or a text to send as it is), `text`,
    `refusal`, an error `status`, `incomplete`; nothing of these is an empty answer. `$ticket_id`, `$channel` and the
    like in arguments stand for what the run's earlier calls carried.
    """

    calls: list[dict[Literal["name", "arguments"], Any]] = []
    text: str | None = None
    refusal: str | None = None
    status: int | None = Field(None, ge=400, le=599)
    incomplete: bool = False

    def step(self) -> Step:
        """The answer for the script."""
        words = () if self.text is None else (Words(self.text),)
        calls = tuple(Call(str(call.get("name", "")), _arguments(call.get("arguments", {}))) for call in self.calls)
        return Step((*words, *calls), self.status, self.refusal, self.incomplete)


class ScriptInput(Input):
    """`POST /sim/openai/script`."""

    steps: list[StepInput] = []
    latency_ms: int | None = Field(None, ge=0, le=600_000)


class FormInput(Input):
    """`POST /sim/form`: a form to be posted to the public door."""

    form: dict[str, Any]
    idempotency_key: str | None = None


async def read(request: Request, kind: type[T]) -> T:
    """The request's body as `kind`, or 422 with every problem in one sentence."""
    try:
        return kind.model_validate_json(await request.body() or b"{}")
    except ValidationError as error:
        problems = [
            f"{'.'.join(map(str, item['loc'])) or 'body'}: {item['msg']}" for item in error.errors(include_url=False)
        ]
        raise refusals.control(422, "; ".join(problems)) from None


def several(value: Addresses) -> list[str]:
    """One address or several, as several."""
    return [value] if isinstance(value, str) else list(value)


def _arguments(given: Any) -> str:
    return given if isinstance(given, str) else json.dumps(given)
