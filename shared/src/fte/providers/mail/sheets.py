"""Style sheets in mails: their rules, and which of them an element falls under.

A selector counts by the element that it names last and by what must stand around that. Which of the elements around
stands in which, and what stands beside, is not looked at: rather is a text taken for hidden that is not.
"""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from dataclasses import dataclass
from typing import Final

from fte.providers.mail.declared import Style, declarations, unescaped, without_comments

_MARK: Final = re.compile(r"\\.|[{};]", re.DOTALL)
_SIMPLE: Final = re.compile(r"([.#]?)([\w-]+)|(\*)|\[\s*([\w-]+)\s*([^\]]{0,200})\]|::?([\w-]+)")
_ATTRIBUTE: Final = re.compile(r"(~?=)\s*[\"']?([^\"'\s]{1,100})[\"']?")
_BRACKETS: Final = re.compile(r"\([^()]{0,200}\)")
_BESIDE: Final = re.compile(r"\s*[+~]\s*")
_PLACES: Final = frozenset({
    "link", "any-link", "root", "scope", "enabled", "first-child", "last-child", "only-child", "nth-child",
    "nth-last-child", "first-of-type", "last-of-type", "only-of-type", "nth-of-type", "nth-last-of-type",
})  # fmt: skip
"""What says where an element stands counts as true; what says in which state it is (`:hover`) does not."""

_GROUPS: Final = ("@media", "@supports", "@layer", "@container", "@scope", "@document", "@-moz-document")
_NARROW: Final = re.compile(r"(max|min)-(?:device-)?width\s*:\s*(\d{1,6}\.?\d{0,3})(px|em|rem)")
_SCREEN: Final = 1_000.0
_OTHER_SCREENS: Final = ("print", "speech", "aural", "tty", "projection", "handheld", "dark", "portrait")
_MAX_SHEET: Final = 100_000
_MAX_RULES: Final = 1_000
_MAX_NAMES: Final = 20
_MAX_CHECKS: Final = 300_000
"""Honest mails need some ten thousand. Once they are used up, what a rule may be about counts as hidden."""


def names_of(tag: str, attributes: Mapping[str, str]) -> frozenset[str]:
    """An element as selectors name it: `p`, `.note`, `#top`, `[align`, `[align=left`."""
    names = ["*", tag]
    names += {f".{name}" for name in attributes.get("class", "").lower().split()[:20]}
    if identity := attributes.get("id", "").strip().lower():
        names.append(f"#{identity}")
    for name, value in attributes.items():
        names += [f"[{name}", f"[{name}={value.strip().lower()}"]
    return frozenset(names)


def on_a_screen(media: str) -> bool:
    """Whether a rule for these media holds in a mail program on a desk. What is not known does."""
    return any(_is_of_a_screen(query.strip()) for query in media.lower().split(",")[:20])


@dataclass(frozen=True, slots=True)
class _Rule:
    own: frozenset[str]
    around: frozenset[str]
    weight: tuple[int, int, int, int]
    style: Style


class Sheet:
    """The rules of all sheets of a mail."""

    def __init__(self) -> None:
        self._by_name: dict[str, list[_Rule]] = {}
        self._count = 0
        self._checks = _MAX_CHECKS

    def add(self, text: str) -> None:
        """Take in the rules of a sheet, those in groups and in other rules as well."""
        text = without_comments(text[:_MAX_SHEET])
        blocks: list[tuple[str, bool, list[str]]] = []
        at = 0
        for match in _MARK.finditer(text):
            mark = match.group()
            if mark.startswith("\\"):
                continue
            piece, at = text[at : match.start()].strip(), match.end()
            if mark == "{":
                holds = (not blocks or blocks[-1][1]) and _holds(piece.lower())
                blocks.append((piece, holds, []))
            elif blocks:
                blocks[-1][2].append(piece)
                if mark == "}":
                    self._rule(*blocks.pop())
        # The end of a sheet ends what is open in it.
        if blocks:
            blocks[-1][2].append(text[at:])
        while blocks:
            self._rule(*blocks.pop())

    def style(self, names: frozenset[str], around: Container[str]) -> Style:
        """The style of an element of these names within elements of those."""
        found: list[_Rule] = []
        for name in names:
            rules = self._by_name.get(name, ())
            self._checks -= len(rules)
            if rules and self._checks < 0:
                return {"display": "none"}
            found += [rule for rule in rules if rule.own <= names and all(other in around for other in rule.around)]
        style: Style = {}
        for rule in sorted(found, key=lambda rule: rule.weight):
            style |= rule.style
        return style

    def _rule(self, selectors: str, holds: bool, pieces: list[str]) -> None:
        if not holds or selectors.startswith("@"):
            return
        style = declarations(";".join(pieces))
        if not style:
            return
        for selector in _BRACKETS.sub("", unescaped(selectors[:2_000])).lower().split(","):
            read = _read(selector)
            if read is None or self._count >= _MAX_RULES:
                continue
            self._count += 1
            own, around = read
            every = (*own, *around)
            weight = (
                sum(name.startswith("#") for name in every),
                sum(name.startswith((".", "[")) for name in every),
                sum(name[0].isalnum() for name in every),
                self._count,
            )
            # Under its rarest name, so that few elements ask for it.
            key = min(own, key=lambda name: ("#.[".find(name[0]) % 9, name == "*", name))
            self._by_name.setdefault(key, []).append(_Rule(own, around, weight, style))


def _holds(selector: str) -> bool:
    if not selector.startswith("@"):
        return True
    return selector.startswith(_GROUPS) and (not selector.startswith("@media") or on_a_screen(selector[6:]))


def _is_of_a_screen(query: str) -> bool:
    if query.startswith("not "):
        return not _is_of_a_screen(query[4:].strip())
    if any(word in query for word in _OTHER_SCREENS):
        return False
    for side, amount, unit in _NARROW.findall(query):
        width = float(amount) * (1 if unit == "px" else 16)
        if (width < _SCREEN) if side == "max" else (width > _SCREEN):
            return False
    return True


def _read(selector: str) -> tuple[frozenset[str], frozenset[str]] | None:
    """What the element is called, and what must stand around it. None for what is not read."""
    # `a + b` is about b; an attribute may hold any mark, but nobody puts these there.
    around: set[str] = set()
    own: set[str] | None = None
    for step in selector.replace(">", " ").split("&")[-1].split():
        if own and step[0] not in "+~":
            around |= own
        beside = _BESIDE.split(step) if "[" not in step else [step]
        read = _compound(beside[-1]) if beside[-1] else set()
        if read is None:
            return None
        own = read
    if not own or len(own) > _MAX_NAMES:
        return None
    return frozenset(own), frozenset(sorted(around - {"*"})[:_MAX_NAMES])


def _compound(text: str) -> set[str] | None:
    names: set[str] = {"*"}
    at = 0
    while at < len(text):
        match = _SIMPLE.match(text, at)
        if match is None or match.end() == at:
            return None
        at = match.end()
        mark, name, _, attribute, test, state = match.groups()
        if state and state not in _PLACES:
            return None
        if name:
            names.add(mark + name)
        elif attribute:
            names.add(_attribute(attribute, test.strip()))
    return names


def _attribute(name: str, test: str) -> str:
    match = _ATTRIBUTE.fullmatch(test)
    if match is None:
        # Of a part of a value it is only asked that there is one.
        return f"[{name}"
    if name in ("class", "id"):
        return (".", "#")[name == "id"] + match.group(2)
    return f"[{name}={match.group(2)}"
