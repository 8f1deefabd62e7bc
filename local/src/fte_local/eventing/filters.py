"""Which events a Trigger wants: the dialects of its `filters`, each a function from attributes to yes or no."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from fte_local.eventing import cesql
from fte_local.eventing.cesql import Attributes, Filter

__all__ = ["Attributes", "Filter", "everything", "of_trigger"]

_NAME = re.compile(r"[a-z0-9]+")


def everything(_: Attributes) -> bool:
    """The filter that lets every event pass."""
    return True


def of_trigger(spec: Mapping[str, Any]) -> Filter:
    """The filter of a Trigger's `spec`: `filters` if there are any, else the older `filter`, else everything.

    Raises `ValueError` for what is not known here, so that no Trigger runs with half of its filters.
    """
    if spec.get("filters"):
        return _all(spec["filters"])
    wanted = (spec.get("filter") or {}).get("attributes")
    return _older(wanted) if wanted else everything


def _read(document: object) -> Filter:
    if not isinstance(document, Mapping) or len(document) != 1:
        raise ValueError(f"a filter has exactly one dialect, unlike {document!r}")
    ((dialect, content),) = document.items()
    if dialect not in _DIALECTS:
        raise ValueError(f"unknown filter dialect {dialect!r}")
    return _DIALECTS[dialect](content)


def _exact(content: object) -> Filter:
    return _each(content, lambda value, wanted: value == wanted)


def _prefix(content: object) -> Filter:
    return _each(content, str.startswith)


def _suffix(content: object) -> Filter:
    return _each(content, str.endswith)


def _each(content: object, fits: Callable[[str, str], bool]) -> Filter:
    """Every attribute that is named must be there and fit."""
    wanted = _texts(content)
    if not wanted or not all(wanted.values()):
        raise ValueError(f"a filter needs attributes with values, unlike {content!r}")
    return lambda event: all(name in event and fits(event[name], value) for name, value in wanted.items())


def _older(content: object) -> Filter:
    """As `exact`, but an empty value fits any."""
    wanted = _texts(content)
    return lambda event: all(name in event and value in ("", event[name]) for name, value in wanted.items())


def _texts(content: object) -> dict[str, str]:
    if not isinstance(content, Mapping):
        raise ValueError(f"{content!r} does not map attributes to values")  # noqa: TRY004 - a fault of the manifest
    for name, value in content.items():
        if not isinstance(name, str) or not _NAME.fullmatch(name) or not isinstance(value, str):
            raise ValueError(f"{name!r}: {value!r} is not the name of an attribute and a text")
    return dict(content)


def _all(content: object) -> Filter:
    filters = _several(content)
    return lambda event: all(one(event) for one in filters)


def _any(content: object) -> Filter:
    filters = _several(content)
    return lambda event: any(one(event) for one in filters)


def _not(content: object) -> Filter:
    unwanted = _read(content)
    return lambda event: not unwanted(event)


def _cesql(content: object) -> Filter:
    return cesql.parse(str(content))


def _several(content: object) -> list[Filter]:
    if not isinstance(content, Sequence) or isinstance(content, str) or not content:
        raise ValueError(f"{content!r} is not a list of filters")
    return [_read(one) for one in content]


_DIALECTS: Mapping[str, Callable[[object], Filter]] = {
    "exact": _exact,
    "prefix": _prefix,
    "suffix": _suffix,
    "all": _all,
    "any": _any,
    "not": _not,
    "cesql": _cesql,
}
