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
from fte_local.eventing import manifests
from fte_tests.manifests import (
    BASE,
    KNATIVE,
    REPOSITORY,
    ROUTE,
    Object,
    base,
    container,
    documents,
    files,
    name,
    of,
    service,
    settings_of_all,
    team_triggers,
)

SCHEMAS = Path(os.environ.get("FTE_SCHEMAS", REPOSITORY.parent / "shared" / "schemas"))
PUBLIC = {"intake-gmail", "intake-whatsapp", "intake-webform"}
VISIBILITY = "networking.knative.dev/visibility"
# What the runtime, not the suite, reads from a function's environment.
FRAMEWORK = {"FUNCTION_TARGET"}

# Annotations that Knative reads; it passes over those that are misspelt.
SCALING = {
    "class", "metric", "target", "target-utilization-percentage", "min-scale", "max-scale", "initial-scale",
    "activation-scale", "scale-down-delay", "scale-to-zero-pod-retention-period", "window",
}  # fmt: skip


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
everything = [*base(), *team_triggers()]
knative = [one for one in everything if ".knative.dev/" in one["apiVersion"]]
ours = pytest.mark.parametrize("one", knative, ids=name)
eventing = pytest.mark.parametrize("one", [one for one in knative if one["kind"] != "Service"], ids=name)


@needs_schemas
@ours
def test_every_object_is_valid_to_the_letter(one: Object) -> None:
    assert faults(one) == []


@needs_schemas
@ours
def test_a_field_that_is_misspelt_is_found(one: Object) -> None:
    """The check above can fail: otherwise it would say nothing. A Trigger is open; see the next one."""
    wrong = copy.deepcopy(one)
    wrong["spec"]["misspelt"] = 1
    if one["kind"] == "Trigger":
        assert faults(wrong) == []
    else:
        assert faults(wrong)


@eventing
def test_the_runner_takes_no_field_that_is_misspelt(one: Object, tmp_path: Path) -> None:
    wrong = copy.deepcopy(one)
    wrong["spec"]["misspelt"] = 1
    (tmp_path / "eventing.yaml").write_text(yaml.safe_dump_all([wrong]))
    with pytest.raises(manifests.ManifestError, match="misspelt"):
        manifests.read(tmp_path)


def test_the_base_has_what_the_suite_needs() -> None:
    assert {one["metadata"]["name"] for one in of("Service")} == set(ports.FUNCTIONS)
    read = [topic for source in of("KafkaSource") for topic in source["spec"]["topics"]]
    read += [broker["metadata"]["annotations"]["kafka.eventing.knative.dev/external.topic"] for broker in of("Broker")]
    assert sorted(read) == sorted(TOPICS)
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
    known = {name(one) for one in base()} | {name(one) for one in documents(ROUTE)}
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
    routed = {path.function for path in gateway_routes.read(ROUTE)}
    assert routed == PUBLIC


@pytest.mark.parametrize("function", ports.FUNCTIONS)
def test_a_service_is_scaled_probed_and_confined(function: str) -> None:
    template = service(function)["spec"]["template"]
    annotations = template["metadata"]["annotations"]
    assert {key.removeprefix("autoscaling.knative.dev/") for key in annotations} <= SCALING
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
    config = settings_of_all()
    assert set(config["data"]) <= settings
    assert [*secrets_in_plain_sight([{"name": key} for key in config["data"]])] == []
    for function in ports.FUNCTIONS:
        environment = container(function)["env"]
        assert {one["name"] for one in environment} <= settings
        assert [*secrets_in_plain_sight(environment)] == []
        assert container(function)["envFrom"] == [{"configMapRef": {"name": config["metadata"]["name"]}}]


def test_the_common_configuration_can_be_read_as_settings() -> None:
    config = settings_of_all()
    assert all(isinstance(value, str) for value in config["data"].values())
    assert Settings.from_env(config["data"]).kafka_bootstrap_servers == config["data"]["KAFKA_BOOTSTRAP_SERVERS"]


def test_everything_is_in_the_suite_s_namespace() -> None:
    found = [*base(), *team_triggers()]
    assert {one["metadata"].get("namespace", one["metadata"]["name"]) for one in found} == {"fte"}
