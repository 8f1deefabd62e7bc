"""The Gmail client against the simulator: Google's own library, over real connections."""

from __future__ import annotations

import base64
import socket
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from typing import Any

import pytest

from fte.providers.errors import BrokenAnswer, GmailError, GmailRejected, HistoryTooOld, OutcomeUnknown
from fte.providers.gmail import GmailClient
from fte.providers.mail import read_mail
from fte.settings import Settings
from fte_local.sim.stage import Stage, staged

pytestmark = pytest.mark.anyio


@pytest.fixture(scope="module")
def simulators() -> Iterator[Stage]:
    with staged() as stage:
        yield stage


@pytest.fixture
def stage(simulators: Stage) -> Stage:
    simulators.clean()
    simulators.control.delete("/sim/faults")
    simulators.control.post("/sim/gmail", json={"revoked": False}).raise_for_status()
    return simulators


def client_at(stage: Stage, **changes: str) -> GmailClient:
    env = {
        **stage.env,
        "FTE_GMAIL_API_URL": f"{stage.url}/gmail-api",
        "FTE_GOOGLE_TOKEN_URL": f"{stage.url}/google/token",
        **changes,
    }
    return GmailClient.from_settings(Settings.from_env(env))


@pytest.fixture
def gmail(stage: Stage) -> GmailClient:
    return client_at(stage)


def arrives(stage: Stage, text: str = "Help", **mail: Any) -> dict[str, str]:
    answer = stage.control.post(
        "/sim/email", json={"from": "ana@customer.example", "text": text, "subject": "S"} | mail
    )
    assert answer.status_code == 201, answer.text
    found: dict[str, str] = answer.json()
    return found


def fault(stage: Stage, match: str, **fault: Any) -> None:
    asked = {"provider": "gmail", "match": match, "count": 1} | fault
    assert stage.control.post("/sim/faults", json=asked).status_code == 201


def letter(message_id: str = "<1@techcorp.example>") -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"] = "support@techcorp.example", "ana@customer.example"
    mail["Subject"], mail["Message-ID"] = "Re: S", message_id
    mail.set_content("Hello Ana")
    return mail.as_bytes()


def sent(stage: Stage) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = stage.control.get("/sim/outbox").json()["messages"]
    return found


async def test_the_profile_names_the_mailbox_and_its_newest_history_id(stage: Stage, gmail: GmailClient) -> None:
    profile = await gmail.profile()
    assert profile.address == "support@techcorp.example"
    assert profile.history_id == stage.control.get("/sim/gmail").json()["history_id"]


async def test_a_watch_lasts_for_days(gmail: GmailClient) -> None:
    watch = await gmail.watch("projects/techcorp/topics/gmail")
    assert timedelta(days=6) < watch.expires_at - datetime.now(UTC) < timedelta(days=8)


async def test_history_tells_of_all_pages_in_order(stage: Stage, gmail: GmailClient) -> None:
    start = (await gmail.profile()).history_id
    ids = [arrives(stage, f"mail {number}")["id"] for number in range(7)]
    history = await gmail.history(start)
    assert [id_ for record in history.records for id_ in record.message_ids] == ids
    assert history.history_id == (await gmail.profile()).history_id
    assert [record.id for record in history.records] == sorted({record.id for record in history.records})
    assert (await gmail.history(history.history_id)).records == ()


async def test_history_that_is_gone_is_told_apart(stage: Stage, gmail: GmailClient) -> None:
    start = (await gmail.profile()).history_id
    arrives(stage)
    arrives(stage)
    stage.control.post("/sim/gmail", json={"forget_history": True})
    with pytest.raises(HistoryTooOld):
        await gmail.history(start)


async def test_a_message_is_fetched_as_it_came(stage: Stage, gmail: GmailClient) -> None:
    mail = arrives(stage, "Grüße aus Köln")
    message = await gmail.get_raw(mail["id"])
    assert message is not None
    assert (message.id, message.thread_id) == (mail["id"], mail["thread_id"])
    assert "INBOX" in message.label_ids
    assert b"ana@customer.example" in message.raw
    assert abs(message.internal_date - datetime.now(UTC)) < timedelta(minutes=5)


async def test_a_message_that_is_not_there_is_none(gmail: GmailClient) -> None:
    assert await gmail.get_raw("18c0ffee0ddba115") is None


async def test_the_list_is_bounded_and_newest_first(stage: Stage, gmail: GmailClient) -> None:
    ids = [arrives(stage, f"mail {number}")["id"] for number in range(4)]
    assert await gmail.list_ids("in:inbox", 3) == ids[:0:-1]
    assert await gmail.list_ids("in:inbox after:4000000000", 3) == []


async def test_a_mail_is_sent_into_its_thread_and_found_by_its_message_id(stage: Stage, gmail: GmailClient) -> None:
    mail = await gmail.send(letter("<a1@techcorp.example>"), None)
    assert [(box["id"], box["thread_id"]) for box in sent(stage)] == [(mail.id, mail.thread_id)]
    assert await gmail.find_by_rfc_id("<a1@techcorp.example>") == mail
    assert await gmail.find_by_rfc_id("a1@techcorp.example") == mail
    assert await gmail.find_by_rfc_id("<a2@techcorp.example>") is None


async def test_a_dropped_send_is_in_doubt_and_is_made_once(stage: Stage, gmail: GmailClient) -> None:
    """httplib2 alone would send it twice."""
    await gmail.profile()
    fault(stage, "messages/send", kind="accept_then_drop")
    with pytest.raises(OutcomeUnknown):
        await gmail.send(letter("<d1@techcorp.example>"), None)
    assert len(sent(stage)) == 1
    found = await gmail.find_by_rfc_id("<d1@techcorp.example>")
    assert found is not None
    assert found.id == sent(stage)[0]["id"]


async def test_a_send_that_was_dropped_unread_is_in_doubt_too(stage: Stage, gmail: GmailClient) -> None:
    fault(stage, "messages/send", kind="drop")
    with pytest.raises(OutcomeUnknown):
        await gmail.send(letter(), None)
    assert sent(stage) == []


async def test_a_server_error_leaves_a_send_in_doubt_but_not_a_read(stage: Stage, gmail: GmailClient) -> None:
    fault(stage, "messages/send", kind="status", status=502)
    with pytest.raises(OutcomeUnknown):
        await gmail.send(letter(), None)
    fault(stage, "profile", kind="status", status=502)
    with pytest.raises(GmailError) as refused:
        await gmail.profile()
    assert refused.value.provider_status == 502
    assert refused.value.status == 503


async def test_too_many_calls_are_put_off_as_long_as_gmail_says(stage: Stage, gmail: GmailClient) -> None:
    fault(stage, "messages/send", kind="status", status=429, retry_after=17)
    with pytest.raises(GmailError) as refused:
        await gmail.send(letter(), None)
    assert (refused.value.provider_status, refused.value.retry_after) == (429, 17.0)
    assert sent(stage) == []


async def test_a_dropped_read_can_be_made_again(stage: Stage, gmail: GmailClient) -> None:
    fault(stage, "profile", kind="drop")
    with pytest.raises(GmailError):
        await gmail.profile()
    assert (await gmail.profile()).address


async def test_what_gmail_can_never_take_is_refused(gmail: GmailClient) -> None:
    with pytest.raises(GmailRejected) as refused:
        await gmail.send(b"Subject: nobody\r\n\r\nhello", None)
    assert refused.value.code
    with pytest.raises(GmailRejected) as missing:
        await gmail.send(letter(), "18c0ffee0ddba115")
    assert missing.value.code == "notFound"


async def test_an_access_token_that_is_over_is_renewed(stage: Stage, gmail: GmailClient) -> None:
    await gmail.profile()
    stage.control.post("/sim/gmail", json={"forget_tokens": True})
    await gmail.send(letter(), None)
    assert len(sent(stage)) == 1


async def test_a_withdrawn_consent_is_trouble_that_may_pass(stage: Stage, gmail: GmailClient) -> None:
    stage.control.post("/sim/gmail", json={"revoked": True})
    with pytest.raises(GmailError) as refused:
        await gmail.send(letter(), None)
    assert refused.value.provider_status == 401
    assert refused.value.retry_after


async def test_a_send_without_a_connection_is_in_no_doubt(stage: Stage) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        closed = f"http://127.0.0.1:{nobody.getsockname()[1]}"
        with pytest.raises(GmailError):
            await client_at(stage, FTE_GMAIL_API_URL=closed).send(letter(), None)
        with pytest.raises(GmailError):
            await client_at(stage, FTE_GOOGLE_TOKEN_URL=closed).send(letter(), None)


async def test_f48_a_message_without_labels_is_a_message(gmail: GmailClient, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = {"id": "m1", "threadId": "t1", "internalDate": "1000", "raw": "SGk"}

    async def answered(*_: Any) -> Any:
        return answer

    monkeypatch.setattr(gmail, "_message", answered)
    found = await gmail.get_raw("m1")
    assert found is not None
    assert (found.label_ids, found.raw) == (frozenset(), b"Hi")


@pytest.mark.parametrize(
    "answer", [{}, {"id": "m1"}, {"id": "m1", "threadId": "t1", "internalDate": "x", "raw": "SGk"},
               {"id": "m1", "threadId": "t1", "internalDate": "1000", "raw": "=x="}, {"id": "m1", "payload": None}],
    ids=range(5),
)  # fmt: skip
async def test_an_answer_that_makes_no_sense_is_told_apart(
    gmail: GmailClient, monkeypatch: pytest.MonkeyPatch, answer: dict[str, Any]
) -> None:
    async def answered(*_: Any) -> Any:
        return answer

    monkeypatch.setattr(gmail, "_message", answered)
    with pytest.raises(BrokenAnswer):
        await gmail.get_raw("m1")


async def test_g03_history_ends_where_it_stood_at_its_first_page(stage: Stage, gmail: GmailClient) -> None:
    start = (await gmail.profile()).history_id
    stage.control.post("/sim/gmail", json={"page_size": 1}).raise_for_status()
    ids = [arrives(stage)["id"] for _ in range(2)]
    pages = gmail.history_pages(start)
    first = await anext(pages)
    late = arrives(stage)["id"]
    second = await anext(pages)
    assert [record.message_ids[0] for page in (first, second) for record in page.records] == ids
    assert second.history_id == first.history_id
    rest = await gmail.history(first.history_id)
    assert [record.message_ids[0] for record in rest.records] == [late]


async def test_a_message_that_is_too_large_is_told_without_its_files(
    stage: Stage, gmail: GmailClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fte.providers.gmail.MAX_RAW", 4_000)
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "Ana <ana@customer.example>", "Größe"
    mail.set_content("Grüße aus Köln")
    mail.add_attachment(b"x" * 9_000, maintype="application", subtype="zip", filename="Maß.zip")
    raw = base64.b64encode(mail.as_bytes()).decode()
    arrived = stage.control.post("/sim/email", json={"raw_base64": raw}).json()
    found = await gmail.get_raw(arrived["id"])
    assert found is not None
    assert len(found.raw) < 4_000
    read = read_mail(found.raw)
    assert (read.text, read.subject, read.sender) == ("Grüße aus Köln", "Größe", "ana@customer.example")
    assert [(file.name, file.size, file.sha256) for file in read.attachments] == [("Maß.zip", 9_000, "")]
