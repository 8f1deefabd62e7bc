"""What a push says."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest

from fte.errors import Malformed
from fte_intake_gmail.push import Push, read_push

NOTICE = {"emailAddress": "Support@TechCorp.example", "historyId": 1234567890}


def body(notice: Any = NOTICE, *, urlsafe: bool = True, padded: bool = True) -> bytes:
    encode = base64.urlsafe_b64encode if urlsafe else base64.b64encode
    data = encode(json.dumps(notice).encode()).decode()
    message = {"data": data if padded else data.rstrip("="), "messageId": "1"}
    return json.dumps({"message": message, "subscription": "projects/p/subscriptions/s"}).encode()


@pytest.mark.parametrize("urlsafe", [True, False])
@pytest.mark.parametrize("padded", [True, False])
def test_the_hint_is_read_from_either_base64(urlsafe: bool, padded: bool) -> None:
    assert read_push(body(urlsafe=urlsafe, padded=padded)) == Push("support@techcorp.example", 1234567890)


def test_a_history_id_may_be_a_string() -> None:
    assert read_push(body(NOTICE | {"historyId": "42"})).history_id == 42


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"null",
        b"[]",
        b"{}",
        b"{broken",
        b"\xff",
        b"[" * 100_000,
        b'{"message": null}',
        b'{"message": {"data": 5}}',
        b'{"message": {"data": "!!!"}}',
        b'{"message": {"data": ""}}',
        body([]),
        body({"emailAddress": "a@b.example"}),
        body(NOTICE | {"historyId": "x"}),
        body(NOTICE | {"historyId": -1}),
        body(NOTICE | {"emailAddress": None}),
    ],
    ids=range(16),
)
def test_anything_else_is_malformed(raw: bytes) -> None:
    with pytest.raises(Malformed):
        read_push(raw)
