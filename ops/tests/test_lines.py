"""JSON Lines in, results out in the same order."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from fte_ops.dryrun.inputs import Scenario, Ticket
from fte_ops.dryrun.lines import in_order, parse_lines, write_line


def test_a_line_is_read_with_its_number_and_id() -> None:
    """Empty lines, a byte order mark and Windows line ends do not count; labels beside the fields do not disturb."""
    content = b'\xef\xbb\xbf{"id": "a", "channel": "email", "text": "Hi", "label": 1}\r\n\r\n  \n{"id": 7, "channel":'
    content += b' "whatsapp", "text": "Yo", "subject": null, "from": 14155550123}'
    first, second = parse_lines(content, Ticket)
    assert (first.number, first.id) == (1, "a")
    assert first.record is not None
    assert first.record.text == "Hi"
    assert (second.number, second.id) == (4, 7)
    assert second.record is not None
    assert (second.record.subject, second.record.sender) == ("", "14155550123")


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (b"{not json}", "line 1 is not JSON: Expecting property name enclosed in double quotes, column 2"),
        (b'"\xff"', "line 1 is not JSON: UnicodeDecodeError"),
        (b"[" * 100_000, "line 1 is not JSON: RecursionError"),
        (b"[1]", "line 1 is not a JSON object"),
    ],
)
def test_what_is_no_json_object_is_told_with_its_line(line: bytes, problem: str) -> None:
    """The sentence names the line and never quotes it."""
    (bad,) = parse_lines(line, Ticket)
    assert (bad.id, bad.record, bad.problem) == (None, None, problem)


@pytest.mark.parametrize(
    ("fields", "names"),
    [
        ({"channel": "fax", "text": "x"}, "channel"),
        ({"text": "x"}, "channel"),
        ({"channel": "email"}, "no text"),
        ({"channel": "webform", "html": "<p>x</p>"}, "no text"),
        ({"channel": "email", "text": ["x"]}, "text"),
        ({"channel": "email", "text": "x", "history": [{"days_ago": -1, "channel": "email", "text": "y"}]}, "days_ago"),
    ],
)
def test_a_line_that_lacks_something_says_what(fields: dict[str, Any], names: str) -> None:
    """The id is kept, so that the result can be told apart."""
    (bad,) = parse_lines(json.dumps({"id": "x", **fields}).encode(), Ticket)
    assert (bad.id, bad.record) == ("x", None)
    assert bad.problem.startswith("line 1: ")
    assert names in bad.problem


def test_an_e_mail_may_consist_of_html_alone() -> None:
    """HTML stands for the text in a mail."""
    (line,) = parse_lines(b'{"id": 1, "channel": "email", "html": "<p>x</p>"}', Ticket)
    assert line.record is not None


def test_a_line_without_an_id_has_its_number() -> None:
    """Results come in order, and the number says which line it was."""
    (line,) = parse_lines(b'\n{"contacts": []}', Scenario)
    assert line.id == 2


@pytest.mark.anyio
async def test_results_keep_the_order_of_the_lines() -> None:
    """Whatever is ready first, and no more at once than allowed."""
    running, most = 0, 0
    first_may_end = asyncio.Event()

    async def work(number: int) -> dict[str, Any]:
        nonlocal running, most
        running += 1
        most = max(most, running)
        if number == 0:
            await first_may_end.wait()
        await asyncio.sleep(0)
        running -= 1
        if number == 5:
            first_may_end.set()
        return {"number": number}

    found = [result["number"] async for result in in_order(range(40), work, 3)]
    assert found == list(range(40))
    assert most == 3


@pytest.mark.anyio
async def test_a_failure_ends_all_that_was_begun() -> None:
    """Nothing goes on in the background after an error."""
    begun: set[int] = set()
    ended: set[int] = set()

    async def work(number: int) -> dict[str, Any]:
        begun.add(number)
        try:
            if number == 2:
                raise ZeroDivisionError
            await asyncio.Event().wait()
        finally:
            ended.add(number)
        return {}

    async def drain() -> None:
        async for _ in in_order([2, 0, 1], work, 3):
            pass

    with pytest.raises(ZeroDivisionError):
        await drain()
    assert begun == ended == {0, 1, 2}


def test_what_utf_8_cannot_hold_is_still_json(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    """Half a surrogate pair in an id comes back as it went in; other letters stay readable."""
    write_line({"id": "\ud800", "reply": "é 🎉"})
    out = capsysbinary.readouterr().out
    assert json.loads(out) == {"id": "\ud800", "reply": "é 🎉"}
    assert "é 🎉".encode() in out
