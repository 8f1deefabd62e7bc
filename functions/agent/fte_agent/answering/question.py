"""What a message asks: its questions, each with the kind of answer that it wants."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

from fte_agent.answering.plain_text import sentences
from fte_agent.answering.remarks import is_remark
from fte_agent.answering.words import stems

Kind = Literal["how", "possible", "amount", "which", "trouble", "explain", "statement"]

LIMIT: Final = 6_000
LINES: Final = 200
CONTEXT: Final = 400
ABOUT: Final = 900
MOST: Final = 4
"""Questions of one message that are answered; who asks more is told so."""

_GREETING: Final = re.compile(
    r"^(?:hi|hello|hey|dear|good (?:morning|afternoon|evening)|greetings)\b[^,.!?\n]{0,40}[,.!:\u2013-]*\s*",
    re.IGNORECASE,
)
_SIGN_OFF: Final = re.compile(
    r"^(?:thanks|thank you|thx|cheers|(?:best|kind|warm|many) (?:regards|wishes|thanks)|regards|sincerely|best|br"
    r"|yours (?:sincerely|truly|faithfully)|sent from my)\b",
    re.IGNORECASE,
)
_ASKING: Final = (
    r"(?:how|can|could|do|does|did|is|are|was|what|what's|whats|where|where's|which|when|who|why|will|would|should|may"
    r"|am i|has|have)"
)
# "If not, what else is there?" is answered with what it depends on.
_CONDITION: Final = re.compile(r"(?:and |but )?(?:if (?:not|so|yes|no)|otherwise)\b", re.IGNORECASE)
# Where one sentence goes over to its next question; "do you also have" does not.
_NEXT: Final = re.compile(
    r"(?:[,;\u2013-]|\?)?\s+(?:and|(?<!\byou )(?<!\bit )(?<!\bwe )(?<!\bi )(?<!\bthey )also|plus)\s+"
    rf"(?:also\s+|then\s+|secondly\s+)?(?=(?:from\s+)?{_ASKING}\b)",
    re.IGNORECASE,
)
_BEGINS: Final = re.compile(rf"(?:(?:in|at|on|for|from|to|by|with|of)\s+)?{_ASKING}\b", re.IGNORECASE)
_AUXILIARY: Final = re.compile(r"(?:can|could|do|does|is|are|will|would|should|may|has|have)\b", re.IGNORECASE)
_JOINING: Final = re.compile(r"^(?:and|also|but|so|plus|then)[, ]+", re.IGNORECASE)
_WANTS: Final = re.compile(
    r"\b(?:i|we) (?:want|need|would like|would love|must|have) to\b|\b(?:i|we)(?:'d| would) like\b"
    r"|\bplease (?:tell|explain|show)\b"
    r"|\blooking for (?:a|the|some) way\b|\btell me how\b|\bshow me how\b|\bnot sure how\b|\bcan't figure out how\b",
    re.IGNORECASE,
)
POINTS_BACK: Final = re.compile(
    r"\b(?:it|that|this|them|those|these|they|one|ones|so|too|either|same)\b", re.IGNORECASE
)

# Words that many questions have, whatever they are about.
OF_ANY_MATTER: Final = frozenset(
    stems(
        "plan free business enterprise cost switch turn find show start happen change old new long far many much often"
        " early late menu page button place step click allow permit mean keep last exist include count first next"
        " guide documentation tutorial video manual link limit"
    )
)

_DOES_NOT: Final = (
    r"(?:does ?n[o']?t|do ?n[o']?t|did ?n[o']?t|wo ?n'?t|will not|is ?n[o']?t|are ?n[o']?t"
    r"|(?:was|were|has|have) ?n[o']?t|can ?n[o']t|can'?t|could ?n'?t|never|no longer|unable to|stopped|stops"
    r"|refuses? to|keeps?|nothing)"
)
_WORKS: Final = (
    r"(?:work|show|load|open|sync|appear|arriv|updat|send|receiv|connect|post|respond|com|cam|get|go|start|let|sav"
    r"|display"
    r"|sign|log|see|access|upload|download|edit|creat|invit|join|play|print|happen|chang|delet|remov|bring|say|ask|fail"
    r"|los|disappear|jump|revert|crash|freez|redirect|reset|tick|count|in my list|at all|in yet)"
)
_TROUBLE: Final = re.compile(
    rf"\b{_DOES_NOT}(?: \w+)? {_WORKS}\w*|\bnot (?:\w+ing|work|sent|shown|found|visible|there|possible to \w+)\b"
    r"|\bno (?:\w+ )?(?:e?-?mails?|messages?|notifications?|links?|codes?|push|invitations?|updates?)"
    r" (?:\w+ )?(?:came|comes?|arriv\w+|received|reach\w+|appear\w*)\b"
    r"|\btak(?:es?|ing) (?:\w+ ){0,2}(?:ages|forever|too long|so long|very long|\d+ (?:s|seconds?|minutes?)) to\b"
    r"|\b(?:errors?|fail(?:s|ed|ing|ure|ures)?|crash\w*|broke|broken|stuck|frozen|freez\w*|hangs?|blank"
    r"|(?:totally|all|completely|stays|is|page) white|missing|vanish\w*|disappear\w*|wrong|slow|slowly|crawl\w*|spins?"
    r"|spinning|timeouts?"
    r"|timing out|expired?|bugs?|glitch\w*|locked out|rejected|declined|denied|refuses|invalid|jump back"
    r"|snap back|reverts?|limit reached|exceeded|again and again|closes itself|quiet|silent|still (?:open|not|there"
    r"|sitting)|(?:is|are|were|all|has|have) (?:gone|lost)"
    r"|shows? nothing|does nothing|nothing (?:happens|arrives|works|is found)|hours? off|stolen|40[13]|429|50[0-4])\b",
    re.IGNORECASE,
)
_HOW: Final = (
    r"\b(?:how (?:do|can|to|should|would|does one|does (?:it|that|this) (?:go|work)|is (?:it|that|this) done|could"
    r"|exactly)|where (?:do|can|is|are|does|did)"
    r"|what do i (?:click|do|have to)|what (?:do we|should (?:i|we)) (?:do|have to)|what next|steps?"
    r"|set(?:ting)? (?:\w+ )?up|walk me through|instructions)\b"
)
_POSSIBLE: Final = (
    r"\b(?:is (?:it|that|this) (?:possible|supported|allowed)|possible|supports?|supported|allowed|is there|are there"
    r"|can (?:i|we|you|the|one|he|she|they|clients?|guests?|members?|people|somebody|someone)|could (?:i|we|you)"
    r"|do you (?:have|support|offer|provide|do)|does (?:it|techcorp|the|your|that)|do (?:we|i)|would (?:it|you)"
    r"|will (?:i|we|all|the|my|our|it))\b"
)
_AMOUNT: Final = (
    r"\bhow (?:many|much|long|big|large|often|far|soon|fast|late|early)\b|\bwhat(?: is|\'s"
    r"| are) the [^?.!]{0,30}(?:max|limit)\w*"
    r"|\bwhen (?:do|does|is|will|can)\b"
    r"|\b(?:biggest|largest|longest|highest|maximum)\b"
    r"|\b(?:is|are) there (?:an? |any )?(?:\w+ ){0,2}(?:limits?|caps?)\b(?! reached)"
    # "guest limit?", "max subtasks?", "members on team?"
    r"|^\W*(?!(?:set|change|raise|add|remove|increase)\b)(?:\w+ ){1,3}limits?(?: (?:on|for|in|of))?(?: \w+){0,2}\W*$"
    r"|^\W*max(?:imum)?\b|^\W*(?!\w+ (?:i|we)\b)(?:\w+ ){1,3}on (?:free|team|business|enterprise)\W*$"
    r"|\bwhat (?:is|are) allowed\b|\b(?:at )?what times?\b|\bfrom when\b"
)
_WHICH: Final = (
    r"\b(?:wh?ich|what) (?:(?:one )?of (?:your|the|our) )?(?:plans?|tier|subscription|role|browsers?|versions?)\b"
)
_EXPLAIN: Final = r"\b(?:what|why|who|which|difference|explain|where|how|mean(?:s|ing)?)\b"
_ON_A_PLAN: Final = re.compile(
    r"\b(?:on|with|in|for) (?:the |our |a )?(?:free|team|business"
    r"|enterprise)\b",
    re.IGNORECASE,
)
# Who writes without capitals ends sentences all the same; "e.g. this" is no end.
_IN_CHAT: Final = re.compile(r"(?<=[a-z0-9)]{2}[.!?])\s+(?=[a-z])")
# "a) Is there …", "2. Where …"
_ITEM: Final = re.compile(r"^\s*(?:[-*\u2022]|\(?(?:\d{1,2}|[a-h])[.)])\s+")
# "Will it take 14,000 lines?" asks for a limit.
_QUANTITY: Final = re.compile(
    r"\b\d[\d.,]{0,9} ?(?:[kmgt]b|people|persons|users|members|guests|clients|colleagues|rows|lines|tasks|cards|tickets"
    r"|files|projects|boards|columns|fields|items|rules|calls|requests|webhooks|addresses|channels)\b",
    re.IGNORECASE,
)
_KINDS: Final[tuple[tuple[Kind, re.Pattern[str]], ...]] = (
    ("which", re.compile(_WHICH, re.IGNORECASE)),
    ("amount", re.compile(_AMOUNT, re.IGNORECASE)),
    ("how", re.compile(_HOW, re.IGNORECASE)),
    ("possible", re.compile(_POSSIBLE, re.IGNORECASE)),
    ("explain", re.compile(_EXPLAIN, re.IGNORECASE)),
)


_ONLY_ASKS: Final = re.compile(
    r"(?:(?:can|could|may|should|must|will|would|do|does)"
    r" (?!you (?:please |pls )?(?:help|fix|look|check|assist|resolve))"
    r"|(?:is|are) (?:it|there|that) |how (?:do|can|to|should|would|could) |what (?:is|are) the |which "
    r"|what (?:happens|if) |where (?:do|can) |(?:i|we)(?: would|'d)? (?:like|want|wish|need|plan|love) to "
    r"|(?:to )?(?:report|track|log|file|record|create|manage|collect) |(?:bugs?|bug reports?|errors?)\W*$)",
    re.IGNORECASE,
)
_DENIES: Final = re.compile(
    r"n['\u2019]t\b|\b(?:not|never|cannot|still|no longer|stopped|keeps?|nothing|dont|doesnt|wont|cant|again"
    r"|(?:is|are|was) (?:stuck|broken|gone|lost|wrong|blank|frozen)|(?:my|our) [^.?!]{0,30}\b(?:fail\w*|crash\w*))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Ask:
    """One question of a message. `about` is what it is to be looked up with: it has what "it" stands for. `leans`:
    it has no matter of its own, as "which plan does one need?" has none. `joined`: it is one of several in a sentence,
    which mostly are about one matter."""

    text: str
    about: str
    kind: Kind
    leans: bool = False
    joined: bool = False


def asks(text: str, subject: str = "") -> tuple[Ask, ...]:
    """The questions of a message, at least one, at most `MOST` and one more (so that a reader knows of more)."""
    body = without_frame(text)
    statements: list[str] = []
    questions: list[str] = []
    joined: set[str] = set()
    for line in (_ITEM.sub("", line, count=1) for line in body.splitlines()[:LINES]):
        for sentence in (piece for whole in sentences(line) for piece in _IN_CHAT.split(whole)):
            parts = [part.strip() for part in _NEXT.split(sentence) if part.strip()]
            if questions and _CONDITION.match(sentence):
                questions[-1] += f" {sentence}"
            elif (
                len(parts) > 1
                and all(map(is_question, parts))
                and not any(map(is_remark, parts))
                and any(map(stems, parts))
            ):
                questions.extend(parts)
                joined.update(parts)
            elif is_question(sentence) and stems(sentence) and not is_remark(sentence):
                questions.append(sentence)
            else:
                statements.append(sentence)
    if len(questions) < 2:
        whole = body.strip() or subject
        # "Is this expected?" asks for what was told before it.
        asked = questions[0] if questions and len(set(stems(questions[0]))) >= 2 else whole
        kind = kind_of(questions[0] if questions else whole, f"{subject}\n{whole}")
        return (Ask(asked, f"{subject}\n{whole}".strip(), kind, leans_back(whole)),)
    context = f"{subject}\n{' '.join(statements)}".strip()[:CONTEXT]
    found: list[Ask] = []
    for number, question in enumerate(questions[: MOST + 1]):
        leans = leans_back(question)
        before = found[-1].about if found and leans else context if leans or not number else ""
        found.append(
            Ask(
                question,
                f"{before} {question}".strip()[-ABOUT:],
                kind_of(question, question),
                leans,
                question in joined,
            )
        )
    return tuple(found)


def without_frame(text: str) -> str:
    """`text` without the greeting at its beginning and the thanks and name at its end."""
    lines = [line.strip() for line in text[:LIMIT].splitlines()]
    kept = [line for line in lines if line]
    for number in range(max(1, len(kept) - 6), len(kept)):
        if _SIGN_OFF.match(kept[number]) and len(kept[number].split()) <= 6 and "?" not in kept[number]:
            kept = kept[:number]
            break
    if kept:
        kept[0] = _GREETING.sub("", kept[0], count=1)
    return "\n".join(line for line in kept if line)


def kind_of(asked: str, whole: str) -> Kind:
    """The kind of answer that `asked` wants; `whole` tells whether something is broken."""
    asked = _JOINING.sub("", asked.strip(), count=1)
    found = next((kind for kind, pattern in _KINDS if pattern.search(asked)), None)
    if found in ("which", "amount"):
        return found
    if found is None and _AUXILIARY.match(asked):
        found = "possible"
    if _TROUBLE.search(asked if found in ("how", "possible", "explain") and _has_matter(asked) else whole):
        return "trouble"
    if found == "possible" and _QUANTITY.search(whole):
        return "amount"
    if found == "possible" and _ON_A_PLAN.search(asked):
        return "which"
    if found is not None:
        return found
    return "how" if _WANTS.search(whole) else "statement"


def reports_trouble(text: str) -> bool:
    """Whether `text` reports that something does not work. To ask whether guests can report a bug, or how one exports
    what is missing, is no report, unless the question itself says that something does not or no longer happens."""
    pieces = (
        piece
        for line in without_frame(text).splitlines()[:LINES]
        for whole in sentences(line)
        for piece in _IN_CHAT.split(whole)
    )
    return any(
        in_trouble(piece) and (not _ONLY_ASKS.match(_JOINING.sub("", piece, count=1)) or bool(_DENIES.search(piece)))
        for piece in pieces
    )


def in_trouble(text: str) -> bool:
    """Whether `text` says that something does not work."""
    return bool(_TROUBLE.search(text[:LIMIT]))


def is_question(text: str) -> bool:
    """Whether a sentence asks, by its mark or by how it begins."""
    return text.rstrip().endswith("?") or bool(_BEGINS.match(_JOINING.sub("", text.strip(), count=1)))


def names_something(question: str) -> bool:
    """Whether a question names something and does not point back: that must be in what answers it."""
    return bool(set(stems(question)) - OF_ANY_MATTER) and not POINTS_BACK.search(question)


def leans_back(question: str) -> bool:
    """Whether a question has no matter of its own: what it is about was said before."""
    telling = set(stems(question)) - OF_ANY_MATTER
    return len(telling) < (3 if POINTS_BACK.search(question) else 2)


def _has_matter(asked: str) -> bool:
    """Whether a question has a matter of its own, unlike "can you help?"."""
    return len(set(stems(asked))) >= 2
