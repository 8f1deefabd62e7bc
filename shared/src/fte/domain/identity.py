"""How addresses and numbers are written down, so that one customer is found by any spelling."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final, Literal

import phonenumbers

Level = Literal["claimed", "channel", "verified"]
IdentifierType = Literal["email", "phone", "whatsapp"]

_EMAIL: Final = re.compile(r"[^@\s<>\",;:\\]{1,64}@[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?")
_DIGITS: Final = re.compile(r"\+?\d{6,15}")


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
    """The number in E.164, or None when it cannot be one. `country` (ISO code) reads numbers without a prefix."""
    try:
        number = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def whatsapp_identifier(sender: str, reason: str) -> Identifier:
    """Who a WhatsApp sender is. `sender` is Twilio's `From`; a provider's number is never refused as invalid.

    A business-scoped user id instead of a number is kept as it is: it must never be read as a number.
    """
    address = sender.strip().removeprefix("whatsapp:").strip()
    if _DIGITS.fullmatch(address):
        return Identifier("phone", "+" + address.lstrip("+"), "channel", reason)
    return Identifier("whatsapp", address, "channel", reason)


def is_own(address: str, own: Sequence[str]) -> bool:
    """Whether `address` is one of ours: our own addresses are never a customer."""
    lowered = address.strip().lower()
    return any(lowered.endswith(entry) if entry.startswith("@") else lowered == entry for entry in own)
