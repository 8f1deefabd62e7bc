"""Whether a person wrote a mail. A machine's mail is never answered: two machines would answer each other for ever."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal

from fte.domain.identity import is_own
from fte.providers.mail.message import Mail

Classification = Literal["customer", "automatic", "bounce", "list", "own"]

_ROBOTS: Final = ("mailer-daemon@", "postmaster@")
_NOBODY: Final = frozenset({"noreply", "donotreply"})
_ABSENT: Final = (
    "automatic reply:", "auto reply:", "auto-reply:", "autoreply:", "out of office:", "out of office reply:",
    "automatische antwort:", "abwesenheitsnotiz:", "réponse automatique:", "réponse automatique :",
    "respuesta automática:", "risposta automatica:", "resposta automática:", "automatisch antwoord:",
)  # fmt: skip
"""How the subjects of absence notes begin: some mail servers say it in no other place."""

_BULK: Final = frozenset({"bulk", "junk", "auto_reply"})


def classify(mail: Mail, own: Sequence[str]) -> Classification:
    """What kind of mail this is. `own` are our own addresses and domains; our own list is no list."""
    headers = mail.headers
    if mail.sender is not None and is_own(mail.sender, own):
        return "own"
    null_path = headers.get("return-path", "").replace(" ", "") == "<>"
    robot = (mail.sender or "").startswith(_ROBOTS)
    if headers["content-type"] == "multipart/report":
        return "bounce" if headers.get("report-type", "delivery-status") == "delivery-status" else "automatic"
    if robot:
        return "bounce"
    submitted = headers.get("auto-submitted", "no").split(";")[0].split("(")[0].strip().lower()
    precedence = headers.get("precedence", "").lower()
    if submitted not in ("no", "") or null_path or precedence in _BULK:
        return "automatic"
    if not headers.keys().isdisjoint(("x-autoreply", "x-autorespond", "x-autoresponder")):
        return "automatic"
    if mail.subject.lower().startswith(_ABSENT) or _from_nobody(mail):
        return "automatic"
    if (precedence == "list" or "list-id" in headers) and not _is_our_list(headers.get("list-id", ""), own):
        return "list"
    return "customer"


def _from_nobody(mail: Mail) -> bool:
    # A form on somebody's web site writes from such an address too, and names the person in Reply-To.
    addresses = (mail.sender, mail.reply_to or mail.sender)
    return all(
        address is not None and address.partition("@")[0].replace("-", "").replace("_", "").replace(".", "") in _NOBODY
        for address in addresses
    )


def owes_reply(mail: Mail, own: Sequence[str]) -> bool:
    """Whether an answer or acknowledgement is owed: to a person, at an address that there is."""
    return classify(mail, own) == "customer" and mail.sender is not None


def _is_our_list(list_id: str, own: Sequence[str]) -> bool:
    name = list_id.rpartition("<")[2].rstrip("> ").lower()
    domains = {entry.rpartition("@")[2] for entry in own}
    return any(name == domain or name.endswith("." + domain) for domain in domains)
