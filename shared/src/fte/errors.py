"""The errors of the suite.

    SuiteError
    ├── Permanent                 can never succeed as it is: do not retry
    │   ├── Malformed             400  not what the protocol asks for
    │   ├── Unauthenticated       401  no proof of who calls, or a broken one
    │   ├── Forbidden             403  a proof, but not of the right caller
    │   ├── NotFound              404
    │   ├── NotPossible           409  understood, and it does not go with how things stand
    │   ├── Unprocessable         422  understood and refused; `fields` may say which values
    │   └── UnsupportedEvent      422  an event type that this function does not handle
    ├── Transient                 503  worth another try, later
    │   └── Unavailable           503  something that we need cannot be reached
    └── SettingsError                  the environment lacks or garbles settings; raised at start

`code` is what a caller sees; the text of an error is for our own logs and never leaves the process.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping


class SuiteError(Exception):
    """Something in the suite went wrong."""

    status = 500
    code = "internal"

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message or self.__doc__)


class Permanent(SuiteError):
    """This can never succeed as it is."""

    status = 422
    code = "refused"


class Malformed(Permanent):
    """This is not what the protocol asks for."""

    status = 400
    code = "malformed"


class Unauthenticated(Permanent):
    """The call carries no valid proof of who calls."""

    status = 401
    code = "unauthenticated"


class Forbidden(Permanent):
    """The caller is not allowed to do this."""

    status = 403
    code = "forbidden"


class NotFound(Permanent):
    """There is no such thing."""

    status = 404
    code = "not_found"


class NotPossible(Permanent):
    """This does not go with how things stand."""

    status = 409
    code = "not_possible"


class Unprocessable(Permanent):
    """The content is understood and refused."""

    status = 422
    code = "invalid"

    def __init__(self, message: str | None = None, *, fields: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.fields = dict(fields or {})


class UnsupportedEvent(Permanent):
    """This function does not handle events of this type."""

    status = 422
    code = "unsupported-type"


class Transient(SuiteError):
    """This may succeed later."""

    status = 503
    code = "unavailable"


class Unavailable(Transient):
    """Something that is needed cannot be reached."""


class SettingsError(SuiteError):
    """The environment lacks or garbles settings."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("settings: " + "; ".join(self.problems))
