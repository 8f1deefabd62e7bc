"""Who wrote a mail, and what the writer calls their own."""

from __future__ import annotations

from collections.abc import Sequence

from fte.domain.claims import claims_in_mail
from fte.domain.identity import Identifier, is_relay
from fte.providers.mail import Mail


def identifiers(
    mail: Mail, sender: str, reply_to: str, doubts: Sequence[str], own: Sequence[str]
) -> tuple[Identifier, ...]:
    """The writer's address first, then the addresses and numbers that the writer claims.

    Where From is in doubt, the address is claimed itself, and what the mail says of others is nobody's word. `own` are
    our own addresses.
    """
    if not doubts:
        return (Identifier("email", sender, "channel", "mail From"), *claims_in_mail(mail.full_text, sender, own))
    if reply_to != sender and is_relay(sender):
        # The form on somebody's web site writes from one address for all: each mail is from the person that it names.
        return (Identifier("email", reply_to, "claimed", "Reply-To of a relayed mail"),)
    return (Identifier("email", sender, "claimed", ", ".join(["mail From", *doubts])),)
