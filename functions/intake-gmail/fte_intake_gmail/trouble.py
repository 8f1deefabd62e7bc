"""What kind of trouble a failure is: the mailbox's, or one mail's; and how soon to try again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from fte.errors import Transient, Unavailable
from fte.providers.errors import BrokenAnswer, GmailError, Rejected, TryLater

FIRST_SECONDS = 1.0
MAX_SECONDS = 300.0
REVOKED_SECONDS = 30.0
MAX_ASKED_SECONDS: Final = 3_600.0

_OF_THE_MAILBOX: Final = frozenset({401, 403, 408, 429})


class NotRead(Transient):
    """One mail could not be had or understood; it is tried again before any that came after it."""

    def __init__(self, reason: str) -> None:
        super().__init__()
        self.reason = reason


TROUBLE: Final = (TryLater, Rejected, BrokenAnswer, NotRead)
"""What is met by trying again later; all else is our own database's or nobody's."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """A word for it, and between how many seconds the tries are."""

    code: str
    least: float
    most: float


def trouble(error: Exception) -> Trouble:
    """The mailbox's trouble after this failure."""
    if isinstance(error, NotRead):
        return Trouble(f"mail_{error.reason}", FIRST_SECONDS, MAX_SECONDS)
    if isinstance(error, GmailError) and error.provider_status == 401:
        # Only a person can give the consent again.
        return Trouble("revoked", REVOKED_SECONDS, MAX_SECONDS)
    if isinstance(error, TryLater):
        asked = min(error.retry_after or 0.0, MAX_ASKED_SECONDS)
        status = getattr(error, "provider_status", None)
        return Trouble(f"gmail_{status or 'silent'}", max(FIRST_SECONDS, asked), max(MAX_SECONDS, asked))
    code = f"gmail_{error.code}" if isinstance(error, Rejected) else "gmail_broken_answer"
    return Trouble(code, FIRST_SECONDS, MAX_SECONDS)


def of_one_mail(error: BaseException) -> str | None:
    """A word for what is wrong with this one mail; None where that is not the mail's."""
    if not isinstance(error, Exception) or isinstance(error, Unavailable):
        return None
    if isinstance(error, GmailError):
        status = error.provider_status
        return None if status in _OF_THE_MAILBOX else f"status_{status}" if status else "no_answer"
    if isinstance(error, Rejected):
        return error.code
    return "broken_answer" if isinstance(error, BrokenAnswer) else "unreadable"
