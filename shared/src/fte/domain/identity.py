"""How addresses and numbers are written down, so that one customer is found by any spelling."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final, Literal

import phonenumbers

from fte.domain.phones import one_spelling

Level = Literal["claimed", "channel", "verified"]
IdentifierType = Literal["email", "phone", "whatsapp"]

_EMAIL: Final = re.compile(r"[^@\s<>\",;:\\]{1,64}@[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?")
_DOUBLE_ZERO: Final = re.compile(r"^\s*00(?=[1-9])")
_DIGITS: Final = re.compile(r"\+?\d{6,15}")

_RELAYS: Final = frozenset({
    "noreply", "donotreply", "nepasrepondre", "wordpress", "forms", "form", "webform", "webforms", "contactform",
    "formmailer", "mailer", "website", "notification", "notifications", "notify", "formular", "kontaktformular",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Identifier:
    """One way to recognise a customer, how sure it is, and what it rests on."""

    type: IdentifierType
    value: str
    level: Level
    reason: str

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def normal_email(text: str) -> str | None:
    """The address in lower case, or None when it is not one."""
    address = text.strip().lower()
    domain = address.rpartition("@")[2]
    return address if _EMAIL.fullmatch(address) and "." in domain and ".." not in address else None


def normal_phone(text: str, country: str | None = None) -> str | None:
    """The number in E.164, in its one spelling, or None when it cannot be one. `country` (ISO code) reads numbers
    without a prefix."""
    try:
        # 00 stands for the plus in most countries, and begins no number in any.
        typed = phonenumbers.parse(_DOUBLE_ZERO.sub("+", text), country)
        spelt = one_spelling(phonenumbers.format_number(typed, phonenumbers.PhoneNumberFormat.E164))
        possible = phonenumbers.is_possible_number(phonenumbers.parse(spelt))
    except phonenumbers.NumberParseException:
        return None
    return spelt if possible else None


def whatsapp_identifier(sender: str, reason: str) -> Identifier:
    """Who a WhatsApp sender is. `sender` is Twilio's `From`; a provider's number is never refused as invalid.

    A business-scoped user id instead of a number is kept as it is: it must never be read as a number.
    """
    address = sender.strip().removeprefix("whatsapp:").strip()
    if _DIGITS.fullmatch(address):
        return Identifier("phone", one_spelling("+" + address.lstrip("+")), "channel", reason)
    return Identifier("whatsapp", address, "channel", reason)


def is_own(address: str, own: Sequence[str]) -> bool:
    """Whether `address` is one of ours: our own addresses are never a customer."""
    lowered = address.strip().lower()
    return any(lowered.endswith(entry) if entry.startswith("@") else lowered == entry for entry in own)


def is_relay(address: str) -> bool:
    """Whether a machine writes from `address` in the name of people, such as the form of a web site."""
    local = address.partition("@")[0].partition("+")[0].lower()
    return re.sub(r"[-_.0-9]", "", local) in _RELAYS
