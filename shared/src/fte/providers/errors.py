"""What goes wrong at a provider, sorted by what we may do next.

Transient
├── TryLater              it was not taken: the same call may be made again, after `retry_after` if that is known
│   └── GmailError        the same from Gmail; `provider_status` is its HTTP status, None when it did not answer
└── OutcomeUnknown        it may or may not have been taken: ask the provider before anything is sent again
Permanent
├── Rejected              the provider will never take this; `code` is its own code or a word for it
│   └── GmailRejected
├── HistoryTooOld         Gmail no longer knows the history id that we start from
└── BrokenAnswer          the provider's answer makes no sense
"""

from __future__ import annotations

from fte.errors import Permanent, Transient


class TryLater(Transient):
    """The provider did not take it, and may take it later."""

    def __init__(self, message: str | None = None, *, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class OutcomeUnknown(Transient):
    """The call went out and no answer came back."""


class Rejected(Permanent):
    """The provider refuses this, now and later."""

    def __init__(self, code: str, message: str | None = None) -> None:
        super().__init__(message)
        self.code = code


class GmailError(TryLater):
    """Gmail cannot be reached, is overloaded or refuses our credentials."""

    def __init__(
        self, message: str | None = None, *, provider_status: int | None = None, retry_after: float | None = None
    ) -> None:
        super().__init__(message, retry_after=retry_after)
        self.provider_status = provider_status


class GmailRejected(Rejected):
    """Gmail refuses this call as it is."""


class BrokenAnswer(Permanent):
    """The provider's answer makes no sense."""


class HistoryTooOld(Permanent):
    """Gmail no longer knows this history id; the mailbox must be listed instead."""
