"""Where a reply points: links, and the addresses and numbers of people. Only ours and the customer's own may stand in
it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from fte.domain.policy.competitors import COMPETITORS
from fte.domain.policy.rules import words

HELP_HOST: Final = "help.techcorp.example"
ALLOWED_HOSTS: Final = (
    HELP_HOST,
    "status.techcorp.example",
    "app.techcorp.example",
    "api.techcorp.example",
    "developers.techcorp.example",
    "files.techcorp.example",
    "techcorp.example",
)
OUR_ADDRESSES: Final = ("support@techcorp.example", "no-reply@techcorp.example")
"""What customers may be told. Every other address of ours is somebody's of the staff."""

_DOMAINS: Final = words("""
    com net org edu gov info biz name io co ai app dev xyz site online shop store link click top club live website
    space tech cloud page pages host press news email support help services solutions agency digital team group
    work tools icu vip win loan men gdn rest fun pro tel mobi asia eu us uk de fr es it nl be at ch pl cz
    se no dk fi ie pt ru ua by cn jp kr tw hk sg in id my th vn au nz ca mx br ar cl za ng ke tr gr ro hu bg il ae sa
    tv cc ws ly gg gl gd gs to me fm am st is su tk ml ga cf pw example onion
""")  # fmt: skip

_LABEL: Final = r"[^\W_](?:[\w-]{0,62}[^\W_])?"
_HOST: Final = rf"{_LABEL}(?:\.{_LABEL}){{1,8}}"

_WITH_SCHEME: Final = re.compile(r"\b([a-z][a-z0-9+.-]{1,11}):(?:/|\\){1,4}([^\s<>\"')\]]{1,400})")
_SCHEME_ONLY: Final = re.compile(r"\b(?:javascript|data|vbscript|file|mailto|tel|sms|hxxps?|ftp):\S")
_BARE: Final = re.compile(
    rf"(?<![\w@./-])({_LABEL}(?:\.{_LABEL}){{0,8}}\.{_DOMAINS})(?![\w@-]|\.\w)(?=(/[\w?#%]|"
    r"[?#]\w|:\d)?)"
)
_WITH_PATH: Final = re.compile(rf"(?<![\w@./-])({_HOST})(?::\d{{1,5}})?/(?=[a-z?#%])")
_NUMBERED: Final = re.compile(r"(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])(?=/|:\d)")
_HIDDEN: Final = re.compile(
    r"\bwww\b|\bhxxp|(?<![:\w/])//[\w-]{1,60}\.[a-z]|\b[\w-]{2,40},(?:com|net|org|io)\b|\b[\w-]{1,60}\.(?:exe|scr|"
    r"bat|apk|msi|test|"
    r"invalid|local)\b"
)
_HANDLE: Final = re.compile(
    r"\b(?:telegram|instagram|facebook|discord|twitter|skype|signal|tiktok|wechat|on x)\b[^.!?\n]{0,30}@\w"
)
_PUNYCODE: Final = re.compile(r"\bxn--[a-z0-9]")
_HELP_PAGE: Final = re.compile(rf"\b{re.escape(HELP_HOST)}/([a-z0-9_/?#=&%.-]{{1,200}})")

_TICKET: Final = re.compile(r"\btc-[0-9a-z]{6,12}\b")
_MAIL: Final = re.compile(r"[\w.+%'-]{1,64}@(?:[\w-]{1,63}\.){1,8}[\w-]{2,24}")
_PHONE: Final = re.compile(
    r"(?<![\w.,/-])(?:\+|00|whatsapp:\+?)[ (]{0,2}\d(?:[ ().,/-]{0,2}\d){6,16}"
    r"|(?<![\w.,/-])\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}(?![\w-])|"
    r"(?<![\w.,-])0\d{2,4}[ /-]\d{3}[ -]?\d{2,6}[ -]?\d{0,4}(?!\w)"
    r"|\b(?:call|phone|ring|dial|tel|telephone|mobile|number is|fax)(?: (?:us|me|them|on|at|is"
    r"|no|number|under|or|text)){0,4}"
    r"[.:]? ?\(?\d(?:[ ().-]{0,2}\d){5,16}"
)
_NO_LINK: Final = re.compile(
    r"(?:[\w-]{1,20}\.)?(?:github|gitlab|bitbucket|dropbox|slack|zapier|google|atlassian|okta|microsoft|make|figma|zoom"
    r"|salesforce|hubspot|yourcompany|example)\.com"
)
"""Products that ours works with: named by their address, but not linked."""
_COMPETITOR: Final = re.compile("|".join(COMPETITORS))


def unknown_links(text: str, allowed: Iterable[str] = ()) -> Iterator[str]:
    """Links in `text` (read, in small letters) that lead anywhere but to us: with a scheme, or a bare name."""
    known = {*ALLOWED_HOSTS, *(host.lower() for host in allowed)}
    if _PUNYCODE.search(text):
        yield "punycode"
    for scheme, rest in _WITH_SCHEME.findall(text):
        if scheme != "https" or _host(rest) not in known or "//" in rest.replace("%2f", "/"):
            yield "url"
    if _SCHEME_ONLY.search(text):
        yield "scheme"
    if _NUMBERED.search(text) or _HIDDEN.search(text) or _HANDLE.search(text):
        yield "hidden"
    for match in _BARE.finditer(text):
        host, path = match.groups()
        named = _NO_LINK.fullmatch(host) or _COMPETITOR.fullmatch(host)
        if host not in known and (path or not named) and not _in_address(text, match.start()):
            yield "bare"
    for match in _WITH_PATH.finditer(text):
        if (
            match.group(1) not in known
            and not _in_address(text, match.start())
            and not _is_date_or_file(match.group(1))
        ):
            yield "bare"


def help_pages(text: str) -> frozenset[str]:
    """The slugs of our help articles that `text` links."""
    pages = (re.split(r"[?#]", page)[0].strip("./") for page in _HELP_PAGE.findall(text))
    return frozenset(filter(None, pages))


def tickets(text: str) -> frozenset[str]:
    """The references of tickets in `text` (read, in small letters)."""
    return frozenset(_TICKET.findall(text))


def strangers(text: str, own: Iterable[str]) -> Iterator[str]:
    """Kinds of addresses and numbers in `text` (read, in small letters) that are neither ours nor in `own`.

    `staff` for an address at our own domain that customers are not told, else `mail` or `phone`.
    """
    owned = {address.strip().lower().removeprefix("whatsapp:") for address in own}
    for address in _MAIL.findall(text):
        plain = address.strip(".'-%")
        if plain in owned or plain in OUR_ADDRESSES:
            continue
        yield "staff" if plain.endswith(("@techcorp.example", ".techcorp.example")) else "mail"
    owned_digits = {_digits(address) for address in owned if not address.count("@")}
    for number in _PHONE.findall(text):
        digits = _digits(number)
        if not any(
            digits and owner and (digits.endswith(owner[-9:]) or owner.endswith(digits)) for owner in owned_digits
        ):
            yield "phone"


def _host(rest: str) -> str:
    authority = re.split(r"[/\\?#]", rest.lstrip("/\\"), maxsplit=1)[0]
    return authority.rpartition("@")[2].partition(":")[0].rstrip(".,;:!")


def _in_address(text: str, start: int) -> bool:
    """Whether what begins at `start` is a part of a link or a mail address, which are judged as a whole."""
    before = text[max(0, start - 12) : start]
    return before.endswith(("@", "://", "/")) or bool(re.search(r"[\w.+-]@$", before))


def _is_date_or_file(host: str) -> bool:
    return host.replace(".", "").isdigit() or host.endswith((".csv", ".zip", ".json", ".md", ".pdf"))


def _digits(text: str) -> str:
    return "".join(character for character in text if character.isdigit()).lstrip("0")
