"""The support form: what it may hold, and what is said about a field that is not right."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any, Final, Literal, get_args
from urllib.parse import parse_qsl

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, StringConstraints, ValidationError

from fte.domain.channels import Channel
from fte.domain.claims import claims_in_text, country_of
from fte.domain.identity import Identifier, is_own, normal_email, normal_phone
from fte.errors import Unprocessable
from fte.providers.plain_text import one_line, storable
from fte.store.intake import InboundMessage

Category = Literal[
    "general", "technical", "billing", "feedback", "bug_report",
    "how_to", "technical_issue", "account_access", "integration", "feature_request", "sales", "legal", "security",
]  # fmt: skip
Priority = Literal["low", "medium", "high", "urgent"]
Suspicion = Literal["honeypot", "too_fast"]

LEAST_MS: Final = 2_000
"""Nobody reads the form, fills it and sends it in less."""

SENTENCES: Final = {
    "name": "Write your name, with 2 to 100 characters.",
    "email": "Write the e-mail address that we should answer to, such as ann@example.com.",
    "phone": "Write a phone number with its country code, such as +44 20 7946 0000, or leave this empty.",
    "category": "Choose one of: " + ", ".join(get_args(Category)) + ".",
    "priority": "Choose one of: " + ", ".join(get_args(Priority)) + ", or leave this empty.",
    "subject": "Write a subject of up to 200 characters.",
    "message": "Describe your question, with 10 to 5,000 characters.",
}
"""What the customer reads at a field that is not right."""


def _line(value: Any) -> Any:
    return one_line(value) if isinstance(value, str) else value


def _text(value: Any) -> Any:
    return storable(value).strip() if isinstance(value, str) else value


def _choice(value: Any) -> Any:
    return one_line(value).lower().replace("-", "_") if isinstance(value, str) else value


def _optional(value: Any) -> Any:
    return "" if value is None else _choice(value)


def _country(value: Any) -> str:
    # It only helps to read the number: a country that cannot be one is no reason to send a customer back.
    code = one_line(value).upper() if isinstance(value, str) else ""
    return code if len(code) == 2 and code.isascii() and code.isalpha() else ""


def _word(value: Any) -> str:
    return one_line(value)[:200] if isinstance(value, str) else ""


def _milliseconds(value: Any) -> int | None:
    # From a form field it is text. What cannot be read says nothing, and is no reason to send a customer back.
    if isinstance(value, str) and value.isascii() and value.isdigit():
        value = int(value[:12])
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def _address(value: str) -> str:
    address = normal_email(value)
    if address is None:
        raise ValueError("not an address")
    return address


def _number(value: str) -> str:
    if value and not 6 <= sum(character.isdigit() for character in value) <= 20:
        raise ValueError("not a number")
    return value


class SupportForm(BaseModel):
    """A filled-in form, cleaned: single lines hold no line ends, and everything can be stored."""

    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)

    name: Annotated[str, BeforeValidator(_line), StringConstraints(min_length=2, max_length=100)]
    email: Annotated[str, BeforeValidator(_line), StringConstraints(max_length=254), AfterValidator(_address)]
    phone: Annotated[
        str,
        BeforeValidator(lambda value: _line(value or "")),
        StringConstraints(max_length=40),
        AfterValidator(_number),
    ] = ""
    country: Annotated[str, BeforeValidator(_country)] = ""
    category: Annotated[Category, BeforeValidator(_choice)]
    priority: Annotated[Priority | Literal[""], BeforeValidator(_optional)] = ""
    subject: Annotated[str, BeforeValidator(_line), StringConstraints(min_length=1, max_length=200)]
    message: Annotated[str, BeforeValidator(_text), StringConstraints(min_length=10, max_length=5_000)]
    website: Annotated[str, BeforeValidator(_word)] = ""
    elapsed_ms: Annotated[int | None, BeforeValidator(_milliseconds)] = None

    @property
    def suspicion(self) -> Suspicion | None:
        """Why this looks like the work of a machine; None when it does not.

        Nobody sees the field `website`, so no person fills it. `elapsed_ms` is the time from when the form was shown
        to when it was sent; who does not say it, such as the plain form, is not judged by it.
        """
        if self.website:
            return "honeypot"
        return "too_fast" if self.elapsed_ms is not None and self.elapsed_ms < LEAST_MS else None

    @property
    def fingerprint(self) -> str:
        """The same for the same content, however it was spelled on its way here."""
        left_out = {"website", "elapsed_ms"} | (set() if self.country else {"country"})
        fields = self.model_dump(exclude=left_out)
        return hashlib.sha256(json.dumps(fields, sort_keys=True).encode()).hexdigest()


def read_form(content_type: str, body: bytes, own: Sequence[str]) -> SupportForm:
    """The form in a request, JSON or form-encoded. Raises `Unprocessable` with a sentence for each bad field.

    `own` are our own addresses: an answer to one of those would come back to us.
    """
    try:
        form = SupportForm.model_validate(_fields(content_type, body))
    except ValidationError as error:
        names = {str(item["loc"][0]) for item in error.errors(include_input=False, include_url=False)}
        sentences = {name: sentence for name, sentence in SENTENCES.items() if name in names}
        raise Unprocessable("the form is not right", fields=sentences) from None
    if is_own(form.email, own):
        raise Unprocessable("one of our own addresses", fields={"email": SENTENCES["email"]})
    return form


def _fields(content_type: str, body: bytes) -> Mapping[str, Any]:
    kind = content_type.partition(";")[0].strip().lower()
    try:
        if kind == "application/x-www-form-urlencoded":
            return dict(parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=100))
        fields = json.loads(body)
    except (ValueError, RecursionError):
        fields = None
    if not isinstance(fields, dict):
        raise Unprocessable("not a form", fields={"body": "Send the form as a JSON object or as form fields."})
    return fields


def inbound_message(
    form: SupportForm, key: str | None, received_at: datetime, own: Sequence[str] = ()
) -> InboundMessage:
    """The message to store. `key` is the caller's idempotency key, and belongs to the e-mail address: nobody meets the
    message of somebody else under it. Without one the same content on the same day (UTC) is the same message."""
    same = f"{form.email}\n{key}" if key else f"{form.fingerprint}:{received_at.date().isoformat()}"
    identifiers = [Identifier("email", form.email, "claimed", "typed into the form")]
    number = normal_phone(form.phone, form.country or country_of(form.email)) if form.phone else None
    if number:
        identifiers.append(Identifier("phone", number, "claimed", "typed into the form"))
    identifiers += [claim for claim in claims_in_text(form.message, own) if claim.value not in (form.email, number)]
    return InboundMessage(
        channel=Channel.WEBFORM,
        provider_message_id=hashlib.sha256(same.encode()).hexdigest(),
        identifiers=identifiers,
        content=form.message,
        received_at=received_at,
        subject=form.subject,
        name=form.name,
        sender=form.email,
        received={
            "name": form.name,
            "email": form.email,
            "phone": form.phone,
            "category": form.category,
            "priority": form.priority,
        },
        fingerprint=form.fingerprint,
    )
