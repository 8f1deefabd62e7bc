"""Twilio's signature over its form posts."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from urllib.parse import urlencode

import pytest
from twilio.request_validator import RequestValidator  # type: ignore[import-untyped,unused-ignore]

from fte.errors import Forbidden, SettingsError, Unprocessable
from fte.runtime import Request
from fte.settings import Settings
from fte_intake_whatsapp.signed import Form, signed_form
from fte_intake_whatsapp.wiring import REQUIRED

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


def check(given: Request, public_url: str = PUBLIC, tokens: tuple[str, ...] = ("12345",)) -> Form:
    return signed_form(given, [*map(RequestValidator, tokens)], public_url)


def test_w03_what_twilio_signed_is_let_in() -> None:
    assert check(request()).get("Body") == "Hi 😀 + you "


def test_w03_the_vector_of_twilios_documentation() -> None:
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
def test_w03_the_address_may_be_signed_with_or_without_its_port(url: str) -> None:
    check(request(url=url))


def test_w03_the_public_address_may_have_a_port_and_a_slash() -> None:
    check(request(url="http://localhost:8080" + PATH), "http://localhost:8080/")


def test_f49_the_query_counts_as_it_was_written() -> None:
    query = "b=2&a=%7e1"
    check(request(url=f"{PUBLIC}{PATH}?{query}", query=query))
    with pytest.raises(Forbidden):
        check(request(url=f"{PUBLIC}{PATH}?a=%7e1&b=2", query=query))


def test_w03_fields_that_we_do_not_know_and_repeated_fields_are_covered() -> None:
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
def test_w03_everything_else_is_forbidden(given: Request) -> None:
    with pytest.raises(Forbidden):
        check(given)


# The vectors of Twilio's own client library: its address, fields and signatures.
VECTOR = "https://mycompany.com/myapp.php?foo=1&bar=2"
VECTOR_FIELDS = {
    "From": "+14158675309",
    "To": "+18005551212",
    "CallSid": "CA1234567890ABCDE",
    "Caller": "+14158675309",
    "Digits": "1234",
}


def vector(signature: str, body: bytes, query: str = "foo=1&bar=2", kind: str = "") -> Request:
    headers = {"x-twilio-signature": signature} | ({"content-type": kind} if kind else {})
    return Request("POST", "/myapp.php", query, headers, body)


@pytest.mark.parametrize(
    ("public_url", "signature"),
    [
        ("https://mycompany.com", "RSOYDt4T1cUTdK1PDd93/VVr8B8="),
        ("https://mycompany.com:443", "RSOYDt4T1cUTdK1PDd93/VVr8B8="),
        ("https://mycompany.com:1234", "RSOYDt4T1cUTdK1PDd93/VVr8B8="),
        ("https://mycompany.com", RequestValidator("12345").compute_signature(VECTOR, VECTOR_FIELDS)),
    ],
)
def test_w03_the_vectors_of_twilios_library(public_url: str, signature: str) -> None:
    given = vector(signature, urlencode(VECTOR_FIELDS).encode())
    assert check(given, public_url).get("Digits") == "1234"


BODY = b'{"property": "value", "boolean": true}'
BODY_HASH = "0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620"
BODY_SIGNATURE = "a9nBmqA0ju/hNViExpshrM61xv4="


def test_w03_the_vector_for_a_body_that_is_no_form() -> None:
    query = f"foo=1&bar=2&bodySHA256={BODY_HASH}"
    given = vector(BODY_SIGNATURE, BODY, query, "application/json; charset=utf-8")
    assert check(given, "https://mycompany.com").get("property") == "value"


def hashed(body: bytes, of: bytes | None = None, kind: str = "application/json") -> Request:
    query = f"bodySHA256={sha256(body if of is None else of).hexdigest()}"
    signature = RequestValidator("12345").compute_signature(f"{PUBLIC}{PATH}?{query}", {})
    return Request("POST", PATH, query, {"x-twilio-signature": signature, "content-type": kind}, body)


def test_w03_a_body_is_covered_by_its_hash() -> None:
    fields = {"MessageSid": "SM1", "Body": "Grüße 😀", "NumMedia": 0, "Nested": {"a": 1}, "Flag": True}
    form = check(hashed(json.dumps(fields, ensure_ascii=False).encode()))
    assert (form.get("Body"), form.get("NumMedia"), sorted(form)) == (
        "Grüße 😀",
        "0",
        ["Body", "MessageSid", "NumMedia"],
    )
    for other in (hashed(b'{"Body": "x"}', of=b"{}"), hashed(b"\xff")):
        with pytest.raises(Forbidden):
            check(other)


def test_w03_a_body_without_its_hash_is_forbidden() -> None:
    signature = RequestValidator("12345").compute_signature(PUBLIC + PATH, {})
    headers = {"x-twilio-signature": signature, "content-type": "application/json"}
    with pytest.raises(Forbidden):
        check(Request("POST", PATH, "", headers, b"{}"))


@pytest.mark.parametrize("body", [b"[]", b"{", b"null"])
def test_w03_a_signed_body_that_holds_no_fields_is_refused(body: bytes) -> None:
    with pytest.raises(Unprocessable):
        check(hashed(body))


def test_w03_what_a_stranger_wrote_is_not_parsed() -> None:
    """A body that would overrun the parser is forbidden like any other, however it is hashed."""
    body = b"[" * 200_000
    headers = {"x-twilio-signature": "AAAA", "content-type": "application/json"}
    with pytest.raises(Forbidden):
        check(Request("POST", PATH, f"bodySHA256={sha256(body).hexdigest()}", headers, body))


@pytest.mark.parametrize("token", ["12345", "54321"])
def test_b18_both_tokens_of_an_account_are_good_while_they_are_changed(token: str) -> None:
    assert check(request(token=token), tokens=("12345", "54321")).get("MessageSid") == "SM1"
    with pytest.raises(Forbidden):
        check(request(token="99999"), tokens=("12345", "54321"))
    with pytest.raises(Forbidden):
        check(request(token="54321"), tokens=("12345",))


def test_b18_the_second_token_comes_from_the_settings_and_is_not_printed() -> None:
    one = {"TWILIO_AUTH_TOKEN": "first-token"}
    assert Settings.from_env(one).twilio_tokens == ("first-token",)
    both = Settings.from_env(one | {"FTE_TWILIO_SECONDARY_AUTH_TOKEN": "second-token"})
    assert both.twilio_tokens == ("first-token", "second-token")
    assert "second-token" not in repr(both)


def test_w03_without_a_token_it_does_not_start() -> None:
    env = {
        "FTE_PUBLIC_URL": PUBLIC,
        "TWILIO_ACCOUNT_SID": "AC1",
        "FTE_TWILIO_NUMBER": "whatsapp:+14155550100",
        "FTE_TWILIO_SECONDARY_AUTH_TOKEN": "x",
    }
    with pytest.raises(SettingsError, match="TWILIO_AUTH_TOKEN is not set"):
        Settings.from_env(env, REQUIRED)


@pytest.mark.parametrize("header", ["x-forwarded-host", "x-forwarded-proto", "x-original-url", "host", "forwarded"])
def test_f49_what_a_proxy_says_of_itself_changes_nothing(header: str) -> None:
    """TLS ends at the proxy, and anybody can send its headers: only the settings say what our address is."""
    good = request()
    assert check(Request(good.method, good.path, "", {**good.headers, header: "evil.example"}, good.body))
    foreign = request(url="https://evil.example" + PATH)
    with pytest.raises(Forbidden):
        check(Request(foreign.method, foreign.path, "", {**foreign.headers, header: "evil.example"}, foreign.body))


@pytest.mark.parametrize(
    "fields",
    [
        {"Body": "trailing "},
        {"Body": " leading"},
        {"Body": "two\r\nlines"},
        {"Body": "😀👩\u200d👩\u200d👧 مرحبا"},
        {"From": "whatsapp:+14155550123", "WaId": "14155550123"},
        {"Body": ""},
        {"Body": "a+b c%20d&e=f"},
    ],
    ids=range(7),
)
def test_w03_values_count_as_they_are(fields: dict[str, str]) -> None:
    signed = FIELDS | fields
    name, value = next(iter(fields.items()))
    assert check(request(urlencode(signed))).get(name) == value
    with pytest.raises(Forbidden):
        check(request(urlencode(signed | {name: value + " "}), signed=urlencode(signed)))
