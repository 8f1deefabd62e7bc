"""What a developer sees of a running platform: addresses and the state of each service."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from fte_local import processes
from fte_local.platform import DEFAULT_STATE, Platform, read_json
from fte_local.probes import answers

ALL_READY, SOME_NOT_READY, NOT_RUNNING = 0, 1, 3


def addresses(platform: Platform) -> str:
    """The table of what to open."""
    public = f"http://localhost:{platform.port('gateway')}"
    options = "" if platform.state == DEFAULT_STATE else f" --state {platform.state}"
    rows: list[tuple[str, ...]] = [
        ("Support form", f"{public}/"),
        ("Playground", f"http://localhost:{platform.port('simulators')}/"),
        ("Health", f"{public}/health"),
        ("Backoffice (internal)", f"http://localhost:{platform.port('backoffice')}/"),
    ]
    names = {"postgres": "PostgreSQL", "kafka": "Kafka"}
    for service in _services(platform):
        if service["name"] in names:
            rows.append((names[service["name"]], service["url"]))
    return f"{_table(rows)}\n\n  Next: ./dev demo{options}   Logs: ./dev logs{options}   Stop: ./dev down{options}"


def status(platform: Platform, as_json: bool) -> int:
    """Print every service with its process, address and whether it answers now.

    Returns 0 if all are ready, 1 if some are not, 3 if nothing runs.
    """
    running = processes.running(platform.run) is not None
    services = asyncio.run(_ask(_services(platform))) if running else []
    if as_json:
        print(json.dumps({"services": services}))
    elif not running:
        left = len(processes.leftovers(platform.run, platform.state))
        cut_off = f"The supervisor is gone and {left} processes are left. End them: ./dev down"
        print(cut_off if left else "Nothing runs here. Start it: ./dev up")
    else:
        head = ("NAME", "PID", "READY", "ADDRESS")
        print(_table([head, *(_row(service) for service in services)]))
        for note in read_json(platform.status_file).get("notes", ()):
            print(f"  {note}")
    if not running:
        return NOT_RUNNING
    return ALL_READY if services and all(service["ready"] for service in services) else SOME_NOT_READY


async def _ask(services: list[dict[str, Any]]) -> list[dict[str, Any]]:
    ready = await asyncio.gather(*(answers(service["probe"]) for service in services))
    return [
        # A service that is being restarted has no process; whoever answers in its place is not it.
        {"name": each["name"], "pid": each["pid"], "url": each["url"], "ready": yes and each["pid"] is not None}
        for each, yes in zip(services, ready, strict=True)
    ]


def _services(platform: Platform) -> list[dict[str, Any]]:
    return [unit for unit in read_json(platform.status_file).get("units", ()) if unit["service"]]


def _row(service: dict[str, Any]) -> tuple[str, ...]:
    return (service["name"], str(service["pid"] or "-"), "yes" if service["ready"] else "no", service["url"])


def _table(rows: list[tuple[str, ...]]) -> str:
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )
