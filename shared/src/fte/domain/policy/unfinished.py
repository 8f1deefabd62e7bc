"""No reply goes out with a gap that somebody was to fill in, or with a mark that was meant for a program."""

from __future__ import annotations

from typing import Final

from fte.domain.policy.rules import Rule, rule, words

_TO_DO: Final = words("your insert add enter fill placeholder todo tbd tba")
_WHOSE: Final = words(
    "customer(?:'s)? user(?:'s)? client's first last full agent(?:'s)? company support article ticket"
)
_WHAT: Final = words("name surname link url number reference date time signature address e-?mail")
_MARK: Final = words(
    """
    hand-?off hand-?over escalate[ds]? escalation end stop assistant system internal thinking reasoning tool output
    silence no_?reply redacted null none undefined
"""
)

UNFINISHED: Final[tuple[Rule, ...]] = (
    # "[here](https://…)" is a link.
    rule(
        "unfinished-gap",
        "unfinished",
        rf"(?:\[ ?|< ?)(?:{_TO_DO}(?:[ _][\w'/-]{{1,20}}){{0,5}}|(?:{_WHOSE}[ _])?{_WHAT}(?: (?:to|of) [\w ]{{1,30}})?)"
        r" ?(?:\](?!\()|>)",
    ),
    rule(
        "unfinished-template",
        "unfinished",
        r"\{\{[^{}\n]{0,60}\}\}|\{%[^{}\n]{0,60}%\}|[$¤]\{[^{}\n]{0,60}\}|%\(\w{1,30}\)s",
    ),
    rule(
        "unfinished-mark", "unfinished", rf"(?:\[\[?|<\|?/?) ?{_MARK}(?:[:_ ][\w'-]{{1,20}}){{0,3}} ?(?:\](?!\()|\|?>)"
    ),
    rule("unfinished-filler", "unfinished", r"\blorem ipsum\b|\b(?:todo|fixme):"),
)
