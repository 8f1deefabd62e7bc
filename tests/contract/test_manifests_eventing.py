"""How the manifests wire events: what comes from where, what becomes of failures, when time itself calls."""

from __future__ import annotations

import re

import pytest
import yaml

from fte.events import TOPICS, EventType
from fte_local import gateway_routes
from fte_local.eventing import filters
from fte_local.eventing.manifests import duration
from fte_local.eventing.schedule import Schedule
from fte_tests.manifests import (
    KNATIVE,
    ROUTE,
    TEAM_TRIGGERS,
    Object,
    base,
    documents,
    name,
    of,
    receiver,
    references,
    service,
    settings_of_all,
    team_triggers,
)

TEAMS = ("support-lead", "support", "sales", "finance", "security", "engineering")
DEAD_LETTERS = {"apiVersion": "eventing.knative.dev/v1alpha1", "kind": "KafkaSink", "name": "fte-dlq"}
# Annotations that Knative reads; it passes over those that are misspelt.
ANNOTATIONS = {
    "Broker": {"eventing.knative.dev/broker.class", "kafka.eventing.knative.dev/external.topic"},
    "Trigger": {"kafka.eventing.knative.dev/delivery.order"},
}

triggers = pytest.mark.parametrize("trigger", [*of("Trigger"), *team_triggers()], ids=name)
deliveries = pytest.mark.parametrize("one", [*of("KafkaSource"), *of("Trigger"), *team_triggers()], ids=name)


def test_everybody_goes_to_the_same_kafka() -> None:
    config = settings_of_all()
    servers = config["data"]["KAFKA_BOOTSTRAP_SERVERS"].split(",")
    assert all(one["spec"]["bootstrapServers"] == servers for one in of("KafkaSource") + of("KafkaSink"))
    names = {broker["spec"]["config"]["name"] for broker in of("Broker")}
    configs = [one for one in of("ConfigMap") if one["metadata"]["name"] in names]
    assert len(configs) == len(names)
    assert all(one["data"]["bootstrap.servers"].split(",") == servers for one in configs)


@deliveries
def test_a_delivery_is_spelled_out_and_ends_on_the_dead_letter_topic(one: Object) -> None:
    delivery = dict(one["spec"]["delivery"])
    last = one["spec"].get("topics") == ["fte.dlq"]
    assert delivery.pop("deadLetterSink", None) == (None if last else {"ref": DEAD_LETTERS})
    assert delivery == {"retry": 10, "backoffPolicy": "exponential", "backoffDelay": "PT1S", "timeout": "PT30S"}


def test_a_broker_s_delivery_is_that_of_its_triggers() -> None:
    expected = of("Trigger")[0]["spec"]["delivery"]
    assert [broker["spec"]["delivery"] for broker in of("Broker")] == [expected] * len(of("Broker"))


@pytest.mark.parametrize("source", of("KafkaSource"), ids=name)
def test_a_source_reads_everything_and_holds_nobody_up(source: Object) -> None:
    assert (source["spec"]["initialOffset"], source["spec"]["ordering"]) == ("earliest", "unordered")


def test_dead_letters_go_to_a_path_of_their_own_and_nothing_else_does() -> None:
    special = {name(one): receiver(one)["uri"] for one in of("KafkaSource") + of("Trigger")}
    (dlq,) = (name(one) for one in of("KafkaSource") if one["spec"]["topics"] == ["fte.dlq"])
    assert special.pop(dlq) == "/dead-letters"
    assert set(special.values()) == {"/"}


@pytest.mark.parametrize("one", [*of("KafkaSource"), *of("Trigger")], ids=name)
def test_nobody_waits_longer_than_a_service_lets_a_request_run(one: Object) -> None:
    allowed = service(receiver(one)["ref"]["name"])["spec"]["template"]["spec"]["timeoutSeconds"]
    assert duration(one["spec"]["delivery"]["timeout"]).total_seconds() <= allowed


def test_every_reference_leads_to_an_object_of_the_base() -> None:
    known = {(one["apiVersion"], one["kind"], one["metadata"]["name"]) for one in base()}
    found = [
        (one["apiVersion"], one["kind"], one["name"])
        for body in [*base(), *team_triggers()]
        for one in references(body.get("spec", {}))
    ]
    assert len(found) > len(of("KafkaSource"))
    assert set(found) <= known
    brokers = {broker["metadata"]["name"] for broker in of("Broker")}
    assert {trigger["spec"]["broker"] for trigger in [*of("Trigger"), *team_triggers()]} <= brokers


def test_a_broker_is_kafka_s_and_has_a_topic_of_the_suite() -> None:
    for broker in of("Broker"):
        annotations = broker["metadata"]["annotations"]
        assert annotations["eventing.knative.dev/broker.class"] == "Kafka"
        assert annotations["kafka.eventing.knative.dev/external.topic"] in TOPICS


@pytest.mark.parametrize("one", [*of("Broker"), *of("Trigger"), *team_triggers()], ids=name)
def test_an_annotation_is_one_that_knative_knows(one: Object) -> None:
    assert set(one["metadata"].get("annotations", {})) <= ANNOTATIONS[one["kind"]]


@triggers
def test_a_trigger_filters_by_event_types_that_there_are(trigger: Object) -> None:
    types = [filter_["exact"]["type"] for filter_ in trigger["spec"]["filters"] if "type" in filter_.get("exact", {})]
    assert types
    assert set(types) <= set(EventType)


@pytest.mark.parametrize("team", TEAMS)
def test_each_team_has_a_trigger_to_copy_that_lets_its_escalations_pass(team: str) -> None:
    passed = [
        trigger["metadata"]["name"]
        for trigger in team_triggers()
        if filters.of_trigger(trigger["spec"])({"type": EventType.ESCALATION_RAISED, "team": team})
    ]
    assert passed == [f"escalations-to-{team}"]


def test_the_filters_that_the_examples_speak_of_do_what_they_say() -> None:
    text = TEAM_TRIGGERS.read_text()
    flag, any_flag = (
        filters.of_trigger({"filters": yaml.safe_load(found)}) for found in re.findall(r"# +filters: (\[.*\])", text)
    )
    event = {"escalationflag": "SECURITY_ESCALATION", "escalationflags": ",SECURITY_ESCALATION,LEGAL_ESCALATION,"}
    other = {"escalationflag": "PRICING_INQUIRY", "escalationflags": ",PRICING_INQUIRY,"}
    assert [wants(event) for wants in (flag, any_flag)] == [True, True]
    assert [wants(other) for wants in (flag, any_flag)] == [False, False]


def test_no_subscriber_of_an_example_is_part_of_a_deployment() -> None:
    for path in (KNATIVE / "overlays").rglob("kustomization.yaml"):
        (kustomization,) = documents(path)
        assert not [one for one in kustomization.get("components", []) if "team-triggers" in one]


def test_pings_go_to_the_ping_route_of_each_function_that_has_one() -> None:
    found = {receiver(one)["ref"]["name"]: one["spec"]["schedule"] for one in of("PingSource")}
    assert {receiver(one)["uri"] for one in of("PingSource")} == {"/ping"}
    minute, five = "* * * * *", "*/5 * * * *"
    expected = {"agent": minute, "deliver": minute, "backoffice": minute, "intake-gmail": five, "intake-whatsapp": five}
    assert found == expected


@pytest.mark.parametrize("one", of("PingSource"), ids=name)
def test_a_ping_s_schedule_is_one_and_says_its_timezone(one: Object) -> None:
    assert Schedule.parse(one["spec"]["schedule"]).text == one["spec"]["schedule"]
    assert one["spec"]["timezone"] == "UTC"


def test_pings_are_not_public() -> None:
    routes = gateway_routes.read(ROUTE)
    assert not [route for route in routes if route.matches("POST", "/ping")]
    assert [route for route in routes if route.matches("POST", "/webhooks/gmail")]


def test_no_name_is_used_twice_by_objects_of_a_kind() -> None:
    names = [name(one) for one in [*base(), *team_triggers()]]
    assert len(names) == len(set(names))


def test_consumer_groups_are_of_their_function_and_never_shared() -> None:
    groups = [source["spec"]["consumerGroup"] for source in of("KafkaSource")]
    assert len(groups) == len(set(groups))
    for source in of("KafkaSource"):
        prefix = f"fte.{source['spec']['sink']['ref']['name']}"
        assert source["spec"]["consumerGroup"].split(".")[:2] == prefix.split(".")
