"""The part of CloudEvents SQL that a filter needs: comparisons, LIKE, EXISTS, AND, OR, NOT and parentheses.

    expression  := term (AND term)* | term (OR term)*
    term        := "(" expression ")" | NOT "(" expression ")" | [NOT] EXISTS attribute | comparison
    comparison  := operand ("=" | "!=" | "<>") operand | attribute [NOT] LIKE string
    operand     := attribute | string

What is read means here what it means on a cluster, and what might not is refused: AND beside OR, or NOT before a
comparison, need parentheses. An attribute that is missing makes the whole expression false, as every error of
evaluation does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

Attributes = Mapping[str, str]
Filter = Callable[[Attributes], bool]
_Operand = Callable[[Attributes], str]

_TOKEN = re.compile(
    r"""\s*(?:(?P<string>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")|(?P<word>[A-Za-z][A-Za-z0-9]*)|(?P<sign>!=|<>|[=()]))"""
)
_KEYWORDS = {"AND", "OR", "XOR", "NOT", "LIKE", "IN", "EXISTS", "TRUE", "FALSE"}


class _MissingAttribute(Exception):
    """The event has no attribute of this name."""


def parse(text: str) -> Filter:
    """The filter that `text` describes. Raises `ValueError` when it uses more than is known here."""
    reader = _Reader(text, _tokens(text))
    expression = reader.expression()
    if reader.left:
        raise reader.refusal()

    def matches(attributes: Attributes) -> bool:
        try:
            return expression(attributes)
        except _MissingAttribute:
            return False

    return matches


def _tokens(text: str) -> list[str]:
    tokens, position, end = [], 0, len(text.rstrip())
    while position < end:
        match = _TOKEN.match(text, position)
        if match is None:
            raise ValueError(f"cesql {text!r}: {text[position:].strip()!r} is not supported")
        tokens.append(match[0].strip())
        position = match.end()
    return tokens


@dataclass
class _Reader:
    """Reads the tokens from left to right."""

    text: str
    left: list[str] = field(default_factory=list)

    def expression(self) -> Filter:
        parts = [self._term()]
        joint = self._next_keyword()
        if joint not in ("AND", "OR"):
            return parts[0]
        while self._take(joint):
            parts.append(self._term())
        if self._next_keyword() in ("AND", "OR"):
            raise ValueError(f"cesql {self.text!r}: AND beside OR needs parentheses")
        decide = all if joint == "AND" else any
        return lambda attributes: decide(part(attributes) for part in parts)

    def refusal(self) -> ValueError:
        return ValueError(f"cesql {self.text!r}: {self.left[0] if self.left else 'its end'!r} is not supported here")

    def _term(self) -> Filter:
        if self._take("NOT"):
            if self._next_keyword() not in ("(", "EXISTS"):
                raise ValueError(f"cesql {self.text!r}: NOT needs parentheses")
            inner = self._term()
            return lambda attributes: not inner(attributes)
        if self._take("("):
            inner = self.expression()
            self._need(")")
            return inner
        if self._take("EXISTS"):
            name = self._attribute()
            return lambda attributes: name in attributes
        return self._comparison()

    def _comparison(self) -> Filter:
        is_attribute = self._is_attribute()
        left = self._operand()
        if is_attribute and self._next_keyword() in ("LIKE", "NOT"):
            negated = self._take("NOT")
            self._need("LIKE")
            pattern = _pattern(self._string())
            return lambda attributes: (pattern.fullmatch(left(attributes)) is None) == negated
        if self._take("="):
            right = self._operand()
            return lambda attributes: left(attributes) == right(attributes)
        if self._take("!=") or self._take("<>"):
            right = self._operand()
            return lambda attributes: left(attributes) != right(attributes)
        raise self.refusal()

    def _operand(self) -> _Operand:
        if self._is_attribute():
            name = self._attribute()

            def value(attributes: Attributes) -> str:
                if name not in attributes:
                    raise _MissingAttribute(name)
                return attributes[name]

            return value
        text = self._string()
        return lambda _: text

    def _attribute(self) -> str:
        if not self._is_attribute():
            raise self.refusal()
        return self.left.pop(0)

    def _string(self) -> str:
        if not self.left or self.left[0][0] not in "'\"":
            raise self.refusal()
        return re.sub(r"\\(['\"])", r"\1", self.left.pop(0)[1:-1])

    def _is_attribute(self) -> bool:
        return bool(self.left) and self._next_keyword() not in _KEYWORDS and self.left[0].isalnum()

    def _next_keyword(self) -> str:
        return self.left[0].upper() if self.left else ""

    def _take(self, token: str) -> bool:
        if self._next_keyword() != token:
            return False
        self.left.pop(0)
        return True

    def _need(self, token: str) -> None:
        if not self._take(token):
            raise self.refusal()


def _pattern(text: str) -> re.Pattern[str]:
    """LIKE's pattern: % for any characters, _ for one, a backslash before either for itself."""
    pieces = re.findall(r"\\[%_]|.", text, re.DOTALL)
    wild = {"%": ".*", "_": "."}
    return re.compile("".join(wild.get(piece) or re.escape(piece[-1]) for piece in pieces), re.DOTALL)
