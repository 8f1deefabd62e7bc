"""Which section of which article answers a question, and which of its sentences says it."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final
from uuid import UUID

from fte.knowledge.search import Hit, Passage
from fte_agent.answering.plain_text import blocks, sentences
from fte_agent.answering.question import OF_ANY_MATTER, Ask, in_trouble, names_something
from fte_agent.answering.words import overlap, stems, weights

GOOD_ENOUGH: Final = 0.5
"""Below this score an article is usually the wrong one."""

_STEPS: Final = re.compile(r"^\s*\d{1,2}[.)]\s", re.MULTILINE)
_DIGIT: Final = re.compile(r"\d|\b(?:no limit|unlimited|any number)\b")
_NUMBER: Final = re.compile(r"\b(?:one|two|three|ten|hour|day|week|month|year|each|every)s?\b|\d")
_SPAN: Final = r"(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|quarters?)"
_MEASURES: Final = tuple(
    (re.compile(asked, re.IGNORECASE), re.compile(said, re.IGNORECASE))
    for asked, said in (
        (r"\bhow (?:often|frequently)\b",
         rf"\b(?:every|each|once|twice|per|times an?) |\b(?:daily|weekly|hourly)\b"
         rf"|\b(?:after|within) [\w-]+ {_SPAN}\b"),
        (r"\b(?:how (?:long|soon|fast|late|early)|when|until when|by when|from when)\b",
         rf"\b[\w-]+ {_SPAN}\b|\b(?:at once|immediately|at the end of|at any time|o'clock)\b"
         r"|\b\d{1,2}(?::\d\d| [ap]m)\b"),
        (r"\b(?:how (?:big|large)|biggest|largest|what size)\b", r"\b\d[\d.,]* ?[KMGT]B\b|\bpixels?\b"),
        (r"\bwhat times?\b", r"\b\d{1,2}(?::\d\d| ?[ap]m)\b"),
    )
)  # fmt: skip
"""What a figure looks like that tells how often, how long, how large."""
_PLANS: Final = re.compile(r"\b(?:Free|Team|Business|Enterprise|all plans|every plan)\b")
_KIND_WORDS: Final[Mapping[str, str]] = {"which": "plan", "amount": "limit"}
_PLAN_ASKED: Final = re.compile(r"\b(?:free|team|business|enterprise)\b")
_DEEDS: Final = frozenset(stems("create add edit rename name move"))
_LAST_SECTION: Final = re.compile(r"not supported|contact us|not possible|cannot do", re.IGNORECASE)
_OF_AMOUNTS: Final = re.compile(
    r"\b(?:max\w*|limits?|how (?:many|much|long|big|often|fast|soon)|sizes?|allowed|hours|times|when)\b", re.IGNORECASE
)
_ABSENT: Final = re.compile(
    r"\b(?:not supported|there (?:is|are) no|does not exist|do not exist|cannot be|is not possible|has no|have no)\b",
    re.IGNORECASE,
)
_CONSEQUENCES: Final = re.compile(
    r"\bwhat (?:happens|becomes|will happen)\b|\b(?:lose|lost|keep|kept|gone|survive)\b", re.IGNORECASE
)
_EXISTS: Final = re.compile(
    r"^\W*(?:(?:hi|hello|hey|and|so|but|also)\W+)*(?:(?:do|does) (?:you|it|they|techcorp|your \w+|the \w+)"
    r" (?:also |even )?(?:have|has|offer|provide|support|integrate|work|connect|sync|run|come|exist)\b"
    r"|(?:is|are) there (?!(?:an? |any |some )?(?:\w+ )?(?:ways?|options?|possibilit\w+|settings?|buttons?|limits?)\b)"
    r"|can (?:i|we|you|one) (?:use|connect|integrate|combine) )",
    re.IGNORECASE,
)
"""Asks whether there is such a thing: an article's beginning tells."""
_WHERE_KEPT: Final = re.compile(r"\b(?:where|which country|what country|how long)\b", re.IGNORECASE)

UNKNOWN_WORD: Final = 1.5
"""What a word of the question weighs that no passage has: a section cannot fit it all."""
FOR_THE_WHOLE: Final = 2.0
"""How much less (in log odds) a find of the whole message counts for one of its questions than one of its own."""

TOLD: Final = 2.0
"""How much less (in log odds) a section fits that this ticket was given before."""

UNASKED: Final = 0.3
"""How near, as a cosine, are questions that have nothing in common: what a section has that answers no known one."""

AWAY: Final = 0.05
"""The score of an article that a search did not find."""
FOR_BOTH: Final = 1.0
"""What an article gains (in log odds) that is rated by a message alone and together with the one before it: each of
the two searches is half of the evidence."""

MOST_OF: Final = 0.6
"""The share of words that a sentence has which denies that there is such a thing."""

SPEAKS_OF: Final = 0.6
"""The share of a question's words that an article has which was not found for it, and may have its answer all the
same."""

MEANS_THE_SAME: Final = 0.6
"""The cosine of two questions from which on they mostly ask for the same."""
ON_IT: Final = 0.3
"""The share of a question's words that a section has which says something on it."""

WEIGHTS: Final[Mapping[str, float]] = {
    "meaning": 5.2,
    "asked": 8.0,
    "article": 10.0,
    "heading": 0.3,
    "text": 1.3,
    "around": 2.1,
    "steps for how": 0.5,
    "number for amount": 0.7,
    "amount in heading": 0.8,
    "plan asked": 1.7,
    "trouble for trouble": 0.6,
    "consequences": 0.9,
    "beginning for a fact": -1.1,
    "beginning": -2.5,
    "beginning for what exists": 3.0,
    "end for a fact": 0.6,
}
"""How much each feature of a section tells, fitted by eval/answers/fit.py, which tells how often the first is right.
Three are set by judgement, "asked" a little lower and "article" higher, because most of what is fitted with asks for
small facts, and "beginning for what exists": steps come after that there is something."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The section that answers a question, how well, how likely it is the right one among all, and whether it was told
    before: then no more of it is wanted than what answers."""

    ask: Ask
    hit: Hit
    passage: Passage
    fit: float
    likely: float = 1.0
    told: bool = False


def choose(ask: Ask, hits: Sequence[Hit], skip: Collection[UUID] = (), told: Collection[UUID] = ()) -> Choice | None:
    """The section of `hits` that fits `ask` best, without those in `skip`; None when no article is good enough."""
    return next(iter(ranked(ask, hits, skip, told)), None)


def ranked(ask: Ask, hits: Sequence[Hit], skip: Collection[UUID] = (), told: Collection[UUID] = ()) -> list[Choice]:
    """The sections of all articles that are good enough, the one that fits `ask` best first. Those that were `told`
    before are told again only if they are asked for."""
    choices = [
        replace(choice, fit=choice.fit - TOLD) if choice.passage.id in told else choice
        for choice in _all_of(ask, tuple(hit for hit in hits if hit.score >= GOOD_ENOUGH))
        if choice.passage.id not in skip
    ]
    total = sum(math.exp(choice.fit) for choice in choices)
    choices.sort(key=lambda choice: -choice.fit)
    return [replace(choice, likely=math.exp(choice.fit) / total) for choice in choices]


@lru_cache(maxsize=64)  # what else may be right is looked for after what is: the same sections, but for the chosen ones
def _all_of(ask: Ask, hits: tuple[Hit, ...]) -> tuple[Choice, ...]:
    weight = weights_of(hits)
    return tuple(
        Choice(ask, hit, passage, score(features(ask, hit, passage, weight)))
        for hit in hits
        for passage in hit.passages
        if passage.content
    )


def merged(whole: Sequence[Hit], part: Sequence[Hit], ask: Ask) -> tuple[Hit, ...]:
    """The articles found for one question of a message; where that found none, those of the whole message, less sure:
    "is there any guide?" finds its article only by the sentences around it. A question that leans on them is about
    what the whole message is about, and for one that stands in one sentence with others both searches count. One with
    a matter of its own has no answer in an article that does not speak of it."""
    leans, names = ask.leans, names_something(ask.text)
    if names and leans and not ask.joined:
        # It was looked up with the sentences around it as well, which have an article of their own.
        part = [hit for hit in part if _speaks_of(hit, ask)]
    found_own = any(hit.score >= GOOD_ENOUGH for hit in part)
    if names and not found_own:
        whole = [hit for hit in whole if _speaks_of(hit, ask)]
    if ask.joined and not leans:
        return blended(whole, part)
    if not leans and found_own:
        return tuple(part)
    if leans and whole and whole[0].score >= GOOD_ENOUGH:
        among = {hit.slug for hit in whole}
        part = [hit if hit.slug in among else replace(hit, score=_less_sure(hit.score)) for hit in part]
    found: dict[str, Hit] = {hit.slug: hit for hit in part}
    for hit in whole:
        score = hit.score if leans else _less_sure(hit.score)
        other = found.get(hit.slug)
        if other is None:
            passages = hit.passages
            if not leans:
                passages = tuple(replace(passage, score=_less_sure(passage.score)) for passage in passages)
            found[hit.slug] = replace(hit, score=score, passages=passages)
        elif other.score < score:
            found[hit.slug] = replace(other, score=score)
    return tuple(sorted(found.values(), key=lambda hit: (-hit.score, hit.slug)))


def _speaks_of(hit: Hit, ask: Ask) -> bool:
    said = {word for passage in hit.passages for word in stems(passage.whole)}
    asked = set(_asked(ask)) - OF_ANY_MATTER - _DEEDS
    return len(asked & said) >= SPEAKS_OF * len(asked)


def blended(joint: Sequence[Hit], alone: Sequence[Hit]) -> tuple[Hit, ...]:
    """The articles for words that come with others: `joint` was found with all of them, `alone` with these. What only
    `joint` has is about the other matter, what only `alone` has may be a slip: what both have is meant."""
    found = {hit.slug: hit for hit in (*alone, *joint)}
    of_joint, of_alone = ({hit.slug: hit for hit in hits} for hits in (joint, alone))
    both = []
    for slug, hit in found.items():
        one, other = of_joint.get(slug), of_alone.get(slug)
        passages = hit.passages
        if one and other:
            alone_found = {passage.id: passage for passage in other.passages}
            passages = tuple(_both(passage, alone_found.get(passage.id)) for passage in one.passages)
        score = _half_each(one.score if one else AWAY, other.score if other else AWAY)
        both.append(replace(hit, score=_likelihood(log_odds(score) + FOR_BOTH), passages=passages))
    return tuple(sorted(both, key=lambda hit: (-hit.score, hit.slug)))


def _both(joint: Passage, alone: Passage | None) -> Passage:
    score = _half_each(joint.score, alone.score if alone else AWAY)
    asked = joint.asked
    if asked is not None and alone and alone.asked is not None:
        asked = (asked + alone.asked) / 2
    return replace(joint, score=score, asked=asked)


def weights_of(hits: Iterable[Hit]) -> Mapping[str, float]:
    """How much each word tells one passage of `hits` from the others."""
    return weights(tuple(passage.whole for hit in hits for passage in hit.passages))


def direct_sentence(ask: Ask, candidates: Sequence[str], weight: Mapping[str, float]) -> tuple[int, float]:
    """The index of the sentence that answers a question for a fact, and its worth (0 to 1.7)."""
    asked = _asked(ask)
    plans = set(_PLAN_ASKED.findall(ask.about.lower()))
    worth = [0.0] * len(candidates)
    figure = figure_of(ask.text)
    # The number of a step is no figure.
    for index, sentence in enumerate(_STEPS.sub("", candidate) for candidate in candidates):
        worth[index] = overlap(asked, stems(sentence), weight, UNKNOWN_WORD) - 0.002 * index
        if ask.kind == "amount":
            # What has no figure does not tell how many, whatever else it has.
            worth[index] = worth[index] + 0.3 if figure.search(sentence) else worth[index] * 0.4
        if ask.kind in ("which", "possible", "amount") and _PLANS.search(sentence):
            worth[index] += 0.1 if ask.kind != "which" else 0.4
            worth[index] += 0.2 * (ask.kind == "amount" and bool(plans & set(_PLAN_ASKED.findall(sentence.lower()))))
    best = max(range(len(candidates)), key=worth.__getitem__)
    return best, worth[best]


def figure_of(asked: str) -> re.Pattern[str]:
    """What tells the amount that is asked for: a time for "how long", a size for "how big", else any figure."""
    return next((said for kind, said in _MEASURES if kind.search(asked)), _DIGIT)


def score(found: Mapping[str, float]) -> float:
    """A section's features, weighed."""
    return sum((WEIGHTS[name] * value for name, value in found.items()), 0.0)


def features(ask: Ask, hit: Hit, passage: Passage, weight: Mapping[str, float]) -> dict[str, float]:
    """What speaks for and against a section (see `WEIGHTS`): its meaning and words, and whether it gives the kind of
    answer that is wanted."""
    asked, whole = _asked(ask), passage.whole
    if not asked:
        # "How do I set it up?" has its words before it.
        asked = stems(ask.about)
    fact, amount = ask.kind in ("amount", "which", "possible"), ask.kind == "amount"
    plans = set(_PLAN_ASKED.findall(ask.about.lower())) & {name.lower() for name in _PLANS.findall(whole)}
    # A heading in quotes is the text of an error.
    troubled = in_trouble(passage.section) or passage.section.startswith('"')
    last = bool(_LAST_SECTION.search(passage.section))
    return {
        "meaning": _evidence(passage.score),
        "asked": UNASKED if passage.asked is None else max(UNASKED, passage.asked),
        "article": _evidence(hit.score),
        "heading": overlap(asked, stems(passage.section), weight, UNKNOWN_WORD),
        "text": overlap(asked, stems(passage.content), weight, UNKNOWN_WORD),
        "around": overlap(stems(ask.about), stems(whole), weight, UNKNOWN_WORD),
        "steps for how": float(ask.kind == "how" and has_steps(passage)),
        "number for amount": float(amount and bool(_NUMBER.search(passage.content))),
        "amount in heading": float(amount and bool(_OF_AMOUNTS.search(passage.section))),
        "plan asked": float(fact and bool(plans)),
        "trouble for trouble": float(troubled and ask.kind == "trouble"),
        "consequences": float(
            bool(_CONSEQUENCES.search(ask.text) and _CONSEQUENCES.search(passage.section))
            and not _WHERE_KEPT.search(ask.text)
        ),
        "beginning for a fact": float(fact and not passage.section),
        "beginning": float(not fact and not passage.section),
        "beginning for what exists": float(not passage.section and bool(_EXISTS.match(ask.text)))
        * overlap(asked, stems(f"{hit.title} {passage.content}"), weight, UNKNOWN_WORD),
        "end for a fact": float(fact and last),
    }


def _asked(ask: Ask) -> tuple[str, ...]:
    """The words that tell what is asked: "which plan has the timeline?" is about the timeline, "is there a limit on
    labels?" about labels."""
    words = stems(ask.text)
    return tuple(word for word in words if word != _KIND_WORDS.get(ask.kind)) or words


def has_steps(passage: Passage) -> bool:
    """Whether a section has steps to follow."""
    return bool(_STEPS.search(passage.content))


def says_something_on(choice: Choice, ask: Ask) -> bool:
    """Whether a section that was chosen for another question has the words of this one, too, or is known to answer one
    that means the same."""
    if (choice.passage.asked or 0.0) >= MEANS_THE_SAME:
        return True
    words = stems(choice.passage.whole)
    return overlap(stems(ask.text), words, weights_of([choice.hit]), UNKNOWN_WORD) >= ON_IT


def share_told(choice: Choice, words: Collection[str]) -> float:
    """The share of `words` that the article's title, its beginning and the chosen section have."""
    beginning = (passage.content for passage in choice.hit.passages if not passage.section)
    said = stems(" ".join((choice.hit.title, choice.passage.section, choice.passage.content, *beginning)))
    return len(set(words) & set(said)) / len(set(words)) if words else 0.0


def denies(choice: Choice, words: Collection[str]) -> bool:
    """Whether the article says of any of `words` that there is no such thing."""
    pieces = (
        piece
        for passage in choice.hit.passages
        for block in blocks(passage.content)
        for line in block.lines
        for piece in sentences(line)
    )
    return any(
        _ABSENT.search(piece) and len(set(words) & set(stems(piece))) >= MOST_OF * len(words) for piece in pieces
    )


def _evidence(score: float) -> float:
    # The search gives a likelihood; what it was made of adds up, and does not flatten out near 0 and 1.
    return log_odds(score) / 10


def log_odds(score: float, least: float = 0.0005) -> float:
    """The log odds of a likelihood that is taken for no less than `least`, and no more than one without it."""
    sure = min(max(score, least), 1 - least)
    return math.log(sure / (1 - sure))


def _likelihood(odds: float) -> float:
    return 1 / (1 + math.exp(-odds))


def _less_sure(score: float) -> float:
    return _likelihood(log_odds(score) - FOR_THE_WHOLE)


def _half_each(one: float, other: float) -> float:
    return _likelihood((log_odds(one) + log_odds(other)) / 2)
