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
        r"to blame)\b|\b(?:accept|take|assume|admit)s?(?: full| all| the)? (?:responsibility|blame|"
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
    rule(
        "legal-court",
        "legal",
        r"\b(?:sue|sued|suing|lawsuit|litigation|in court|go to court|tribunal|attorneys?|jurisdiction|statutory|"
        r"enforceable|unenforceable|null and void|void|legal (?:advis[eo]r|advice|opinion|counsel)|legally|by law|"
        r"under the "
        r"law|(?:our|your|the) lawyers? (?:agree|say|said|confirm|advise|will|can)\w{0,3})\b",
        unless=r"\b(?:not give|no legal|cannot|can't|whether|questions?|give no)\b",
    ),
    rule(
        "legal-terminate",
        "legal",
        r"\b(?:terminate|end|leave|withdraw from|cancel|quit) (?:the|your|this) (?:contract|agreement) (?:at|with|"
        r"without|"
        r"now|today|immediately|any)|\b(?:contract|agreement|clause|terms?) (?:is|are|was|stands?|becomes?|has been|"
        r"remains?) "
        r"(?:now |hereby |already )?(?:cancelled|terminated|void|valid|binding|signed|accepted|ended|over|agreed)\b|"
        r"\b(?:agreement|contract|offer|deal) stands\b|\bhereby\b|\b(?:counts|serves) as (?:a |our |your )?(?:signed |"
        r"written )?(?:contract|agreement|consent|confirmation|signature)\b",
        unless=_NOT,
    ),
    rule(
        "legal-fault",
        "legal",
        r"\b(?:was|is|it's) (?:a breach|our (?:mistake|fault|error|failure)|entirely our|all our)\b|\bbreach by us\b|"
        r"\banswer for (?:it|this|that)\b|\bwe (?:caused|are at fault|failed to|messed up|made a mistake)\b",
        unless=_NOT,
    ),
    rule(
        "legal-proof",
        "legal",
        rf"\b(?:100 ?% |fully |completely )?{_SCHEMES}[ -](?:proof|safe|conform|secure|level|grade)\b|\b(?:meets?|"
        rf"fulfil\w{{0,4}}"
        r"|satisf(?:y|ies)|covers?) (?:all|every|the)(?: \w{1,14}){0,2} (?:requirements|regulations|obligations|laws?|"
        r"standards)\b|\b(?:no data|nothing|data) (?:will|can) (?:ever|never) (?:be|get)\b",
        unless=r"\b(?:questions?|whether|about|not)\b",
    ),
    rule(
        "legal-position",
        "legal",
        r"\b(?:strong|good|weak|valid|legal|your) (?:case|claim) against\b|\b(?:we are|we're|techcorp is) (?:legally "
        r")?(?:"
        r"obliged|obligated|required|entitled|bound)\b|\b(?:formal|written|official|explicit) (?:consent|confirmation|"
        r"approval|notice|admission)\b|\b(?:under|gdpr) article \d{1,3}\b|\bon behalf of techcorp\b",
        unless=r"\b(?:not|cannot|can't|no|help (?:centre|center) article)\b",
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

_VERDICT: Final = (
    r"\b(?:better|worse|best|worst|simpler|easier|cheaper|faster|slower|nicer|superior|inferior|prefer\w{0,3}|"
    r"recommend\w{0,3}"
    r"|alternatives?|beats?|suits?|lacks?|outdated|overpriced|expensive|charges|costs?|free of charge|"
    r"consider(?:ed)?|pick \w{1,14} over|"
    r"rather|compared?|ours|we (?:do not|don't|cannot|can't|have|are)|unlike|honest(?:ly)?|love|hate)\b"
)
"""What turns the name of another product into an opinion of it."""

NAMES: Final = rule("competitor-name", "competitor", rf"\b(?:{'|'.join(COMPETITORS)})(?![\w-])")

_OF_US: Final = r"(?:us|we|ours|our (?:product|tool|software|own)|techcorp)"

COMPARISONS: Final[tuple[Rule, ...]] = (
    rule(
        "competitor-than-us",
        "competitor",
        rf"\b(?:than|over|unlike|versus|vs\.?|compared (?:to|with)|alternatives? to|replacement for) {_OF_US}\b"
        r"(?! (?:say|said|told|wrote|show|need|can|have|get)\b)|\binstead of (?:us|techcorp)\b",
        unless=r"\b(?:hand(?:ed)?|took|takes?)\b",
    ),
    rule(
        "competitor-rivals",
        "competitor",
        r"\b(?:competitors?|competition|rivals?|other (?:vendors?|providers?|products?|software|apps?) (?:do|does|"
        r"are|is|can|"
        r"have|has|offers?|charges?|costs?)|other tools (?:do|are|can|have|offer|charge|cost))\b",
        unless=r"\b(?:not|cannot|no)\b",
    ),
    rule(
        "competitor-judged",
        "competitor",
        rf"(?:{_VERDICT})[^.!?\n]{{0,60}}\b{_ANY}(?![\w-])|\b{_ANY}(?![\w-])[^.!?\n]{{0,60}}(?:{_VERDICT})",
        unless=r"\bimport from another tool\b",
    ),
    rule(
        "competitor-away",
        "competitor",
        rf"\b(?:go|mov(?:e|es|ed|ing)|switch(?:es|ed|ing)?|migrat(?:e|es|ed|ing)|chang(?:e|es|ed|ing)|turn|send|"
        rf"leav(?:e|es|"
        rf"ing)|sign up)(?: \w{{1,12}}){{0,3}} (?:to|for|with|into) (?:{'|'.join(COMPETITORS)})(?![\w-])",
    ),
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
_ABOUT_MOVING: Final = re.compile(
    r"\b(?:import|export|migrat|mov(?:e|ing)\b|bring|transfer|choos|select|pick\b|sign in|source\b|from\b|csv\b|"
    r"com(?:e|ing) over|carried|allow access|connect)".replace(" ", r"\s")
)
_SENTENCE: Final = re.compile(r"[.!?:]\s|\n")


def importing(passages: Iterable[str]) -> str:
    """Those of the cited articles' passages that are about importing: the products named there may be named."""
    lines = (line for passage in passages if _IMPORTING.search(passage.casefold()) for line in passage.splitlines())
    # Only the lines with names: a text is read up to a length.
    return "\n".join(line for line in lines if NAMES.is_found(line.casefold()))


def judged(text: str) -> bool:
    """Whether a sentence of `text` (read, in small letters) names a competitor and is not about moving here."""
    if not NAMES.is_found(text):
        return False
    return any(NAMES.is_found(sentence) and not _ABOUT_MOVING.search(sentence) for sentence in _SENTENCE.split(text))


def named_in(text: str) -> frozenset[str]:
    """The competitors, as `text` writes them, that it names. `text` is read by `reading.read`."""
    return frozenset(match.group() for match in NAMES.matches(text))
