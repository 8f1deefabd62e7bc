"""What the runner reads from the manifests."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from fte.events import EventType
from fte_local import ports
from fte_local.eventing.manifests import ManifestError, duration, read
from fte_local.eventing.reactions import Kind, Retries
from fte_local.eventing.schedule import Schedule
from fte_local.eventing.wiring import Ping, Sink

BASE = Path(__file__).resolve().parents[2] / "knative" / "base"
SINK = {
    "kind": "KafkaSink",
    "metadata": {"name": "fte-dlq"},
    "spec": {"topic": "fte.dlq", "bootstrapServers": ["kafka:9092"]},
}


def source(name: str = "one", group: str = "fte.one", **spec: Any) -> dict[str, Any]:
    whole = {
        "topics": ["fte.responses"],
        "consumerGroup": group,
        "sink": {"ref": {"kind": "Service", "name": "deliver"}},
        **spec,
    }
    return {"kind": "KafkaSource", "metadata": {"name": name}, "spec": whole}


BROKER = {
    "kind": "Broker",
    "metadata": {
        "name": "escalations",
        "annotations": {
            "eventing.knative.dev/broker.class": "Kafka",
            "kafka.eventing.knative.dev/external.topic": "fte.escalations",
        },
    },
    "spec": {"delivery": {"retry": 2, "backoffPolicy": "linear", "backoffDelay": "PT2S", "timeout": "PT3S"}},
}


def trigger(order: str = "unordered", **spec: Any) -> dict[str, Any]:
    annotations = {"kafka.eventing.knative.dev/delivery.order": order}
    subscriber = {"ref": {"kind": "Service", "name": "backoffice"}}
    whole = {"broker": "escalations", "subscriber": subscriber, **spec}
    return {"kind": "Trigger", "metadata": {"name": "all", "annotations": annotations}, "spec": whole}


def ping(**spec: Any) -> dict[str, Any]:
    whole = {"schedule": "* * * * *", "sink": {"ref": {"kind": "Service", "name": "agent"}, "uri": "/ping"}, **spec}
    return {"kind": "PingSource", "metadata": {"name": "every-minute"}, "spec": whole}


def written(folder: Path, *objects: dict[str, Any]) -> Path:
    (folder / "eventing.yaml").write_text(yaml.safe_dump_all(objects))
    return folder


def test_the_suite_delivers_every_topic_to_its_function() -> None:
    wiring = read(BASE, 9000)
    found = {(topic, one.address) for one in wiring.sources for topic in one.topics}
    agent, deliver, backoffice = (f"{ports.url(name, 9000)}/" for name in ("agent", "deliver", "backoffice"))
    assert found == {
        ("fte.tickets.incoming", agent),
        ("fte.channels.email.inbound", agent),
        ("fte.channels.whatsapp.inbound", agent),
        ("fte.channels.webform.inbound", agent),
        ("fte.responses", deliver),
        ("fte.escalations", backoffice),
        ("fte.metrics", backoffice),
        ("fte.dlq", f"{backoffice}dead-letters"),
    }


def test_the_suite_s_deliveries_are_read_in_full() -> None:
    for one in read(BASE).sources:
        assert one.retries == Retries(10, "exponential", timedelta(seconds=1))
        assert one.timeout == timedelta(seconds=30)
        assert (one.ordered, one.initial_offset) == (False, "earliest")
        assert one.dead_letters == (None if one.topics == ("fte.dlq",) else Sink("fte-dlq", "fte.dlq"))


def test_a_source_without_delivery_gets_what_knative_gives_it(tmp_path: Path) -> None:
    (one,) = read(written(tmp_path, source())).sources
    assert one.retries == Retries(10, "exponential", timedelta(seconds=0.3))
    assert (one.timeout, one.dead_letters) == (timedelta(seconds=600), None)
    assert (one.ordered, one.initial_offset) == (True, "latest")


def test_a_path_beside_the_reference_is_joined(tmp_path: Path) -> None:
    sink = {"ref": {"kind": "Service", "name": "deliver"}, "uri": "/ping"}
    (one,) = read(written(tmp_path, source(sink=sink)), 9000).sources
    assert one.address == f"{ports.url('deliver', 9000)}/ping"


def test_the_suite_s_escalations_come_by_a_trigger_of_a_broker() -> None:
    wiring = read(BASE)
    (escalations,) = (one for one in wiring.sources if one.kind is Kind.TRIGGER)
    broker = Sink("fte-escalations", "fte.escalations")
    assert (wiring.brokers, escalations.replies) == ({broker.name: broker}, broker)
    assert escalations.group == "knative-trigger-fte-escalations-to-backoffice"
    assert escalations.wants({"type": EventType.ESCALATION_RAISED, "team": "sales"})
    assert not escalations.wants({"type": EventType.RESPONSE_READY})


def test_the_suite_s_pings_come_every_minute_or_every_five() -> None:
    often = {one.address: one.schedule.text for one in read(BASE, 9000).pings}
    minute, five = "* * * * *", "*/5 * * * *"
    expected = {"agent": minute, "deliver": minute, "backoffice": minute, "intake-gmail": five, "intake-whatsapp": five}
    assert often == {f"{ports.url(name, 9000)}/ping": schedule for name, schedule in expected.items()}


def test_a_trigger_without_delivery_has_that_of_its_broker(tmp_path: Path) -> None:
    (one,) = read(written(tmp_path, BROKER, trigger())).sources
    assert (one.retries, one.timeout) == (Retries(2, "linear", timedelta(seconds=2)), timedelta(seconds=3))
    assert (one.topics, one.ordered, one.initial_offset) == (("fte.escalations",), False, "earliest")


def test_a_trigger_can_be_ordered_and_have_a_delivery_of_its_own(tmp_path: Path) -> None:
    delivery = {"retry": 1, "deadLetterSink": {"ref": {"kind": "KafkaSink", "name": "fte-dlq"}}}
    (one,) = read(written(tmp_path, BROKER, SINK, trigger("ordered", delivery=delivery))).sources
    assert (one.ordered, one.retries.retry, one.dead_letters) == (True, 1, Sink("fte-dlq", "fte.dlq"))


def test_a_ping_can_carry_data_and_extensions(tmp_path: Path) -> None:
    extensions = {"ceOverrides": {"extensions": {"origin": "test"}}}
    spec = {"timezone": "UTC", "contentType": "text/plain", "dataBase64": "aGk=", **extensions}
    (one,) = read(written(tmp_path, source(), ping(**spec)), 9000).pings
    schedule = Schedule.parse("* * * * *")
    address = f"{ports.url('agent', 9000)}/ping"
    assert one == Ping("every-minute", "fte", schedule, address, "text/plain", b"hi", {"origin": "test"})


def test_partial_manifests_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "sources-patch.yaml").write_text(yaml.safe_dump(source("two", "fte.two")))
    assert [one.name for one in read(written(tmp_path, source())).sources] == ["one"]


@pytest.mark.parametrize(
    ("objects", "says"),
    [
        ([SINK], "no KafkaSource and no Trigger"),
        ([source(), source("two")], "fte.one is used twice"),
        ([source(), source(group="fte.two")], "one is used twice"),
        ([source(sink={"ref": {"kind": "Service", "name": "nobody"}})], "nobody is not one of the functions"),
        ([source(ordering="sorted")], "sorted"),
        ([source(filters=[])], "filters is not done here"),
        ([source(delivery={"retryAfterMax": "PT1S"})], "retryAfterMax is not done here"),
        ([trigger()], "Broker escalations is not here"),
        ([BROKER | {"metadata": {"name": "escalations"}}, trigger()], "external.topic are done here"),
        ([BROKER, trigger(filters=[{"cesql": "ABS(1) = 1"}])], "cesql 'ABS"),
        ([BROKER, trigger(filters=[{"exakt": {"a": "b"}}])], "unknown filter dialect 'exakt'"),
        ([BROKER, trigger(subscriber={"ref": {"kind": "Service", "name": "pager"}})], "pager is not one"),
        ([BROKER, trigger(order="sorted")], "delivery.order 'sorted'"),
        ([source(), ping(schedule="* * * *")], "five fields"),
        ([source(), ping(timezone="Europe/Berlin")], "only UTC"),
        ([source(), ping(data="a", dataBase64="YQ==")], "exclude each other"),
        ([source(initialOffset="now")], "now"),
        ([source(delivery={"backoffDelay": "1s"})], "'1s' is no ISO 8601 duration"),
        (
            [source(delivery={"deadLetterSink": {"ref": {"kind": "KafkaSink", "name": "fte-dlq"}}})],
            "fte-dlq is not one",
        ),
    ],
)
def test_what_cannot_be_done_is_said_with_its_reason(tmp_path: Path, objects: list[dict[str, Any]], says: str) -> None:
    with pytest.raises(ManifestError, match=says):
        read(written(tmp_path, *objects))


@pytest.mark.parametrize(
    ("text", "seconds"), [("PT1S", 1), ("PT0.3S", 0.3), ("PT2M", 120), ("PT1H1M1S", 3661), ("P1DT1S", 86401)]
)
def test_durations_are_read(text: str, seconds: float) -> None:
    assert duration(text) == timedelta(seconds=seconds)


@pytest.mark.parametrize("text", ["", "P", "PT", "1s", "PT-1S", "P1M"])
def test_other_texts_are_no_durations(text: str) -> None:
    with pytest.raises(ValueError, match="ISO 8601"):
        duration(text)
