"""The way of one message through the logs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from fte_local import traces
from fte_local.errors import PlatformError

TRACE, OTHER = "0af7651916cd43dd8448eb211c80319c", "b" * 32
TALK = "340ce564-b8b6-4f65-80fc-63b54e503947"


def line(second: int, service: str, event: str, **facts: Any) -> str:
    at = f"2026-11-21T05:36:{second:02d}.123+00:00"
    return json.dumps({"at": at, "level": "INFO", "service": service, "logger": "x", "event": event, **facts}) + "\n"


LINES = [
    line(4, "deliver", "sent", trace_id=TRACE, part=1),
    line(1, "intake-webform", "received", trace_id=TRACE, reference="TC-T5H7SSTX2K", conversation_id=TALK),
    line(2, "agent", "answered", trace_id=TRACE, event_id="e-1", flags=["REFUND_REQUEST"]),
    line(3, "agent", "answered", trace_id=OTHER, conversation_id=TALK),
    line(5, "agent", "started"),
    line(6, "intake-webform", "received", reference="TC-T5H7SSTX2K", **{"as": "duplicate"}),
    f"2026-11-21 WARN not JSON {TRACE}\n",
    f'{{"half": "{TRACE}\n',
]


def events(wanted: str) -> list[str]:
    return [str(found.facts["event"]) for found in traces.way(LINES, wanted)]


@pytest.mark.parametrize("wanted", [TRACE, TRACE.upper(), f"00-{TRACE}-00f067aa0ba902b7-01", "e-1"])
def test_a_trace_is_shown_in_order_of_time_whatever_service_logged_it(wanted: str) -> None:
    """By the trace, by a traceparent as it stands in an event, and by an event's id."""
    assert events(wanted) == ["received", "answered", "sent"]


def test_a_ticket_also_has_the_lines_that_belong_to_no_trace() -> None:
    """A repeated delivery is logged with the reference alone."""
    assert events("tc-t5h7sstx2k") == ["received", "answered", "sent", "received"]


def test_a_conversation_has_all_its_traces() -> None:
    assert [found.trace for found in traces.way(LINES, TALK)] == [TRACE, TRACE, OTHER, TRACE]


def test_an_id_has_to_be_whole() -> None:
    assert events(TRACE[:8]) == []


def test_a_line_is_readable_and_says_only_what_differs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The last run's log counts as well."""
    (tmp_path / "agent.log.1").write_text(LINES[2])
    warning = json.loads(LINES[0]) | {"level": "WARNING"}
    (tmp_path / "deliver.log").write_text(json.dumps(warning) + "\n")
    assert traces.show(tmp_path, TRACE) == 0
    assert capsys.readouterr().out.splitlines() == [
        '05:36:02.123  agent            answered  event_id=e-1 flags=["REFUND_REQUEST"]',
        "05:36:04.123  deliver          WARNING sent  part=1",
    ]


def test_an_unknown_trace_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "agent.log").write_text("".join(LINES))
    with pytest.raises(PlatformError, match="No log line tells of nothing"):
        traces.show(tmp_path, "nothing")
