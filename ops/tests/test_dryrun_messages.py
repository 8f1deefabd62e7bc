"""A line becomes the message that an intake would have made of the real thing."""

from __future__ import annotations

import pytest

from fte.domain.channels import Channel
from fte.errors import Unprocessable
from fte.settings import Settings
from fte.store.intake import InboundMessage
from fte_intake_gmail import Ignored
from fte_ops.dryrun.messages import chat_message, form_message, mail_message

SETTINGS = Settings.from_env({"FTE_TWILIO_NUMBER": "whatsapp:+14155550100"})
TEXT = "Grüße 🎉\n\nIt stops.\n  1. here\n> not mine"


def mail(headers: dict[str, str], text: str = TEXT, html: str = "", files: tuple[str, ...] = ()) -> InboundMessage:
    found = mail_message(SETTINGS, headers, text, html, files)
    assert isinstance(found, InboundMessage)
    return found


def test_a_mail_arrives_as_it_was_written() -> None:
    """Names and subjects of any script, the text, and who it is from."""
    message = mail({"From": "Jörg Müller <Joerg@Example.com>", "Subject": "Frage: Löschen 🗑"}, "Grüße 🎉\n\nIt stops.")
    assert (message.channel, message.sender, message.name) == (Channel.EMAIL, "joerg@example.com", "Jörg Müller")
    assert (message.subject, message.content) == ("Frage: Löschen 🗑", "Grüße 🎉\n\nIt stops.")
    assert [(one.type, one.value, one.level) for one in message.identifiers] == [
        ("email", "joerg@example.com", "channel")
    ]


def test_a_mail_goes_through_the_mail_parser() -> None:
    """HTML becomes text, quoted history goes, attachments have their names."""
    message = mail(
        {"From": "a@b.example", "Subject": "x"},
        "",
        "<p>Where is <b>it</b>?</p><p style='display:none'>secret</p>",
        ("Bildschirm é.png", "data.csv"),
    )
    assert message.content == "Where is it?"
    assert [(file["name"], file["type"]) for file in message.details["attachments"]] == [
        ("Bildschirm é.png", "image/png"),
        ("data.csv", "text/csv"),
    ]
    answer = mail({"From": "a@b.example"}, "New.\n\nOn 3 May 2026, Ann wrote:\n> old")
    assert answer.content == "New."


def test_plain_text_goes_before_html() -> None:
    """As the intake prefers it."""
    assert mail({"From": "a@b.example"}, "plain", "<p>rich</p>", ("x.pdf",)).content == "plain"


def test_no_line_end_gets_into_a_header() -> None:
    """A subject cannot add a header of its own."""
    message = mail({"From": "a@b.example", "Subject": "x\r\nAuto-Submitted: auto-replied"}, "Hi\x00 \ud800")
    assert message.subject == "x Auto-Submitted: auto-replied"
    assert message.content == "Hi \ufffd"


@pytest.mark.parametrize(
    ("headers", "reason"),
    [
        ({"From": "Support <support@techcorp.example>"}, "own"),
        ({"From": "MAILER-DAEMON@mx.example"}, "bounce"),
        ({"From": "no-reply@shop.example"}, "automatic"),
        ({"From": "ann@example.com", "Subject": "Automatic reply: your ticket"}, "automatic"),
        ({"From": "nobody"}, "no_sender"),
        ({"From": "ann@exämple.com, b"}, "no_sender"),
    ],
)
def test_what_no_customer_wrote_is_no_message(headers: dict[str, str], reason: str) -> None:
    """By the intake's own judgement."""
    found = mail_message(SETTINGS, headers, "Hello")
    assert isinstance(found, Ignored)
    assert found.reason == reason


def test_each_message_is_another_one() -> None:
    """The same words twice are two messages, not a repetition."""
    headers = {"From": "a@b.example", "Subject": "x"}
    assert mail(headers).id != mail(headers).id
    assert mail(headers).rfc_message_id != mail(headers).rfc_message_id


def test_a_chat_message_comes_with_or_without_the_prefix() -> None:
    """A number is a number; what came without words is noted by its kind."""
    message = chat_message(SETTINGS, {"From": "+14155550123", "Body": "Hi & bye", "ProfileName": "Ann"})
    assert message is not None
    assert (message.sender, message.content, message.name) == ("whatsapp:+14155550123", "Hi & bye", "Ann")
    assert [(one.type, one.value) for one in message.identifiers] == [("phone", "+14155550123")]
    picture = chat_message(SETTINGS, {"From": "whatsapp:+14155550123", "Body": ""}, ("a.jpg", "b.pdf"))
    assert picture is not None
    assert (picture.content, picture.details["note"]) == ("", "[image]\n[document]")


def test_our_own_number_is_no_customer() -> None:
    """It is ignored, as the intake does."""
    assert chat_message(SETTINGS, {"From": "whatsapp:+14155550100", "Body": "Hi"}) is None


def test_a_form_is_read_by_the_forms_own_code() -> None:
    """The number is read with its country."""
    message = form_message(
        SETTINGS,
        {
            "name": "Ann Lee",
            "email": "Ann@Example.com",
            "phone": "020 7946 0000",
            "country": "gb",
            "subject": "Export",
            "message": "The export stops at 50 %.",
        },
    )
    assert (message.name, message.sender, message.subject) == ("Ann Lee", "ann@example.com", "Export")
    assert [(one.type, one.value, one.level) for one in message.identifiers] == [
        ("email", "ann@example.com", "claimed"),
        ("phone", "+442079460000", "claimed"),
    ]


def test_a_ticket_of_another_desk_need_not_fit_our_form() -> None:
    """Only the address must: an answer could not be sent without one."""
    long = "a" * 6_000
    message = form_message(SETTINGS, {"email": "ann@example.com", "subject": "", "message": "help", "phone": "12"})
    assert (message.name, message.subject, message.content) == ("", "", "help")
    assert form_message(SETTINGS, {"email": "ann@example.com", "message": long}).content == long
    for address in ("", "nobody", "support@techcorp.example"):
        with pytest.raises(Unprocessable) as refused:
            form_message(SETTINGS, {"email": address, "message": "help"})
        assert "email" in refused.value.fields
