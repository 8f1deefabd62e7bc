"""Which contacts count, and what links them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from pydantic import TypeAdapter

from fte.domain.channels import Channel
from fte.domain.identity import Identifier, Level
from fte.settings import Settings
from fte.store.intake import InboundMessage
from fte_ops.dryrun.identifying import links, read_contact
from fte_ops.dryrun.inputs import Contact

SETTINGS = Settings.from_env({})
CONTACT: TypeAdapter[Contact] = TypeAdapter(Contact)


def read(**fields: Any) -> InboundMessage | None:
    return read_contact(SETTINGS, CONTACT.validate_python(fields))


def known(*identifiers: Identifier) -> InboundMessage:
    return InboundMessage(Channel.EMAIL, "1", identifiers, "Hi", datetime.now(UTC))


def by(value: str, level: Level, reason: str) -> Identifier:
    return Identifier("email", value, level, reason)


@pytest.mark.parametrize(
    "fields",
    [
        {"channel": "email", "from": "support@techcorp.example", "subject": "x", "body": "x"},
        {"channel": "email", "from": "mailer-daemon@example.com", "subject": "x", "body": "x"},
        {"channel": "email", "from": "", "subject": "x", "body": "x"},
        {"channel": "whatsapp", "from": "whatsapp:+14155550100", "body": "x"},
        {"channel": "whatsapp", "body": "x"},
        {"channel": "form", "name": "Ann", "email": "", "body": "x"},
        {"channel": "webform", "name": "Ann", "email": "a@techcorp.example", "body": "x"},
    ],
)
def test_a_contact_that_is_no_customers_is_left_out(fields: dict[str, Any]) -> None:
    """Our own addresses, machines, and what the intakes refuse."""
    assert read(**fields) is None


def test_a_reply_to_makes_the_sender_less_sure() -> None:
    """The answer goes to an address that From does not prove."""
    message = read(**{"channel": "email", "from": "a@b.example", "reply_to": "c@d.example", "cc": ["e@f.example"]})
    assert message is not None
    assert [(one.value, one.level) for one in message.identifiers] == [("a@b.example", "claimed")]


def test_a_user_without_a_number_is_known_by_the_id() -> None:
    """The id is never read as a number."""
    for fields in ({"external_user_id": "US.13491208655302"}, {"from": "whatsapp:US.13491208655302"}):
        message = read(channel="whatsapp", body="Hi", **fields)
        assert message is not None
        assert [(one.type, one.value) for one in message.identifiers] == [("whatsapp", "US.13491208655302")]


def named(*messages: InboundMessage) -> dict[tuple[str, str], str]:
    """Each identifier as the address that it is."""
    return {(one.type, one.value): f"{one.type}:{one.value}" for message in messages for one in message.identifiers}


def test_a_link_is_as_sure_as_its_least_sure_end() -> None:
    """Those who wrote from an address are joined for sure; who typed it is joined to each of them by a claim."""
    phone = Identifier("phone", "+1", "channel", "WhatsApp sender")
    group = {
        0: known(by("a@b", "channel", "mail From")),
        3: known(by("a@b", "claimed", "typed into the form"), phone),
        4: known(phone),
        7: known(by("a@b", "channel", "mail From")),
    }
    assert links(group, named(*group.values())) == [
        {"contacts": [0, 7], "level": "channel", "reason": "same email: mail From"},
        {"contacts": [0, 3], "level": "claimed", "reason": "same email: mail From, typed into the form"},
        {"contacts": [3, 7], "level": "claimed", "reason": "same email: typed into the form, mail From"},
        {"contacts": [3, 4], "level": "channel", "reason": "same phone: WhatsApp sender"},
    ]


def test_two_spellings_of_a_mailbox_are_one_address() -> None:
    """What the database knows them as decides."""
    group = {0: known(by("a.b@c", "channel", "mail From")), 1: known(by("ab@c", "channel", "mail From"))}
    assert links(group, {("email", "a.b@c"): "email:ab@c", ("email", "ab@c"): "email:ab@c"}) == [
        {"contacts": [0, 1], "level": "channel", "reason": "same email: mail From"}
    ]


def test_one_contact_has_no_link() -> None:
    """There is nothing to join."""
    assert links({2: known(by("a@b", "channel", "mail From"))}, {}) == []
