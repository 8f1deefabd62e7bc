"""What a reply states and has from nowhere: numbers and names that stand in none of the texts it may rest on.

The other rules know wordings. A sum, a limit or a person that was made up can be worded in any way, and is still not in
the documentation, the customer's messages or the run's own data.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from fte.domain.policy.language import COMMON
from fte.domain.policy.quantities import stated, told
from fte.domain.policy.reading import as_seen

_ADDRESS: Final = re.compile(
    r"(?:https?://|www\.)\S*[\w/]|(?<![\w.+-])[\w.+-]{1,64}@[\w.-]*\w"
    r"|(?<![\w.-])[\w-]{1,63}(?:\.[\w-]{1,63}){0,5}\.example\b(?:/\S*[\w/])?"
    r"|\b[Tt][Cc]-[0-9A-Za-z]{6,12}\b"
)
"""Addresses and references of tickets have rules of their own."""

_WORD: Final = re.compile(r"[^\W_]+")
_BEGINS: Final = re.compile(r"(?:^|\n|[.!?:;][\"')]{0,2}\s)[\s>*\"'(-]{0,4}(?:\(?\d{1,2}[.)]\s)?[\"'(]?$")
"""What stands before the first word of a sentence, an item or a line."""

_ORDINARY: Final = """
english ok okay faq pdf csv json xml html zip png jpg api url id ids it ui ip qr sms pc ai utc gmt cet sso saml mfa
2fa vpn dns http https techcorp internet web wi fi whatsapp android chrome edge firefox ios ipad iphone linux mac
macos safari windows
absolutely access accounts although always answers anybody anyone anything anywhere apart apologies apologise apps
aside besides both browsers button certainly clear colleagues congratulations connection create customers data dates
delete desktop details device devices different during each either email enjoy ensure even everybody everyone
everything everywhere except export exports files fill filter follow fortunately further go got guests happily hence
hope however icon important import imports indeed instead invite invoices items languages let letting likewise links
lists log mail make making many meanwhile members messages mobile moreover most my myself navigate neither never
nobody none nonetheless nor note noted nothing nowhere number of often once others otherwise ours owner owners
password payments perhaps phone plans please plenty possible prices projects provide provided rather regarding reload
remember reports requests restart roles screen scroll select server sessions settings several shall since somebody
someone something sometimes somewhere soon sorry steps storage such sure switch system tab tap tasks teams thanks
thereby therefore these though thus tickets today together toggle tomorrow tool towards typically understood
unfortunately unless upload uploads users usually various verify versions via visit wait whatever whenever whereas
wherever whether whichever whoever within workspaces yesterday yours
"""
ORDINARY: Final = COMMON | frozenset(_ORDINARY.split())
"""Words that are no names, however they are written."""

_OF_A_NAME: Final = re.compile(
    r"'s\b|,?\s(?:and|&)\s[A-Z]|,\s(?:our|my|your|who)\b|\sfrom\s(?:the|an?)\b|\s(?:from|at|of)\s(?:our|my|[A-Z])"
    r"|\s(?:will|has|had|wrote|writes|said|says|told|asked|asks|reported|called|calls|uses|used|runs|works?|pays|paid|"
    r"wants|needs|takes|handles|looks|knows|leads|owns|also|did|does)\b"
    r"|\s(?:can|could|would|should|might|may)\b(?!\s(?:\w+\s)?be\b)"
    r"|\s(?:is|was)\s(?:our|my|your|one|away|ill|responsible|in\scharge|\w+ing)\b|\.?\s?(?:\n|$)"
)
"""What follows the name of somebody who is spoken of."""

_CALLED: Final = re.compile(r"\b(?:called|named)\s[\"']?(?!an?\b|the\b)([a-z][^\W_]*(?:-[^\W_]+)+)")


def ungrounded(text: str, sources: Iterable[str]) -> tuple[str, ...]:
    """The numbers and names that `text` states and none of `sources` has, as they are written; none when all do.

    Any spelling of a number will do ("60", "sixty"), and any case of a name. A word that begins a sentence is a name
    only if what follows speaks of it as of somebody.
    """
    seen = _ADDRESS.sub(" ", as_seen(text))
    known = "\n".join(map(as_seen, dict.fromkeys(sources))).casefold()
    numbers = [*stated(seen.casefold())]
    there = told(known) if numbers else frozenset()
    unknown = (written for number, written in numbers if number not in there)
    return (*unknown, *_unknown_names(seen, ORDINARY.union(_WORD.findall(known))))


def _unknown_names(text: str, words: frozenset[str]) -> Iterator[str]:
    for found in _WORD.finditer(text):
        if _is_named(text, found) and not _stands_in(words, found[0].casefold()):
            yield found[0]
    for found in _CALLED.finditer(text):
        if not words.issuperset(_WORD.findall(found[1])):
            yield found[1]


def _is_named(text: str, word: re.Match[str]) -> bool:
    """Whether a word is written as a name: with a capital ("iCloud" has one, too), or with a digit ("v2")."""
    written = word[0]
    if not written[0].isupper():
        return written[0].isalpha() and not (written.islower() and written.isalpha())
    if len(written) == 1:
        return False
    if written.isalpha() and _BEGINS.search(text, max(0, word.start() - 12), word.start()):
        return _OF_A_NAME.match(text, word.end()) is not None and not written.endswith(("ing", "ly"))
    return True


def _stands_in(words: frozenset[str], word: str) -> bool:
    return word in words or f"{word}s" in words or word.removesuffix("s") in words
