"""`docs/reference/{events,metrics}.md`, generated from the code: `python -m fte_local.reference` writes them anew.

The JSON Schemas lie beside `fte/events.py` as `schemas/<type>.json`; tests hold files and code together.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from fte import metrics
from fte.events import DATA, TOPIC, EventType
from fte_local.platform import REPOSITORY

SCHEMAS = REPOSITORY / "shared" / "src" / "fte" / "schemas"
PAGES = REPOSITORY / "docs" / "reference"

_HEAD = """\
# Events

CloudEvents 1.0, binary mode on Kafka and HTTP. `id` is derived from the thing (a provider's message, a reply), so a
repeated event has the same id; `source` is `/fte/<function>`; `subject` is the conversation's id; the record's key and
`partitionkey` are the customer's id; `channel` and `traceparent` are extensions, on escalations also `escalationflag`,
`escalationflags` and `team`. No address, number or name stands in an attribute. This page is generated from
`shared/src/fte/events.py`; the JSON Schemas lie in `shared/src/fte/schemas/`.
"""

_METRICS_HEAD = """\
# Metrics

Each function serves these on the port `FTE_METRICS_PORT`, beside the process metrics of prometheus-client. No label
holds an id, an address or a name. This page is generated from `shared/src/fte/metrics.py`.

| metric | type | labels | |
|---|---|---|---|
"""


def schema(type_: EventType) -> str:
    """The JSON Schema of the data of `type_`, as its file holds it."""
    content = DATA[type_].model_json_schema()
    return json.dumps({"$id": f"urn:{type_}", **content}, indent=2, sort_keys=True) + "\n"


def schema_file(type_: EventType) -> Path:
    """Where the schema of `type_` lies."""
    return SCHEMAS / f"{type_}.json"


def pages() -> dict[Path, str]:
    """The reference pages and their texts."""
    events = "\n".join([_HEAD, *(line for type_ in EventType for line in _section(type_))])
    return {PAGES / "events.md": events, PAGES / "metrics.md": _metrics()}


def _metrics() -> str:
    rows = (
        f"| `{family.name}{'_total' if family.type == 'counter' else ''}` | {family.type} "
        f"| {', '.join(f'`{label}`' for label in metric._labelnames) or 'none'} | {family.documentation} |"
        for metric in metrics.ALL
        for family in metric.describe()
    )
    return _METRICS_HEAD + "\n".join(rows) + "\n"


def _section(type_: EventType) -> Iterator[str]:
    model = DATA[type_]
    yield f"## `{type_}`\n\n{(model.__doc__ or '').strip()}\n\nTopic `{TOPIC[type_]}`.\n"
    yield "| field | type | required | |\n|---|---|---|---|"
    content = model.model_json_schema()
    for name, field in content["properties"].items():
        required = "yes" if name in content.get("required", ()) else "no"
        yield f"| `{name}` | {_kind(field, content)} | {required} | {field.get('description', '')} |"
    yield ""


def _kind(field: dict[str, Any], whole: dict[str, Any]) -> str:
    if "$ref" in field:
        return _kind(whole["$defs"][field["$ref"].rpartition("/")[2]], whole)
    if "anyOf" in field:
        return " or ".join(_kind(option, whole) for option in field["anyOf"])
    if "enum" in field:
        return ", ".join(f"`{value}`" for value in field["enum"])
    kind = str(field.get("type", "any"))
    return f"{kind} ({field['format']})" if "format" in field else kind


def main() -> None:
    """Write the schemas and the page."""
    SCHEMAS.mkdir(exist_ok=True)
    for type_ in EventType:
        schema_file(type_).write_text(schema(type_))
    PAGES.mkdir(parents=True, exist_ok=True)
    for path, text in pages().items():
        path.write_text(text)


if __name__ == "__main__":
    main()
