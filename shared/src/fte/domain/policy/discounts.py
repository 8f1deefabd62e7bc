"""No reply gives a reduction, a present or anything free of charge."""

from __future__ import annotations

from typing import Final

from fte.domain.policy.money import IN_DIGITS, IN_WORDS, NUMBER, PERIOD
from fte.domain.policy.reading import letters
from fte.domain.policy.rules import Rule, rule, words
from fte.domain.policy.speech import TAKEN_BACK

_GIVES: Final = (
    r"\b(?:i|we|sales|finance|support|techcorp|our team|the team|they)(?:'ll|'d|'ve|'m|'re)?"
    r"(?: (?:can|will|would|could|have|has|are|am|is|be|able|happy|glad|pleased|going|to|gladly|also|of|course|"
    r"certainly|definitely|already|just|now|hereby)){0,6} "
    r"(?:give|giving|given|offer|offering|offered|grant|granted|granting|apply|applied|applying|arrange|arranged|get|"
    r"extend|extended|provide|provided|send|sent|approve|approved|confirm|confirmed|honou?r|"
    r"match|add|added|promise)\b"
)
_GIFT: Final = (
    r"(?:discount|rebate|reduction|coupon|voucher|promo(?:tion(?:al)?)? (?:code|price|rate)|"
    r"special (?:price|rate|offer|deal)"
    r"|(?:better|lower|reduced|cheaper) (?:price|rate)|price match|free (?:months?|years?|weeks?|upgrade|seats?|"
    r"licen[cs]es?|storage|extension)|trial extension|longer trial|deal)"
)
DISCOUNTS: Final[tuple[Rule, ...]] = (
    rule(
        "discount-percent",
        "discount",
        rf"(?:{IN_DIGITS}|{IN_WORDS}|\bhalf) ?(?:%|percent|per cent) ?-?(?:off|discount|cheaper|"
        r"less|reduction|rebate|"
        r"savings?|lower|bonus|reduced|price)\b",
    ),
    rule(
        "discount-of",
        "discount",
        r"\b(?:discount|rebate|reduction|saving|coupon|price cut)s?(?: (?:of|by|is|worth|up|to|at|"
        rf"you|we|about)){{0,4}} "
        rf"{NUMBER} ?(?:%|percent|per cent)",
    ),
    rule("discount-save", "discount", rf"\byou(?:'ll| will| would| can)? (?:also )?save (?:up to |about )?{NUMBER}"),
    rule(
        "discount-given",
        "discount",
        _GIVES + rf"(?: [\w%'-]{{1,20}}){{0,7}}? {_GIFT}",
        unless=TAKEN_BACK,
    ),
    rule(
        "discount-yours",
        "discount",
        r"\b(?:you(?:'ll|'ve)?(?: (?:will|can|do|have|also|still|now)){0,3} (?:get|receive|have|"
        r"qualify for|enjoy|keep)"
        r"|you(?:'re| are) (?:eligible for|entitled to|getting)|here(?:'s| is| are)|please use|use) "
        rf"(?:the |your |our |this |these |an? )?(?:[\w%'-]{{1,20}} ){{0,4}}{_GIFT}",
        unless=TAKEN_BACK,
    ),
    rule(
        "discount-confirmed",
        "discount",
        rf"\b(?:your|the|this|that|promised|agreed)(?: [\w%'-]{{1,20}}){{0,3}} {_GIFT}"
        r"(?: (?:has|have|is|was|will|now|been|be|already|still|of|course)){1,5} (?:applied|"
        r"approved|granted|confirmed|"
        r"activated|valid|added|included|yours|guaranteed|agreed|honou?red|right|correct)",
        unless=TAKEN_BACK,
    ),
    rule("discount-code", "discount", r"\b(?:coupon|promo|discount|voucher) code (?:is|:|['\"]?[a-z]{2,12}\d)"),
    rule(
        "discount-free",
        "discount",
        r"\b(?:free of charge|at no (?:extra |additional |further )?(?:cost|charge)|on the house|complimentary"
        r"|without (?:extra |additional )?(?:cost|charge)s?|gratis|kostenlos|for free|"
        r"on us(?=[.!,]|$)|cost you nothing"
        r"|(?:won't|will not) (?:cost|be charged)(?: you)? (?:anything|extra|a (?:cent|thing)|"
        r"for (?:it|this|that))|no charge)\b",
    ),
    rule(
        "discount-free-time", "discount", rf"\bfree (?:months?|years?|weeks?)\b|\b{NUMBER} {PERIOD}s? (?:for )?free\b"
    ),
    rule("discount-first-free", "discount", rf"\bfirst (?:\w{{1,10}} )?{PERIOD}s? (?:is|are|will be) free\b"),
    rule("discount-waive", "discount", r"\bwaiv(?:e|ed|ing|er)\b", unless=TAKEN_BACK),
    rule(
        "discount-elsewhere",
        "discount",
        "(?:"
        + words(
            letters(
                "rabatt(?:e|en)? preisnachlass nachlass descuentos? desconto remise rabais sconto korting"
                " "
                "zniżk[aę] скидк[аиуе] скидок 折扣 打折 割引 할인 خصم"
            )
        )
        + r")(?!\w)",
    ),
)
