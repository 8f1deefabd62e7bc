"""intake-gmail on a real PostgreSQL, with Google's own library and real signed pushes against the simulator."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from fte.errors import Unavailable
from fte.store.pool import Pool
from fte_intake_gmail import cursor as mailbox_cursor
from fte_intake_gmail import trouble
from fte_local.sim.stage import Stage
from fte_tests.bus import RememberingBus
from fte_tests.mailroom import ANA, Contents, Desk, Rows, closed, desk_on

pytestmark = pytest.mark.anyio


async def cursor(rows: Rows) -> int:
    (row,) = await rows("SELECT history_id FROM mailbox_cursors")
    return int(row["history_id"])


async def test_mail_that_came_before_the_first_start_is_not_lost(
    impatient: None, stage: Stage, pool: Pool, bus: RememberingBus, rows: Rows, contents: Contents
) -> None:
    before = [stage.control.post("/sim/email", json={"from": ANA, "text": f"mail {n}"}).json() for n in range(3)]
    desk = desk_on(stage, pool, bus)
    await asyncio.wait_for(desk.resources.beginning, 10)
    assert await contents() == ["mail 0", "mail 1", "mail 2"]
    assert await cursor(rows) == desk.switch()["history_id"]
    (row,) = await rows("SELECT watch_expires_at > now() + interval '6 days' AS promised FROM mailbox_cursors")
    assert row["promised"]
    assert len(before) == 3
    await closed(desk)


async def test_the_first_start_waits_for_gmail(starting: Desk, contents: Contents) -> None:
    starting.fault("profile", count=2)
    starting.arrives("early")
    await asyncio.wait_for(starting.resources.beginning, 10)
    assert await contents() == ["early"]


async def test_a_push_brings_the_mail_in(desk: Desk, bus: RememberingBus, rows: Rows) -> None:
    mail = desk.arrives(reply_to="ana@home.example", references=["<q0@customer.example>"])
    answer = await desk.push()
    assert (answer.status, answer.body) == (204, b"")
    (stored,) = await rows("SELECT * FROM messages")
    assert (stored["provider_message_id"], stored["provider_thread_id"]) == (mail["id"], mail["thread_id"])
    assert (stored["rfc_message_id"], stored["sender"], stored["subject"]) == (mail["message_id"], ANA, "Export")
    assert stored["details"]["reply_to"] == "ana@home.example"
    assert stored["details"]["references"] == ["<q0@customer.example>"]
    await desk.resources.core.outbox.close()
    kinds = {row.event.type: row.event for row in bus.rows}
    assert set(kinds) == {"com.techcorp.fte.email.received.v1", "com.techcorp.fte.ticket.incoming.v1"}
    assert kinds["com.techcorp.fte.email.received.v1"].data["thread_id"] == mail["thread_id"]
    assert all(ANA not in str(event.attributes) for event in kinds.values())


async def test_g01_pushes_repeated_at_once_later_and_late_bring_each_mail_once(
    desk: Desk, bus: RememberingBus, rows: Rows, contents: Contents
) -> None:
    old = await cursor(rows)
    desk.arrives("one")
    desk.arrives("two")
    answers = await asyncio.gather(*(desk.push() for _ in range(5)))
    new = await cursor(rows)
    answers += [await desk.push(), await desk.push(history_id=old), await desk.push(history_id=1)]
    assert [answer.status for answer in answers] == [204] * 8
    assert await contents() == ["one", "two"]
    assert await cursor(rows) == new > old
    await desk.resources.core.outbox.close()
    assert len(bus.rows) == 4


async def test_g01_f45_a_stale_push_is_acknowledged_and_does_not_ask_gmail(desk: Desk) -> None:
    desk.arrives()
    await desk.push()
    desk.fault("history")
    assert (await desk.push()).status == 204


async def test_g01_f03_two_processes_at_once_bring_each_mail_once(
    desk: Desk, pool: Pool, bus: RememberingBus, contents: Contents, rows: Rows
) -> None:
    other = desk_on(desk.stage, pool, bus)
    await asyncio.wait_for(other.resources.beginning, 10)
    for number in range(6):
        desk.arrives(f"mail {number}")
    desk.arrives("away", headers={"Auto-Submitted": "auto-replied"})
    await asyncio.gather(*(one.resources.mailbox.sync() for one in (desk, other, desk, other)))
    assert await contents() == [f"mail {number}" for number in range(6)]
    assert len(await rows("SELECT id FROM audit_log WHERE action = 'automatic_mail_ignored'")) == 1
    await closed(other)


@pytest.mark.parametrize(
    ("token", "status", "code"),
    [
        ("missing", 401, "unauthenticated"),
        ("expired", 401, "unauthenticated"),
        ("unsigned", 401, "unauthenticated"),
        ("wrong_key", 401, "unauthenticated"),
        ("wrong_audience", 403, "forbidden"),
        ("wrong_email", 403, "forbidden"),
        ("unverified", 403, "forbidden"),
    ],
)
async def test_g06_a_push_without_a_good_token_does_nothing(
    desk: Desk, contents: Contents, token: str, status: int, code: str
) -> None:
    desk.arrives()
    answer = await desk.push(token)
    assert (answer.status, json.loads(answer.body)) == (status, {"error": code})
    assert await contents() == []


async def test_g06_without_googles_keys_pubsub_is_asked_to_try_again(desk: Desk, contents: Contents) -> None:
    desk.arrives()
    desk.fault("certs", count=1)
    assert (await desk.push()).status == 503
    assert (await desk.push()).status == 204
    assert await contents() == ["How do I export?"]


async def test_a_push_that_makes_no_sense_is_malformed_and_one_for_others_is_ignored(
    desk: Desk, contents: Contents
) -> None:
    desk.arrives()
    await desk.push("missing")
    desk.stage.control.post("/sim/gmail/push", json={}).raise_for_status()
    good = next(visit for visit in desk.stage.door.visits if "authorization" in visit.headers)
    assert (await desk.dispatch(good.path, good.headers, b"{}")).status == 400
    other = json.loads(good.body)
    other["message"]["data"] = "eyJlbWFpbEFkZHJlc3MiOiJ4QHkuZXhhbXBsZSIsImhpc3RvcnlJZCI6OTk5OTk5OTk5OX0="
    assert (await desk.dispatch(good.path, good.headers, json.dumps(other).encode())).status == 204
    assert await contents() == []


async def test_g04_a_failure_in_the_middle_keeps_what_came_before_and_loses_nothing(
    desk: Desk, rows: Rows, contents: Contents, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trouble, "FIRST_SECONDS", 60.0)
    mails = [desk.arrives(f"mail {number}") for number in range(7)]
    start = await cursor(rows)
    desk.fault(mails[4]["id"], count=1)
    assert (await desk.push()).status == 204
    assert await contents() == [f"mail {number}" for number in range(4)]
    assert start < await cursor(rows) < desk.switch()["history_id"]
    assert not (await desk.resources.health())["gmail"]
    assert (await desk.push()).status == 204
    assert len(await contents()) == 4, "Gmail is left alone until the next try is due"
    assert await desk.resources.mailbox.sync(force=True)
    assert await contents() == [f"mail {number}" for number in range(7)]
    assert await cursor(rows) == desk.switch()["history_id"]
    assert (await desk.resources.health())["gmail"]


@pytest.mark.parametrize("fault", [{}, {"status": 429}, {"kind": "drop"}, {"kind": "accept_then_drop"}], ids=str)
async def test_g04_when_gmail_fails_it_is_tried_again_without_another_push(
    desk: Desk, contents: Contents, fault: dict[str, Any]
) -> None:
    desk.arrives()
    desk.fault("history", count=2, **fault)
    assert (await desk.push()).status == 204
    await desk.looked()
    assert await contents() == ["How do I export?"]


async def test_g02_f44_history_that_is_gone_is_made_up_for(desk: Desk, rows: Rows, contents: Contents) -> None:
    desk.arrives("known")
    await desk.push()
    desk.arrives("missed one")
    desk.arrives("missed two")
    desk.switch(forget_history=True)
    assert (await desk.push()).status == 204
    assert await contents() == ["known", "missed one", "missed two"]
    assert await cursor(rows) == desk.switch()["history_id"]
    assert len(await rows("SELECT id FROM outbox")) == 6


async def test_g04_f46_a_mail_that_is_gone_is_skipped(desk: Desk, rows: Rows, contents: Contents) -> None:
    desk.arrives("stays")
    gone = desk.arrives("gone")
    desk.arrives("stays too")
    desk.fault(gone["id"], status=404)
    assert (await desk.push()).status == 204
    assert await contents() == ["stays", "stays too"]
    (noted,) = await rows("SELECT action, details FROM audit_log")
    assert noted["details"] == {"provider_message_id": gone["id"], "reason": "gone"}


async def test_g04_f46_a_mail_that_gmail_announces_too_early_is_asked_for_again(desk: Desk, contents: Contents) -> None:
    mail = desk.arrives("early")
    desk.fault(mail["id"], status=404, count=1)
    await desk.push()
    assert await contents() == ["early"]


async def test_g07_f08_f14_f18_machines_and_ourselves_get_no_answer(desk: Desk, rows: Rows, contents: Contents) -> None:
    desk.arrives("away", headers={"Auto-Submitted": "auto-replied"})
    desk.arrives("loop", **{"from": "support@techcorp.example"})
    desk.arrives("human", headers={"Auto-Submitted": "no"})
    desk.arrives(raw="not a mail at all")
    await desk.push()
    await desk.resources.mailbox.sync()
    assert await contents() == ["human"]
    noted = await rows("SELECT action, details->>'reason' AS reason FROM audit_log ORDER BY id")
    assert [tuple(row.values()) for row in noted] == [
        ("automatic_mail_ignored", "automatic"),
        ("automatic_mail_ignored", "own"),
        ("unreadable_mail", "no_sender"),
    ]
    assert await cursor(rows) == desk.switch()["history_id"]


async def test_f07_a_mail_to_two_of_our_addresses_is_one_message(desk: Desk, rows: Rows, contents: Contents) -> None:
    mail = desk.arrives(headers={"Message-ID": "<same@customer.example>"})
    desk.arrives(headers={"Message-ID": "<same@customer.example>"})
    await desk.push()
    assert mail["message_id"] == "<same@customer.example>"
    assert await contents() == ["How do I export?"]


async def test_g05_a_ping_makes_up_for_lost_pushes_once_a_minute(desk: Desk, rows: Rows, contents: Contents) -> None:
    desk.switch(muted=True)
    desk.arrives("lost push")
    assert (await desk.ping()).status == 204
    assert await contents() == ["lost push"]
    desk.arrives("next")
    assert (await desk.ping()).status == 204
    assert await contents() == ["lost push"]
    await rows("UPDATE mailbox_cursors SET polled_at = now() - interval '1 minute' RETURNING address")
    await desk.ping()
    assert await contents() == ["lost push", "next"]


async def test_g05_f47_a_ping_renews_a_watch_that_ends_soon_or_is_a_day_old(desk: Desk, rows: Rows) -> None:
    async def after_ping(change: str) -> tuple[bool, bool]:
        old = (await rows(f"UPDATE mailbox_cursors SET polled_at = NULL, {change} RETURNING watch_expires_at"))[0]
        await desk.ping()
        (new,) = await rows("SELECT watch_expires_at, watch_attempt_at > now() - interval '1 minute' AS tried"
                            " FROM mailbox_cursors")  # fmt: skip
        return new["watch_expires_at"] > old["watch_expires_at"], new["tried"]

    long_ago = "watch_attempt_at = now() - interval '2 hours'"
    assert await after_ping(f"{long_ago}, watch_expires_at = now() + interval '6 days'") == (False, False)
    assert await after_ping(f"{long_ago}, watch_expires_at = now() + interval '47 hours'") == (True, True)
    assert await after_ping("watch_attempt_at = now() - interval '25 hours'") == (True, True)
    assert await after_ping("watch_expires_at = now() + interval '1 hour'") == (False, True)


async def test_a_ping_looks_even_if_the_watch_cannot_be_renewed_and_is_never_repeated(
    desk: Desk, rows: Rows, contents: Contents
) -> None:
    desk.arrives("found")
    await rows("UPDATE mailbox_cursors SET watch_attempt_at = NULL, watch_expires_at = NULL RETURNING address")
    desk.fault("watch", count=1)
    assert (await desk.ping()).status == 204
    assert await contents() == ["found"]


async def test_g08_a_withdrawn_consent_is_shown_and_heals(
    desk: Desk, contents: Contents, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trouble, "REVOKED_SECONDS", 0.01)
    desk.arrives()
    desk.switch(revoked=True)
    assert (await desk.push()).status == 204
    assert not (await desk.resources.health())["gmail"]
    desk.switch(revoked=False)
    await desk.looked()
    assert await contents() == ["How do I export?"]
    assert (await desk.resources.health())["gmail"]


async def test_a_very_large_mail_is_taken_without_its_files_bytes(
    desk: Desk, rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fte.providers.gmail.MAX_RAW", 60_000)
    body = "Die Datei hängt an: größer geht es nicht."
    raw = (
        "From: Ana <ana@customer.example>\r\nMessage-ID: <big@customer.example>\r\n"
        "Subject: =?utf-8?q?Gr=C3=B6=C3=9Fe?=\r\n"
        'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\n'
        f"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{body}\r\n--b\r\n"
        'Content-Type: video/mp4\r\nContent-Disposition: attachment; filename="film.mp4"\r\n'
        "Content-Transfer-Encoding: base64\r\n\r\n" + ("QUJD" * 19 + "\r\n") * 1000 + "--b--\r\n"
    )
    desk.arrives(raw=raw)
    await desk.push()
    (row,) = await rows("SELECT content, subject, rfc_message_id, details -> 'attachments' AS files FROM messages")
    assert (row["content"], row["subject"], row["rfc_message_id"]) == (body, "Größe", "<big@customer.example>")
    assert row["files"] == [{"name": "film.mp4", "size": 57000, "type": "video/mp4", "sha256": ""}]


async def test_g03_a_process_that_dies_between_a_message_and_its_cursor_loses_and_doubles_nothing(
    desk: Desk, rows: Rows, contents: Contents, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        desk.arrives(f"mail {number}")
    advance, died = mailbox_cursor.advance, []

    async def dies_once(pool: Pool, address: str, history_id: int) -> None:
        if not died:
            died.append(history_id)
            raise Unavailable
        await advance(pool, address, history_id)

    monkeypatch.setattr(mailbox_cursor, "advance", dies_once)
    assert (await desk.push()).status == 503
    assert (await contents(), len(died)) == (["mail 0"], 1)
    assert (await desk.push()).status == 204
    assert await contents() == [f"mail {number}" for number in range(3)]
    assert len(await rows("SELECT id FROM outbox")) == 6
