"""Questions that no article answers and no person has to: who is writing, and what others have with us."""

from __future__ import annotations

import re
from typing import Final

_BOT: Final = re.compile(
    r"\b(?:are (?:you|u) (?:really |actually |even |just )?(?:an? )?(?:real |live |actual )?(?:bots?|robots?"
    r"|chat ?bots?|machine|ai|a\.i|human|person|computer|automated|automatic|real)\b"
    r"|(?:is|was) (?:this|that|it) (?:just |really |actually )?(?:an? )?(?:automated |automatic |real )?(?:bot"
    r"|robot|chat ?bot|machine|ai|human|person|auto-?reply)(?: (?:answering|writing|replying|talking|reply|answer))?\s*"
    r"(?:$|[?.!,])"
    r"|(?:am i|are we) (?:talking|speaking|chatting|writing)(?: here)? (?:to|with) (?:an? )?(?:real |live )?(?:bot"
    r"|robot|chat ?bot|machine|ai|human|person|computer)\b"
    r"|^(?:\w+[,.!]? )?(?:but |and |so )?(?:who|what) (?:are|r) (?:you|u)\b"
    r"(?! (?:going|planning|doing|supposed|offering))"
    r"|\b(?:who|what) (?:am i|are we) (?:talking|speaking|chatting|writing) (?:to|with)\b"
    r"|^(?:\w+[,.!]? )?what can (?:you|u) (?:do|help(?: me)? with|answer)(?: for me| here)?\W*$)"
)
BOT_WORDS: Final = 14
"""Words of a message up to which it asks only that: a longer one has a matter besides."""

_THING: Final = (
    r"(?:e-?mail(?: address)?|phone(?: number)?|(?:mobile |telephone )?number|tickets?|address|password|invoices?"
    r"|messages?|requests?|log ?in|credentials|card(?: number| details)?|contact details|personal data)"
)
_OTHERS: Final = r"(?:another|other|a different|some other) (?:customers?|compan(?:y|ies)|organi[sz]ations?|firms?)"
_ASKED_FOR: Final = r"\b(?:what|which|who|tell me|give me|send me|show me)\b"
_OF_OTHERS: Final = re.compile(
    rf"{_ASKED_FOR}[^.?!\n]{{0,60}}\b{_THING}\b[^.?!\n]{{0,40}}\b(?:of|for|from|by|has|does|did|belong\w* to) "
    rf"(?:{_OTHERS}\b|the (?:owner|admin|account holder)s? (?:of|at|from)"
    r" (?!my\b|our\b|the\b|this\b|that\b|a\b|an\b|it\b|your\b|techcorp\b))"
    rf"|{_ASKED_FOR}[^.?!\n]{{0,30}} {_OTHERS}['\u2019]s? [^.?!\n]{{0,20}}\b{_THING}\b"
    r"|\bwhat (?:did|does|do|has|have) (?:\w+ ){0,2}(?:another|other) (?:customer|compan)\w*"
    r" (?:ask|write|report|pay|contact)\w*",
    re.IGNORECASE,
)
# A name has capitals: "Lisa Wong's last ticket", but not "my colleague's tasks" or "Slack's address".
_OF_A_NAME: Final = re.compile(
    r"\b(?:[Ww]hat|[Ww]hich|[Ww]ho|[Tt]ell me|[Gg]ive me|[Ss]end me|[Ss]how me)\b[^.?!\n]{0,40}? "
    r"(?:[A-Z][\w-]{1,20} [A-Z][\w-]{1,20}|[A-Z][\w-]{1,20})['\u2019]s (?:\w+ ){0,2}"
    r"(?:e-?mail(?: address)?|phone(?: number)?|number|tickets?|password|address)\b"
)
_NO_NAMES: Final = re.compile(
    r"\b(?:TechCorp|Slack|Google|Microsoft|GitHub|Jira|Zapier|Outlook|Apple|What|It|Here|Today|\w+day)['\u2019]s"
)
_BOT_ANSWER: Final = (
    "I am TechCorp's automated assistant, not a person. I answer from our documentation, and a person of our team "
    "takes over whenever you would like that. What can I help you with?"
)
_OTHERS_ANSWER: Final = (
    "I can only help with your own account and tickets, so I cannot tell you anything about those of others. If you "
    "would like a person of our team to look at your request, just say so. Is there anything about your own account "
    "that I can help you with?"
)


def asks_who_we_are(lowered: str) -> bool:
    """Whether a message asks only if a machine is writing."""
    return bool(_BOT.search(lowered)) and len(lowered.split()) <= BOT_WORDS


def asks_about_others(text: str) -> bool:
    """Whether a message wants to know what another customer has with us: an address, a ticket, a password."""
    text = text[:2_000]
    return bool(_OF_OTHERS.search(text) or _OF_A_NAME.search(_NO_NAMES.sub(" ", text)))


def who_we_are() -> str:
    """An honest answer, and the question what it is about."""
    return _BOT_ANSWER


def not_of_others() -> str:
    """A refusal that tells nothing, not even whether there is such an account."""
    return _OTHERS_ANSWER
