from __future__ import annotations

import dataclasses
import datetime as dt
import json
import struct
import uuid
from typing import Any

import pytest

from fte.knowledge.articles import Article, Section
from fte.knowledge.entries import Entry, entries
from fte.knowledge.sync import index_lists, plan, vector_text

WANTED = entries(
    [
        Article(
            slug="slack",
            title="Slack",
            topics=("slack",),
            category="integration",
            updated=dt.date(2026, 11, 2),
            sections=(Section("", "Intro."), Section("Set up", "Steps."), Section("Stop", "More.")),
        )
    ]
)


def row(entry: Entry, **other: Any) -> dict[str, Any]:
    known = {
        "id": entry.id,
        "position": entry.position,
        "content_hash": entry.content_hash,
        "embedding_model": "m",
    }
    return {**known, **other}


def test_an_empty_table_gets_everything() -> None:
    """The first synchronisation adds all."""
    todo = plan(WANTED, [], "m")
    assert (todo.write, todo.added, todo.unchanged) == (WANTED, 3, 0)


def test_what_is_there_is_left_alone() -> None:
    """A second synchronisation has nothing to do."""
    todo = plan(WANTED, [row(entry) for entry in WANTED], "m")
    assert (todo.write, todo.move, todo.remove, todo.unchanged) == ((), (), (), 3)


def test_each_difference_has_its_own_remedy() -> None:
    """Changed text is embedded anew, a moved passage is only moved, one that is gone is removed."""
    gone = dataclasses.replace(WANTED[0], id=uuid.uuid4())
    rows = [row(WANTED[0], content_hash="old"), row(WANTED[1], position=7), row(WANTED[2]), row(gone)]
    todo = plan(WANTED, rows, "m")
    assert todo.write == (WANTED[0],)
    assert todo.move == (WANTED[1],)
    assert todo.remove == (gone.id,)
    assert (todo.added, todo.unchanged) == (0, 1)


def test_another_model_embeds_everything_anew() -> None:
    """Vectors of two models are never mixed."""
    todo = plan(WANTED, [row(entry) for entry in WANTED], "other")
    assert (len(todo.write), todo.added) == (3, 0)


@pytest.mark.parametrize(("rows", "lists"), [(0, 0), (9_999, 0), (10_000, 200), (100_000, 632)])
def test_an_index_is_made_from_ten_thousand_passages_on(rows: int, lists: int) -> None:
    """Below that an exact scan is fast and finds everything."""
    assert index_lists(rows) == lists


def test_a_vector_is_written_without_loss() -> None:
    """What pgvector reads, in single precision, is the vector."""
    vector = struct.unpack("5f", struct.pack("5f", 0.1, -2.2545997e-08, 0.0, 1 / 3, 0.035413902))
    assert struct.pack("5f", *json.loads(vector_text(vector))) == struct.pack("5f", *vector)
