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


def test_a_user_id_is_never_read_as_a_number() -> None:
    (identifier,) = message(From="whatsapp:US.13491208655302741918").identifiers
    assert (identifier.type, identifier.value) == ("whatsapp", "US.13491208655302741918")


def test_a_user_id_beside_the_number_belongs_to_the_same_customer() -> None:
    kinds = [(found.type, found.level) for found in message(ExternalUserId="US.1349").identifiers]
    assert kinds == [("phone", "channel"), ("whatsapp", "channel")]


KINDS: list[tuple[dict[str, str], str]] = [
    ({"NumMedia": "1", "MediaContentType0": "image/jpeg"}, "[image]"),
    ({"NumMedia": "1", "MediaContentType0": "image/webp"}, "[sticker]"),
    ({"NumMedia": "1", "MediaContentType0": "audio/ogg; codecs=opus"}, "[audio message]"),
    ({"NumMedia": "1", "MediaContentType0": "video/mp4"}, "[video]"),
    ({"NumMedia": "1", "MediaContentType0": "application/pdf"}, "[document]"),
    ({"NumMedia": "1", "MediaContentType0": "text/vcard"}, "[contact]"),
    ({"NumMedia": "2", "MediaContentType0": "image/png", "MediaContentType1": "video/mp4"}, "[image]\n[video]"),
    ({"Latitude": "52.5", "Longitude": "13.4", "Label": "Office"}, "[location] 52.5, 13.4 Office"),
    ({"ButtonText": "Yes"}, "Yes"),
    ({"MessageType": "order"}, "[order]"),
    ({"NumMedia": "many"}, "[empty message]"),
]


@pytest.mark.parametrize(("fields", "text"), KINDS, ids=[text for _, text in KINDS])
def test_everything_that_can_be_sent_has_a_text(fields: dict[str, str], text: str) -> None:
    assert message(**{"Body": " "} | fields).content == text


def test_a_text_with_media_stays_the_text_and_the_media_are_listed() -> None:
    read = message(NumMedia="1", MediaContentType0="image/png", MediaUrl0="https://api.example/media/1")
    assert read.content == FIELDS["Body"]
    assert read.details["attachments"] == [{"url": "https://api.example/media/1", "type": "image/png"}]
    assert read.received["media"] == 1


def test_nul_and_line_ends_are_cleaned() -> None:
    read = message(Body="a\x00b\r\nc", ProfileName="Ana\r\nBcc: x\x00")
    assert (read.content, read.name) == ("ab\nc", "Ana Bcc: x")


def test_four_thousand_emoji_stay() -> None:
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
def test_twilios_words_are_put_into_ours(word: str, status: DeliveryStatus) -> None:
    assert report(MessageStatus=word) == Report("SM1", status, None)


def test_an_error_code_is_kept_and_an_unknown_word_is_no_news() -> None:
    assert report(MessageStatus="undelivered", ErrorCode="63016") == Report("SM1", DeliveryStatus.FAILED, "63016")
    assert report(MessageStatus="teleported") is None
    with pytest.raises(Unprocessable):
        report(MessageSid="", MessageStatus="sent")
