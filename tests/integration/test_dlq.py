"""`fte dlq` on a real PostgreSQL: dead letters listed, shown, published once more, put aside."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from psycopg.rows import dict_row
from psycopg.types.json import Jsonb

from fte.events import EventType
from fte.store.outbox import Outbox, OutboxRow
from fte.store.pool import open_pool
from fte_ops.__main__ import main
from fte_tests.bus import RememberingBus

CONVERSATION, CUSTOMER = str(uuid4()), str(uuid4())


class Desk:
    """The command, and the database that it works on."""

    def __init__(self, address: str, capsys: pytest.CaptureFixture[str]) -> None:
        self._address = address
        self._capsys = capsys

    def dlq(self, *arguments: str, code: int = 0) -> str:
        """Run it; what it printed."""
        assert main(["dlq", *arguments]) == code
        return self._capsys.readouterr().out

    def json(self, *arguments: str, code: int = 0) -> Any:
        return json.loads(self.dlq(*arguments, "--json", code=code))

    def rows(self, query: str, *values: Any) -> list[dict[str, Any]]:
        with psycopg.connect(self._address, row_factory=dict_row) as connection:
            cursor = connection.execute(query.encode(), values)
            return cursor.fetchall() if cursor.description else []

    def letter(self, type_: str = EventType.TICKET_INCOMING, *, data: Any = None, **fields: Any) -> UUID:
        """A dead letter as backoffice keeps it."""
        id_ = uuid4()
        event_id = fields.pop("event_id", None) or str(uuid4())
        attributes = {
            "id": event_id,
            "source": "/fte/intake-gmail",
            "type": type_,
            "subject": CONVERSATION,
            "partitionkey": CUSTOMER,
            "channel": "email",
            "traceparent": "00-1-2-01",
            "knativeerrordest": "http://agent",
            "knativeerrorcode": "422",
            "reason": "malformed",
        }
        row = {
            "id": id_,
            "event_id": event_id,
            "type": type_,
            "source": "/fte/intake-gmail",
            "subject": CONVERSATION,
            "attributes": Jsonb(attributes),
            "data": Jsonb({"text": "Hi", "customer_id": CUSTOMER} if data is None else data),
            "error_code": "422",
            "reason": "malformed",
            "destination": "http://agent",
            **fields,
        }
        columns = ", ".join(row)
        self.rows(f"INSERT INTO dead_letters ({columns}) VALUES ({', '.join(['%s'] * len(row))})", *row.values())
        return id_

    def swept(self) -> Sequence[OutboxRow]:
        """What a process that sweeps the outbox publishes now."""

        async def sweep() -> list[OutboxRow]:
            pool, bus = await open_pool(self._address, max_size=1), RememberingBus()
            outbox = Outbox(pool, bus)
            await outbox.sweep()
            await outbox.close()
            await pool.close()
            return bus.rows

        return asyncio.run(sweep())


@pytest.fixture
def desk(database_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Desk:
    monkeypatch.setenv("DATABASE_URL", database_url)
    return Desk(database_url, capsys)


def test_open_letters_are_listed_newest_first(desk: Desk) -> None:
    """Without what they say; filters narrow it down."""
    old = desk.letter(received_at="2026-01-01T00:00:00Z")
    new = desk.letter(EventType.RESPONSE_READY, reason="100%_odd", destination="http://deliver")
    gone = desk.letter(status="discarded", received_at="2025-01-01T00:00:00Z")

    def listed(*arguments: str) -> list[str]:
        return [item["id"] for item in desk.json("list", *arguments)["items"]]

    assert listed() == [str(new), str(old)]
    assert listed("--status", "all") == [str(new), str(old), str(gone)]
    assert listed("--status", "discarded") == [str(gone)]
    assert listed("--type", "RESPONSE") == [str(new)]
    assert listed("--reason", "0%_o") == [str(new)]
    assert listed("--reason", "m_lformed") == []
    assert listed("--destination", "agent", "--limit", "1") == [str(old)]
    (item,) = desk.json("list", "--type", "ticket.incoming")["items"]
    assert "data" not in item
    text = desk.dlq("list")
    assert f"{new}  " in text
    assert text.endswith("2 dead letters\n")


def test_no_letters_are_no_trouble(desk: Desk) -> None:
    """Said in words, and as an empty list."""
    assert desk.dlq("list") == "no dead letters\n"
    assert desk.json("list") == {"items": []}
    assert desk.dlq("replay", "--all") == "no dead letters\n"


def test_one_letter_is_shown_whole(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    """By its id or the beginning of it."""
    id_ = desk.letter(data={"text": "Grüße"})
    assert desk.json("show", str(id_))["data"] == {"text": "Grüße"}
    assert "Grüße" in desk.dlq("show", str(id_)[:8].upper())
    desk.letter()
    for unclear, count in ((str(uuid4()), "no dead letter has"), ("%", "no dead letter has"), ("", "more than one")):
        assert main(["dlq", "show", unclear]) == 1
        assert capsys.readouterr().err.startswith(f"fte: {count}")


def test_a_replayed_event_is_published_by_the_next_sweep(desk: Desk) -> None:
    """As it was, without what the failure added; the letter is marked, and the command may be repeated."""
    event_id = str(uuid4())
    id_ = desk.letter(event_id=event_id)
    assert desk.json("replay", str(id_)) == {"items": [{"id": str(id_), "result": "replayed", "why": ""}]}
    (row,) = desk.swept()
    assert (str(row.id), row.topic, row.key) == (event_id, "fte.tickets.incoming", CUSTOMER)
    assert row.event.attributes == {
        "id": event_id,
        "source": "/fte/intake-gmail",
        "type": EventType.TICKET_INCOMING,
        "subject": CONVERSATION,
        "partitionkey": CUSTOMER,
        "channel": "email",
        "traceparent": "00-1-2-01",
    }
    assert row.event.data == {"text": "Hi", "customer_id": CUSTOMER}
    assert [item["status"] for item in desk.json("list", "--status", "all")["items"]] == ["replayed"]

    assert "unchanged: it is replayed already" in desk.dlq("replay", str(id_))
    assert desk.swept() == []
    assert "replayed\n" in desk.dlq("replay", str(id_), "--again")
    assert len(desk.swept()) == 1
    audited = desk.rows("SELECT actor, action, conversation_id FROM audit_log")
    assert [(row["actor"], row["action"], str(row["conversation_id"])) for row in audited] == [
        ("operator", "dead_letter_replayed", CONVERSATION)
    ] * 2


def test_an_event_that_the_outbox_still_has_goes_out_as_it_is_there(desk: Desk) -> None:
    """The row is the truth; it was published long ago and is published once more."""
    event_id = str(uuid4())
    desk.rows(
        "INSERT INTO outbox (id, topic, key, attributes, data, conversation_id, published_at)"
        " VALUES (%s, 'fte.tickets.incoming', 'k', %s, %s, %s, now())",
        *(event_id, Jsonb({"id": event_id, "source": "s", "type": "t"}), Jsonb({"text": "whole"}), CONVERSATION),
    )
    desk.dlq("replay", str(desk.letter(event_id=event_id)))
    (row,) = desk.swept()
    assert (row.key, row.event.data) == ("k", {"text": "whole"})


def test_all_that_match_are_replayed_oldest_first(desk: Desk) -> None:
    """Letters that are no longer open stay; an event whose id is not ours gets one."""
    ids = [
        desk.letter(event_id=f"foreign-{number}", received_at=f"2026-01-0{number}T00:00:00Z") for number in (2, 1, 3)
    ]
    desk.letter(EventType.RESPONSE_READY)
    done = desk.json("replay", "--all", "--type", "ticket.incoming")["items"]
    assert [item["id"] for item in done] == [str(ids[1]), str(ids[0]), str(ids[2])]
    assert [row.event.id for row in desk.swept()] == ["foreign-1", "foreign-2", "foreign-3"]
    assert desk.json("replay", "--all", "--type", "ticket.incoming") == {"items": []}


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"type_": "dev.knative.sources.ping"}, "events of type dev.knative.sources.ping are not ours"),
        ({"data": {"body_base64": "AAAA"}}, "it never held an event that could be read"),
        ({"data": [1]}, "it never held an event that could be read"),
    ],
)
def test_what_cannot_be_replayed_says_why(desk: Desk, fields: dict[str, Any], why: str) -> None:
    """It stays open, and the exit code is 1; the others are replayed all the same."""
    impossible, fine = desk.letter(**fields), desk.letter()
    items = desk.json("replay", str(impossible), str(fine), code=1)["items"]
    assert [item["result"] for item in items] == ["impossible", "replayed"]
    assert why in items[0]["why"]
    assert [item["id"] for item in desk.json("list")["items"]] == [str(impossible)]
    assert len(desk.swept()) == 1


def test_a_discarded_letter_is_out_of_the_way(desk: Desk) -> None:
    """It is kept, is not published, and a replay of all leaves it alone."""
    id_ = desk.letter()
    assert desk.dlq("discard", str(id_)) == f"{id_}  discarded\n1 dead letter\n"
    assert "unchanged: it is discarded already" in desk.dlq("discard", str(id_))
    assert "unchanged: it is discarded already" in desk.dlq("replay", str(id_))
    assert desk.json("list") == {"items": []}
    assert desk.swept() == []


@pytest.mark.parametrize("arguments", [("replay",), ("discard",), ("replay", "abc", "--all")])
def test_which_letters_has_to_be_said(
    desk: Desk, arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    """Neither none nor both: wrong usage is exit code 2."""
    with pytest.raises(SystemExit) as ended:
        main(["dlq", *arguments])
    assert ended.value.code == 2
    assert "name dead letters by their ids, or give --all" in capsys.readouterr().err


def test_a_database_without_tables_is_said_in_one_sentence(
    database_server: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With the remedy; so is a server that is not there."""
    monkeypatch.setenv("DATABASE_URL", psycopg.conninfo.make_conninfo(database_server, dbname="template1"))
    assert main(["dlq", "list"]) == 1
    assert capsys.readouterr().err == "fte: this database has no dead letters' table: run `fte migrate` first\n"
    monkeypatch.setenv("DATABASE_URL", "postgresql://fte@127.0.0.1:1/fte")
    assert main(["dlq", "list"]) == 1
    assert capsys.readouterr().err == "fte: the database cannot be reached\n"
