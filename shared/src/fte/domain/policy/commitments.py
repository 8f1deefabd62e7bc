"""No reply binds TechCorp in law, and none speaks of competitors."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from fte.domain.policy.rules import Rule, phrases, rule

_SCHEMES: Final = phrases("""
    fedramp
    hipaa
    pci(?:[ -]dss)?
    hitrust
    cmmc
    itar
    tisax
    ferpa
    coppa
    ccpa
    gdpr
    dora
    nis ?2
    sox
    nist
    cyber essentials
    bsi c5
    iso[ -]?\\d{4,5}
    iso
    soc ?[123]
    dsgvo
    accessibility
    wcag
""")
_NOT: Final = r"\b(?:not|no|never|cannot|can't|isn't|aren't|without|whether|if|nor|neither|unless)\b"

COMMITMENTS: Final[tuple[Rule, ...]] = (
    rule("legal-guarantee", "legal", r"\bguarante(?:e|es|ed|eing)\b", unless=_NOT),
    rule(
        "legal-warrant",
        "legal",
        r"\b(?:we|i|techcorp)(?: \w{2,12}){0,2} (?:warrant|indemnif(?:y|ies)|certify|attest|vouch|"
        r"undertake to)\b|\bwarrant(?:y|ies)\b",
        unless=_NOT,
    ),
    rule(
        "legal-liability",
        "legal",
        r"\b(?:liable|liability|liabilities|damages|negligen(?:t|ce)|indemnity|our fault|"
        r"to blame)\b|\b(?:accept|take|assume|admit)(?: full| all| the)? (?:responsibility|blame|"
        r"fault|guilt)\b",
        unless=r"\b(?:question|questions|about)\b",
    ),
    rule(
        "legal-admit",
        "legal",
        r"\b(?:we|i|techcorp)(?: \w{2,12}){0,2} (?:admit|concede|breached|violated|broke the law|"
        r"acted unlawfully|leaked|lost your data|are responsible|is responsible)\b",
        unless=_NOT,
    ),
    rule(
        "legal-binding",
        "legal",
        r"\b(?:legally binding|binding (?:agreement|commitment|offer|contract)|in writing that|"
        r"contractually (?:obliged|bound|agreed)|we have a deal|it's a deal|that's a deal|"
        r"it is a deal|deal!)",
        unless=_NOT,
    ),
    rule(
        "legal-advice",
        "legal",
        r"\b(?:you|we) (?:are|have the|do have the|have a)(?: \w{2,12}){0,2} (?:legal right|"
        r"right to sue|legal claim|breach of contract)\b|\b(?:it is|that is|this is|"
        r"it's) (?:perfectly |completely |fully )?(?:legal|lawful|illegal|unlawful)\b|"
        r"\bin breach of\b",
        unless=_NOT,
    ),
    rule(
        "legal-contract",
        "legal",
        r"\b(?:we|i|techcorp)(?:'ll| will| can|'ve| have|'d|)(?: \w{2,12}){0,2} (?:accept|agree to"
        r"|sign|signed|agreed to|accepted) (?:your|the|these|this|those|"
        r"all)(?: \w{2,14}){0,3} (?:terms|conditions|contract|clauses?|addendum|dpa|baa|agreement|"
        r"nda|changes)\b",
        unless=_NOT,
    ),
    rule(
        "legal-uptime",
        "legal",
        r"\b\d{2,3}(?:[.,]\d{1,4})? ?(?:%|percent) (?:of )?(?:the )?(?:uptime|availability|"
        r"available|sla|reliab|time)|\b(?:uptime|availability)(?: \w{1,12}){0,4} \d{2,3}(?:[.,]\d{"
        r"1,4})? ?(?:%|percent)|\b(?:five|four|three) nines\b",
    ),
    rule(
        "legal-sla",
        "legal",
        r"\b(?:our|the|your|an) (?:sla|service level agreement)s? (?:is|of|guarantees?|promises?|"
        r"says|includes?|covers?|entitles?|gives?|provides?)\b",
        unless=_NOT,
    ),
    rule(
        "legal-compliant",
        "legal",
        rf"\b{_SCHEMES}(?:[ -](?:is|fully|type ?2|type ii|27\d\d\d|9\d\d\d)){{0,2}}[ -](?:compliant"
        r"|certified|authori[sz]ed|approved|conform(?:ant)?|attested|ready|accredited)\b",
        unless=_NOT,
    ),
    rule(
        "legal-complies",
        "legal",
        r"\b(?:complies|comply|compliant|compliance|certified|accredited|conform|conforms|"
        r"authori[sz]ed)(?: fully)? (?:with|to|under|for|by) (?:the |all |every |"
        rf"any )?(?:{_SCHEMES}|law|laws|regulations?|applicable|legal|relevant|requirements)\b",
        unless=_NOT + r"|\b(?:questions?|help you|about|how)\b",
    ),
    rule(
        "legal-have",
        "legal",
        r"\b(?:we|techcorp)(?: \w{2,12})? (?:hold|holds|have|has|maintain|maintains|achieved|"
        r"obtained|passed|possess|possesses)(?: (?!no\b|not\b)\w{1,12}){0,4} (?:fedramp|hipaa|"
        r"pci(?: dss)?|hitrust|cmmc|tisax|iso 9001|iso 27017|iso 27018|iso 27701|soc 1|soc 3|"
        r"bsi c5|itar)\b",
        unless=r"\b(?:not|never|neither)\b",
    ),
    rule(
        "legal-fully",
        "legal",
        r"\b(?:fully|completely|entirely|100 ?%|totally) (?:compliant|secure|safe|lawful|legal|"
        r"risk-free|unhackable)\b|\b(?:can|could|will) never be (?:hacked|breached|leaked|lost)\b",
    ),
)

COMPETITORS: Final = (
    "asana",
    r"trello",
    r"monday ?\. ?com",
    r"click[ -]?up",
    r"base ?camp",
    "wrike",
    r"smart ?sheet",
    r"air ?table",
    "todoist",
    r"ms project",
    r"microsoft (?:project|planner)",
    r"zoho projects?",
    r"proof ?hub",
    "workfront",
    "redmine",
    r"open ?project",
    "youtrack",
    r"meister ?task",
    r"team ?gantt",
    "hive",
    "podio",
    r"pivotal tracker",
    r"nifty pm",
    r"teamwork\.com",
    r"linear\.app",
    r"coda\.io",
    "freedcamp",
    r"shortcut\.com",
    "quire",
)
"""Products that do what ours does. Some are also places that work can be imported from; see `named_in`."""

_ALSO: Final = ("jira", "slack", "microsoft teams", "github", "salesforce", "zapier", "notion")
"""Products beside ours: they may be named, but not compared with."""

_ANY: Final = "(?:" + "|".join((*COMPETITORS, *_ALSO)) + ")"

NAMES: Final = rule("competitor-name", "competitor", rf"\b(?:{'|'.join(COMPETITORS)})(?![\w-])")

COMPARISONS: Final[tuple[Rule, ...]] = (
    rule(
        "competitor-compared",
        "competitor",
        r"\b(?:better|cheaper|faster|easier|worse|superior|inferior|stronger|weaker|safer|nicer|"
        rf"(?:more|less) \w{{3,14}}|ahead|instead|rather|expensive)(?: \w{{2,10}}){{0,3}} (?:than|"
        rf"to|of) (?:\w{{1,10}} ){{0,2}}{_ANY}\b",
    ),
    rule(
        "competitor-unlike",
        "competitor",
        r"\b(?:unlike|compared (?:to|with)|in contrast to|versus|vs\.?|switch to|try|use|recommend"
        rf"|consider|move to|migrate to)(?: \w{{1,10}}){{0,2}} (?:{'|'.join(COMPETITORS)})(?![\w-])",
        unless=r"\b(?:import|export)\b",
    ),
    rule(
        "competitor-verdict",
        "competitor",
        rf"\b{_ANY} (?:is|are|isn't|does|doesn't|lacks|can't|cannot|offers|charges|"
        rf"costs) (?:\w{{1,10}} ){{0,2}}(?:better|worse|cheaper|expensive|slow|bad|poor|good|great|"
        r"unreliable|insecure|outdated|inferior|superior)\b",
    ),
)


_IMPORTING: Final = re.compile(r"\bimport")


def importing(passages: Iterable[str]) -> str:
    """Those of the cited articles' passages that are about importing: the products named there may be named."""
    return "\n".join(passage for passage in passages if _IMPORTING.search(passage.casefold()))


def named_in(text: str) -> frozenset[str]:
    """The competitors, as `text` writes them, that it names. `text` is read by `reading.read`."""
    return frozenset(match.group() for match in NAMES.pattern.finditer(text))
