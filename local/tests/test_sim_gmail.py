"""The simulated Gmail, through Google's own client library."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage
from typing import Any

import httpx2
import jwt
import pytest
from google.auth.exceptions import RefreshError
from google.oauth2.credentials import Credentials
from googleapiclient.discovery import build
from googleapiclient.errors import HttpError

from fte_local.sim.stage import Stage, staged


@pytest.fixture(scope="module")
def running() -> Iterator[Stage]:
    with staged() as stage:
        yield stage


@pytest.fixture
def stage(running: Stage) -> Stage:
    running.clean()
    return running


def credentials(stage: Stage, refresh_token: str = "refresh-token") -> Credentials:
    return Credentials(  # type: ignore[no-untyped-call]
        None,
        refresh_token=refresh_token,
        token_uri=f"{stage.url}/google/token",
        client_id="client",
        client_secret="client-secret",
    )


@pytest.fixture
def users(stage: Stage) -> Iterator[Any]:
    options = {"api_endpoint": f"{stage.url}/gmail-api"}
    service = build(
        "gmail",
        "v1",
        credentials=credentials(stage),
        client_options=options,
        static_discovery=True,
        cache_discovery=False,
    )
    with service:
        yield service.users()


def arrive(stage: Stage, **mail: Any) -> dict[str, Any]:
    given = {"from": "Ann Lee <ann@customer.example>", "subject": "Reset my password", "text": "How do I?"} | mail
    answer = stage.control.post("/sim/email", json=given)
    assert answer.status_code == 201, answer.text
    shown: dict[str, Any] = answer.json()
    return shown


def reply(to: dict[str, Any], **headers: str) -> dict[str, str]:
    mail = EmailMessage()
    mail["From"] = "support@techcorp.example"
    mail["To"] = "Ann Lee <ann@customer.example>"
    mail["Subject"] = headers.get("subject", "Re: Reset my password")
    mail["In-Reply-To"] = mail["References"] = headers.get("parent", to["message_id"])
    mail["Message-ID"] = "<reply-1@techcorp.example>"
    mail.set_content("Open Settings.")
    return {"raw": base64.urlsafe_b64encode(mail.as_bytes()).decode(), "threadId": to["thread_id"]}


def ids(answer: dict[str, Any], name: str = "messages") -> list[str]:
    return [item["id"] for item in answer.get(name, [])]


def test_a_mail_can_be_read_in_every_format(stage: Stage, users: Any) -> None:
    arrived = arrive(stage, html="<p>How do I?</p>", cc=["boss@customer.example"], headers={"X-Mailer": "Über"})
    get = users.messages().get
    full = get(userId="me", id=arrived["id"], format="full").execute()
    raw = get(userId="me", id=arrived["id"], format="raw").execute()
    metadata = get(userId="me", id=arrived["id"], format="metadata", metadataHeaders=["From", "cc"]).execute()
    minimal = get(userId="me", id=arrived["id"], format="minimal").execute()
    headers = {item["name"]: item["value"] for item in full["payload"]["headers"]}
    assert headers["Message-ID"] == arrived["message_id"]
    assert headers["X-Mailer"] == "Über"
    assert "dmarc=pass header.from=customer.example" in headers["Authentication-Results"]
    plain = full["payload"]["parts"][0]
    assert plain["mimeType"] == "text/plain"
    assert base64.urlsafe_b64decode(plain["body"]["data"]).decode().strip() == "How do I?"
    assert message_from_bytes(base64.urlsafe_b64decode(raw["raw"]))["From"] == "Ann Lee <ann@customer.example>"
    assert [item["name"] for item in metadata["payload"]["headers"]] == ["From", "Cc"]
    assert "payload" not in minimal
    assert minimal["labelIds"] == ["UNREAD", "INBOX"]


def test_a_raw_mail_keeps_its_bytes_and_attachments(stage: Stage, users: Any) -> None:
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "ann@customer.example", "Log"
    mail.set_content("See the log.")
    mail.add_attachment(b"\x00\x01log", maintype="application", subtype="octet-stream", filename="app.log")
    arrived = arrive(stage, raw_base64=base64.b64encode(mail.as_bytes()).decode())
    assert arrived["message_id"] is None
    parts = users.messages().get(userId="me", id=arrived["id"]).execute()["payload"]["parts"]
    assert parts[1]["filename"] == "app.log"
    attachment = (
        users.messages().attachments().get(userId="me", messageId=arrived["id"], id=parts[1]["body"]["attachmentId"])
    )
    assert base64.urlsafe_b64decode(attachment.execute()["data"]) == b"\x00\x01log"


def test_search_finds_by_message_id_date_label_and_pages(stage: Stage, users: Any) -> None:
    mails = [arrive(stage, subject=f"Question {number}") for number in range(5)]
    arrive(stage, subject="Junk", labels=["SPAM"])
    find = users.messages().list
    assert ids(find(userId="me", q=f"rfc822msgid:{mails[2]['message_id']}").execute()) == [mails[2]["id"]]
    assert len(ids(find(userId="me", q="in:inbox after:1000000000").execute())) == 5
    assert find(userId="me", q="after:4000000000").execute() == {"resultSizeEstimate": 0}
    assert len(ids(find(userId="me", labelIds=["SPAM"]).execute())) == 1
    first = find(userId="me", maxResults=3, labelIds=["INBOX"]).execute()
    second = find(userId="me", maxResults=3, labelIds=["INBOX"], pageToken=first["nextPageToken"]).execute()
    assert ids(first) + ids(second) == [mail["id"] for mail in reversed(mails)]


@pytest.mark.parametrize(
    ("changed", "joins"),
    [({}, True), ({"subject": "Another matter"}, False), ({"parent": "<other@customer.example>"}, False)],
)
def test_a_sent_mail_joins_the_thread_only_with_id_reference_and_subject(
    stage: Stage, users: Any, changed: dict[str, str], joins: bool
) -> None:
    arrived = arrive(stage)
    sent = users.messages().send(userId="me", body=reply(arrived, **changed)).execute()
    assert (sent["threadId"] == arrived["thread_id"]) is joins
    assert len(users.threads().get(userId="me", id=arrived["thread_id"]).execute()["messages"]) == 1 + joins


def test_a_sent_mail_reaches_the_customer(stage: Stage, users: Any) -> None:
    arrived = arrive(stage)
    sent = users.messages().send(userId="me", body=reply(arrived)).execute()
    box = stage.control.get("/sim/outbox", params={"channel": "email", "to": "Ann Lee <ANN@customer.example>"}).json()
    (message,) = box["messages"]
    assert message["id"] == sent["id"]
    assert message["thread_id"] == arrived["thread_id"]
    assert message["headers"]["In-Reply-To"] == arrived["message_id"]
    assert (message["from"], message["to"]) == ("support@techcorp.example", "ann@customer.example")
    assert message["text"].strip() == "Open Settings."
    follow = arrive(stage, subject="RE: reset my  password", in_reply_to="<reply-1@techcorp.example>")
    assert follow["thread_id"] == arrived["thread_id"]


def test_bad_sends_are_refused_with_google_s_errors(stage: Stage, users: Any) -> None:
    empty = EmailMessage()
    empty.set_content("to nobody")
    nobody = base64.urlsafe_b64encode(empty.as_bytes()).decode()
    for body, status in (({}, 400), ({"raw": nobody}, 400), (reply(arrive(stage)) | {"threadId": "none"}, 404)):
        with pytest.raises(HttpError) as caught:
            users.messages().send(userId="me", body=body).execute()
        assert caught.value.resp.status == status
    assert stage.control.get("/sim/outbox").json() == {"messages": []}


def test_history_gives_changes_in_pages_with_growing_ids(stage: Stage, users: Any) -> None:
    start = users.getProfile(userId="me").execute()["historyId"]
    mails = [arrive(stage, subject=f"Question {number}") for number in range(5)]
    users.messages().modify(userId="me", id=mails[0]["id"], body={"removeLabelIds": ["UNREAD"]}).execute()
    users.messages().delete(userId="me", id=mails[1]["id"]).execute()
    read = users.history().list
    added: list[str] = []
    numbers: list[int] = []
    token = None
    while True:
        page = read(
            userId="me",
            startHistoryId=start,
            historyTypes=["messageAdded"],
            labelId="INBOX",
            maxResults=2,
            pageToken=token,
        ).execute()
        for record in page["history"]:
            numbers.append(int(record["id"]))
            added += [item["message"]["id"] for item in record["messagesAdded"]]
        token = page.get("nextPageToken")
        if token is None:
            break
    assert added == [mail["id"] for mail in mails]
    assert numbers == sorted(set(numbers))
    everything = read(userId="me", startHistoryId=start).execute()
    assert [next(key for key in record if key not in ("id", "messages")) for record in everything["history"]] == [
        *["messagesAdded"] * 5,
        "labelsRemoved",
        "messagesDeleted",
    ]
    assert "history" not in read(userId="me", startHistoryId=everything["historyId"]).execute()


def test_history_that_is_too_old_is_not_found(stage: Stage, users: Any) -> None:
    start = users.getProfile(userId="me").execute()["historyId"]
    stage.control.post("/sim/gmail", json={"forget_history": True}).raise_for_status()
    with pytest.raises(HttpError) as caught:
        users.history().list(userId="me", startHistoryId=start).execute()
    assert caught.value.resp.status == 404
    assert caught.value.error_details[0]["reason"] == "notFound"


def test_a_token_that_is_over_is_renewed_and_a_withdrawn_one_is_not(stage: Stage, users: Any) -> None:
    users.labels().list(userId="me").execute()
    stage.control.post("/sim/gmail", json={"forget_tokens": True}).raise_for_status()
    assert "INBOX" in ids(users.labels().list(userId="me").execute(), "labels")
    stage.control.post("/sim/gmail", json={"revoked": True}).raise_for_status()
    with pytest.raises(RefreshError, match="invalid_grant"):
        users.labels().list(userId="me").execute()


def test_no_token_or_a_foreign_one_is_refused(stage: Stage) -> None:
    for headers in ({}, {"Authorization": "Bearer guessed"}):
        answer = stage.control.get("/gmail-api/gmail/v1/users/me/profile", headers=headers)
        assert answer.status_code == 401
        assert answer.json()["error"]["status"] == "UNAUTHENTICATED"


def verified(stage: Stage, token: str) -> dict[str, Any]:
    keys = {key["kid"]: jwt.PyJWK(key) for key in httpx2.get(f"{stage.url}/google/certs").json()["keys"]}
    key = keys[jwt.get_unverified_header(token)["kid"]]
    audience = "https://support.techcorp.example/webhooks/gmail"
    claims: dict[str, Any] = jwt.decode(
        token, key, algorithms=["RS256"], audience=audience, issuer="https://accounts.google.com"
    )
    return claims


def test_a_push_is_signed_and_repeated_until_it_is_acknowledged(stage: Stage) -> None:
    stage.door.statuses += [500, 404]
    arrive(stage)
    stage.until(lambda: len(stage.door.visits) == 3 and not stage.control.get("/sim/gmail").json()["pending_pushes"])
    assert stage.control.get("/sim/gmail").json()["push_answers"] == [500, 404, 204]
    assert len({visit.body for visit in stage.door.visits}) == 1
    visit = stage.door.visits[0]
    claims = verified(stage, visit.headers["authorization"].removeprefix("Bearer "))
    assert claims["email"] == "gmail-push@techcorp.iam.gserviceaccount.example"
    assert claims["email_verified"] is True
    data = json.loads(base64.urlsafe_b64decode(json.loads(visit.body)["message"]["data"]))
    assert data["emailAddress"] == "support@techcorp.example"
    assert data["historyId"] == stage.control.get("/sim/gmail").json()["history_id"]


@pytest.mark.parametrize("kind", ["expired", "unsigned", "wrong_audience", "wrong_key"])
def test_a_bad_push_token_does_not_verify(stage: Stage, kind: str) -> None:
    answer = stage.control.post("/sim/gmail/push", json={"times": 3, "token": kind})
    assert answer.json() == {"statuses": [204, 204, 204]}
    for visit in stage.door.visits:
        with pytest.raises(jwt.InvalidTokenError):
            verified(stage, visit.headers["authorization"].removeprefix("Bearer "))


def test_a_watch_renews_for_a_week_and_a_stopped_one_is_silent(stage: Stage, users: Any) -> None:
    body = {"topicName": "projects/techcorp/topics/gmail", "labelIds": ["INBOX"]}
    watch = users.watch(userId="me", body=body).execute()
    assert int(watch["expiration"]) > 0
    users.messages().send(userId="me", body=reply(arrive(stage))).execute()
    stage.until(lambda: stage.control.get("/sim/gmail").json()["push_answers"] == [204])
    users.stop(userId="me").execute()
    arrive(stage)
    assert stage.control.get("/sim/gmail").json() | {"history_id": 0} == {
        "history_id": 0,
        "watch_expiration": 0,
        "pending_pushes": 0,
        "push_answers": [204],
    }


def test_pushes_can_be_lost_and_repeated(stage: Stage) -> None:
    switch = {"drop_pushes": 1, "repeat_pushes": 2}
    stage.control.post("/sim/gmail", json=switch).raise_for_status()
    arrive(stage)
    assert stage.door.visits == []
    arrive(stage)
    stage.until(lambda: stage.control.get("/sim/gmail").json()["push_answers"] == [204] * 3)


def test_a_mail_can_be_there_and_not_yet_visible(stage: Stage, users: Any) -> None:
    stage.control.post("/sim/gmail", json={"late": 2}).raise_for_status()
    arrived = arrive(stage)
    for _ in range(2):
        with pytest.raises(HttpError) as caught:
            users.messages().get(userId="me", id=arrived["id"]).execute()
        assert caught.value.resp.status == 404
    assert users.messages().get(userId="me", id=arrived["id"]).execute()["id"] == arrived["id"]


def test_pages_of_the_history_keep_to_what_there_was_at_the_first(stage: Stage, users: Any) -> None:
    start = users.getProfile(userId="me").execute()["historyId"]
    stage.control.post("/sim/gmail", json={"page_size": 2}).raise_for_status()
    mails = [arrive(stage)["id"] for _ in range(3)]
    read = users.history().list
    first = read(userId="me", startHistoryId=start, maxResults=500).execute()
    meanwhile = arrive(stage)["id"]
    second = read(userId="me", startHistoryId=start, maxResults=500, pageToken=first["nextPageToken"]).execute()
    seen = [record["messages"][0]["id"] for page in (first, second) for record in page["history"]]
    assert seen == mails
    assert int(second["historyId"]) > int(first["historyId"])
    later = read(userId="me", startHistoryId=first["historyId"]).execute()
    assert [record["messages"][0]["id"] for record in later["history"]] == [meanwhile]


def test_a_mail_to_an_address_that_does_not_exist_comes_back(stage: Stage, users: Any) -> None:
    stage.control.post("/sim/gmail", json={"bouncing": ["Ann@customer.example"]}).raise_for_status()
    users.messages().send(userId="me", body=reply(arrive(stage))).execute()
    newest = users.messages().list(userId="me", maxResults=1).execute()["messages"][0]["id"]
    raw = users.messages().get(userId="me", id=newest, format="raw").execute()["raw"]
    report = message_from_bytes(base64.urlsafe_b64decode(raw))
    assert report.get_content_type() == "multipart/report"
    statuses, original = report.get_payload()[1:]  # type: ignore[misc,union-attr]
    assert "Final-Recipient: rfc822; ann@customer.example" in str(statuses)
    assert original.get_payload()[0]["Message-ID"] == "<reply-1@techcorp.example>"  # type: ignore[union-attr,index]
