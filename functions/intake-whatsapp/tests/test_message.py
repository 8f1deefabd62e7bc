"""What a WhatsApp message becomes."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

import pytest

from fte.domain.delivery import DeliveryStatus
from fte.errors import Unprocessable
from fte.events import WhatsAppReceived
from fte.store.intake import InboundMessage
from fte_intake_whatsapp.keywords import START, STOP, keyword_in
from fte_intake_whatsapp.message import inbound_message
from fte_intake_whatsapp.reports import Report, read_report
from fte_intake_whatsapp.signed import Form

NOW = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
FIELDS = {
    "MessageSid": "SM1",
    "AccountSid": "AC1",
    "From": "whatsapp:+14155550123",
    "To": "whatsapp:+14155550100",
    "Body": "How do I reset my password?",
    "NumMedia": "0",
    "ProfileName": "Ana",
    "WaId": "14155550123",
    "MessageType": "text",
}


def form(**changes: str) -> Form:
    return Form(urlencode(FIELDS | changes).encode())


def message(**changes: str) -> InboundMessage:
    return inbound_message(form(**changes), NOW)


def test_a_text_is_taken_as_it_is() -> None:
    read = message()
    assert (read.provider_message_id, read.content, read.name) == ("SM1", FIELDS["Body"], "Ana")
    assert (read.sender, read.recipient) == (FIELDS["From"], FIELDS["To"])
    (identifier,) = read.identifiers
    assert (identifier.type, identifier.value, identifier.level) == ("phone", "+14155550123", "channel")


def test_the_channels_event_can_be_made_of_it() -> None:
    ids = dict.fromkeys(("message_id", "customer_id", "conversation_id"), "6f1c9c0e-0000-4000-8000-000000000000")
    event = WhatsAppReceived.model_validate(
        ids
        | {"provider_message_id": "SM1", "text": "x", "received_at": NOW, "reference": "TC-0000000000"}
        | message().received
    )
    assert (event.phone, event.message_sid, event.media) == ("+14155550123", "SM1", 0)


def test_f29_w09_a_user_id_is_never_read_as_a_number() -> None:
    (identifier,) = message(From="whatsapp:US.13491208655302741918").identifiers
    assert (identifier.type, identifier.value) == ("whatsapp", "US.13491208655302741918")


def test_w09_a_user_id_beside_the_number_belongs_to_the_same_customer() -> None:
    kinds = [(found.type, found.level) for found in message(ExternalUserId="US.1349").identifiers]
    assert kinds == [("phone", "channel"), ("whatsapp", "channel")]


KINDS: list[tuple[dict[str, str], str]] = [
    ({"NumMedia": "1", "MediaContentType0": "image/jpeg"}, "[image]"),
    ({"NumMedia": "1", "MediaContentType0": "image/webp"}, "[sticker]"),
    ({"NumMedia": "1", "MediaContentType0": "audio/ogg; codecs=opus"}, "[voice message]"),
    ({"NumMedia": "1", "MediaContentType0": "audio/mpeg"}, "[audio message]"),
    ({"NumMedia": "1", "MediaContentType0": "video/mp4"}, "[video]"),
    ({"NumMedia": "1", "MediaContentType0": "application/pdf"}, "[document]"),
    ({"NumMedia": "1", "MediaContentType0": "text/vcard"}, "[contact]"),
    ({"NumMedia": "1", "MediaContentType0": "text/x-vcard; charset=utf-8"}, "[contact]"),
    ({"NumMedia": "1"}, "[document]"),
    ({"NumMedia": "2", "MediaContentType0": "image/png", "MediaContentType1": "video/mp4"}, "[image]\n[video]"),
    ({"Latitude": "52.5", "Longitude": "13.4", "Label": "Office"}, "[location] 52.5, 13.4 Office"),
    ({"MessageType": "order"}, "[order]"),
    ({"MessageType": "unsupported"}, "[unsupported]"),
    ({"NumMedia": "many"}, "[empty message]"),
]


@pytest.mark.parametrize(("fields", "text"), KINDS, ids=[text for _, text in KINDS])
def test_f33_w07_everything_that_can_be_sent_is_seen(fields: dict[str, str], text: str) -> None:
    """And what the customer did not say is not put into the customer's mouth."""
    read = message(**{"Body": " "} | fields)
    assert (read.content, read.details["note"]) == ("", text)


@pytest.mark.parametrize("fields", [{"ButtonText": "Yes"}, {"ListTitle": "Yes", "ListId": "b1"}])
def test_f33_what_was_chosen_is_what_was_said(fields: dict[str, str]) -> None:
    read = message(**{"Body": ""} | fields)
    assert read.content == "Yes"
    assert "note" not in read.details


def test_w07_a_text_with_media_stays_the_text_and_the_media_are_listed() -> None:
    read = message(NumMedia="1", MediaContentType0="image/png", MediaUrl0="https://api.example/media/1")
    assert read.content == FIELDS["Body"]
    assert read.details["attachments"] == [
        {"url": "https://api.example/media/1", "type": "image/png", "state": "not_fetched"}
    ]
    assert read.received["media"] == 1


def test_w08_f32_nul_and_line_ends_are_cleaned() -> None:
    read = message(Body="a\x00b\r\nc", ProfileName="Ana\r\nBcc: x\x00")
    assert (read.content, read.name) == ("ab\nc", "Ana Bcc: x")


def test_w08_four_thousand_emoji_stay() -> None:
    assert message(Body="😀" * 4_096).content == "😀" * 4_096


@pytest.mark.parametrize("missing", ["MessageSid", "From"])
def test_a_message_without_id_or_sender_is_refused(missing: str) -> None:
    with pytest.raises(Unprocessable) as refused:
        message(**{missing: ""})
    assert list(refused.value.fields) == [missing]


def report(**fields: str) -> Report | None:
    return read_report(Form(urlencode({"MessageSid": "SM1"} | fields).encode()))


STATUSES: list[tuple[str, Any]] = [
    ("queued", DeliveryStatus.QUEUED),
    ("sent", DeliveryStatus.SENT),
    ("delivered", DeliveryStatus.DELIVERED),
    ("read", DeliveryStatus.READ),
    ("failed", DeliveryStatus.FAILED),
    ("undelivered", DeliveryStatus.FAILED),
]


@pytest.mark.parametrize(("word", "status"), STATUSES)
def test_w11_twilios_words_are_put_into_ours(word: str, status: DeliveryStatus) -> None:
    assert report(MessageStatus=word) == Report("SM1", status, None)


def test_an_error_code_is_kept_and_an_unknown_word_is_no_news() -> None:
    assert report(MessageStatus="undelivered", ErrorCode="63016") == Report("SM1", DeliveryStatus.FAILED, "63016")
    assert report(MessageStatus="teleported") is None
    with pytest.raises(Unprocessable):
        report(MessageSid="", MessageStatus="sent")


@pytest.mark.parametrize(
    "url",
    [
        "http://169.254.169.254/latest/meta-data/",
        "file:///etc/passwd",
        "http://localhost:5432/",
        "https://api.twilio.com/expired",
        "",
    ],
)
def test_f34_w07_media_are_noted_wherever_they_lie_and_never_fetched(url: str) -> None:
    """This function has no client that could call them; what it keeps says so."""
    read = message(NumMedia="1", MediaContentType0="image/png", MediaUrl0=url)
    assert read.content == FIELDS["Body"]
    assert read.details["attachments"] == [{"url": url, "type": "image/png", "state": "not_fetched"}]


def test_w07_no_text_and_ten_media() -> None:
    media = {f"MediaContentType{index}": "image/jpeg" for index in range(10)}
    read = message(Body="", NumMedia="10", **media)
    assert (read.content, read.details["note"].split("\n")) == ("", ["[image]"] * 10)
    assert len(read.details["attachments"]) == 10


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (b"a%00b", "ab"),
        (b"a%ED%A0%80b", "a\ufffd\ufffd\ufffdb"),
        (b"a%FFb", "a\ufffdb"),
    ],
    ids=["NUL", "lone surrogate", "broken UTF-8"],
)
def test_w08_f32_what_cannot_be_stored_is_cleaned_and_kept_as_it_came(body: bytes, text: str) -> None:
    read = inbound_message(Form(b"MessageSid=SM1&From=whatsapp%3A%2B14155550123&Body=" + body), NOW)
    assert read.content == text
    assert read.details["raw_body"] == body.decode()


def test_w08_right_to_left_text_stays_and_needs_no_second_copy() -> None:
    read = message(Body="مرحبا \u202eabc\u202c שלום\r\n2")
    assert read.content == "مرحبا \u202eabc\u202c שלום\n2"
    assert "raw_body" not in read.details


def test_w02_a_place_that_only_the_webhook_tells_of_is_no_other_message() -> None:
    told = message(Body="", Latitude="52.5", Longitude="13.4", ProfileName="Ana")
    listed = message(Body="", ProfileName="")
    assert told.details["note"] != listed.details["note"]
    assert told.content_hash == listed.content_hash
    for other in (message(Body="x"), message(Body="", From="whatsapp:+14155550124"), message(Body="", NumMedia="1")):
        assert other.content_hash != told.content_hash


WORDS: list[tuple[str, str | None]] = [
    *(
        (word, "stop")
        for word in (
            "STOP",
            "stop",
            " stop. ",
            "Stop!",
            "\nSTOP\n",
            "\u200eSTOP\u200e",
            "*STOP*",
            "StopAll",
            "unsubscribe",
        )
    ),
    *((word, "start") for word in ("START", " start ", "Start.", "unstop")),
    ("STOP 12345", None),
    ("Stop it doesn't work", None),
    ("please stop", None),
    ("STOP?", None),
    ("stop stop", None),
    ("start over", None),
    ("cancel", None),
    ("END", None),
    ("yes", None),
    ("", None),
    ("STOPP", None),
    ("ST OP", None),
]


@pytest.mark.parametrize(("text", "word"), WORDS, ids=[repr(text) for text, _ in WORDS])
def test_w10_f37_only_the_very_word_counts(text: str, word: str | None) -> None:
    found = keyword_in(message(Body=text))
    assert (found.word if found else None) == word
    assert found is None or found.notice


@pytest.mark.parametrize(("told", "text", "word"), [("STOP", "Arrêt", "stop"), ("START", "Oui", "start")])
def test_w10_a_word_that_twilio_treats_itself_is_not_confirmed_by_us(told: str, text: str, word: str) -> None:
    found = keyword_in(message(Body=text, OptOutType=told))
    assert found is not None
    assert (found.word, found.notice) == (word, "")
    assert keyword_in(message(Body="HELP", OptOutType="HELP")) is None


def test_w10_no_word_is_both() -> None:
    assert not STOP & START


def test_a_count_of_thousands_of_digits_is_read_by_its_first() -> None:
    """Python refuses to make numbers of such texts."""
    assert len(message(Body="", NumMedia="9" * 5_000).details["attachments"]) == 20
