"""Faults on real connections, and what the control API refuses."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from email.message import EmailMessage
from typing import Any

import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fte.errors import SettingsError
from fte_local.sim.config import SimConfig
from fte_local.sim.faults import Fault, FaultBoard
from fte_local.sim.stage import Stage, environment, staged

MODELS = "/openai/v1/models"
KEY = {"Authorization": "Bearer key"}


@pytest.fixture(scope="module")
def running() -> Iterator[Stage]:
    with staged() as stage:
        yield stage


@pytest.fixture
def stage(running: Stage) -> Stage:
    running.clean()
    return running


def fault(stage: Stage, **wanted: Any) -> None:
    answer = stage.control.post("/sim/faults", json={"provider": "openai", "kind": "status"} | wanted)
    assert answer.status_code == 201, answer.text


def twilio(stage: Stage, text: str = "Open Settings.") -> httpx2.Response:
    account = stage.env["TWILIO_ACCOUNT_SID"]
    data = {"To": "whatsapp:+4915112345678", "From": "whatsapp:+14155550100", "Body": text}
    path = f"/twilio/2010-04-01/Accounts/{account}/Messages.json"
    return stage.control.post(path, data=data, auth=(account, "twilio-token"))


def received(stage: Stage) -> list[str]:
    return [message["text"] for message in stage.control.get("/sim/outbox").json()["messages"]]


def test_a_status_fault_counts_down_and_leaves_other_providers_alone(stage: Stage) -> None:
    fault(stage, status=429, count=2, retry_after=3)
    statuses = [stage.control.get(MODELS, headers=KEY) for _ in range(3)]
    assert [answer.status_code for answer in statuses] == [429, 429, 200]
    assert statuses[0].headers["Retry-After"] == "3"
    fault(stage)
    assert twilio(stage).status_code == 201


def test_a_fault_without_count_lasts_until_it_is_cleared(stage: Stage) -> None:
    fault(stage, status=503)
    assert [stage.control.get(MODELS, headers=KEY).status_code for _ in range(4)] == [503] * 4
    assert stage.control.delete("/sim/faults").status_code == 204
    assert stage.control.get(MODELS, headers=KEY).status_code == 200


def test_a_dropped_connection_has_no_answer_and_no_effect(stage: Stage) -> None:
    fault(stage, provider="twilio", kind="drop", count=1)
    with pytest.raises((httpx2.RemoteProtocolError, httpx2.ReadError)):
        twilio(stage, "lost")
    assert received(stage) == []
    assert twilio(stage, "found").status_code == 201
    assert received(stage) == ["found"]


def test_accept_then_drop_has_the_effect_but_no_answer(stage: Stage) -> None:
    fault(stage, provider="twilio", kind="accept_then_drop", count=1)
    with pytest.raises((httpx2.RemoteProtocolError, httpx2.ReadError)):
        twilio(stage, "accepted")
    assert received(stage) == ["accepted"]


def test_latency_delays_and_then_answers(stage: Stage) -> None:
    fault(stage, kind="latency", latency_ms=2_000, count=1)
    with pytest.raises(httpx2.ReadTimeout):
        stage.control.get(MODELS, headers=KEY, timeout=0.2)
    fault(stage, kind="latency", latency_ms=1, count=1)
    assert stage.control.get(MODELS, headers=KEY).status_code == 200


def test_match_looks_into_path_form_and_mail(stage: Stage) -> None:
    mail = EmailMessage()
    mail["To"] = "ann@customer.example"
    mail.set_content("the answer to Ann")
    raw = base64.urlsafe_b64encode(mail.as_bytes()).decode()
    send = "/gmail-api/gmail/v1/users/me/messages/send"
    fault(stage, provider="twilio", match="Open Settings.", status=418)
    fault(stage, provider="gmail", match="answer to Ann", status=418)
    assert twilio(stage).status_code == 418
    assert twilio(stage, "other").status_code == 201
    assert stage.control.post(send, json={"raw": raw}).status_code == 418
    assert stage.control.post(send, json={"raw": "eA=="}).status_code == 401


def test_keys_and_tokens_fail_only_when_they_are_named(stage: Stage) -> None:
    fault(stage, provider="gmail")
    assert stage.control.get("/google/certs").status_code == 200
    fault(stage, provider="gmail", match="/google/certs", status=503)
    assert stage.control.get("/google/certs").status_code == 503


@pytest.mark.parametrize(
    ("path", "body", "said"),
    [
        ("/sim/email", {"subject": "No sender"}, "from_or_raw"),
        ("/sim/email", {"from": "a@b.example", "subject": "x\r\nBcc: c@d.example"}, "cannot be written"),
        ("/sim/email", {"from": "a@b.example", "subjekt": "x"}, "subjekt"),
        ("/sim/email", {"raw_base64": "%"}, "base64"),
        ("/sim/whatsapp", {"text": "Hi"}, "required"),
        ("/sim/whatsapp", {"from": "nobody", "text": "Hi"}, "from"),
        ("/sim/faults", {"provider": "mail", "kind": "status"}, "provider"),
        ("/sim/faults", {"provider": "gmail", "kind": "status", "status": 200}, "status"),
        ("/sim/openai/script", {"steps": [{"says": "Hi"}]}, "says"),
    ],
)
def test_bad_control_input_is_422_and_names_the_problem(
    stage: Stage, path: str, body: dict[str, Any], said: str
) -> None:
    answer = stage.control.post(path, json=body)
    assert answer.status_code == 422
    assert said in answer.json()["error"]
    assert stage.door.visits == []


def test_bad_json_and_bad_queries_are_422(stage: Stage) -> None:
    assert stage.control.post("/sim/email", content=b"{").status_code == 422
    assert stage.control.get("/sim/outbox?since=soon").status_code == 422
    assert stage.control.get("/sim/outbox?channel=fax").status_code == 422


def test_the_outbox_can_be_asked_since_a_moment(stage: Stage) -> None:
    twilio(stage, "one")
    (first,) = stage.control.get("/sim/outbox").json()["messages"]
    find = stage.control.get
    assert find("/sim/outbox", params={"since": first["at"]}).json()["messages"] == [first]
    assert find("/sim/outbox?since=2000-01-01T00:00:00+00:00").json()["messages"] == [first]
    assert find("/sim/outbox?since=2999-01-01").json()["messages"] == []
    assert find("/sim/outbox?since=4000000000").json()["messages"] == []


def test_reset_forgets_everything(stage: Stage) -> None:
    twilio(stage)
    fault(stage)
    assert stage.control.post("/sim/reset").status_code == 204
    assert received(stage) == []
    assert stage.control.get(MODELS, headers=KEY).status_code == 200


def test_the_page_its_files_and_a_forwarded_form(stage: Stage) -> None:
    for path, start in (("/", "<!doctype html>"), ("/playground.css", ":root"), ("/playground.js", "//")):
        assert stage.control.get(path).text.lower().startswith(start)
    stage.door.statuses += [422]
    answer = stage.control.post("/sim/form", json={"form": {"name": "Ann"}, "idempotency_key": "key-1"})
    (visit,) = stage.door.visits
    assert (answer.status_code, visit.path, visit.headers["idempotency-key"]) == (422, "/support/submit", "key-1")
    assert visit.body == b'{"name":"Ann"}'


def test_activity_is_waiting_until_the_backoffice_answers(stage: Stage) -> None:
    assert stage.control.get("/sim/activity").json() == {"error": "waiting"}
    stage.door.statuses += [200]
    assert stage.control.get("/sim/activity").status_code == 200
    assert stage.door.visits[-1].headers["authorization"] == "Bearer internal-token"


def test_configuration_names_everything_that_is_missing() -> None:
    with pytest.raises(SettingsError) as caught:
        SimConfig.from_env({"FTE_PUBLIC_URL": "http://localhost:8080"})
    assert {"TWILIO_AUTH_TOKEN", "FTE_GMAIL_CLIENT_SECRET"} <= set(str(caught.value).replace(",", " ").split())
    config = SimConfig.from_env(
        environment("http://door") | {"FTE_LOCAL_PORT_BASE": "9000", "FTE_SIM_BACKOFFICE_URL": ""}
    )
    assert config.backoffice_url == "http://127.0.0.1:9001"
    assert "twilio-token" not in repr(config)


@given(st.lists(st.integers(1, 4), max_size=5), st.integers(0, 25))
def test_every_fault_hits_as_often_as_it_says_and_one_at_a_time(counts: list[int], calls: int) -> None:
    board = FaultBoard()
    for count in counts:
        board.add(Fault("gmail", "drop", count=count))
    hits = [len(board.take("gmail", "/")) for _ in range(calls)]
    assert hits == [1] * min(calls, sum(counts)) + [0] * max(0, calls - sum(counts))
