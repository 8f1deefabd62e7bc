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
    rule(
        "discount-lower",
        "discount",
        r"\b(?:lower|lowering|reduced?|reducing|cut|cutting|adjust|match|beat|bring|drop|knock|shave)(?:ing|ed|s)? "
        r"(?:down |off )?(?:the|your|our|this|that|a)? ?(?:\w{1,12} )?(?:prices?|fees?|rates?|costs?|bill|subscription|"
        r"invoices?)\b|\bfor (?:less|the price of)\b|\bprices? down\b|\b(?:shave|knock|take|chop|"
        r"slice)\b[^.!?\n]{0,30} off (?:the|your|it|that|for)\b",
        unless=TAKEN_BACK,
    ),
    rule("discount-cheaper-by", "discount", r"\b(?:\w+|\d+) (?:months?|weeks?|percent|%) cheaper\b"),
    rule(
        "discount-is-active",
        "discount",
        r"\b(?:the|your|this) (?:discount|coupon|voucher|promotion|special offer) (?:is|was|has been) "
        r"(?:now |already )?(?:active|applied|activated|added|set up|in place)\b",
    ),
    rule(
        "discount-present",
        "discount",
        r"\b(?:buy one|get one free|(?:our|my) treat|as a (?:gift|present|bonus|thank[ -]you)|loyalty (?:bonus|reward)|"
        r"special (?:deal|offer|price|rate)|a (?:month|week|year) without|pay (?:only )?half|half the (?:price|money)|"
        r"welcome bonus|gift card|price guarantee|extra (?:month|seat|user)s? (?:at no|for no|free)|no extra cost|"
        r"(?:months?|weeks?|days?|years?|seats?|users?) on us)\b",
        unless=TAKEN_BACK,
    ),
    rule(
        "discount-trial",
        "discount",
        r"\b(?:extend|prolong|lengthen|restart|renew)(?:ing|ed|s)? your (?:free )?trial\b|"
        r"\btrial (?:is|was|has been|will be|gets) (?:extended|prolonged|restarted|renewed)\b",
        unless=TAKEN_BACK,
    ),
    rule(
        "discount-credit",
        "discount",
        r"\d ?(?:%|percent)? (?:of )?credits?\b|\bcredits? (?:on|to|in|for) your (?:account|next|invoice)\b",
        unless=TAKEN_BACK,
    ),
    rule(
        "discount-saves",
        "discount",
        rf"\bsav(?:e|es|ed|ing|ings)(?: (?:you|up|to|about|around|of)){{0,3}} {NUMBER}"
        r" ?(?:%|percent|per cent|months?|'?s? ?worth)",
    ),
    rule(
        "discount-a-code",
        "discount",
        r"\b(?:[Yy]our|[Tt]he|[Tt]his|[Aa]) code (?:is |[\"'])?[A-Z]{3,12}\d{0,4}\b",
        cased=True,
    ),
    rule(
        "discount-i-can-do",
        "discount",
        r"\b(?:i|we|sales|finance)(?:'ll|'d| can| could| will| would| may| might)? (?:do|give|offer|make it|go down|"
        r"go as low"
        rf"|get you|come down)(?: \w{{1,12}}){{0,4}} {NUMBER} ?(?:%|percent|per cent)|\b(?:a|the|your|this) (?:voucher|"
        r"coupon|promo code|gift code) (?:is|was|has)\b",
        unless=r"\b(?:not|cannot|can't|nobody)\b",
    ),
)
