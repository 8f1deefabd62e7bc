"""Reading e-mail: what a customer wrote, how to answer it, and whether a person wrote it at all."""

from __future__ import annotations

from fte.providers.mail.automatic import Classification, classify, may_be_automatic, owes_reply, shows_signs
from fte.providers.mail.body import Attachment
from fte.providers.mail.message import Mail, read_mail

__all__ = [
    "Attachment",
    "Classification",
    "Mail",
    "classify",
    "may_be_automatic",
    "owes_reply",
    "read_mail",
    "shows_signs",
]
