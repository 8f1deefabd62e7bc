"""From a chosen section to the words of an answer: the direct answer first, steps whole and in order, the rest as it
fits."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from fte.knowledge.search import Hit, Passage
from fte_agent.answering.plain_text import Block, blocks, for_a_reply, sentences
from fte_agent.answering.question import OF_ANY_MATTER, Ask
from fte_agent.answering.selection import UNKNOWN_WORD, Choice, direct_sentence, weights_of
from fte_agent.answering.words import overlap, stems

FACT: Final = 2.0
"""What the sentence gains that says the fact asked for: it is never left out."""

WORTH_SAYING: Final = 0.2
"""The worth from which on a sentence has something to do with a question."""
POINTS: Final = 2
_WHERE: Final = re.compile(r"\bwhere\b", re.IGNORECASE)
_ITEM: Final = re.compile(r"^\s*(?:\d{1,2}[.)]|[-*])\s+")

Fits = Callable[[str], bool]
"""Whether a text has room where it goes."""

LEANS_BACK: Final = re.compile(
    r"^(?:[\w']+,? ){1,4}(?:they|them|he|she|these|those|then|it)\b"
    r"|^(?:For example|It|They|That|This|These|Those|Then|Such|Both"
    r"|There|Also|Otherwise|Instead|Later|After that|From then|Afterwards|So"
    r"|And|But|Above it|The (?:latter|former|link|file|rest|others?|next|same|mail|list))\b"
)
_NEGATIVE: Final = re.compile(
    r"\b(?:not|no|cannot|never|none|nobody|nothing|without|only|unless|except|until|refused|n't)\b|n't\b", re.IGNORECASE
)
_OF_LIMITS: Final = re.compile(r"what is not (?:supported|possible)", re.IGNORECASE)
_SOME_PLANS: Final = re.compile(r"\b(?:Free|Business|Enterprise)\b")


@dataclass(frozen=True, slots=True)
class _Unit:
    """A sentence, or a list with the line that leads to it. `paragraph` tells which ones stand together."""

    text: str
    paragraph: int
    is_list: bool
    gain: float = 0.0


def compose(choice: Choice, fits: Fits, said: str = "", *, headed: bool = False) -> str:
    """The answer that `choice` gives, within what `fits`, without the sentences that were `said` already. Under its
    heading (`headed`) a section has its own sentences alone: there, those of another one would say something else.

    Left out first is what has least to do with the question, never a list of steps: steps are given whole.
    """
    weight = weights_of([choice.hit])
    asked = stems(choice.ask.text)
    whole = _units(blocks(choice.passage.content))
    units = [
        replace(unit, gain=1.0 if unit.is_list else overlap(asked, stems(unit.text), weight, UNKNOWN_WORD))
        for at, unit in enumerate(whole)
        # What leans on a sentence that was said elsewhere has lost it here.
        if unit.text not in said and not (at and whole[at - 1].text in said and LEANS_BACK.match(unit.text))
    ]
    if not units:
        return ""
    if choice.ask.kind in ("possible", "amount", "which", "explain"):
        units = _answer_first(choice, units, weight, said, headed=headed)
    while len(units) > 1 and not fits(_text(units)):
        last_resort = [unit for unit in units[1:] if not unit.is_list]
        if not last_resort:
            # A fact that was asked for is the answer; otherwise the steps are.
            leads = units[0].gain >= FACT
            last_resort = units[1:] if leads else [unit for unit in units if not unit.is_list]
        if not last_resort:
            break
        units.remove(min(last_resort, key=lambda unit: (unit.gain, -units.index(unit))))
    return _text(units)


def pointed(choice: Choice) -> str:
    """The sentences of a section that answer, or the steps where steps are wanted, at most `POINTS` beside what they
    lean on: the rest was told before. Nothing where none of them has a word of the question."""
    section = blocks(choice.passage.content)
    steps = tuple(block for block in section if block.kind == "steps") if choice.ask.kind == "how" else ()
    lines = [_ITEM.sub("", line, count=1) for block in steps or section for line in block.lines]
    pieces = [piece for line in lines for piece in for_a_reply(sentences(line)) if not piece.endswith(":")]
    asked, weight = stems(choice.ask.text), weights_of([choice.hit])
    chosen: set[int] = set()
    for _ in range(1 if choice.ask.kind in ("amount", "which") else POINTS):
        rest = set(asked).difference(*(stems(pieces[at]) for at in chosen))
        left = [at for at in range(len(pieces)) if at not in chosen and (not chosen or rest & set(stems(pieces[at])))]
        if not left:
            break
        ask = replace(choice.ask, text=choice.ask.text if not chosen else " ".join(sorted(rest)))
        at, worth = direct_sentence(ask, [pieces[at] for at in left], weight)
        if worth < WORTH_SAYING:
            break
        chosen.add(left[at])
    if not chosen and asks_where(choice.ask):
        chosen.update([at for at, piece in enumerate(pieces) if " > " in piece][:1])
    leant_on = {at - 1 for at in chosen if at and LEANS_BACK.match(pieces[at])}
    return " ".join(pieces[at] for at in sorted(chosen | leant_on))


def asks_where(ask: Ask) -> bool:
    """Whether a place is asked for: one step of many tells it."""
    return bool(_WHERE.search(ask.text))


def readable(markdown: str) -> str:
    """A whole section as a customer reads it in a reply: without what makes sense on its page only."""
    return _text(_units(blocks(markdown)))


def heading_of(passage: Passage) -> str:
    """A section's heading as it stands in a reply; an article's beginning has none."""
    return "What is not supported" if _OF_LIMITS.search(passage.section) else passage.section


def affirms(choice: Choice) -> bool:
    """Whether "yes" is a safe answer: it was asked whether something can be done, the section's heading names that, the
    section has all that was named, nothing in it denies or limits it, and no plan is named that may lack it."""
    if choice.ask.kind != "possible" or not choice.passage.section:
        return False
    asked = set(stems(choice.ask.text))
    named = asked & set(stems(choice.passage.section))
    beginning = next((passage.content for passage in choice.hit.passages if not passage.section), "")
    whole = choice.passage.whole
    if _NEGATIVE.search(whole) or _SOME_PLANS.search(f"{beginning} {whole}"):
        return False
    told = asked - OF_ANY_MATTER <= set(stems(whole))
    return told and len(named) >= 2 and len(named) >= len(asked) / 2


def _units(found: tuple[Block, ...]) -> list[_Unit]:
    units: list[_Unit] = []
    for paragraph, block in enumerate(found):
        if block.kind != "text":
            lead = ""
            if units and units[-1].text.endswith(":"):
                lead = f"{units.pop().text}\n"
            elif block.kind == "steps":
                lead = "Here are the steps:\n"
            units.append(_Unit(f"{lead}{block.text}", paragraph, is_list=True))
            continue
        units.extend(
            _Unit(sentence, paragraph, is_list=False)
            for line in block.lines
            for sentence in for_a_reply(sentences(line))
        )
    # A line that leads to a list which is not there leads nowhere.
    return [unit for unit in units if unit.is_list or not unit.text.endswith(":")]


def _answer_first(
    choice: Choice, units: list[_Unit], weight: Mapping[str, float], said: str, *, headed: bool
) -> list[_Unit]:
    """The sentence with the fact that was asked for comes first, wherever in the article it stands."""
    at, worth = direct_sentence(choice.ask, [unit.text for unit in units], weight)
    elsewhere = [] if headed else _facts(choice.hit, choice.passage.content)
    if elsewhere:
        other, other_worth = direct_sentence(choice.ask, elsewhere, weight)
        fact = choice.ask.kind in ("amount", "which")
        if (
            elsewhere[other] not in said
            and other_worth >= (0.6 if fact else 0.75)
            and other_worth > worth + (0.15 if fact else 0.25)
        ):
            return [_Unit(elsewhere[other], -1, is_list=False, gain=FACT), *units]
    if at == 0 or units[at].is_list or LEANS_BACK.match(units[at].text) or worth < 0.45:
        return units
    _, first_worth = direct_sentence(choice.ask, [units[0].text], weight)
    if worth < first_worth + 0.2:
        return units
    first = replace(units[at], paragraph=-1, gain=FACT)
    return [first, *units[:at], *units[at + 1 :]]


def _facts(hit: Hit, but: str) -> list[str]:
    """The sentences of the article's other sections that can stand alone."""
    return [
        unit.text
        for passage in hit.passages
        if passage.content != but
        for unit in _units(blocks(passage.content))
        if not unit.is_list and not LEANS_BACK.match(unit.text)
    ]


def _text(units: list[_Unit]) -> str:
    text = ""
    for before, unit in zip([None, *units], units, strict=False):
        if before is None:
            text = unit.text
        elif unit.is_list or before.is_list or before.paragraph != unit.paragraph:
            text += f"\n\n{unit.text}"
        else:
            text += f" {unit.text}"
    return text
