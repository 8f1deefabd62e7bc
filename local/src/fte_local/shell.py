"""`./dev env`: the settings of a running platform, for a shell that runs something beside it."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping

from fte.settings import Settings
from fte_local import environment, processes
from fte_local.errors import PlatformError
from fte_local.platform import Platform, read_json

# The model's simulator is left out: without a key the agent answers by rule and asks nobody, and a key that is set
# later must not go to the simulator.
_NOT_FOR_A_SHELL = frozenset({"OPENAI_BASE_URL"})

_SERVERS = {"postgres": "DATABASE_URL", "kafka": "KAFKA_BOOTSTRAP_SERVERS"}


def show(platform: Platform, outer: Mapping[str, str]) -> int:
    """Print `export NAME=value` for each setting. Raises `PlatformError` if nothing runs."""
    processes.require_running(platform.run)
    runs = {unit["name"] for unit in read_json(platform.status_file).get("units", ())}
    for server, name in _SERVERS.items():
        if server not in runs and not outer.get(name):
            raise PlatformError(
                f"The platform was started with a {name} of your own, which is not set here.", f"Set {name} first."
            )
    for line in lines(platform, outer):
        print(line)
    return 0


def lines(platform: Platform, outer: Mapping[str, str]) -> Iterator[str]:
    """A line for each setting that the shell does not have already; so a key of the developer's is never printed."""
    built = environment.build(platform, outer)
    known = sorted(str(field.alias) for field in Settings.model_fields.values())
    for name in known:
        if name in built and built[name] != outer.get(name) and name not in _NOT_FOR_A_SHELL:
            yield f"export {name}={shlex.quote(built[name])}"
