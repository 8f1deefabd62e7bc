"""The mailbox when Gmail fails as Gmail does: nothing is lost or doubled, nothing stands in the way for ever."""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from fte import metrics
from fte.providers.errors import BrokenAnswer
from fte.providers.gmail import GmailClient
from fte.store.pool import Pool
from fte_intake_gmail import mailbox, taking, trouble
from fte_local.sim.stage import Stage
from fte_tests.bus import RememberingBus
from fte_tests.mailroom import ANA, Contents, Desk, Rows, closed, desk_on

pytestmark = pytest.mark.anyio


def value(metric: Any) -> float:
    return float(next(iter(metric.collect())).samples[0].value)


async def cursor(rows: Rows) -> int:
    (row,) = await rows("SELECT history_id FROM mailbox_cursors")
    return int(row["history_id"])


def alarms(caplog: pytest.LogCaptureFixture, name: str) -> int:
    return sum(record.message == name and record.levelno >= logging.ERROR for record in caplog.records)


async def make_due(rows: Rows) -> None:
    await rows("UPDATE mailbox_entries SET next_attempt_at = now() WHERE state = 'parked' RETURNING address")


async def test_g01_pushes_that_are_repeated_and_lost_bring_each_mail_once(desk: Desk, contents: Contents) -> None:
    desk.switch(repeat_pushes=4)
    desk.stage.door.clear()
    desk.arrives("one")
    repeated = [visit for visit in desk.stage.door.visits if visit.path == "/webhooks/gmail"]
    assert len(repeated) == 5
    desk.switch(repeat_pushes=0, drop_pushes=1)
    desk.stage.door.clear()
    desk.arrives("its push is lost")
    assert desk.stage.door.visits == []
    answers = await asyncio.gather(*(desk.dispatch(visit.path, visit.headers, visit.body) for visit in repeated))
    assert [answer.status for answer in answers] == [204] * 5
    assert await contents() == ["one", "its push is lost"]


async def test_g02_a_resync_is_bounded_counted_and_repeats_nothing(
    desk: Desk, rows: Rows, contents: Contents, caplog: pytest.LogCaptureFixture
) -> None:
    before = value(metrics.GMAIL_RESYNCS)
    desk.arrives("known")
    desk.arrives("away", headers={"Auto-Submitted": "auto-replied"})
    await desk.push()
    desk.arrives("missed")
    desk.switch(forget_history=True)
    await desk.push()
    assert await contents() == ["known", "missed"]
    assert len(await rows("SELECT id FROM audit_log WHERE action = 'automatic_mail_ignored'")) == 1
    assert value(metrics.GMAIL_RESYNCS) == before + 1
    assert alarms(caplog, "history_too_old") == 1


async def test_g02_a_resync_that_is_interrupted_goes_on_where_it_was(
    desk: Desk, contents: Contents, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trouble, "FIRST_SECONDS", 60.0)
    mails = [desk.arrives(f"mail {number}") for number in range(6)]
    desk.switch(forget_history=True)
    desk.fault(mails[4]["id"], count=1)
    await desk.push()
    assert await contents() == [f"mail {number}" for number in range(4)]
    for known in mails[:4]:
        desk.fault(known["id"])
    assert await desk.resources.mailbox.sync(force=True), "what is stored is not fetched again"
    assert await contents() == [f"mail {number}" for number in range(6)]


async def test_g03_a_failure_on_the_second_page_loses_nothing(
    desk: Desk, rows: Rows, contents: Contents, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trouble, "FIRST_SECONDS", 60.0)
    desk.switch(page_size=4)
    for number in range(10):
        desk.arrives(f"mail {number}")
    start = await cursor(rows)
    desk.fault("pageToken", count=1)
    await desk.push()
    assert await contents() == [f"mail {number}" for number in range(4)]
    assert start < await cursor(rows) < desk.switch()["history_id"]
    assert await desk.resources.mailbox.sync(force=True)
    assert await contents() == [f"mail {number}" for number in range(10)]
    assert await cursor(rows) == desk.switch()["history_id"]


async def test_g03_mail_that_comes_while_pages_are_read_is_not_jumped_over(
    desk: Desk, contents: Contents, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Gmail's later pages carry the id of the moment, but not the mails up to it."""
    desk.switch(page_size=2)
    for number in range(3):
        desk.arrives(f"mail {number}")
    take = taking.Taker.take
    arrived: list[dict[str, str]] = []

    async def taken(self: taking.Taker, message_id: str, message: Any) -> None:
        if not arrived:
            arrived.append(desk.arrives("meanwhile"))
        await take(self, message_id, message)

    monkeypatch.setattr(taking.Taker, "take", taken)
    await desk.push()
    assert await contents() == [f"mail {number}" for number in range(3)]
    await desk.push()
    assert await contents() == [*(f"mail {number}" for number in range(3)), "meanwhile"]


async def test_g04_a_mail_that_can_never_be_had_is_parked_with_an_alarm_and_the_cursor_goes_on(
    desk: Desk, rows: Rows, contents: Contents, caplog: pytest.LogCaptureFixture
) -> None:
    desk.arrives("before")
    stuck = desk.arrives("stuck")
    desk.arrives("after")
    desk.fault(stuck["id"])
    await desk.push()
    await desk.looked()
    assert await contents() == ["before", "after"]
    assert await cursor(rows) == desk.switch()["history_id"]
    (entry,) = await rows("SELECT state, reason FROM mailbox_entries WHERE provider_message_id = %s", stuck["id"])
    assert entry == {"state": "parked", "reason": "status_500"}
    assert value(metrics.GMAIL_PARKED) == 1
    assert alarms(caplog, "mail_parked") == 1


async def test_g04_a_parked_mail_is_tried_again_and_taken_when_gmail_gives_it(
    desk: Desk, rows: Rows, contents: Contents
) -> None:
    stuck = desk.arrives("stuck")
    desk.fault(stuck["id"], count=mailbox.TRIES)
    await desk.push()
    await desk.looked()
    assert await contents() == []
    await make_due(rows)
    assert await desk.resources.mailbox.sync()
    assert await contents() == ["stuck"]
    assert await rows("SELECT address FROM mailbox_entries") == []
    assert value(metrics.GMAIL_PARKED) == 0


async def test_g04_a_parked_mail_is_given_up_after_a_week_and_stays_in_the_alarm(desk: Desk, rows: Rows) -> None:
    stuck = desk.arrives("stuck")
    desk.fault(stuck["id"])
    await desk.push()
    await desk.looked()
    await make_due(rows)
    await rows("UPDATE mailbox_entries SET created_at = now() - interval '8 days' RETURNING address")
    await desk.resources.mailbox.sync()
    (entry,) = await rows("SELECT state, next_attempt_at FROM mailbox_entries")
    assert entry == {"state": "given_up", "next_attempt_at": None}
    assert value(metrics.GMAIL_PARKED) == 1


@pytest.mark.parametrize(
    "failure",
    [BrokenAnswer(), ZeroDivisionError("a mistake of ours"), KeyError("raw")],
    ids=lambda error: type(error).__name__,
)
async def test_g04_a_mail_that_we_cannot_handle_does_not_stop_the_mailbox(
    desk: Desk, rows: Rows, contents: Contents, monkeypatch: pytest.MonkeyPatch, failure: Exception
) -> None:
    stuck = desk.arrives("stuck")
    desk.arrives("after")
    get_raw = GmailClient.get_raw

    async def get(self: GmailClient, message_id: str) -> Any:
        if message_id == stuck["id"]:
            raise failure
        return await get_raw(self, message_id)

    monkeypatch.setattr(GmailClient, "get_raw", get)
    await desk.push()
    await desk.looked()
    assert await contents() == ["after"]
    (entry,) = await rows("SELECT state FROM mailbox_entries")
    assert entry["state"] == "parked"


async def test_g04_a_mail_that_gmail_shows_late_is_taken_in_the_end(desk: Desk, rows: Rows, contents: Contents) -> None:
    """Longer than the second question waits: the cursor goes on, and the mail is not forgotten."""
    desk.switch(late=2)
    desk.arrives("late")
    desk.switch(late=0)
    desk.arrives("after")
    await desk.push()
    assert await contents() == ["after"]
    await make_due(rows)
    await desk.resources.mailbox.sync()
    assert await contents() == ["after", "late"]


async def test_g04_a_mail_that_was_deleted_is_asked_for_three_times_and_ends_as_ignored(desk: Desk, rows: Rows) -> None:
    gone = desk.arrives("gone")
    desk.fault(gone["id"], status=404)
    await desk.push()
    for _ in range(2):
        await make_due(rows)
        await desk.resources.mailbox.sync()
    (entry,) = await rows("SELECT state, reason FROM mailbox_entries")
    assert entry == {"state": "ignored", "reason": "gone"}
    assert len(await rows("SELECT id FROM audit_log")) == 1
    assert value(metrics.GMAIL_PARKED) == 0


async def test_g04_a_trashed_mail_is_skipped_with_the_reason(desk: Desk, rows: Rows, contents: Contents) -> None:
    desk.arrives("trashed meanwhile", labels=["INBOX", "TRASH"])
    await desk.push()
    assert await contents() == []
    (noted,) = await rows("SELECT details ->> 'reason' AS reason FROM audit_log")
    assert noted["reason"] == "trash"


async def test_g04_too_many_calls_wait_as_long_as_gmail_says(desk: Desk, rows: Rows, contents: Contents) -> None:
    desk.arrives()
    desk.fault("history", status=429, retry_after=90, count=1)
    await desk.push()
    (row,) = await rows(
        "SELECT trouble, failures, next_attempt_at > now() + interval '80 seconds' AS waits FROM mailbox_cursors"
    )
    assert row == {"trouble": "gmail_429", "failures": 1, "waits": True}
    assert (await desk.push()).status == 204
    assert await contents() == [], "Gmail is left alone"


async def test_g05_a_watch_that_cannot_be_renewed_is_an_alarm_and_shows_in_the_metrics(
    desk: Desk, rows: Rows, caplog: pytest.LogCaptureFixture
) -> None:
    assert value(metrics.GMAIL_WATCH_UNTIL) > (datetime.now(UTC) + timedelta(days=6)).timestamp()
    soon = datetime.now(UTC) + timedelta(hours=40)
    await rows("UPDATE mailbox_cursors SET watch_expires_at = %s, watch_attempt_at = NULL, polled_at = NULL"
               " RETURNING address", soon)  # fmt: skip
    desk.fault("watch", count=1)
    assert (await desk.ping()).status == 204
    assert alarms(caplog, "watch_ends_soon") == 1
    assert abs(value(metrics.GMAIL_WATCH_UNTIL) - soon.timestamp()) < 1


async def test_g05_pushes_lost_for_an_hour_and_the_watch_over_one_ping_finds_all(
    desk: Desk, rows: Rows, contents: Contents
) -> None:
    desk.switch(watch_expired=True)
    for number in range(9):
        desk.arrives(f"mail {number}")
    await rows("UPDATE mailbox_cursors SET watch_expires_at = now() - interval '1 hour', watch_attempt_at = NULL,"
               " updated_at = now() - interval '1 hour' RETURNING address")  # fmt: skip
    before = datetime.now(UTC).timestamp()
    await desk.ping()
    assert await contents() == [f"mail {number}" for number in range(9)]
    assert desk.switch()["watch_expiration"] > before * 1000
    assert value(metrics.GMAIL_READ_AT) >= before


@pytest.mark.parametrize(
    "changes", [{"labels": ["SENT"]}, {"labels": ["DRAFT"]}, {"labels": ["SPAM"]}, {"labels": ["TRASH"]}], ids=str
)
async def test_g07_own_sent_mail_drafts_spam_and_trash_are_no_messages(
    desk: Desk, rows: Rows, contents: Contents, changes: dict[str, Any]
) -> None:
    desk.arrives("not for us", **changes)
    assert (await desk.push()).status == 204
    assert await contents() == []
    assert await rows("SELECT id FROM outbox") == []


async def test_g07_a_change_of_labels_alone_is_no_message(desk: Desk, rows: Rows, contents: Contents) -> None:
    mail = desk.arrives("once")
    await desk.push()
    gmail = desk.stage.control
    token = gmail.post(
        "/google/token",
        data={"grant_type": "refresh_token", "client_id": "client", "client_secret": "client-secret",
              "refresh_token": "refresh-token"},
    ).json()["access_token"]  # fmt: skip
    answer = gmail.post(
        f"/gmail-api/gmail/v1/users/me/messages/{mail['id']}/modify",
        json={"removeLabelIds": ["UNREAD"]},
        headers={"Authorization": f"Bearer {token}"},
    )
    assert answer.status_code == 200
    assert (await desk.push()).status == 204
    assert await contents() == ["once"]
    assert await cursor(rows) == desk.switch()["history_id"]


async def test_g08_a_revoked_token_parks_the_mailbox_with_one_alarm_and_no_hot_loop(
    desk: Desk, rows: Rows, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.arrives()
    desk.switch(revoked=True)
    asked = 0
    history_pages = GmailClient.history_pages

    def counted(self: GmailClient, start: int) -> Any:
        nonlocal asked
        asked += 1
        return history_pages(self, start)

    monkeypatch.setattr(GmailClient, "history_pages", counted)
    for _ in range(4):
        assert (await desk.push()).status == 204
    assert asked == 1
    assert alarms(caplog, "mailbox_in_trouble") == 1
    assert value(metrics.GMAIL_REVOKED) == 1
    (row,) = await rows("SELECT trouble, next_attempt_at > now() + interval '20 seconds' AS later FROM mailbox_cursors")
    assert row == {"trouble": "revoked", "later": True}
    desk.switch(revoked=False)
    assert await desk.resources.mailbox.sync(force=True)
    assert value(metrics.GMAIL_REVOKED) == 0


async def test_g08_in_trouble_one_process_tries_at_a_time(
    desk: Desk, pool: Pool, bus: RememberingBus, rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = desk_on(desk.stage, pool, bus)
    await asyncio.wait_for(other.resources.beginning, 10)
    await rows("UPDATE mailbox_cursors SET trouble = 'gmail_500', failures = 3, next_attempt_at = now()"
               " RETURNING address")  # fmt: skip
    asked: list[str] = []
    history_pages = GmailClient.history_pages

    async def slowly(self: GmailClient, start: int) -> Any:
        asked.append("history")
        async for page in history_pages(self, start):
            yield page

    monkeypatch.setattr(GmailClient, "history_pages", slowly)
    await asyncio.gather(desk.resources.mailbox.sync(), other.resources.mailbox.sync())
    assert asked == ["history"]
    await closed(other)


async def test_the_look_goes_on_when_nobody_waits_for_it(
    desk: Desk, contents: Contents, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A push is answered after some seconds, whatever there is to bring in; what was begun is brought to its end."""
    desk.arrives()
    gate, get_raw = asyncio.Event(), GmailClient.get_raw

    async def get(self: GmailClient, message_id: str) -> Any:
        await gate.wait()
        return await get_raw(self, message_id)

    monkeypatch.setattr(GmailClient, "get_raw", get)
    waiting = asyncio.create_task(desk.resources.mailbox.sync())
    await asyncio.sleep(0)
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)
    gate.set()
    assert await desk.resources.mailbox.sync()
    assert await contents() == ["How do I export?"]


async def test_mail_in_trouble_before_the_first_look_is_parked_too(
    impatient: None, stage: Stage, pool: Pool, bus: RememberingBus, contents: Contents
) -> None:
    stuck = stage.control.post("/sim/email", json={"from": ANA, "text": "stuck"}).json()
    stage.control.post("/sim/email", json={"from": ANA, "text": "other"})
    fault = {"provider": "gmail", "kind": "status", "status": 500, "match": stuck["id"]}
    stage.control.post("/sim/faults", json=fault).raise_for_status()
    desk = desk_on(stage, pool, bus)
    await asyncio.wait_for(desk.resources.beginning, 20)
    await desk.looked()
    assert await contents() == ["other"]
    await closed(desk)
