"""Mail as it comes: what was written, how to answer it, who wrote it."""

from __future__ import annotations

from email.message import EmailMessage
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fte.providers.mail import Classification, Mail, classify, read_mail, shows_signs
from fte.providers.mail.html_text import html_to_text
from fte.providers.mail.our_ids import key_from, message_id, replies_named
from fte.providers.mail.quotes import split_quote
from fte.providers.mail.signatures import split_signature

OWN = ("support@techcorp.example", "@techcorp.example")


def mail(body: str = "How do I export my data?", **headers: str) -> Mail:
    lines = {
        "From": "Ana Lima <Ana@Customer.Example>",
        "To": "support@techcorp.example",
        "Subject": "Export",
        "Message-ID": "<m1@customer.example>",
        "Content-Type": "text/plain; charset=utf-8",
    } | {name.replace("_", "-"): value for name, value in headers.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items() if value)
    return read_mail((head + "\r\n").encode() + body.replace("\n", "\r\n").encode())


def test_a_plain_mail_is_read() -> None:
    read = mail(In_Reply_To="<m0@customer.example>", References="<a@x.example>\r\n <m0@customer.example>")
    assert (read.sender, read.sender_name) == ("ana@customer.example", "Ana Lima")
    assert (read.subject, read.message_id) == ("Export", "<m1@customer.example>")
    assert read.in_reply_to == "<m0@customer.example>"
    assert read.references == ("<a@x.example>", "<m0@customer.example>")
    assert read.text == read.full_text == "How do I export my data?"
    assert (read.quoted, read.reply_to, read.attachments) == ("", None, ())


def test_a_mail_without_message_id_gets_one_that_stays_the_same() -> None:
    assert mail(Message_ID="").message_id == mail(Message_ID="").message_id
    assert mail(Message_ID="").message_id != mail("Another question", Message_ID="").message_id
    assert mail(Message_ID="<" + "x" * 3000 + "@a.example>").message_id.endswith("@derived.invalid>")


def test_encoded_headers_are_decoded() -> None:
    read = mail(
        Subject="=?utf-8?B?R3LDvMOfZQ==?= aus =?iso-8859-1?Q?K=F6ln?=", From="=?utf-8?Q?J=C3=BCrgen?= <j@k.example>"
    )
    assert (read.subject, read.sender_name, read.sender) == ("Grüße aus Köln", "Jürgen", "j@k.example")


def test_a_display_name_that_spells_an_address_is_not_the_sender() -> None:
    assert mail(From="=?utf-8?Q?ceo=40bank.example=2C?= <real@x.example>").sender == "real@x.example"
    assert mail(From='"ceo@bank.example" <real@x.example>').sender == "real@x.example"


@pytest.mark.parametrize("header", ["", "undisclosed-recipients:;", "nobody", "<>", '"" <@>', "a@b@c@"])
def test_a_mail_without_usable_sender_is_read_all_the_same(header: str) -> None:
    assert mail(From=header).sender is None


def test_line_ends_cannot_be_smuggled_into_values() -> None:
    read = mail(Subject="=?utf-8?Q?Hello=0D=0ABcc:_all=40customer.example?=", From="=?utf-8?Q?A=0D=0AB?= <a@b.example>")
    assert read.subject == "Hello Bcc: all@customer.example"
    assert read.sender_name in ("A B", "AB")


@pytest.mark.parametrize(
    ("charset", "text"),
    [("iso-8859-1", "Grüße"), ("iso-2022-jp", "こんにちは"), ("utf-8", "😀 ok"), ("windows-1252", "„quoted“")],
)
def test_text_is_decoded_by_its_charset(charset: str, text: str) -> None:
    head = (
        f"From: a@b.example\r\nContent-Type: text/plain; charset={charset}\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    )
    assert read_mail(head.encode() + text.encode(charset)).text == text


@pytest.mark.parametrize("charset", ["no-such-charset", "us-ascii", "utf-8", "x-unknown"])
def test_a_wrong_charset_costs_characters_at_most(charset: str) -> None:
    head = f"From: a@b.example\r\nContent-Type: text/plain; charset={charset}\r\n\r\n".encode()
    assert read_mail(head + "Grüße".encode()).text == "Grüße"
    assert read_mail(head + "Grüße".encode("latin-1")).text.startswith("Gr")


def test_nul_is_dropped_and_lone_surrogates_are_replaced() -> None:
    assert mail("a\x00b").text == "ab"
    read_mail(b"From: a@b.example\r\nSubject: \xff\xfe\x00 x\r\n\r\n\xed\xa0\x80").text.encode()
    read_mail(b"From: a@b.example\r\nSubject: \xff\xfe\x00 x\r\n\r\n").subject.encode()


def message(**headers: str) -> EmailMessage:
    built = EmailMessage()
    built["From"], built["Subject"] = "ana@customer.example", "S"
    for name, value in headers.items():
        built[name.replace("_", "-")] = value
    return built


def test_plain_text_is_taken_before_html() -> None:
    built = message()
    built.set_content("plain words")
    built.add_alternative("<p>rich words</p>", subtype="html")
    assert read_mail(built.as_bytes()).text == "plain words"


def test_an_empty_plain_part_gives_way_to_the_html() -> None:
    built = message()
    built.set_content("  \n")
    built.add_alternative("<p>rich words</p>", subtype="html")
    assert read_mail(built.as_bytes()).text == "rich words"


def test_attachments_are_listed_and_their_text_is_not_the_mail() -> None:
    built = message()
    built.set_content("See the files")
    built.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="Rechnung März.pdf")
    built.add_attachment("log line", filename="app.log")
    inner = message()
    inner.set_content("forwarded words")
    built.add_attachment(inner)
    read = read_mail(built.as_bytes())
    assert read.text == "See the files"
    names = [(found.name, found.type) for found in read.attachments]
    assert names == [("Rechnung März.pdf", "application/pdf"), ("app.log", "text/plain"), ("", "message/rfc822")]
    assert read.attachments[0].size == 4
    assert read.attachments[2].size > 0


def test_html_reads_as_it_is_seen() -> None:
    page = """<html><head><title>no</title><style>p{}</style></head><body><p>Hi   there,<br>two</p>
    <div style="display: none">hidden</div><span hidden>also</span><p style="opacity:0.9">seen</p>
    <ul><li>one<li>two</ul><script>no()</script>A &amp; B<blockquote>old<br>words</blockquote></body></html>"""
    assert html_to_text(page).split("\n") == [
        "Hi there,", "two", "", "seen", "", "- one", "- two", "A & B", "> old", "> words",
    ]  # fmt: skip


@pytest.mark.parametrize("page", ["<p style='display:none'>no<p>yes", "<head><style>x</style><body>yes", "<b>yes"])
def test_what_nobody_closed_does_not_hide_the_rest(page: str) -> None:
    assert html_to_text(page) == "yes"


REPLIES: list[tuple[str, str]] = [
    ("Thanks!\n\nOn Mon, 2 Nov 2026 at 10:00, Support <s@t.example> wrote:\n> Hello\n> Ana", "Thanks!"),
    ("Thanks!\n\nOn Mon, 2 Nov 2026 at 10:00, Support\n<s@t.example> wrote:\n\n> Hello", "Thanks!"),
    ("Danke\n\nAm 02.11.2026 um 10:00 schrieb Support <s@t.example>:\n> Hallo", "Danke"),
    ("Merci\n\nLe lun. 2 nov. 2026 à 10:00, Support <s@t.example> a écrit :\n> Bonjour", "Merci"),
    ("Thanks\n\n-----Original Message-----\nFrom: s@t.example\nHello", "Thanks"),
    ("Thanks\n\n________________________________\nFrom: Support\nSent: Monday\nTo: Ana\nSubject: Export\n\nHello",
     "Thanks"),
    ("Danke\n\nSupport <s@t.example> schrieb am Mo., 2. Nov. 2026, 10:00:\n> Hallo", "Danke"),
    ("Danke\n\nSupport <s@t.example> hat am 02.11.2026 10:00 geschrieben:\n\nHallo", "Danke"),
    ("Gracias\n\nSupport <s@t.example> escribió el lun, 2 nov 2026 a las 10:00:\n> Hola", "Gracias"),
    ("Thanks\n\n2026-11-02 10:00 GMT+01:00 Support <s@t.example>:\n> Hello", "Thanks"),
    ("Danke\n\nGesendet: Montag, 02. November 2026\nVon: Support\nAn: Ana\nBetreff: Export\n\nHallo", "Danke"),
    ("Thanks\n\nDate: Mon, 2 Nov 2026\nFrom: Support\nTo: Ana\nSubject: Export\n\nHello", "Thanks"),
    ("2026 was good, she wrote\nto s@t.example", "2026 was good, she wrote\nto s@t.example"),
    ("On 2 Nov 2026, Support wrote:\n> Hello\n\nMy answer below", "My answer below"),
    ("> Hello\nbottom answer", "bottom answer"),
    ("On 2 Nov 2026, S <s@t.example> wrote:\nno marks", "On 2 Nov 2026, S <s@t.example> wrote:\nno marks"),
    ("> one\nfirst answer\n> two\nsecond answer", "> one\nfirst answer\n> two\nsecond answer"),
    ("> all\n> quoted", "> all\n> quoted"),
    ("On Monday my boss wrote:\nplease cancel", "On Monday my boss wrote:\nplease cancel"),
    ("From: the menu I see an error\nTo: be clear, a 500", "From: the menu I see an error\nTo: be clear, a 500"),
    ("", ""),
]  # fmt: skip


@pytest.mark.parametrize(
    "last",
    [
        'On the second I get "Guest limit reached".',
        "On the phone the old name is still shown.",
        "Am Handy geht es immer noch nicht.",
        "On 3 May I paid, on 4 May it was taken again.",
    ],
)
@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_a_last_line_that_begins_like_an_attribution_is_the_customers(last: str, between: str) -> None:
    text = f"Thanks, the first is clear.\n\n{last}{between}On 5 May 2026, TechCorp wrote:\n> Hello Ann,\n> do this."
    assert split_quote(text)[0] == f"Thanks, the first is clear.\n\n{last}"


@pytest.mark.parametrize(("text", "own"), REPLIES, ids=range(len(REPLIES)))
def test_quoted_history_is_cut_and_nothing_else(text: str, own: str) -> None:
    assert split_quote(text)[0] == own


SIGNED: list[tuple[str, str, str]] = [
    ("Help\n\n-- \nAna\nCustomer GmbH, the house of all that is good for everybody", "Help", "Ana"),
    ("Help\n\n--\nAna Lima\n+49 30 123", "Help", "+49 30 123"),
    ("Help\n\n--\nPS: I was charged twice and my lawyer will sue you.",
     "Help\n\n--\nPS: I was charged twice and my lawyer will sue you.", ""),
    ("Help\n\n-- \nAna\n\nP.S. charged twice\nby you", "Help\n\nP.S. charged twice\nby you", "Ana"),
    ("These fail:\n--\nexport\nimport", "These fail:\n--\nexport\nimport", ""),
    ("Help\n--\nexport\nPlease help me to fix both of them quickly.",
     "Help\n--\nexport\nPlease help me to fix both of them quickly.", ""),
    ("Help\n--\nAna\nPlease refund me.", "Help\n--\nAna\nPlease refund me.", ""),
    ("Help\n____\nAna\nSent from my telephone that I always have with me.", "Help", "Sent from"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "own", "signature"), SIGNED, ids=range(len(SIGNED)))
def test_a_signature_is_cut_and_no_words(text: str, own: str, signature: str) -> None:
    found, cut = split_signature(text)
    assert found == own
    assert signature in cut
    assert bool(cut) == bool(signature)


SIGNED_LINES = st.sampled_from(["--", "-- ", "PS: more", "Ana", "Best regards,", "a b c d e f g h", "", "____", "so:"])


@given(st.lists(SIGNED_LINES))
def test_no_line_is_lost_with_a_signature(lines: list[str]) -> None:
    own, signature = split_signature("\n".join(lines))
    kept = sorted(line.strip() for line in (own + "\n" + signature).split("\n") if line.strip())
    assert kept == sorted(line.strip() for line in lines if line.strip())
    assert bool(own) == any(line.strip() for line in lines)


@given(st.lists(st.sampled_from(["> q", "own", "On 2 Nov 2026, A wrote:", "", "From: a", "Sent: b", "To: c", ">"])))
def test_no_line_is_lost_by_cutting(lines: list[str]) -> None:
    own, quoted = split_quote("\n".join(lines))
    kept = sorted(line for line in (own + "\n" + quoted).split("\n") if line.strip())
    assert kept == sorted(line for line in lines if line.strip())
    assert bool(own) == any(line.strip() for line in lines)


CASES: list[tuple[dict[str, str], Classification]] = [
    ({}, "customer"),
    ({"Auto_Submitted": "no"}, "customer"),
    ({"Auto_Submitted": "auto-replied"}, "automatic"),
    ({"Auto_Submitted": "auto-generated (vacation); x=y"}, "automatic"),
    ({"Precedence": "bulk"}, "automatic"),
    ({"Precedence": "list"}, "list"),
    ({"List_Id": "News <news.shop.example>"}, "list"),
    ({"List_Id": "<support.techcorp.example>"}, "customer"),
    ({"X_Autoreply": "yes"}, "automatic"),
    ({"X_Auto_Response_Suppress": "All"}, "automatic"),
    ({"X_Auto_Response_Suppress": "DR, NDR, RN"}, "customer"),
    ({"X_Auto_Response_Suppress": "All", "Auto_Submitted": "no"}, "customer"),
    ({"List_Unsubscribe": "<mailto:off@shop.example>"}, "list"),
    ({"X_Auto_Response_Suppress": "All", "Auto_Submitted": "auto-replied"}, "automatic"),
    ({"Return_Path": "<>"}, "automatic"),
    ({"Return_Path": "<ana@customer.example>"}, "customer"),
    ({"From": "MAILER-DAEMON@mx.example"}, "bounce"),
    ({"From": "mail-daemon@mx.example"}, "bounce"),
    ({"From": "postmaster@customer.example"}, "customer"),
    ({"From": "bounces@customer.example", "In_Reply_To": "<r1@techcorp.example>"}, "customer"),
    ({"From": "bounces@customer.example", "Return_Path": "<>"}, "bounce"),
    ({"From": "postmaster@customer.example", "X_Failed_Message_ID": "<r1@techcorp.example>"}, "bounce"),
    ({"From": "postmaster@customer.example", "Subject": "Not delivered (5.1.1)"}, "bounce"),
    ({"From": "postmaster@customer.example", "Subject": "Version 5.1.1 is slow"}, "customer"),
    ({"From": "bounce@customer.example", "Auto_Submitted": "auto-replied"}, "automatic"),
    ({"Subject": "Risposta automatica"}, "automatic"),
    ({"Subject": "Risposta automatica: Export"}, "automatic"),
    ({"Subject": "Automatic reply does not work"}, "customer"),
    ({"Subject": "Out of Office: calendar sync shows wrong"}, "customer"),
    ({"Subject": "Out of Office: Export", "In_Reply_To": "<r1@techcorp.example>"}, "automatic"),
    ({"Subject": "Out of Office: Export", "X_Auto_Response_Suppress": "DR"}, "automatic"),
    ({"Content_Type": "multipart/report; report-type=delivery-status; boundary=b"}, "bounce"),
    ({"Content_Type": "multipart/report; report-type=disposition-notification; boundary=b"}, "automatic"),
    ({"From": "Support@TechCorp.example"}, "own"),
    ({"From": "bot@techcorp.example", "Auto_Submitted": "auto-replied"}, "own"),
    ({"From": "a@nottechcorp.example"}, "customer"),
]


@pytest.mark.parametrize(("headers", "kind"), CASES, ids=range(len(CASES)))
def test_who_wrote_a_mail_shows_in_its_headers(headers: dict[str, str], kind: Classification) -> None:
    assert classify(mail(**headers), OWN) == kind


@given(st.binary(max_size=2_000))
def test_any_bytes_are_read(raw: bytes) -> None:
    read_mail(raw).text.encode()


HEADERS = st.sampled_from(["From", "Subject", "Content-Type", "Content-Disposition", "Message-ID", "Reply-To"])


@given(
    st.lists(
        st.tuples(HEADERS, st.text('" <>@;,=?:()[]\\/.\x00\tabcmultipart/mixed boundary=utf-8Qé\udce9', max_size=40))
    )
)
def test_any_headers_are_read(headers: list[tuple[str, str]]) -> None:
    head = "".join(f"{name}: {value}\r\n" for name, value in headers)
    read = read_mail(head.encode("utf-8", "surrogateescape") + b"\r\nwords")
    (read.subject + read.message_id + read.sender_name + (read.sender or "")).encode()
    classify(read, OWN)


def test_our_ids_prove_themselves() -> None:
    key, reply = key_from("secret"), UUID("6f1c9c0e-0000-4000-8000-000000000000")
    ours = message_id(key, reply, 2, "techcorp.example")
    assert len(f"In-Reply-To: {ours}") <= 76, "no program breaks such a line"
    assert message_id(key, reply, 2, "techcorp.example") == ours != message_id(key, reply, 1, "techcorp.example")
    assert replies_named(key, ["<x@y.example>", ours, ours]) == (reply,)
    assert replies_named(key_from("other"), [ours]) == ()
    assert replies_named(b"", [ours]) == ()
    part = ours.partition(".")[0]
    for forged in (ours.replace(".2.", ".1."), f"{part}.2.aaaaaaaaaaaaa@techcorp.example>", part, f"x{ours}"):
        assert replies_named(key, [forged]) == ()


@given(st.text(max_size=60))
def test_no_other_text_proves_itself(text: str) -> None:
    assert replies_named(key_from("secret"), [text, f"<{text}@techcorp.example>"]) == ()


def test_signs_of_a_machine_are_told_from_a_persons_words() -> None:
    assert not shows_signs(mail("Thank you, it works now. Could you close the ticket?"))
    assert shows_signs(mail("Thank you for contacting Shop. We have received your message."))
    assert shows_signs(mail("Hello", From="bot@shop.example"))
    assert shows_signs(mail("Hello", X_Auto_Response_Suppress="OOF"))


def test_a_hostile_list_of_references_is_bounded() -> None:
    assert mail(References="<" * 100_000).references == ()
    many = mail(References=" ".join(f"<{number}@x.example>" for number in range(2_000))).references
    assert (len(many), many[0], many[-1]) == (51, "<0@x.example>", "<1999@x.example>")
