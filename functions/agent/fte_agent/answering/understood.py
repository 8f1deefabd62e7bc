"""What a hand-over shows to have understood: the customer's case in a clause of our own words, never in theirs.

Anybody can put any words into a message: none of them is repeated to whoever gets the reply.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, Literal

LIMIT: Final = 4_000

_Clauses = tuple[tuple[re.Pattern[str], str], ...]


def _table(*rows: tuple[str, str]) -> _Clauses:
    return tuple((re.compile(rf"\b(?:{words})", re.IGNORECASE), clause) for words, clause in rows)


_PEOPLE: Final = (
    r"(?:employee|colleague|co-?worker|contractor|freelancer|member|intern|admin|staff|partner|developer)s?"
)
_DEVICE: Final = r"(?:laptop|phone|iphone|tablet|ipad|computer|notebook|macbook|device)s?"
_LEFT: Final = (
    rf"(?:former|ex|fired|dismissed|departed|previous|old)[ -](?:\w+ )?{_PEOPLE}|(?:left|quit|leaving) (?:the|our|us)"
    r"\b(?: company| team| firm)?[^.?!\n]{0,60}\b(?:still|access)|no longer (?:works|employed|with us)"
    r"|(?:fired|dismissed|laid off|let go)\b[^.?!\n]{0,60}\b(?:still|access)"
)
_GONE: Final = (
    rf"(?:stolen|stole|lost|robbed|losing|misplaced)\b[^.?!\n]{{0,30}}\b{_DEVICE}\b"
    rf"|{_DEVICE}\b[^.?!\n]{{0,40}}\b(?:stolen|stole|lost|gone|robbed|disappeared|snatched|nicked)"
)

_CASES: Final[Mapping[str, _Clauses]] = {
    "REFUND_REQUEST": _table(
        (r"twice|double|two times|2x|duplicate", "you were charged more than once"),
        (r"cancel\w*", "you do not agree with a charge around your cancellation"),
        (r"renew\w*|annual|yearly|another year", "your plan was renewed and you do not agree with the charge"),
        (r"trial", "you were charged after a trial"),
        (r"seats?|users?|members?", "some of your seats are not in use"),
        (r"dispute|chargeback|my bank", "you dispute a charge"),
        (r"wrong plan|by mistake|accident\w*|wrong", "something was bought that you did not want"),
    ),
    "SECURITY_ESCALATION": _table(
        (r"vulnerabilit\w+|xss|csrf|exploit|bug bounty|disclos\w+", "you found a weakness that may concern security"),
        (r"phish\w*|fake (?:mail|e-?mail|page|site)|scam|entered (?:my|our|it|the) ?(?:card|password|code)?",
         "you received a message that may not come from us"),
        (_LEFT, "somebody who left may still have access"),
        (_GONE, "a device with access to your account is gone"),
        (r"tokens?|(?:api|access|secret|private|signing)[ -]?keys?|secrets?|keys? (?:is|are|was|were|has|got|leaked)",
         "a key or token may be in the wrong hands"),
        (r"credential", "your credentials may be in the wrong hands"),
        (r"leak\w*|expos\w+|other (?:customer|compan)\w+|someone else's",
         "data may be visible to somebody it is not for"),
        (r"hack\w*|breach\w*|broke in\w*|break-?in|compromis\w+|took over", "somebody may have got into your account"),
        (r"log ?in\w*|logged in|sign(?:ed)?[ -]in\w*|session|device", "there are sign-ins that you do not recognise"),
    ),
    "P1_CRITICAL": _table(
        (r"data (?:loss|is gone|are gone|lost)|lost (?:all|every)|vanish\w*|wiped|all (?:our|my) \w+ (?:is|are) gone",
         "data of your whole team is missing"),
        (r"log ?in|sign ?in|logged? out|locked out", "nobody in your team can sign in"),
        (r"500|502|503|504|error", "TechCorp shows your team nothing but errors"),
        (r"down|outage|offline|unavailable|not reachable", "TechCorp does not work for your whole team"),
    ),
    "LEGAL_ESCALATION": _table(
        (r"clauses?|redlin\w+|negotiat\w+|before (?:we|i) sign|sign the (?:contract|agreement|dpa|msa)",
         "you ask about the terms of a contract"),
        (r"lawyer|attorney|lawsuit|sue|suing|court|legal (?:action|steps)", "you announce legal steps"),
        (r"soc ?2|iso ?27\d{3}|hipaa|fedramp|certificat\w+|audit report|penetration",
         "you ask about certificates and compliance"),
        (r"gdpr|dpa|data processing|sub-?processors?|right to|personal data|data residency",
         "you ask about data protection"),
        (r"contract|msa|terms|agreement|liabilit\w+|sla\b|nda\b", "you ask about the terms of a contract"),
        (r"questionnaire|vendor|supplier|due diligence", "you need answers for a review of suppliers"),
    ),
    "SALES_ESCALATION": _table(
        (r"discount|cheaper|negotiat\w+|better (?:price|deal)|rebate|coupon", "you ask about terms for your team"),
        (r"quote|quotation|offer|proposal", "you would like an offer"),
        (r"enterprise|custom (?:plan|contract)", "you are interested in Enterprise"),
        (r"demo|presentation|call with sales", "you would like to be shown TechCorp"),
        (r"price|pricing|cost\w*|how much|\$|€|£|fee", "you would like to know what TechCorp costs for you"),
    ),
}  # fmt: skip

_OF_MONEY: Final = frozenset({"discounts", "refunds", "pricing"})
"""Matters that are not named: the word alone sounds like a promise."""

_USUAL: Final[Mapping[str, str]] = {
    "REFUND_REQUEST": "you do not agree with a payment that you made",
    "SECURITY_ESCALATION": "the security of your account may be concerned",
    "P1_CRITICAL": "your whole team cannot work at the moment",
    "LEGAL_ESCALATION": "you raise a legal or compliance matter",
    "SALES_ESCALATION": "you ask about prices or terms",
}


Incident = Literal["vulnerability", "device", "key", "former member", "phishing", ""]
"""The kinds of security matters that need another first step than an account that somebody got into."""

_INCIDENTS: Final[Mapping[str, Incident]] = {
    "you found a weakness that may concern security": "vulnerability",
    "a device with access to your account is gone": "device",
    "a key or token may be in the wrong hands": "key",
    "somebody who left may still have access": "former member",
    "you received a message that may not come from us": "phishing",
}


def incident_of(text: str) -> Incident:
    """What kind of security matter `text` tells of."""
    return _INCIDENTS.get(understood("SECURITY_ESCALATION", text, ""), "")


def understood(flag: str, text: str, matter: str) -> str:
    """The case as a clause ("you were charged more than once …"), or nothing where we know no more than its flag.

    `matter` is what the nearest article is about, if one is near: "the Slack integration".
    """
    case = next((clause for pattern, clause in _CASES.get(flag, ()) if pattern.search(text[:LIMIT])), "")
    if case or flag in _USUAL:
        return case or _USUAL[flag]
    if matter in _OF_MONEY:
        matter = ""
    about = f" about {matter}" if matter else ""
    if flag in ("HUMAN_REQUESTED", "WHATSAPP_ESCALATION"):
        return f"you would like to speak with a person{about}"
    if not matter:
        return ""
    if flag == "REPEAT_CONTACT":
        return f"you still have trouble with {matter}"
    if flag == "SENTIMENT_ESCALATION":
        return f"you have had a bad experience{f' with {matter}'}"
    return f"your question is about {matter}"
