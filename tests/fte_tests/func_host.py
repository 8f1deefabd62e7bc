"""What `func run --builder=host` does with a function's folder, done by hand.

A fresh virtual environment in `.func/runs/<port>` inside the folder, a project that depends on func's middleware and on
the function through a link, and its `service/main.py` as the process.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx2

REPOSITORY = Path(__file__).resolve().parents[2]

MIDDLEWARE = "func-python==0.8.1"

_PROJECT = f"""\
[project]
name = "service"
version = "0.1.0"
requires-python = ">=3.10"
dependencies = ["{MIDDLEWARE}", "function @ {{root:uri}}/f"]

[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[tool.hatch.metadata]
allow-direct-references = true

[tool.hatch.build.targets.wheel]
packages = ["service"]
"""

_MAIN = """\
from func_python.http import serve
from function import new

if __name__ == "__main__":
    serve(new)
"""


def free_port() -> int:
    """A port that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class NotInstalled(Exception):
    """pip could not install the function; the text is the end of what it said."""

    @property
    def registry_is_away(self) -> bool:
        """Whether the packages could not be fetched at all."""
        said = str(self).lower()
        return any(sign in said for sign in ("connection", "timed out", "proxy", "name resolution"))


@dataclass(frozen=True)
class Host:
    """A function's own environment, as func makes it."""

    folder: Path

    @property
    def python(self) -> Path:
        return self.folder / ".venv" / "bin" / "python"

    @contextmanager
    def running(self, settings: Mapping[str, str], port: int) -> Iterator[Run]:
        """The function's process with nothing but `settings` in its environment; it is ended, if it still runs."""
        outer = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        log = self.folder / "service.log"
        with log.open("wb") as output:
            process = subprocess.Popen(
                (".venv/bin/python", "./service/main.py"),
                cwd=self.folder,
                env={**outer, **settings, "PORT": str(port), "LISTEN_ADDRESS": f"127.0.0.1:{port}"},
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        try:
            yield Run(f"http://127.0.0.1:{port}", process, log)
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@dataclass(frozen=True)
class Run:
    """A running function."""

    url: str
    process: subprocess.Popen[bytes]
    log: Path

    def readiness(self, wanted: int, within: float = 60.0) -> httpx2.Response:
        """The answer to the readiness probe, once it has the wanted status."""
        end = time.monotonic() + within
        while True:
            assert self.process.poll() is None, self.log.read_text()
            try:
                answer = httpx2.get(f"{self.url}/health/readiness")
            except httpx2.TransportError:
                answer = None
            if answer is not None and answer.status_code == wanted and answer.text != "not looked at yet":
                return answer
            assert time.monotonic() < end, self.log.read_text()
            time.sleep(0.1)

    def stop(self) -> int:
        """Ask it to end as a cluster does; its exit code."""
        self.process.terminate()
        return self.process.wait(timeout=30)


@contextmanager
def installed(name: str, port: int) -> Iterator[Host]:
    """The function `name` in an environment of its own, removed at the end. Raises `NotInstalled`."""
    root = REPOSITORY / "functions" / name
    folder = root / ".func" / "runs" / str(port)
    try:
        (folder / "service").mkdir(parents=True)
        (folder / "service" / "__init__.py").touch()
        (folder / "service" / "main.py").write_text(_MAIN)
        (folder / "pyproject.toml").write_text(_PROJECT)
        (folder / "f").symlink_to(os.path.relpath(root, folder))
        host = Host(folder)
        subprocess.run((sys.executable, "-m", "venv", ".venv"), cwd=folder, check=True)
        pip = (host.python, "-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--quiet", ".")
        done = subprocess.run(pip, cwd=folder, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise NotInstalled(done.stderr[-2_000:])
        yield host
    finally:
        shutil.rmtree(folder)
        for empty in (folder.parent, folder.parent.parent):
            if not any(empty.iterdir()):
                empty.rmdir()
