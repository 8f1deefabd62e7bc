"""`./dev fte …` and `./dev eval …`: a command against the local platform, or against its database alone."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence

from fte_local import environment, launch
from fte_local.platform import Platform


def run(platform: Platform, arguments: Sequence[str], outer: Mapping[str, str], module: str = "fte_ops") -> int:
    """Run `fte`, or another module, with the platform's settings, in the folder where the developer is.

    If nothing runs, the database server is started for as long as the command takes.
    """
    with launch.database_running(platform, outer):
        env = environment.build(platform, outer)
        # Not a process of the platform: `./dev down` leaves it alone.
        del env[environment.MARK]
        return _wait(subprocess.Popen((sys.executable, "-m", module, *arguments), env=env))


def _wait(command: subprocess.Popen[bytes]) -> int:
    """Its exit code. An interrupted command is given the time to tidy up."""
    while True:
        try:
            return command.wait()
        except KeyboardInterrupt:
            # Ctrl-C has reached it already, but a signal to us alone has not; asked twice is asked once.
            command.send_signal(signal.SIGINT)
