"""What a mail in the mailbox becomes."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from email.message import EmailMessage
from uuid import UUID

import pytest

from fte.domain.channels import Channel
from fte.events import EmailReceived
from fte.providers.gmail import GmailMessage
from fte.providers.mail.our_ids import key_from, message_id
from fte.store.intake import InboundMessage
from fte.store.matters import continues
from fte_intake_gmail.message import Ignored, inbound_message

NOW = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
OWN = ("support@techcorp.example", "@techcorp.example")


def stored(text: str = "Help me", labels: str = "INBOX UNREAD", **headers: str) -> InboundMessage | Ignored:
    mail = EmailMessage()
    for name, value in {"From": "Ana <ana@customer.example>", "Message-ID": "<m1@c.example>", "Subject": "S"}.items():
        mail[name] = headers.pop(name.replace("-", "_"), value)
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(text)
    return inbound_message(
        GmailMessage("g1", "t1", frozenset(labels.split()), NOW, mail.as_bytes()), OWN, "support@techcorp.example"
    )


def message(text: str = "Help me", **headers: str) -> InboundMessage:
    found = stored(text, **headers)
    assert isinstance(found, InboundMessage)
    return found


def test_a_customers_mail_is_a_message_with_all_that_its_answer_needs() -> None:
    read = message("Thanks\n\nOn 2 Nov 2026, S wrote:\n> hi", References="<m0@c.example>", In_Reply_To="<m0@c.example>")
    assert (read.provider_message_id, read.provider_thread_id, read.rfc_message_id) == ("g1", "t1", "<m1@c.example>")
    assert (read.sender, read.name, read.subject, read.content) == ("ana@customer.example", "Ana", "S", "Thanks")
    assert read.received_at == NOW
    kept = read.received | read.details
    assert kept["references"] == ["<m0@c.example>"]
    assert (kept["thread_id"], kept["reply_to"], kept["subject"]) == ("t1", "ana@customer.example", "S")
    assert kept["full_text"].startswith("Thanks\n\nOn 2 Nov")
    ids = dict.fromkeys(("message_id", "customer_id", "conversation_id"), "6f1c9c0e-0000-4000-8000-000000000000")
    common = {"provider_message_id": "g1", "text": "x", "received_at": NOW, "reference": "TC-0000000000"}
    assert EmailReceived.model_validate(ids | common | read.received).in_reply_to == "<m0@c.example>"


def test_mail_from_an_address_is_a_channels_proof_unless_it_is_to_be_answered_elsewhere() -> None:
    assert message().identifiers[0].level == "channel"
    other = message(Reply_To="ana@home.example")
    assert (other.identifiers[0].value, other.identifiers[0].level) == ("ana@customer.example", "claimed")
    assert other.details["reply_to"] == "ana@home.example"
    assert message(Reply_To="Ana <ANA@customer.example>").identifiers[0].level == "channel"


def test_an_answer_is_never_sent_to_ourselves() -> None:
    read = message(Reply_To="support@techcorp.example")
    assert (read.details["reply_to"], read.identifiers[0].level) == ("ana@customer.example", "channel")


@pytest.mark.parametrize(
    ("labels", "headers", "action", "reason"),
    [
        ("SENT", {}, "mail_ignored", "sent"),
        ("INBOX DRAFT", {}, "mail_ignored", "draft"),
        ("SPAM", {}, "mail_ignored", "spam"),
        ("TRASH", {}, "mail_ignored", "trash"),
        ("INBOX", {"Auto_Submitted": "auto-replied"}, "automatic_mail_ignored", "automatic"),
        ("INBOX", {"From": "support@techcorp.example"}, "automatic_mail_ignored", "own"),
        ("INBOX", {"From": "Mailer-Daemon@mx.example"}, "automatic_mail_ignored", "bounce"),
        ("INBOX", {"List_Id": "<a.b.example>"}, "automatic_mail_ignored", "list"),
        ("INBOX", {"From": "nobody"}, "unreadable_mail", "no_sender"),
    ],
)
def test_what_is_no_customers_message_is_noted_without_its_words(
    labels: str, headers: dict[str, str], action: str, reason: str
) -> None:
    assert stored("secret words", labels, **headers) == Ignored(action, "g1", reason)


def test_a_mail_that_is_archived_already_is_a_message_all_the_same() -> None:
    assert isinstance(stored(labels="UNREAD"), InboundMessage)


def test_f08_our_own_address_is_never_a_customer() -> None:
    for address in ("support@techcorp.example", "Support@TechCorp.Example", "anybody@techcorp.example"):
        assert stored(From=address) == Ignored("automatic_mail_ignored", "g1", "own")


def test_f24_a_forward_is_told_from_a_reply_by_its_headers_and_not_by_its_subject() -> None:
    forwarded = message(Subject="Broken board").details | message(Subject="Re: Fwd: Broken board").received
    assert not continues(Channel.EMAIL, forwarded)
    assert continues(Channel.EMAIL, message(Subject="Fwd: Broken board", In_Reply_To="<m0@c.example>").received)


def test_f26_a_mail_without_an_id_gets_one_that_stays_the_same() -> None:
    one, again, other = (message(text, Message_ID="") for text in ("Help", "Help", "Other"))
    assert one.rfc_message_id == again.rfc_message_id != other.rfc_message_id


def test_f27_reply_to_is_the_customer_of_a_sites_form_and_not_of_an_auto_responder() -> None:
    form = message(From="Shop <noreply@shop.example>", Reply_To="ana@customer.example")
    assert (form.details["reply_to"], form.identifiers[0].level) == ("ana@customer.example", "claimed")
    robot = stored(From="Shop <noreply@shop.example>", Reply_To="ana@customer.example", Auto_Submitted="auto-replied")
    assert robot == Ignored("automatic_mail_ignored", "g1", "automatic")


@pytest.mark.parametrize(
    ("headers", "level"),
    [
        ({}, "channel"),
        ({"Authentication-Results": "mx.google.com; dkim=pass; dmarc=pass header.from=customer.example"}, "channel"),
        ({"Authentication-Results": "mx.google.com; spf=fail; dmarc=fail header.from=customer.example"}, "claimed"),
        ({"Authentication-Results": "elsewhere.example; dmarc=fail"}, "channel"),
        ({"From": "Ana <ana@customer.example>, Eve <eve@elsewhere.example>"}, "claimed"),
    ],
    ids=range(5),
)
def test_a_sender_that_is_not_sure_proves_no_channel(headers: dict[str, str], level: str) -> None:
    read = message(**{name.replace("-", "_"): value for name, value in headers.items()})
    assert (read.sender, read.identifiers[0].level) == ("ana@customer.example", level)


def test_files_are_kept_by_name_size_type_and_hash_and_a_programs_own_are_left_out() -> None:
    mail = EmailMessage()
    mail["From"], mail["Message-ID"] = "ana@customer.example", "<m1@c.example>"
    mail.set_content("See the file")
    mail.add_attachment(b"abc", maintype="application", subtype="pdf", filename="../../plan\u202efdp.exe")
    mail.add_attachment(b"x", maintype="application", subtype="pkcs7-signature", filename="smime.p7s")
    found = inbound_message(GmailMessage("g1", "t1", frozenset({"INBOX"}), NOW, mail.as_bytes()), OWN, "s@t.example")
    assert isinstance(found, InboundMessage)
    digest = hashlib.sha256(b"abc").hexdigest()
    files = [{"name": "planfdp.exe", "size": 3, "type": "application/pdf", "sha256": digest}]
    assert found.details["attachments"] == files


def test_only_ids_with_a_good_token_are_taken_for_ours() -> None:
    key, reply = key_from("secret"), UUID("6f1c9c0e-0000-4000-8000-000000000000")
    ours = message_id(key, reply, 1, "techcorp.example")
    mail = f"From: ana@customer.example\r\nIn-Reply-To: {ours}\r\nReferences: <a@b.example> {ours}\r\n\r\nHi"
    arrived = GmailMessage("g1", "t1", frozenset({"INBOX"}), NOW, mail.encode())
    for secret, found in ((key, [str(reply)]), (key_from("other"), []), (b"", [])):
        read = inbound_message(arrived, OWN, "support@techcorp.example", secret)
        assert isinstance(read, InboundMessage)
        assert read.details["answers_ours"] == found
