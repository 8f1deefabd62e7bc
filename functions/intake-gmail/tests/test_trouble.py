"""What kind of trouble a failure is."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from fte.providers.errors import GmailError, GmailRejected
from fte_intake_gmail import trouble


def test_a_trouble_of_the_mailbox_is_told_from_one_of_a_mail() -> None:
    whole = [GmailError(provider_status=status) for status in (401, 403, 408, 429)]
    assert [trouble.of_one_mail(error) for error in whole] == [None] * 4
    one = [GmailError(provider_status=503), GmailError(), GmailRejected("failedPrecondition"), ValueError()]
    assert [trouble.of_one_mail(error) for error in one] == [
        "status_503",
        "no_answer",
        "failedPrecondition",
        "unreadable",
    ]
    assert trouble.of_one_mail(asyncio.CancelledError()) is None
    asked = trouble.trouble(GmailError(provider_status=429, retry_after=90_000.0))
    assert replace(asked, code="") == trouble.Trouble("", 3_600.0, 3_600.0)
