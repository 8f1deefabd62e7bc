"""Logs as data: one JSON object a line, with the trace and the event they belong to.

No customer's words, addresses or secrets in a line: messages are constant texts, facts are ids and codes. Of an
unexpected error only the type and the places are logged, because its text may quote what a customer wrote.
"""

from __future__ import annotations

import json
import logging
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any, Final

_context: ContextVar[dict[str, str] | None] = ContextVar("fte_log_context", default=None)

_PLAIN: Final = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


@contextmanager
def log_context(**facts: str | None) -> Iterator[None]:
    """Add `facts` (trace, event, conversation ...) to every line that is logged inside."""
    token = _context.set({**(_context.get() or {}), **{k: v for k, v in facts.items() if v}})
    try:
        yield
    finally:
        _context.reset(token)


def trace_id(traceparent: str | None) -> str | None:
    """The trace id in a W3C `traceparent`, or None."""
    parts = (traceparent or "").split("-")
    return parts[1] if len(parts) == 4 and len(parts[1]) == 32 else None


class JsonFormatter(logging.Formatter):
    """A record as one line of JSON."""

    def __init__(self, service: str) -> None:
        super().__init__()
        self.service = service

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "service": self.service,
            "logger": record.name,
            "event": record.getMessage(),
            **(_context.get() or {}),
            **{k: v for k, v in vars(record).items() if k not in _PLAIN},
        }
        if record.exc_info and record.exc_info[0] is not None:
            line["error"] = record.exc_info[0].__name__
            line["where"] = [
                f"{frame.filename}:{frame.lineno} {frame.name}"
                for frame in traceback.extract_tb(record.exc_info[2])[-8:]
            ]
        return json.dumps(line, default=str, ensure_ascii=False)


def configure_logging(service: str, level: str) -> None:
    """Send all logs of this process to standard error as JSON."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonFormatter(service))
    logging.basicConfig(handlers=[handler], level=level, force=True)
    # These log every request at INFO, with full URLs: addresses and tokens stand in them.
    for name in ("httpx2", "httpx", "kafka", "googleapiclient", "google", "twilio", "urllib3", "uvicorn.access"):
        logging.getLogger(name).setLevel(logging.WARNING)
    # A screen of errors for a broker or topic that is not there yet; `fte.bus` says it once.
    logging.getLogger("kafka").setLevel(logging.CRITICAL)
