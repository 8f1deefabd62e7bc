"""`docs/reference/events.md`, generated from the event types: `python -m fte_local.reference` writes it anew.

The JSON Schemas lie beside `fte/events.py` as `schemas/<type>.json`; tests hold files and code together.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from fte.events import DATA, TOPIC, EventType
from fte_local.platform import REPOSITORY

SCHEMAS = REPOSITORY / "shared" / "src" / "fte" / "schemas"
PAGE = REPOSITORY / "docs" / "reference" / "events.md"

_HEAD = """\
# Events

CloudEvents 1.0, binary mode on Kafka and HTTP. `id` is derived from the thing (a provider's message, a reply), so a
repeated event has the same id; `source` is `/fte/<function>`; `subject` is the conversation's id; the record's key and
`partitionkey` are the customer's id; `channel` and `traceparent` are extensions, on escalations also `escalationflag`,
`escalationflags` and `team`. No address, number or name stands in an attribute. This page is generated from
`shared/src/fte/events.py`; the JSON Schemas lie in `shared/src/fte/schemas/`.
"""


def schema(type_: EventType) -> str:
    """The JSON Schema of the data of `type_`, as its file holds it."""
    content = DATA[type_].model_json_schema()
    return json.dumps({"$id": f"urn:{type_}", **content}, indent=2, sort_keys=True) + "\n"


def schema_file(type_: EventType) -> Path:
    """Where the schema of `type_` lies."""
    return SCHEMAS / f"{type_}.json"


def page() -> str:
    """The text of the reference page."""
    return "\n".join([_HEAD, *(line for type_ in EventType for line in _section(type_))])


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
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(page())


if __name__ == "__main__":
    main()
