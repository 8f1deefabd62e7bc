"""The simulated Twilio, through Twilio's own client library and request validator."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from twilio.base.exceptions import TwilioRestException  # type: ignore[import-untyped,unused-ignore]
from twilio.http.http_client import TwilioHttpClient  # type: ignore[import-untyped,unused-ignore]
from twilio.request_validator import RequestValidator  # type: ignore[import-untyped,unused-ignore]
from twilio.rest import Client  # type: ignore[import-untyped,unused-ignore]

from fte_local.sim.stage import Stage, Visit, staged

CUSTOMER = "whatsapp:+4915112345678"
NUMBER = "whatsapp:+14155550100"
PUBLIC = "https://support.techcorp.example"


class ToSimulator(TwilioHttpClient):  # type: ignore[misc,unused-ignore]
    """Sends what is meant for api.twilio.com to the simulator."""

    def __init__(self, base: str) -> None:
        super().__init__(timeout=10)
        self.base = base

    def request(self, method: str, url: str, *arguments: Any, **options: Any) -> Any:
        parts = urlsplit(url)
        query = f"?{parts.query}" if parts.query else ""
        return super().request(method, f"{self.base}/twilio{parts.path}{query}", *arguments, **options)


@pytest.fixture(scope="module")
def running() -> Iterator[Stage]:
    with staged() as stage:
        yield stage


@pytest.fixture
def stage(running: Stage) -> Stage:
    running.clean()
    return running


def client(stage: Stage, token: str = "twilio-token") -> Any:
    return Client(stage.env["TWILIO_ACCOUNT_SID"], token, http_client=ToSimulator(stage.url))


def write(stage: Stage, **message: Any) -> dict[str, Any]:
    answer = stage.control.post("/sim/whatsapp", json={"from": CUSTOMER, "text": "Hi + 100 % 🙂"} | message)
    assert answer.status_code == 201, answer.text
    shown: dict[str, Any] = answer.json()
    return shown


def form(visit: Visit) -> dict[str, str]:
    return dict(parse_qsl(visit.body.decode(), keep_blank_values=True))


def is_signed(visit: Visit) -> bool:
    signature = visit.headers["x-twilio-signature"]
    return bool(RequestValidator("twilio-token").validate(PUBLIC + visit.path, form(visit), signature))


def test_a_message_is_accepted_and_received_and_its_way_is_reported(stage: Stage) -> None:
    sent = client(stage).messages.create(
        to=CUSTOMER, from_=NUMBER, body="Open Settings.", status_callback=f"{PUBLIC}/webhooks/whatsapp/status"
    )
    assert (sent.status, sent.direction, sent.num_media) == ("queued", "outbound-api", "0")
    box = stage.control.get("/sim/outbox?channel=whatsapp&to=+49 1511 2345678").json()["messages"]
    assert [(message["id"], message["to"], message["text"]) for message in box] == [
        (sent.sid, CUSTOMER, "Open Settings.")
    ]
    stage.until(lambda: client(stage).messages(sent.sid).fetch().status == "delivered" and len(stage.door.visits) == 3)
    assert all(map(is_signed, stage.door.visits))
    assert {visit.path for visit in stage.door.visits} == {"/webhooks/whatsapp/status"}
    assert [form(visit)["MessageStatus"] for visit in stage.door.visits] == ["queued", "sent", "delivered"]


def test_a_callback_can_come_in_any_order_with_an_error_code(stage: Stage) -> None:
    sent = client(stage).messages.create(to=CUSTOMER, from_=NUMBER, body="Hi", status_callback=f"{PUBLIC}/status")
    stage.until(lambda: len(stage.door.visits) == 3)
    told = stage.control.post("/sim/status", json={"sid": sent.sid, "status": "undelivered", "error_code": 63016})
    assert told.json() == {"status": 204}
    assert form(stage.door.visits[-1])["ErrorCode"] == "63016"
    assert client(stage).messages(sent.sid).fetch().error_code == 63016


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"to": "whatsapp:+12"}, 21211),
        ({"body": "x" * 1601}, 21617),
        ({"from_": "whatsapp:+14155550199"}, 63007),
        ({"body": ""}, 21602),
    ],
)
def test_a_message_that_twilio_would_not_take_is_refused(stage: Stage, changed: dict[str, str], code: int) -> None:
    with pytest.raises(TwilioRestException) as caught:
        client(stage).messages.create(**({"to": CUSTOMER, "from_": NUMBER, "body": "x" * 1600} | changed))
    assert (caught.value.status, caught.value.code) == (400, code)
    assert stage.control.get("/sim/outbox").json() == {"messages": []}


def test_a_wrong_token_and_an_unknown_message_are_refused(stage: Stage) -> None:
    with pytest.raises(TwilioRestException) as caught:
        client(stage, "wrong").messages("SM" + "0" * 32).fetch()
    assert (caught.value.status, caught.value.code) == (401, 20003)
    with pytest.raises(TwilioRestException) as caught:
        client(stage).messages("SM" + "0" * 32).fetch()
    assert (caught.value.status, caught.value.code) == (404, 20404)


def test_messages_are_listed_by_both_addresses_and_date_in_pages(stage: Stage) -> None:
    outbound = [client(stage).messages.create(to=CUSTOMER, from_=NUMBER, body=f"No {n}").sid for n in range(3)]
    inbound = write(stage)["sid"]
    now = datetime.now(UTC)
    find = client(stage).messages.list
    assert [message.sid for message in find(to=CUSTOMER, page_size=2)] == outbound[::-1]
    assert [(message.sid, message.status) for message in find(from_=CUSTOMER)] == [(inbound, "received")]
    assert len(find(date_sent_after=now - timedelta(minutes=1))) == 4
    assert find(date_sent_after=now + timedelta(minutes=1)) == []
    assert find(date_sent_before=now - timedelta(minutes=1)) == []
    assert len(find(date_sent=now.date())) == 4


@pytest.mark.parametrize("sender", ["+4915112345678", "whatsapp:+4915112345678", "49 1511 2345678"])
def test_a_customer_s_message_is_a_signed_webhook(stage: Stage, sender: str) -> None:
    sent = write(stage, **{"from": sender, "name": "Ann", "fields": {"ButtonText": "Yes "}})
    (visit,) = stage.door.visits
    assert (sent["status"], visit.path) == (204, "/webhooks/whatsapp")
    assert is_signed(visit)
    fields = form(visit)
    expected = {
        "MessageSid": sent["sid"],
        "SmsSid": sent["sid"],
        "AccountSid": stage.env["TWILIO_ACCOUNT_SID"],
        "From": CUSTOMER,
        "To": NUMBER,
        "WaId": "4915112345678",
        "Body": "Hi + 100 % 🙂",
        "ProfileName": "Ann",
        "NumMedia": "0",
        "MessageType": "text",
        "ButtonText": "Yes ",
    }
    assert expected.items() <= fields.items()


def test_media_and_user_ids_are_passed_on(stage: Stage) -> None:
    sender = "US.13491208655302741918"
    write(
        stage, **{"from": sender, "text": None, "media": [{"url": "https://x.example/a", "content_type": "audio/ogg"}]}
    )
    fields = form(stage.door.visits[0])
    assert (fields["From"], fields["ExternalUserId"], fields["Body"]) == (f"whatsapp:{sender}", sender, "")
    assert (fields["NumMedia"], fields["MediaContentType0"], fields["MessageType"]) == ("1", "audio/ogg", "audio")
    assert "WaId" not in fields


def test_the_same_sid_again_is_the_same_call_unless_told_otherwise(stage: Stage) -> None:
    first = write(stage)
    again = stage.control.post("/sim/whatsapp", json={"sid": first["sid"]}).json()
    other = write(stage, sid=first["sid"], text="Something else")
    assert [again, other] == [first, first]
    one, two, three = stage.door.visits
    assert one.body == two.body
    assert one.headers["i-twilio-idempotency-token"] == two.headers["i-twilio-idempotency-token"]
    assert form(three)["Body"] == "Something else"
    assert is_signed(three)
    assert client(stage).messages(first["sid"]).fetch().body == "Hi + 100 % 🙂"


def test_a_webhook_that_fails_is_called_once_more(stage: Stage) -> None:
    stage.door.statuses += [503, 200]
    assert write(stage)["status"] == 200
    stage.door.statuses += [500, 502, 200]
    assert write(stage)["status"] == 502
    stage.door.statuses.clear()
    stage.door.statuses += [403]
    assert write(stage)["status"] == 403
    assert len(stage.door.visits) == 5


def behave(stage: Stage, **ways: Any) -> dict[str, Any]:
    answer = stage.control.post("/sim/twilio", json=ways)
    assert answer.status_code == 200, answer.text
    shown: dict[str, Any] = answer.json()
    return shown


def send(stage: Stage, **message: Any) -> Any:
    given = {"to": CUSTOMER, "from_": NUMBER, "body": "Hi", "status_callback": f"{PUBLIC}/status"} | message
    return client(stage).messages.create(**given)


def reports(stage: Stage) -> list[tuple[str, str | None]]:
    return [(form(visit)["MessageStatus"], form(visit).get("ErrorCode")) for visit in stage.door.visits]


def test_retries_can_be_more_and_the_fallback_address_comes_after_them(stage: Stage) -> None:
    behave(stage, retries=3, fallback="/webhooks/whatsapp?from=fallback")
    stage.door.statuses += [500, 502, 503, 504, 200]
    assert write(stage)["status"] == 200
    *attempts, last = stage.door.visits
    assert [visit.path for visit in stage.door.visits] == ["/webhooks/whatsapp"] * 5
    assert (
        len({visit.body for visit in attempts}) == len({v.headers["i-twilio-idempotency-token"] for v in attempts}) == 1
    )
    assert form(last)["ErrorCode"] == "11200"
    assert form(last)["MessageSid"] == form(attempts[0])["MessageSid"]
    url = f"{PUBLIC}/webhooks/whatsapp?from=fallback"
    assert RequestValidator("twilio-token").validate(url, form(last), last.headers["x-twilio-signature"])


def test_without_retries_a_failure_is_the_end(stage: Stage) -> None:
    behave(stage, retries=0)
    stage.door.statuses += [500, 200]
    assert write(stage)["status"] == 500
    assert len(stage.door.visits) == 1


def test_callbacks_come_in_the_order_that_is_asked_for(stage: Stage) -> None:
    behave(stage, callbacks=["read", "queued", "delivered", "delivered", "sent"])
    sent = send(stage)
    stage.until(lambda: len(stage.door.visits) == 5)
    assert [status for status, _ in reports(stage)] == ["read", "queued", "delivered", "delivered", "sent"]
    stage.until(lambda: client(stage).messages(sent.sid).fetch().status == "read")


def test_callbacks_can_come_before_the_answer(stage: Stage) -> None:
    behave(stage, early=True)
    send(stage)
    assert [status for status, _ in reports(stage)] == ["queued", "sent", "delivered"]


def test_free_text_outside_the_window_is_taken_and_then_fails(stage: Stage) -> None:
    behave(stage, closed=[CUSTOMER])
    sent = send(stage)
    stage.until(lambda: len(stage.door.visits) == 1)
    assert reports(stage) == [("failed", "63016")]
    assert client(stage).messages(sent.sid).fetch().error_code == 63016
    assert stage.control.get("/sim/outbox").json() == {"messages": []}
    write(stage)
    assert behave(stage)["closed"] == []
    send(stage)
    assert len(stage.control.get("/sim/outbox").json()["messages"]) == 1


def test_free_text_outside_the_window_can_be_refused_at_once(stage: Stage) -> None:
    behave(stage, closed=[CUSTOMER], refuses_closed=True)
    with pytest.raises(TwilioRestException) as caught:
        send(stage)
    assert (caught.value.status, caught.value.code) == (400, 63016)


def test_a_template_reaches_who_has_not_written_for_a_day(stage: Stage) -> None:
    behave(stage, closed=[CUSTOMER])
    template = {"content_sid": "HX" + "0" * 32, "body": None}
    sent = send(stage, content_variables='{"1": "Open Settings."}', **template)
    assert sent.body == "Your answer from TechCorp support: Open Settings."
    (message,) = stage.control.get("/sim/outbox").json()["messages"]
    assert message["text"] == sent.body
    for variables in ('{"1": "two\\nlines"}', "{}", '{"1": ""}', "nothing"):
        with pytest.raises(TwilioRestException) as caught:
            send(stage, content_variables=variables, **template)
        assert caught.value.code == 21656
    with pytest.raises(TwilioRestException) as caught:
        send(stage, content_sid="HX1", body=None)
    assert caught.value.code == 21655


def test_a_number_that_wrote_stop_is_refused_until_it_writes_start(stage: Stage) -> None:
    behave(stage, keywords=True)
    write(stage, text=" Stop ")
    assert form(stage.door.visits[-1])["OptOutType"] == "STOP"
    with pytest.raises(TwilioRestException) as caught:
        send(stage)
    assert (caught.value.status, caught.value.code) == (400, 21610)
    write(stage, text="START")
    assert form(stage.door.visits[-1])["OptOutType"] == "START"
    send(stage)


def test_unless_it_is_told_to_twilio_reads_no_words_itself(stage: Stage) -> None:
    write(stage, text="STOP")
    assert "OptOutType" not in form(stage.door.visits[-1])
    send(stage)


def test_a_reset_ends_all_special_behaviour(stage: Stage) -> None:
    usual = behave(stage)
    behave(stage, closed=[CUSTOMER], stopped=[CUSTOMER], early=True, retries=5, fallback="/x", callbacks=[])
    stage.control.post("/sim/reset")
    assert behave(stage) == usual
