"""What a scenario expects of a turn, compared with what came of it. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fte_eval.observing import Observed
from fte_eval.scenario import Expect, listed


@dataclass(frozen=True, slots=True)
class Checked:
    """One check: what had to be, and what was."""

    name: str
    passed: bool
    wanted: str = ""
    got: str = ""


def expected(expect: Expect, observed: Observed, ticket: str) -> tuple[Checked, ...]:
    """The checks that a turn asks for. `ticket`: whether its ticket was new, the same, reopened, or none."""
    return tuple(_expected(expect, observed, ticket))


def _expected(expect: Expect, observed: Observed, ticket: str) -> Iterator[Checked]:
    for name in ("outcome", "category", "sentiment", "priority"):
        wanted = listed(getattr(expect, name))
        if wanted:
            yield one_of(name, wanted, getattr(observed, name))
    if expect.flags is not None:
        wanted_flags, got = sorted(expect.flags), sorted(observed.flags)
        yield Checked("flags", wanted_flags == got, _join(wanted_flags), _join(got))
    if expect.team is not None:
        yield one_of("team", [expect.team], observed.team or "none")
    if expect.topic is not None:
        yield topic(listed(expect.topic), observed)
    if expect.ticket is not None:
        # A reopened ticket is the same one.
        allowed = {"new": ["new"], "same": ["same", "reopened"], "reopened": ["reopened"]}[expect.ticket]
        yield Checked("ticket", ticket in allowed, expect.ticket, ticket)
    for entry in expect.says:
        yield says(entry, observed.reply)
    for words in expect.not_says:
        yield Checked("not_says", folded(words) not in folded(observed.reply), f"nothing of “{words}”", "it is said")


def one_of(name: str, wanted: list[str], got: str) -> Checked:
    """A value must be one of some."""
    return Checked(name, got in wanted, " or ".join(wanted), got or "none")


def topic(wanted: list[str], observed: Observed) -> Checked:
    """The reply must rest on an article with one of these topics."""
    got = observed.cited_topics
    return Checked("topic", bool(got & set(wanted)), " or ".join(wanted), _join(sorted(got)))


def says(entry: str | list[str], reply: str) -> Checked:
    """The reply must contain these words, or one of several ways to say it."""
    ways = listed(entry)
    text = folded(reply)
    return Checked("says", any(folded(way) in text for way in ways), " / ".join(ways), "not said")


def folded(text: str) -> str:
    """`text` for comparing words: without case, kinds of quotes, dashes and blanks."""
    return " ".join(text.translate(_PLAIN).casefold().split())


_PLAIN = str.maketrans(
    {
        "\u2019": "'",
        "\u2018": "'",
        "\u201c": '"',
        "\u201d": '"',
        "\u2013": "-",
        "\u2014": "-",
        "\u2011": "-",
        "\u00a0": " ",
    }
)


def _join(values: Sequence[str]) -> str:
    return ", ".join(values) or "none"
