"""Who wrote a mail, and what the writer calls their own."""

from __future__ import annotations

from datetime import UTC, datetime

from fte.domain.identity import Identifier
from fte.providers.gmail import GmailMessage
from fte_intake_gmail.message import Ignored, inbound_message

OWN = ("@techcorp.example",)


def read(text: str, **headers: str) -> tuple[Identifier, ...]:
    lines = [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    raw = "\r\n".join([*lines, "Message-ID: <1@acme.example>", "Subject: Board", "", *text.split("\n")]).encode()
    message = inbound_message(
        GmailMessage("m", "t", frozenset({"INBOX"}), datetime.now(UTC), raw), OWN, "support@techcorp.example"
    )
    assert not isinstance(message, Ignored)
    return tuple(message.identifiers)


SIGNED = "Hi\n\nRegards,\nAnn Lee\nMobile: +44 7700 900123"


def test_a_number_in_the_signature_is_a_claim() -> None:
    assert [(one.value, one.level) for one in read(SIGNED, From="Ann <ann@acme.example>")] == [
        ("ann@acme.example", "channel"),
        ("+447700900123", "claimed"),
    ]


def test_a_mail_in_doubt_claims_nothing() -> None:
    """Where the answer goes elsewhere, anybody may have signed it."""
    (only,) = read(SIGNED, From="ann@acme.example", Reply_To="mallory@elsewhere.example")
    assert (only.value, only.level) == ("ann@acme.example", "claimed")


def test_f27_the_reply_to_of_a_web_site_s_form_is_the_customer() -> None:
    """The site writes from one address for all its visitors."""
    (only,) = read("How do I export?", From="Shop <noreply@shop.example>", Reply_To="Carla <carla@diaz.example>")
    assert (only.value, only.level) == ("carla@diaz.example", "claimed")


def test_f43_who_is_copied_or_sends_on_behalf_is_not_the_writer() -> None:
    """Nothing is done in their name, and nothing of theirs is shown."""
    found = read("Hi", From="ann@acme.example", Sender="ben@acme.example", Cc="carla@diaz.example")
    assert [one.value for one in found] == ["ann@acme.example"]
