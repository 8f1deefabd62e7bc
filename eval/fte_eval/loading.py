"""Reading scenario files and labelled lines. Everything that is wrong is told at once, with file and id."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from fte.errors import Unprocessable
from fte_eval.scenario import Scenario, listed

Record = TypeVar("Record", bound=BaseModel)

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_scenarios(folder: Path, topics: Collection[str] = ()) -> tuple[Scenario, ...]:
    """All scenarios of the YAML files in `folder`, by id. `topics`: those that an article may have; empty for any.

    Raises `Unprocessable`, which names every problem.
    """
    found: dict[str, Scenario] = {}
    problems: list[str] = []
    for file in sorted(folder.glob("*.yaml")):
        for name, scenario, wrong in _entries(file):
            problems += [f"{file.name}: {name}: {problem}" for problem in wrong]
            if scenario is None:
                continue
            if scenario.id in found:
                problems.append(f"{file.name}: {scenario.id}: this id stands in more than one place")
            problems += [f"{file.name}: {scenario.id}: {problem}" for problem in _unknown_topics(scenario, topics)]
            found[scenario.id] = scenario
    if problems:
        raise Unprocessable("scenarios that cannot be read:\n  " + "\n  ".join(problems))
    return tuple(found[id_] for id_ in sorted(found))


def _entries(file: Path) -> Iterator[tuple[str, Scenario | None, list[str]]]:
    try:
        content = yaml.load(file.read_text(encoding="utf-8"), _Loader)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        yield "the file", None, [" ".join(str(error).split())]
        return
    if not isinstance(content, list):
        yield "the file", None, ["it is not a list of scenarios"]
        return
    for number, entry in enumerate(content, start=1):
        name = str(entry.get("id", f"entry {number}")) if isinstance(entry, dict) else f"entry {number}"
        try:
            yield name, Scenario.model_validate(entry), []
        except ValidationError as error:
            yield name, None, problems_of(error)


def problems_of(error: ValidationError) -> list[str]:
    """What is wrong, one line for each place."""
    items = error.errors(include_input=False, include_url=False, include_context=False)
    return [f"{'.'.join(map(str, item['loc'])) or 'it'}: {item['msg']}" for item in items]


def _unknown_topics(scenario: Scenario, topics: Collection[str]) -> Iterator[str]:
    for number, turn in enumerate(scenario.turns):
        for topic in listed(turn.expect.topic):
            if topics and topic not in topics:
                yield f"turns.{number}.expect.topic: no article has the topic {topic}"


def read_records(files: Sequence[Path], kind: type[Record]) -> tuple[Record, ...]:
    """The lines of JSON Lines files as records, in order. Raises `Unprocessable`, which names every problem."""
    records: list[Record] = []
    problems: list[str] = []
    for file in files:
        for number, line in enumerate(file.read_text(encoding="utf-8").split("\n"), start=1):
            if not line.strip():
                continue
            try:
                records.append(kind.model_validate(json.loads(line)))
            except json.JSONDecodeError as error:
                problems.append(f"{file.name}:{number}: not JSON: {error.msg}")
            except ValidationError as error:
                problems += [f"{file.name}:{number}: {problem}" for problem in problems_of(error)]
    if problems:
        raise Unprocessable("lines that cannot be read:\n  " + "\n  ".join(problems))
    return tuple(records)
