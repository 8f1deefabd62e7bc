"""A running platform, as its users see it."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
import psycopg

from fte_local import ports
from fte_local.environment import build
from fte_local.free_ports import is_free
from fte_local.platform import Platform

REPOSITORY = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Stack:
    """A running platform, seen from outside."""

    platform: Platform
    environment: dict[str, str]

    @property
    def public(self) -> str:
        return self.platform.url("gateway")

    @property
    def simulators(self) -> str:
        return self.platform.url("simulators")

    @property
    def backoffice(self) -> str:
        return self.platform.url("backoffice")

    @property
    def authorization(self) -> dict[str, str]:
        return {"authorization": f"Bearer {self.environment['FTE_INTERNAL_TOKEN']}"}

    def dev(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run `./dev ARGUMENTS` on this platform's state."""
        return subprocess.run(
            [str(REPOSITORY / "dev"), *arguments, "--state", str(self.platform.state)],
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )

    def rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        """The rows of a query on the platform's database."""
        with psycopg.connect(self.environment["DATABASE_URL"]) as connection:
            return connection.execute(query.encode(), values).fetchall()

    def pid(self, name: str) -> int:
        """The process id of a service; it leads its process group."""
        services = json.loads(self.dev("status", "--json").stdout)["services"]
        return next(int(service["pid"]) for service in services if service["name"] == name)

    def kill(self, name: str) -> None:
        """End a service with its whole process group, without a chance to tidy up."""
        os.killpg(self.pid(name), signal.SIGKILL)

    def outbox(self, to: str) -> list[dict[str, Any]]:
        """What this customer has received."""
        answer = httpx2.get(f"{self.simulators}/sim/outbox", params={"to": to})
        messages: list[dict[str, Any]] = answer.raise_for_status().json()["messages"]
        return messages


def free_base() -> int:
    """A port base on which everything is free now."""
    while True:
        base = random.randrange(20_000, 30_000, 50)
        needed = [base + offset for offset in (*ports.PORTS.values(), *range(22, 27))]
        if all(is_free(port) for port in needed):
            return base


def up(state: Path, base: int) -> Stack:
    """Start a platform; fail with what it says when it does not come up."""
    platform = Platform(state, base)
    stack = Stack(platform, {})
    done = stack.dev("up", "--port-base", str(base))
    assert done.returncode == 0, done.stdout + done.stderr
    return Stack(platform, build(platform, {}))
