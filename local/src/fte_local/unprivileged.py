"""Run a program as an unprivileged user, keeping root's right to pass through folders.

PostgreSQL refuses to run as root, and in a container one often is root, with the repository in a folder that nobody
else may enter. Instead of opening such folders to everybody, the program gets another user id and keeps one Linux
capability (CAP_DAC_OVERRIDE), as an ambient one, so that it survives the exec.

`python -m fte_local.unprivileged PROGRAM ARGUMENT…`
"""

from __future__ import annotations

import ctypes
import os
import pwd
import struct
import sys
from pathlib import Path

from fte_local.errors import PlatformError

ACCOUNT = "nobody"

_CAP_DAC_OVERRIDE = 1
_CAPABILITY_VERSION_3 = 0x20080522
_PR_SET_KEEPCAPS = 8
_PR_CAP_AMBIENT = 47
_PR_CAP_AMBIENT_RAISE = 2


def wrap(argv: tuple[str, ...]) -> tuple[str, ...]:
    """The command that runs `argv` unprivileged: itself, unless we are root."""
    if os.geteuid() != 0:
        return argv
    if not sys.platform.startswith("linux"):
        raise PlatformError("PostgreSQL does not run as root.", "Run ./dev as a normal user.")
    return (sys.executable, "-m", "fte_local.unprivileged", *argv)


def give(folder: Path) -> None:
    """Make `folder` the unprivileged account's own, if we are root; it stays closed to everybody else."""
    if os.geteuid() == 0:
        account = _account()
        os.chown(folder, account.pw_uid, account.pw_gid)
    folder.chmod(0o700)


def become(program: str, arguments: list[str]) -> None:
    """Replace this process by `program`, run by the unprivileged account."""
    account = _account()
    libc = ctypes.CDLL(None, use_errno=True)
    _check(libc.prctl(_PR_SET_KEEPCAPS, 1, 0, 0, 0), "prctl")
    os.setgroups([])
    os.setresgid(account.pw_gid, account.pw_gid, account.pw_gid)
    os.setresuid(account.pw_uid, account.pw_uid, account.pw_uid)
    only = 1 << _CAP_DAC_OVERRIDE
    header = ctypes.create_string_buffer(struct.pack("=Ii", _CAPABILITY_VERSION_3, 0))
    # Effective, permitted, inheritable; the second triple is of the capabilities above 31.
    data = ctypes.create_string_buffer(struct.pack("=6I", only, only, only, 0, 0, 0))
    _check(libc.capset(header, data), "capset")
    _check(libc.prctl(_PR_CAP_AMBIENT, _PR_CAP_AMBIENT_RAISE, _CAP_DAC_OVERRIDE, 0, 0), "prctl")
    os.execv(program, [program, *arguments])


def _account() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam(ACCOUNT)
    except KeyError as error:
        raise PlatformError(
            f"PostgreSQL does not run as root, and there is no account {ACCOUNT} to run it.",
            "Run ./dev as a normal user.",
        ) from error


def _check(result: int, call: str) -> None:
    if result != 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{call}: {os.strerror(number)}")


if __name__ == "__main__":
    become(sys.argv[1], sys.argv[2:])
