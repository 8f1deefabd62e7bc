"""The manifests: valid to the letter against the published schemas, and right in what schemas cannot see."""

from __future__ import annotations

import copy
import os
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from fte.events import TOPICS
from fte.settings import Settings
from fte_local import gateway_routes, ports
from fte_local.eventing.manifests import duration

REPOSITORY = Path(__file__).resolve().parents[2]
KNATIVE = REPOSITORY / "knative"
BASE = KNATIVE / "base"
SCHEMAS = Path(os.environ.get("FTE_SCHEMAS", REPOSITORY.parent / "shared" / "schemas"))
PUBLIC = {"intake-gmail", "intake-whatsapp", "intake-webform"}
VISIBILITY = "networking.knative.dev/visibility"
# What the runtime, not the suite, reads from a function's environment.
FRAMEWORK = {"FUNCTION_TARGET"}

Object = dict[str, Any]


def documents(path: Path) -> list[Object]:
    return [document for document in yaml.safe_load_all(path.read_text()) if document]


def files(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.rglob("*.yaml")) if "patch" not in path.name]


@cache
def base() -> list[Object]:
    return [one for path in files(BASE) for one in documents(path) if one["kind"] != "Kustomization"]


def of(kind: str) -> list[Object]:
    return [one for one in base() if one["kind"] == kind]


def service(name: str) -> Object:
    (found,) = (one for one in of("Service") if one["metadata"]["name"] == name)
    return found


def container(name: str) -> Object:
    (found,) = service(name)["spec"]["template"]["spec"]["containers"]
    assert isinstance(found, dict)
    return found


def name(one: Object) -> str:
    return f"{one['kind']}/{one['metadata']['name']}"


def closed(schema: Any) -> Any:
    """The schema with every object shut to fields that it does not name, as an API server reads it strictly."""
    if isinstance(schema, list):
        return [closed(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    shut = {key: closed(value) for key, value in schema.items()}
    if "properties" in shut and not shut.get("x-kubernetes-preserve-unknown-fields"):
        shut.setdefault("additionalProperties", False)
    if shut.get("x-kubernetes-int-or-string"):
        shut.pop("type", None)
    return shut


@cache
def definition(group_version: str, kind: str) -> Any:
    for path in sorted(SCHEMAS.glob("crd-*.yaml")):
        for crd in documents(path):
            if crd.get("spec", {}).get("names", {}).get("kind") != kind:
                continue
            for version in crd["spec"]["versions"]:
                if f"{crd['spec']['group']}/{version['name']}" == group_version:
                    schema = copy.deepcopy(version["schema"]["openAPIV3Schema"])
                    properties = schema.setdefault("properties", {})
                    properties |= {"apiVersion": {"type": "string"}, "kind": {"type": "string"}}
                    properties["metadata"] = {"type": "object", "x-kubernetes-preserve-unknown-fields": True}
                    return closed(schema)
    return None


def faults(one: Object) -> list[str]:
    schema = definition(one["apiVersion"], one["kind"])
    assert schema is not None, f"there is no schema of {one['apiVersion']} {one['kind']}"
    return [f"{error.json_path}: {error.message}" for error in Draft202012Validator(schema).iter_errors(one)]


needs_schemas = pytest.mark.skipif(not SCHEMAS.is_dir(), reason="the published schemas are not here (FTE_SCHEMAS)")
ours = pytest.mark.parametrize("one", [one for one in base() if ".knative.dev/" in one["apiVersion"]], ids=name)


@needs_schemas
@ours
def test_every_object_is_valid_to_the_letter(one: Object) -> None:
    assert faults(one) == []


@needs_schemas
@ours
def test_a_field_that_is_misspelt_is_found(one: Object) -> None:
    """The check above can fail: otherwise it would say nothing."""
    wrong = copy.deepcopy(one)
    wrong["spec"]["misspelt"] = 1
    assert faults(wrong)


def test_the_base_has_what_the_suite_needs() -> None:
    assert {one["metadata"]["name"] for one in of("Service")} == set(ports.FUNCTIONS)
    assert {topic for source in of("KafkaSource") for topic in source["spec"]["topics"]} == set(TOPICS)
    assert {one["spec"]["topic"] for one in of("KafkaSink")} == {"fte.dlq"}


def test_kustomizations_name_every_file_and_only_files_that_exist() -> None:
    for path in KNATIVE.rglob("kustomization.yaml"):
        (kustomization,) = documents(path)
        patches = [patch["path"] for patch in kustomization.get("patches", [])]
        named = [*kustomization.get("resources", []), *kustomization.get("components", []), *patches]
        assert [one for one in named if not (path.parent / one).exists()] == []
        beside = {str(one.relative_to(path.parent)) for one in path.parent.rglob("*.yaml")} - {"kustomization.yaml"}
        assert beside <= set(named), f"{path} leaves files out"


def test_a_patch_fits_an_object_or_a_target_that_exists() -> None:
    known = {name(one) for one in base()} | {name(one) for one in documents(KNATIVE / "components/routing/route.yaml")}
    for path in KNATIVE.rglob("kustomization.yaml"):
        (kustomization,) = documents(path)
        for patch in kustomization.get("patches", []):
            (body,) = documents(path.parent / patch["path"])
            if target := patch.get("target"):
                pattern = f"{target['kind']}/(?:{target['name']})"
                assert [one for one in known if re.fullmatch(pattern, one)], f"{path}: nothing for {pattern}"
            else:
                assert name(body) in known


def test_one_service_a_file_so_that_kn_takes_it() -> None:
    for path in files(BASE / "services"):
        (one,) = documents(path)
        assert (one["kind"], one["metadata"]["name"]) == ("Service", path.stem)


def test_public_are_the_three_intakes_and_no_other() -> None:
    hidden = {
        one["metadata"]["name"] for one in of("Service") if one["metadata"]["labels"].get(VISIBILITY) == "cluster-local"
    }
    assert hidden == set(ports.FUNCTIONS) - PUBLIC
    routed = {path.function for path in gateway_routes.read(KNATIVE / "components" / "routing" / "route.yaml")}
    assert routed == PUBLIC


@pytest.mark.parametrize("function", ports.FUNCTIONS)
def test_a_service_is_scaled_probed_and_confined(function: str) -> None:
    template = service(function)["spec"]["template"]
    annotations = template["metadata"]["annotations"]
    known = {"class", "metric", "min-scale", "max-scale", "target-utilization-percentage"}
    known |= {"scale-to-zero-pod-retention-period"}
    assert {key.removeprefix("autoscaling.knative.dev/") for key in annotations} <= known
    assert all(isinstance(value, str) for value in annotations.values())
    assert int(annotations["autoscaling.knative.dev/max-scale"]) > int(annotations["autoscaling.knative.dev/min-scale"])
    running = container(function)
    assert running["readinessProbe"]["httpGet"]["path"] == "/health/readiness"
    assert running["livenessProbe"]["httpGet"]["path"] == "/health/liveness"
    assert running["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "runAsNonRoot": True,
        "capabilities": {"drop": ["ALL"]},
        "seccompProfile": {"type": "RuntimeDefault"},
    }
    assert set(running["resources"]) == {"requests", "limits"}


def test_those_that_sweep_are_kept_warm() -> None:
    for function in ("agent", "deliver"):
        annotations = service(function)["spec"]["template"]["metadata"]["annotations"]
        assert int(annotations["autoscaling.knative.dev/min-scale"]) >= 1


@pytest.mark.parametrize("function", ports.FUNCTIONS)
def test_a_service_runs_its_function(function: str) -> None:
    values = {one["name"]: one.get("value") for one in container(function)["env"]}
    assert values["FUNCTION_TARGET"] == function.replace("-", "_")


def secrets_in_plain_sight(environment: list[Object]) -> Iterator[str]:
    secret = {field.alias for field in Settings.model_fields.values() if "SecretStr" in str(field.annotation)}
    for one in environment:
        if one["name"] in secret and "secretKeyRef" not in one.get("valueFrom", {}):
            yield one["name"]


def test_every_variable_is_a_setting_and_secrets_come_from_secrets() -> None:
    settings = {field.alias for field in Settings.model_fields.values()} | FRAMEWORK
    (config,) = of("ConfigMap")
    assert set(config["data"]) <= settings
    assert [*secrets_in_plain_sight([{"name": key} for key in config["data"]])] == []
    for function in ports.FUNCTIONS:
        environment = container(function)["env"]
        assert {one["name"] for one in environment} <= settings
        assert [*secrets_in_plain_sight(environment)] == []
        assert container(function)["envFrom"] == [{"configMapRef": {"name": config["metadata"]["name"]}}]


def test_the_common_configuration_can_be_read_as_settings() -> None:
    (config,) = of("ConfigMap")
    assert all(isinstance(value, str) for value in config["data"].values())
    assert Settings.from_env(config["data"]).kafka_bootstrap_servers == config["data"]["KAFKA_BOOTSTRAP_SERVERS"]


def test_everybody_goes_to_the_same_kafka() -> None:
    (config,) = of("ConfigMap")
    servers = config["data"]["KAFKA_BOOTSTRAP_SERVERS"].split(",")
    assert all(one["spec"]["bootstrapServers"] == servers for one in of("KafkaSource") + of("KafkaSink"))


@pytest.mark.parametrize("source", of("KafkaSource"), ids=name)
def test_a_delivery_is_spelled_out_and_ends_on_the_dead_letter_topic(source: Object) -> None:
    spec = source["spec"]
    delivery = dict(spec["delivery"])
    reference = {"apiVersion": "eventing.knative.dev/v1alpha1", "kind": "KafkaSink", "name": "fte-dlq"}
    expected = None if spec["topics"] == ["fte.dlq"] else {"ref": reference}
    assert delivery.pop("deadLetterSink", None) == expected
    assert delivery == {"retry": 10, "backoffPolicy": "exponential", "backoffDelay": "PT1S", "timeout": "PT30S"}
    assert (spec["initialOffset"], spec["ordering"]) == ("earliest", "unordered")


@pytest.mark.parametrize("source", of("KafkaSource"), ids=name)
def test_a_source_waits_no_longer_than_its_service_lets_a_request_run(source: Object) -> None:
    target = source["spec"]["sink"]["ref"]
    allowed = service(target["name"])["spec"]["template"]["spec"]["timeoutSeconds"]
    assert duration(source["spec"]["delivery"]["timeout"]).total_seconds() <= allowed


def test_every_reference_leads_to_an_object_of_the_base() -> None:
    known = {(one["apiVersion"], one["kind"], one["metadata"]["name"]) for one in base()}
    for source in of("KafkaSource"):
        spec = source["spec"]
        references = [spec["sink"]["ref"]]
        references += [spec["delivery"]["deadLetterSink"]["ref"]] if "deadLetterSink" in spec["delivery"] else []
        assert {(one["apiVersion"], one["kind"], one["name"]) for one in references} <= known


def test_consumer_groups_are_of_their_function_and_never_shared() -> None:
    groups = [source["spec"]["consumerGroup"] for source in of("KafkaSource")]
    assert len(groups) == len(set(groups))
    for source in of("KafkaSource"):
        prefix = f"fte.{source['spec']['sink']['ref']['name']}"
        assert source["spec"]["consumerGroup"].split(".")[:2] == prefix.split(".")


def test_everything_is_in_the_suite_s_namespace() -> None:
    assert {one["metadata"].get("namespace", one["metadata"]["name"]) for one in base()} == {"fte"}
