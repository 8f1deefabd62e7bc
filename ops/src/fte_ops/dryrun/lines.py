"""JSON Lines: one object a line in, one object a line out, in the same order."""

from __future__ import annotations

import asyncio
import json
import sys
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from fte_ops.files import read_input

Record = TypeVar("Record", bound=BaseModel)
Item = TypeVar("Item")

STARTED_AHEAD: Final = 4
"""How many times more lines may be begun than are worked on: a slow line does not hold up those behind it."""


@dataclass(frozen=True, slots=True)
class Line(Generic[Record]):
    """One line: its number, its id (the number where it has none) and either what it says or what is wrong with it."""

    number: int
    id: Any
    record: Record | None
    problem: str = ""


def read_lines(path: str, kind: type[Record]) -> list[Line[Record]]:
    """The lines of a file, or of standard input for `-`; empty ones do not count. Raises `Unprocessable`."""
    return list(parse_lines(read_input(path), kind))


def parse_lines(content: bytes, kind: type[Record]) -> Iterator[Line[Record]]:
    """The lines in `content`. What is wrong with a line is told with its number, and never quoted."""
    for number, raw in enumerate(content.removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1):
        if not raw.strip():
            continue
        try:
            value = json.loads(raw)
        except json.JSONDecodeError as error:
            yield Line(number, None, None, f"line {number} is not JSON: {error.msg}, column {error.colno}")
            continue
        except (UnicodeDecodeError, RecursionError) as error:
            yield Line(number, None, None, f"line {number} is not JSON: {type(error).__name__}")
            continue
        if not isinstance(value, dict):
            yield Line(number, None, None, f"line {number} is not a JSON object")
            continue
        id_ = value.get("id", number)
        try:
            yield Line(number, id_, kind.model_validate(value))
        except ValidationError as error:
            yield Line(number, id_, None, f"line {number}: {_problems(error)}")


def _problems(error: ValidationError) -> str:
    items = error.errors(include_input=False, include_url=False, include_context=False)
    return "; ".join(f"{'.'.join(map(str, item['loc'])) or 'the line'}: {item['msg']}" for item in items)


async def in_order(
    items: Sequence[Item], work: Callable[[Item], Awaitable[dict[str, Any]]], at_once: int
) -> AsyncIterator[dict[str, Any]]:
    """What `work` makes of each item, in the items' order, with `at_once` of them worked on at a time."""
    places = asyncio.Semaphore(at_once)

    async def one(item: Item) -> dict[str, Any]:
        async with places:
            return await work(item)

    begun: deque[asyncio.Task[dict[str, Any]]] = deque()
    try:
        for item in items:
            if len(begun) == at_once * STARTED_AHEAD:
                yield await begun.popleft()
            begun.append(asyncio.create_task(one(item)))
        while begun:
            yield await begun.popleft()
    finally:
        for task in begun:
            task.cancel()
        await asyncio.gather(*begun, return_exceptions=True)


def write_line(value: dict[str, Any]) -> None:
    """Print one line of JSON, at once. What UTF-8 cannot hold is written as an escape, which JSON can."""
    sys.stdout.flush()
    text = json.dumps(value, ensure_ascii=False, default=str)
    sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace") + b"\n")
    sys.stdout.buffer.flush()
