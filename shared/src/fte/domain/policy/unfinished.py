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
    rule(
        "unfinished-blank",
        "unfinished",
        r"(?<![\w/-])_{3,}(?![\w/-])|\[ ?(?:x{2,}|\.{2,}|department|team|plan|product|company|customer|agent|user|"
        r"your \w{1,14}|\w{1,12} name|"
        r"limit|amount|steps?)? ?\](?!\()(?<!\[ \])(?<!\[\])|<[a-z]{2,14} (?:name|link|here|number)>|\((?:insert|fill "
        r"in|add "
        r"link|your name)\b[^)\n]{0,30}\)|\b(?:tbd|tba|tbc)\b|\btodo\b(?! ?list)|#{3,}",
    ),
    rule(
        "unfinished-braces",
        "unfinished",
        r"(?<!/)\{ ?(?:(?:first|last|full|customer|user|client|agent|company|plan|ticket|article)_?)?(?:name|link|url|"
        r"date|"
        r"company|plan|signature|reference|title)? ?\}(?!\})(?<!\{\})|%[a-z_]{3,20}%|¤(?:\w{1,8}_)?name\b",
    ),
    rule("unfinished-letter", "unfinished", r"\[X\]|(?<![\w-])X{2,3}(?![\w-])", cased=True),
    rule(
        "unfinished-label",
        "unfinished",
        r"(?:^|[.!?\n] ?)(?:assistant|system|user|bot|ai|customer|(?:final |draft |suggested |my )?(?:answer|reply|"
        r"response)|"
        r"output|draft)\s?: |\b(?:final answer|note to (?:the )?(?:agent|model|reviewer|self)|draft reply|suggested "
        r"reply)\s?:|"
        r"</?(?:br|p|div|ul|ol|li|strong|em|span|h[1-6]|body|html)(?: [^<>\n]{0,60})? ?/?>",
    ),
)
