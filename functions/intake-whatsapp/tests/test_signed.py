"""Twilio's signature over its form posts."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

import pytest
from twilio.request_validator import RequestValidator  # type: ignore[import-untyped,unused-ignore]

from fte.errors import Forbidden
from fte.runtime import Request
from fte_intake_whatsapp.signed import Form, signed_form

PUBLIC = "https://support.techcorp.example"
PATH = "/webhooks/whatsapp"
FIELDS = {"MessageSid": "SM1", "From": "whatsapp:+14155550123", "Body": "Hi 😀 + you "}


def request(
    body: str | bytes = urlencode(FIELDS),
    *,
    signed: str | bytes | None = None,
    url: str = PUBLIC + PATH,
    query: str = "",
    token: str = "12345",
    headers: Mapping[str, str] | None = None,
) -> Request:
    sent = body.encode() if isinstance(body, str) else body
    covered = sent if signed is None else signed.encode() if isinstance(signed, str) else signed
    signature = RequestValidator(token).compute_signature(url, Form(covered))
    return Request("POST", PATH, query, {"x-twilio-signature": signature} if headers is None else headers, sent)


def check(given: Request, public_url: str = PUBLIC) -> Form:
    return signed_form(given, RequestValidator("12345"), public_url)


def test_what_twilio_signed_is_let_in() -> None:
    assert check(request()).get("Body") == "Hi 😀 + you "


def test_the_vector_of_twilios_documentation() -> None:
    """The example of Twilio's own security page."""
    body = urlencode({
        "CallSid": "CA1234567890ABCDE", "Caller": "+14158675309", "Digits": "1234", "From": "+14158675309",
        "To": "+18005551212",
    })  # fmt: skip
    headers = {"x-twilio-signature": "RSOYDt4T1cUTdK1PDd93/VVr8B8="}
    given = Request("POST", "/myapp.php", "foo=1&bar=2", headers, body.encode())
    assert check(given, "https://mycompany.com/").get("Digits") == "1234"


@pytest.mark.parametrize(
    "url",
    [
        "https://support.techcorp.example:443" + PATH,
        PUBLIC + PATH,
    ],
)
def test_the_address_may_be_signed_with_or_without_its_port(url: str) -> None:
    check(request(url=url))


def test_the_public_address_may_have_a_port_and_a_slash() -> None:
    check(request(url="http://localhost:8080" + PATH), "http://localhost:8080/")


def test_the_query_counts_as_it_was_written() -> None:
    query = "b=2&a=%7e1"
    check(request(url=f"{PUBLIC}{PATH}?{query}", query=query))
    with pytest.raises(Forbidden):
        check(request(url=f"{PUBLIC}{PATH}?a=%7e1&b=2", query=query))


def test_fields_that_we_do_not_know_and_repeated_fields_are_covered() -> None:
    body = urlencode([*FIELDS.items(), ("New", "1"), ("Twice", "b"), ("Twice", "a"), ("Empty", "")])
    assert check(request(body)).getall("Twice") == ["b", "a"]
    with pytest.raises(Forbidden):
        check(request(body, signed=urlencode(FIELDS)))


@pytest.mark.parametrize(
    "given",
    [
        request(headers={}),
        request(headers={"x-twilio-signature": ""}),
        request(headers={"x-twilio-signature": "RSOYDt4T1cUTdK1PDd93/VVr8B8="}),
        request(headers={"x-twilio-signature": "ü"}),
        request(token="54321"),
        request(url="http://support.techcorp.example" + PATH),
        request(url=PUBLIC + PATH + "/status"),
        request(url="https://internal.example" + PATH),
        request(urlencode(FIELDS) + "&Body=other", signed=urlencode(FIELDS)),
        request(urlencode(FIELDS | {"Body": "Hi 😀 + you"}), signed=urlencode(FIELDS)),
        request(b"", signed=urlencode(FIELDS)),
        request(b"{}", signed=b""),
        request("&".join(f"f{number}=1" for number in range(2_000)), signed=b""),
    ],
    ids=range(13),
)
def test_everything_else_is_forbidden(given: Request) -> None:
    with pytest.raises(Forbidden):
        check(given)
