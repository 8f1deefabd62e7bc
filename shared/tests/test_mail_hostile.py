"""Mail that is made to break or to stop whoever reads it: nothing raises, and nothing takes more than one pass.

A step that is quadratic in any of these would not come back for minutes.
"""

from __future__ import annotations

import hashlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fte.providers.mail import classify, read_mail, shows_signs
from fte.providers.mail.charsets import decode
from fte.providers.mail.filenames import safe_name
from fte.providers.mail.html_text import html_to_text

OWN = ("support@techcorp.example", "@techcorp.example")


HOSTILE: list[tuple[str, bytes, str]] = [
    ("text/plain", b"On 2 " * 40_000, "On 2 On 2"),
    ("text/plain", b"On 2 x\r\n" * 40_000, "On 2 x"),
    ("text/html", b"words<div><b>" * 30_000, "words\nwords"),
    ("text/html", b"words</div></b>" * 30_000, "words\nwords"),
    ("text/html", b"<blockquote>words" * 20_000, "> words"),
]


@pytest.mark.parametrize(("kind", "body", "start"), HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_mail_is_read_in_one_pass(kind: str, body: bytes, start: str) -> None:
    """A step that is quadratic in any of these would not come back for minutes."""
    read = read_mail(b"From: a@b.example\r\nContent-Type: " + kind.encode() + b"\r\n\r\n" + body)
    assert read.text.startswith(start)


def test_deep_nesting_is_read_as_far_as_it_goes() -> None:
    raw = b"From: a@b.example\r\n"
    for number in range(300):
        raw += b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (number, number)
    read: Any = read_mail(raw + b"\r\nwords")
    assert read.sender == "a@b.example"


PIECES = st.sampled_from([
    "--b1\r\n", "--b1--\r\n", "--b2\r\n", "\r\n", "\r\n\r\n", "Content-Type: multipart/mixed; boundary=b1\r\n",
    'Content-Type: multipart/alternative; boundary="b2"\r\n', "Content-Type: text/html; charset=utf-16\r\n",
    "Content-Type: message/rfc822\r\n", "Content-Type: message/delivery-status\r\n", "Action: failed\r\n",
    "Content-Transfer-Encoding: base64\r\n", "Content-Transfer-Encoding: x-uuencode\r\n", "begin 644 a\r\n#0V%T\r\n",
    "Content-Disposition: attachment; filename*0*=utf-8''%C3; filename*1=x; size=9\r\n", "SGVsbG8=\r\n", "words\r\n",
    "From: =?utf-8?q?=C3?= =?utf-8?q?=A9?= <a@b.example>\r\n", "Subject: =?x?b?!?=\r\n", "<style>.a{color:white",
    "}</style>", '<p class="a" style="font-size:0">', "<!--", "-->", "&#99999999999;", "\x00", "\udcff", "> q\r\n",
    "-- \r\n",
    "On 2 Nov 2026, A wrote:\r\n", "Best regards,\r\nAna\r\n", "BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\n",
])  # fmt: skip


@given(st.lists(PIECES, max_size=40))
def test_any_structure_is_read_and_can_be_stored(pieces: list[str]) -> None:
    read = read_mail("".join(pieces).encode("utf-8", "surrogateescape"))
    texts = [read.text, read.full_text, read.quoted, read.signature, read.subject, *read.headers.values()]
    texts += [attachment.name for attachment in read.attachments] + list(read.report.message_ids)
    for text in texts:
        text.encode()
        assert "\x00" not in text
    classify(read, OWN)
    shows_signs(read)


@given(st.binary(max_size=500), st.text(max_size=30))
def test_any_bytes_are_text_under_any_charset(data: bytes, charset: str) -> None:
    decode(data, charset)


@given(st.text(max_size=300))
def test_a_name_of_a_file_leads_nowhere(name: str) -> None:
    safe = safe_name(name)
    assert not set(safe) & set('/\\:*?"<>|\x00\n\r\u202e')
    assert safe not in (".", "..")
    assert len(safe) <= 150
    assert safe_name(safe) == safe


@given(st.text(alphabet="<>/=\"' abdivpstylecolor:#f&;!-\n", max_size=400))
def test_any_html_is_read(page: str) -> None:
    html_to_text(page)


HOSTILE_HEADERS = [
    "(",
    "<",
    '"',
    "=?",
    "=?utf-8?q?",
    "=?utf-8?q?a?= ",
    ";",
    ";a=",
    "a,",
    "a@b,",
    "\\",
    ":",
    "*0*=",
    "%",
]


@pytest.mark.parametrize("name", ["From", "Subject", "References", "Content-Type", "Content-Disposition"])
@pytest.mark.parametrize("unit", HOSTILE_HEADERS)
def test_a_hostile_header_is_read_in_one_pass(name: str, unit: str) -> None:
    """The standard library's parser takes minutes for some of these, and breaks at others."""
    raw = f"To: support@techcorp.example\r\n{name}: {unit * (1_000_000 // len(unit))}\r\n\r\nwords".encode()
    assert read_mail(raw).text == "words"


MARKUP = [
    "<",
    "</",
    "<!",
    "<!--",
    "<![CDATA[",
    "<a ",
    "<a b='",
    '<a b="',
    "<style>",
    "{",
    "&#",
    "<div>",
    "<p style='color:red'>",
]


@pytest.mark.parametrize("unit", MARKUP)
def test_hostile_html_is_read_in_one_pass(unit: str) -> None:
    html_to_text("words" + unit * (500_000 // len(unit)))


def test_a_mail_of_forty_megabytes_is_read() -> None:
    line = b"QUJD" * 19 + b"\r\n"
    raw = (
        b"From: a@b.example\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nSee the film.\r\n--b\r\n"
        b'Content-Type: video/mp4\r\nContent-Disposition: attachment; filename="film.mp4"\r\n'
        b"Content-Transfer-Encoding: base64\r\n\r\n" + line * 520_000 + b"\r\n--b--\r\n"
    )
    assert len(raw) > 40_000_000
    read = read_mail(raw)
    assert read.text == "See the film."
    (film,) = read.attachments
    assert (film.name, film.size) == ("film.mp4", 19 * 3 * 520_000)
    assert film.sha256 == hashlib.sha256(b"ABC" * 19 * 520_000).hexdigest()


def test_a_huge_number_of_parts_ends_somewhere() -> None:
    raw = b"From: a@b.example\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\r\n\r\nx\r\n" * 50_000
    assert 900 < read_mail(raw).text.count("x") <= 1_000
