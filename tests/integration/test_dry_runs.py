"""Dry runs on a real PostgreSQL: the real pipeline, nothing sent, nothing left."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import make_conninfo

from fte.errors import Unprocessable
from fte.settings import Settings
from fte.store.pool import fetch_all, transaction
from fte_agent.context import RunContext
from fte_ops.dryrun import desk as dry_desk
from fte_ops.dryrun.database import COPY, TEMPLATE, throw_away
from fte_ops.dryrun.inputs import Ticket
from fte_ops.dryrun.lines import parse_lines
from fte_ops.dryrun.trying import try_line

ARTICLES = Path(__file__).resolve().parents[2] / "knowledge"
TOOLS = ["create_ticket", "get_customer_history", "search_knowledge_base"]
FIELDS = [
    "id", "outcome", "flags", "team", "severity", "sentiment", "category", "priority", "articles", "reply", "parts",
    "tools", "ms",
]  # fmt: skip


class Server:
    """A database server, and the `fte` command against it with two articles."""

    def __init__(self, address: str, knowledge: Path) -> None:
        self.address = address
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("FTE_", "OPENAI_"))},
            "DATABASE_URL": address,
            "FTE_KNOWLEDGE_DIR": str(knowledge),
        }
        self.begun: list[subprocess.Popen[bytes]] = []
        self.settings = Settings.from_env(self.environment)

    def begin(self, *arguments: str) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [sys.executable, "-m", "fte_ops", *arguments],
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        self.begun.append(process)
        return process

    def end(self) -> None:
        """End what a failed test left running: what comes after it must not suffer."""
        for process in self.begun:
            if process.poll() is None:
                process.kill()
                process.communicate()

    def fte(self, *arguments: str, lines: list[Any]) -> tuple[int, list[dict[str, Any]], str]:
        """Exit code, results, and what was said besides."""
        text = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
        process = self.begin(*arguments, "-")
        out, err = process.communicate(text.encode(), timeout=120)
        return process.returncode, [json.loads(line) for line in out.splitlines()], err.decode()

    def databases(self, beginning: str) -> set[str]:
        with psycopg.connect(self.address) as connection:
            rows = connection.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [beginning])
            return {name for (name,) in rows.fetchall()}

    def execute(self, statement: Any, *names: str) -> None:
        with psycopg.connect(self.address, autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


@pytest.fixture
def knowledge(tmp_path: Path) -> Path:
    """Two articles."""
    folder = tmp_path / "knowledge"
    folder.mkdir()
    for name in ("password-reset.md", "refund-policy.md"):
        shutil.copy(ARTICLES / name, folder)
    return folder


@pytest.fixture
def server(database_server: str, knowledge: Path) -> Iterator[Server]:
    """The test session's server. Other templates may be on it; no run of another test is."""
    server = Server(database_server, knowledge)
    yield server
    server.end()
    assert server.databases(COPY) == set()


def ticket(text: str, **fields: Any) -> dict[str, Any]:
    return {"id": uuid4().hex, "channel": "email", "text": text, **fields}


def test_each_line_has_its_result_in_its_place(server: Server) -> None:
    """Answers, hand-overs, questions, silence and bad lines, in the promised shape; exit code 1 for the bad ones."""
    lines = [
        ticket("How do I reset my password?", subject="Log in", **{"from": "ann@example.com", "from_name": "Ann Lee"}),
        ticket("I want a refund, now", channel="whatsapp", attachments=["bill.pdf"]),
        ticket("help", channel="webform"),
        ticket("Hello", **{"from": "support@techcorp.example"}),
        "{",
        {"id": "no channel", "text": "x"},
        ticket("", html="<p>I forgot my <b>password</b>, how can I reset it?</p>"),
        ticket("How?", **{"from": "nobody"}),
    ]
    code, results, said = server.fte("try", lines=lines)
    assert code == 1
    assert [result["id"] for result in results] == [line["id"] if isinstance(line, dict) else None for line in lines], (
        said
    )
    answered, escalated, asked, silent, no_json, no_channel, by_html, no_sender = results

    assert [list(result) for result in (answered, escalated, asked, silent)] == [FIELDS] * 4
    assert (answered["outcome"], answered["flags"], answered["team"]) == ("answered", [], None)
    assert list(answered["articles"][0]) == ["slug", "topics", "score"]
    assert answered["articles"][0]["slug"] == "password-reset"
    assert answered["reply"].startswith("Hello Ann,")
    assert answered["parts"] == [answered["reply"]]
    assert answered["tools"] == [*TOOLS, "send_response"]
    assert list(answered["sentiment"]) == ["score", "label"]
    assert answered["ms"] > 0

    assert (escalated["outcome"], escalated["flags"]) == ("escalated", ["REFUND_REQUEST"])
    assert (escalated["team"], escalated["severity"]) == ("finance", "high")
    assert escalated["tools"] == [*TOOLS, "escalate_to_human"]
    assert all(len(part) < 300 for part in escalated["parts"])
    assert escalated["reply"] == "\n\n".join(escalated["parts"])

    assert asked["outcome"] == "asked"
    assert (silent["outcome"], silent["reply"], silent["tools"]) == ("silent", "", [])
    assert by_html["articles"][0]["slug"] == "password-reset"
    assert [no_json["error"], no_channel["error"], no_sender["error"]] == [
        "line 5 is not JSON: Expecting property name enclosed in double quotes, column 2",
        "line 6: channel: Field required",
        "line 8: from is no address that can be answered",
    ]
    assert said.splitlines()[-1] == "fte: 3 of 8 lines could not be tried"


def test_good_lines_alone_end_well_and_reuse_the_template(server: Server, knowledge: Path) -> None:
    """The second run makes nothing anew; changed articles make another template, which nobody can connect to."""
    lines = [ticket("How do I reset my password?") for _ in range(2)]
    code, results, _ = server.fte("try", lines=lines)
    assert (code, len(results)) == (0, 2)
    before = server.databases(TEMPLATE)
    code, _, said = server.fte("try", lines=[])
    assert (code, said) == (0, "")
    assert server.databases(TEMPLATE) == before

    (knowledge / "refund-policy.md").unlink()
    code, _, said = server.fte("try", lines=[])
    assert code == 0
    assert said.startswith("making the dry runs' template database")
    (made,) = server.databases(TEMPLATE) - before
    with pytest.raises(psycopg.OperationalError, match="not currently accepting connections"):
        psycopg.connect(make_conninfo(server.address, dbname=made))


def test_two_at_once_make_one_template(server: Server, knowledge: Path) -> None:
    """And neither takes the other's database for a leftover."""
    article = knowledge / "password-reset.md"
    article.write_text(f"{article.read_text()}\n{uuid4()}\n")
    before = server.databases(TEMPLATE)
    line = json.dumps(ticket("How do I reset my password?")).encode()
    runs = [server.begin("try", "-") for _ in range(3)]
    for run in runs:
        assert run.stdin is not None
        run.stdin.write(line)
        run.stdin.close()
        run.stdin = None
    said = [run.communicate(timeout=120) for run in runs]
    assert [run.returncode for run in runs] == [0, 0, 0], said
    assert sum(b"making" in err for _, err in said) == 1
    assert len(server.databases(TEMPLATE) - before) == 1


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run_leaves_nothing(server: Server, how: signal.Signals, tmp_path: Path) -> None:
    """Ctrl-C and a Job's end drop the database; one sentence, no traceback."""
    file = tmp_path / "lines"
    file.write_text("\n".join(json.dumps(ticket("How do I reset my password?")) for _ in range(2_000)))
    run = server.begin("try", str(file))
    assert run.stdout is not None
    assert json.loads(run.stdout.readline())["outcome"] == "answered"
    assert len(server.databases(COPY)) == 1
    run.send_signal(how)
    _, err = run.communicate(timeout=60)
    assert run.returncode == 130
    # A coroutine of the SDK that was about to begin may be warned of behind it.
    assert "fte: interrupted" in err.decode().splitlines(), err.decode()
    assert b"Traceback" not in err


@pytest.mark.anyio
async def test_leftovers_are_dropped_and_running_ones_are_not(server: Server) -> None:
    """What a killed run left behind goes when the next one begins."""
    async with throw_away(server.settings) as first:
        left_behind = COPY + "killed"
        server.execute("CREATE DATABASE {}", left_behind)
        async with throw_away(server.settings) as second:
            assert first != second
            assert left_behind not in server.databases(COPY)
            assert len(server.databases(COPY)) == 2
            with psycopg.connect(first) as connection:
                (count,) = connection.execute("SELECT count(*) FROM knowledge_base").fetchone() or (0,)
            assert count > 0
        assert len(server.databases(COPY)) == 1


@pytest.mark.anyio
async def test_few_templates_stay(server: Server, knowledge: Path) -> None:
    """Old ones go, so that a server does not fill up with them."""
    article = knowledge / "password-reset.md"
    for _ in range(4):
        article.write_text(f"{article.read_text()}\n{uuid4()}\n")
        async with throw_away(server.settings):
            pass
    assert len(server.databases(TEMPLATE)) == 3


@pytest.mark.anyio
async def test_a_role_that_may_make_no_database_is_told_so(server: Server) -> None:
    """With what would allow it."""
    role = f"fte_reader_{uuid4().hex[:8]}"
    server.execute("CREATE ROLE {} LOGIN PASSWORD 'reader'", role)
    try:
        settings = server.settings.model_validate(
            {**server.environment, "DATABASE_URL": make_conninfo(server.address, user=role, password="reader")}
        )
        with pytest.raises(Unprocessable, match="CREATEDB"):
            async with throw_away(settings):
                pass
    finally:
        server.execute("DROP ROLE {}", role)


@pytest.mark.anyio
async def test_history_is_tickets_of_the_same_customer(server: Server) -> None:
    """Each entry is a ticket of its own, dated back, also one of today; the line's own is the last of them."""
    history = [
        {"days_ago": 0.1, "channel": "whatsapp", "text": "Still waiting for my refund"},
        {"days_ago": 30, "channel": "email", "text": "I want a refund"},
        {"days_ago": 3, "channel": "whatsapp", "text": "Where is my refund?"},
    ]
    line = ticket("How do I reset my password?", channel="whatsapp", history=history)
    stranger = ticket("How do I reset my password?", channel="whatsapp")
    async with dry_desk.opened(server.settings, None) as desk:
        first, second = [
            await try_line(desk, server.settings, parsed)
            for parsed in parse_lines(f"{json.dumps(line)}\n{json.dumps(stranger)}".encode(), Ticket)
        ]
        async with transaction(desk.agent.core.pool) as connection:
            tickets = await fetch_all(
                connection,
                "SELECT t.channel, t.status, m.content, m.outcome, t.customer_id, count(*) OVER (PARTITION BY"
                " t.customer_id) AS of_customer, round(extract(epoch FROM now() - t.created_at) / 86400, 1) AS days,"
                " round(extract(epoch FROM now() - m.received_at) / 86400, 1) AS message_days"
                "  FROM tickets AS t JOIN messages AS m ON m.ticket_id = t.id AND m.direction = 'inbound'"
                " ORDER BY m.seq",
            )
            unpublished = await fetch_all(connection, "SELECT FROM outbox WHERE published_at IS NOT NULL")
    assert [(row["channel"], float(row["days"]), float(row["message_days"])) for row in tickets] == [
        ("email", 30.0, 30.0),
        ("whatsapp", 3.0, 3.0),
        ("whatsapp", 0.1, 0.1),
        ("whatsapp", 0.0, 0.0),
        ("whatsapp", 0.0, 0.0),
    ]
    assert [row["of_customer"] for row in tickets] == [4, 4, 4, 4, 1]
    assert [row["outcome"] for row in tickets[:3]] == ["escalated"] * 3
    assert [first["outcome"], second["outcome"]] == ["answered", "answered"]
    assert unpublished == []


@pytest.mark.anyio
async def test_one_address_is_a_new_customer_in_each_line(server: Server) -> None:
    """Nothing that one line says can be seen from another."""
    lines = "\n".join(json.dumps(ticket("How do I reset my password?", **{"from": "ann@example.com"})) for _ in "ab")
    async with dry_desk.opened(server.settings, "offline") as desk:
        for line in parse_lines(lines.encode(), Ticket):
            assert (await try_line(desk, server.settings, line))["outcome"] == "answered"
        async with transaction(desk.agent.core.pool) as connection:
            rows = await fetch_all(connection, "SELECT count(*) FROM customers UNION ALL SELECT count(*) FROM tickets")
    assert [row["count"] for row in rows] == [2, 2]


@pytest.mark.anyio
async def test_an_agent_that_fails_is_an_error_and_not_a_result(server: Server) -> None:
    """After as many attempts as a customer's message gets, without the waits between them."""
    attempts = 0

    def broken(_: RunContext) -> Any:
        nonlocal attempts
        attempts += 1
        raise ZeroDivisionError

    (line,) = parse_lines(json.dumps(ticket("How?")).encode(), Ticket)
    async with dry_desk.opened(server.settings, None) as desk:
        result = await try_line(replace(desk, agent=replace(desk.agent, model_for=broken)), server.settings, line)
    assert result == {"id": line.id, "error": "line 1: the agent came to no outcome"}
    assert attempts == 4


def test_contacts_become_customers(server: Server) -> None:
    """By the intakes' own transaction; each line begins with an empty desk."""
    mail = {"channel": "email", "from": "Ann Lee <Ann@Example.com>", "subject": "Export", "body": "How?"}
    chat = {"channel": "whatsapp", "from": "whatsapp:+442079460000", "profile_name": "Ann", "body": "Hi"}
    form = {
        "channel": "form",
        "name": "Ann Lee",
        "email": "ann@example.com",
        "phone": "020 7946 0000",
        "country": "GB",
        "subject": "Export",
        "body": "The export stops.",
    }
    lines = [
        {"id": "joined", "contacts": [mail, {"channel": "email", "from": "support@techcorp.example"}, form, chat]},
        {"id": "apart", "contacts": [chat, mail]},
        {"id": "alone", "contacts": [mail]},
        {"id": "bad", "contacts": [{"channel": "pigeon"}]},
    ]
    code, (joined, apart, alone, bad), said = server.fte("identify", lines=lines)
    assert code == 1, said
    assert joined == {
        "id": "joined",
        "customers": [[0, 2, 3]],
        "links": [
            {"contacts": [0, 2], "level": "claimed", "reason": "same email: mail From, typed into the form"},
            {"contacts": [2, 3], "level": "claimed", "reason": "same phone: typed into the form, WhatsApp sender"},
        ],
    }
    assert apart == {"id": "apart", "customers": [[0], [1]], "links": []}
    assert alone == {"id": "alone", "customers": [[0]], "links": []}
    assert bad["id"] == "bad"
    assert bad["error"].startswith("line 4: contacts.0")
