"""Which plan has what is asked for: the sentence that an answer begins with when a plan is named or asked for."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import Final

from fte.knowledge.search import Hit
from fte_agent.answering.composition import LEANS_BACK
from fte_agent.answering.matters import matter
from fte_agent.answering.plain_text import blocks, sentences
from fte_agent.answering.selection import Choice
from fte_agent.answering.words import stems

LIMIT: Final = 2_000
ABOUT_IT: Final = 0.5
"""The share of its own words, or of a question's, that a clause has at least which is about it."""
NEAR: Final = 0.1
"""What a clause gains that stands in the section which answers."""
CERTAIN: Final = 2.0
"""The worth of a clause on the whole of that section."""

PLANS: Final = ("Free", "Team", "Business", "Enterprise")
_PLAN: Final = "(?:Free|Team|Business|Enterprise)"
_NOTED: Final = rf"{_PLAN}(?: \([^)]{{1,40}}\))?"
_LIST: Final = rf"(?:all plans|every plan|{_NOTED}(?:(?:, | and ){_NOTED})*)"
_ALL: Final = re.compile(r"(?:all|every) plans?")
# "Goals are part of Business and Enterprise, milestones of Team, Business and Enterprise."
_CLAUSE: Final = re.compile(rf"; |, (?=(?!not |and )[\w -]{{3,40}} (?:(?:is|are) )?(?:part of|of|on|in) {_LIST})")
_AVAILABLE: Final = re.compile(
    rf"^(?P<subject>(?!On )[^:;]{{2,70}}?) (?:(?P<verb>is|are) (?:available |there )?(?:part of|on|in)|belongs? to)"
    rf" (?P<plans>{_LIST})(?P<tail>.*)$"
)
_SAME_FOR: Final = re.compile(rf"^(?P<subject>[^:;]{{2,40}}?) (?:of|on) (?P<plans>{_LIST})(?P<tail>.*)$")
_ON: Final = re.compile(rf"^On (?P<plans>{_LIST})\b(?! only)")
_PRONOUN: Final = re.compile(r"^(?:It|They|Both|These [a-z]+)$")

_NAME: Final = r"(free|team|business|enterprise)"
_A_PLAN: Final = r"(?:plan|tier|version|package|subscription|edition|customers?|licen[cs]e)s?\b"
_THEN: Final = (
    r"\W*$|[.,;:!?)]| (?:but|so|how|where|what|when|can|could|do|does|is|now|right now|at the moment|currently|here|yet"
    r"|will|would|i|we|if|too|as well|or (?:do|does|is|not|only|on|in))\b"
)
# Not "on the team", "for business", "feel free".
_NAMED: Final = (
    re.compile(rf"(?<!\bto )(?<!\bto the )(?<!\bfrom )(?<!\bfrom the )\b{_NAME}[ -]{_A_PLAN}", re.IGNORECASE),
    re.compile(rf"\bon {_NAME}(?={_THEN}| (?:and|or)\b)", re.IGNORECASE),
    re.compile(rf"\b(?:have|got|using|use|in|with) {_NAME}(?={_THEN})", re.IGNORECASE),
    re.compile(rf"\bneed {_NAME} (?:for|to)\b", re.IGNORECASE),
    re.compile(rf"\b(?:does|can|will|has) {_NAME} (?:have|includes?|contain|get|come)\b", re.IGNORECASE),
)
_ASKS_PLAN: Final = re.compile(
    r"\b(?:wh?ich|what) (?:(?:one )?of (?:your|the|our) )?(?:plans?|tier|subscription|edition|package)\b"
    r"|\b(?:included|part of|available|contained|comes?|need to upgrade|have to upgrade|must (?:i|we) upgrade)\b"
    r"|\b(?:need|does|has) (?:the )?(?:free|team|business|enterprise)\b",
    re.IGNORECASE,
)
_YES_OR_NO: Final = re.compile(r"\b(?:is|are|do|does|can|could|may|will|has|have)\b", re.IGNORECASE)
_OF_PLANS: Final = frozenset(
    stems("plan free team business enterprise included includes contain part upgrade workspace customer version")
)


@dataclass(frozen=True, slots=True)
class PlanLead:
    """What an answer says first on the plans. `lacks`: the customer's plan has not got it. `source`: the sentence of
    the article that it says, which is not said again."""

    text: str
    source: str = ""
    lacks: bool = False


@dataclass(frozen=True, slots=True)
class _Clause:
    """What an article says on the plans of `subject`. Without `plans`, only the sentence as it stands is safe. `near`:
    in the section that answers. `of_section`: of all that a section tells; `of_article`: of all the article tells, and
    `matter` is what that is about."""

    subject: str
    wording: str
    plans: tuple[str, ...] = ()
    source: str = ""
    near: bool = False
    of_section: bool = False
    of_article: bool = False
    matter: frozenset[str] = frozenset()

    def worth(self, asked: Collection[str]) -> float:
        """How well it fits a question; nothing where it is about something else."""
        said = set(stems(self.subject))
        shared = len(said & set(asked))
        if self.of_section:
            # What is asked of the article's whole matter is not told by the plans of one of its sections.
            own = len(said & (set(asked) - self.matter))
            return (CERTAIN if self.near else NEAR) * float(
                own > 0 and (self.near or own >= ABOUT_IT * len(set(asked)))
            )
        whole = len(said) if self.plans else len(set(asked))
        return shared / whole + NEAR * self.near if shared >= ABOUT_IT * whole and shared else 0.0


def plan_of(text: str) -> str:
    """The one plan that a customer writes of as theirs; nothing where none is named, or several."""
    named = {found.lower() for pattern in _NAMED for found in pattern.findall(text[:LIMIT])}
    return named.pop().capitalize() if len(named) == 1 else ""


def asks_for_plan(text: str) -> bool:
    """Whether a question is which plan has something."""
    return bool(_ASKS_PLAN.search(text[:LIMIT]))


def plan_lead(choice: Choice, plan: str) -> PlanLead | None:
    """What the article of `choice` says on the plans that have what is asked for. None where it says nothing, and
    where nobody wants to know: `plan`, the customer's, is not named, and no plan is asked for."""
    asked = choice.ask.kind == "which" or asks_for_plan(choice.ask.text)
    if choice.ask.kind == "amount" or choice.hit.slug == "plans" or not (plan or asked):
        return None
    found = _nearest(choice, plan)
    if found is None:
        return None
    wording = found.wording[0].upper() + found.wording[1:]
    if not found.plans:
        return PlanLead(wording, found.source) if asked or choice.ask.kind == "possible" else None
    if plan and plan not in found.plans:
        return PlanLead(f"{wording}, so not of {plan}.", found.source, lacks=True)
    if asked or (plan and choice.ask.kind == "possible"):
        # "Yes" only to what the clause is about, not to whatever else is asked of it.
        beyond = set(stems(choice.ask.text)) - _OF_PLANS - set(stems(found.subject)) - found.matter
        yes = plan and not beyond and _YES_OR_NO.search(choice.ask.text)
        return PlanLead(f"{'Yes: ' if yes else ''}{wording}.", found.source)
    # Who has a plan with everything need not be told so; on Free one may well doubt it.
    return PlanLead(f"{wording}.", found.source) if plan == "Free" else None


def _nearest(choice: Choice, plan: str) -> _Clause | None:
    """The clause that is about what is asked, or about the whole article if no other is; not if the section that
    answers tells of the customer's plan itself."""
    asked = set(stems(choice.ask.text)) - _OF_PLANS
    clauses = list(_clauses(choice, plan))
    best = max(clauses, key=lambda clause: clause.worth(asked), default=None)
    narrower = next((clause for clause in clauses if clause.of_section and clause.near), None)
    if narrower is not None and narrower is not best and asked - narrower.matter:
        # The section that answers is not on all plans of its article, and may be what is asked for.
        return None
    if best is not None and best.worth(asked) > 0:
        return best
    if plan and re.search(rf"\b{plan}\b", choice.passage.content):
        return None
    return next((clause for clause in clauses if clause.of_article), None)


def _clauses(choice: Choice, plan: str) -> Iterator[_Clause]:
    whole = frozenset(stems(f"{matter(choice.hit)} {choice.hit.title} {choice.hit.slug}"))
    others = (passage for passage in choice.hit.passages if passage.id != choice.passage.id)
    for passage in (choice.passage, *others):
        near = passage.id == choice.passage.id
        lines = (line for block in blocks(passage.content) if block.kind == "text" for line in block.lines)
        for number, sentence in enumerate(sentence for line in lines for sentence in sentences(line)):
            on = None if number else _ON.match(sentence)
            if on and "Enterprise" in (plans := _plans(on["plans"])):
                about = f"{passage.section} {sentence}"
                yield _Clause(about, f"this is part of {on['plans']}", plans, near=near, of_section=True, matter=whole)
                continue
            pieces = enumerate(_CLAUSE.split(sentence))
            parsed = [clause for at, piece in pieces if (clause := _parsed(piece, choice.hit, later=at > 0))]
            for clause in parsed:
                source = sentence if clause.source == sentence.rstrip(".") else ""
                yield replace(clause, source=source, near=near, of_article=clause.of_article and not passage.section)
            if not parsed and _tells(sentence, plan) and not LEANS_BACK.match(sentence):
                yield _Clause(sentence, sentence, source=sentence, near=near)


def _tells(sentence: str, plan: str) -> bool:
    """Whether a sentence that can stand alone names the customer's plan, or those from one plan up."""
    listed = any("Enterprise" in found for found in re.findall(_LIST, sentence))
    return sentence.endswith(".") and (listed or bool(plan and re.search(rf"\b{plan}\b", sentence)))


def _parsed(piece: str, hit: Hit, *, later: bool) -> _Clause | None:
    """A part of a sentence that says which plans have something, from one plan up. A `later` one may lack its verb."""
    piece = piece.rstrip(".")
    found = _AVAILABLE.match(piece) or (_SAME_FOR.match(piece) if later else None)
    if found is None or "Enterprise" not in (plans := _plans(found["plans"])):
        return None
    subject, tail, name = found["subject"], found["tail"], matter(hit)
    of_article = bool(_PRONOUN.match(subject)) or set(stems(subject)) == set(stems(name))
    subject = name if of_article else subject
    verb = None if of_article else found.groupdict().get("verb")
    are = verb or ("are" if _is_plural(subject) else "is")
    where = f"part of {found['plans']}"
    if len(plans) == len(PLANS):
        where = f"on all plans{tail if tail.startswith(':') else ''}"
    whole = not tail or tail.startswith((", not of", ", Free included", ":"))
    return _Clause(subject, f"{subject} {are} {where}", plans, piece if whole else "", of_article=of_article)


def _plans(listed: str) -> tuple[str, ...]:
    return PLANS if _ALL.fullmatch(listed) else tuple(name for name in PLANS if name in listed)


def _is_plural(subject: str) -> bool:
    return (subject.endswith("s") and not subject.endswith("ss")) or " and " in subject
