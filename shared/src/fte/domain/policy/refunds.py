"""No reply promises money back, in any of its names: Finance decides."""

from __future__ import annotations

from typing import Final

from fte.domain.policy.reading import letters
from fte.domain.policy.rules import Rule, rule, words
from fte.domain.policy.speech import HAVE, NOW, SURELY, TAKEN_BACK, US, WILL

_BACK: Final = (
    r"(?:refund|reimburs(?:e|ement)|money back|compensation|credit note|account credit|"
    r"goodwill credit|service credits?|store credit)"
)
_PAID_BACK: Final = r"(?:refunded|reimbursed|compensated|credited|repaid|paid back|returned to (?:you|your)|reversed)"
_DECIDED: Final = (
    r"(?:approved|processed|issued|initiated|confirmed|granted|on its way|on the way|completed"
    r"|sent|guaranteed|underway|due to you)"
)

REFUNDS: Final[tuple[Rule, ...]] = (
    rule(
        "refund-we",
        "refund_promise",
        rf"\b{US}(?:{WILL}| can| could| would| may|'d|{HAVE}|{NOW})?{SURELY}(?: (?:be|able|happy|glad|to)){{0,4}} "
        r"(?:refund(?:ed|ing)?|reimburs(?:e|ed|ing)|compensat(?:e|ed|ing)|repay|pay (?:you )?back|"
        r"reverse the (?:charge|payment)"
        r"|give you (?:your |the )?money|credit(?:ed|ing)? (?:you|your|the|it|back)|return (?:your"
        r"|the) (?:money|payment|amount))\b",
        unless=TAKEN_BACK,
    ),
    rule(
        "refund-given",
        "refund_promise",
        rf"\b{US}(?:{WILL}| can| could| would|'d|{HAVE}|{NOW})?{SURELY}(?: (?:be|able|happy|glad|to)){{0,4}} "
        r"(?:issu(?:e|ed|ing)|process(?:ed|ing)?|approv(?:e|ed|ing)|initiat(?:e|ed|ing)|arrang(?:e"
        r"|ed|ing)|offer(?:ed|ing)?|"
        r"giv(?:e|en|ing)|grant(?:ed|ing)?|confirm(?:ed|ing)?|send(?:ing)?|sent|request(?:ed|ing)?"
        r"|order(?:ed)?|promise)"
        rf"(?: [\w%'-]{{1,16}}){{0,6}}? {_BACK}\b",
        unless=TAKEN_BACK,
    ),
    rule(
        "refund-you",
        "refund_promise",
        r"\byou(?:'ll|'re|'ve|'d| will| should| can| are| have| may| do)?(?: (?:be|also|still|"
        r"certainly|definitely|then|soon)){0,3} "
        r"(?:get|getting|receive|receiving|see|expect|have|entitled to|eligible for|qualify for|due|owed)"
        rf"(?: [\w%'-]{{1,16}}){{0,5}}? {_BACK}\b",
        unless=TAKEN_BACK,
    ),
    rule(
        "refund-passive",
        "refund_promise",
        r"\b(?:will|shall|has|have|had|is|are|was|were|can|should|be|been|being|get|gets|"
        r"'ll)(?: (?:be|been|being|also|fully|"
        rf"partly|already|now|automatically)){{0,4}} {_PAID_BACK}\b",
        unless=TAKEN_BACK + r"|\bcharged\b.{0,20}\bif\b",
    ),
    rule(
        "refund-decided",
        "refund_promise",
        rf"\b(?:your|the|a|this|that|full|promised)(?: [\w%'-]{{1,16}}){{0,3}} {_BACK}(?: request)?"
        rf"(?:'s)?(?: (?:has|have|is|was|will|been|be|now|already|being)){{1,5}} {_DECIDED}",
        unless=TAKEN_BACK,
    ),
    rule(
        "refund-back",
        "refund_promise",
        r"\byou(?:'ll| will| can)? (?:get|have|receive) (?:your|the|all your) money back\b",
        unless=TAKEN_BACK,
    ),
    rule(
        "refund-goodwill",
        "refund_promise",
        r"\b(?:as (?:a )?(?:compensation|gesture of goodwill|goodwill gesture|an apology gift)|"
        r"goodwill gesture|make it up to you|make up for it with)\b",
    ),
    rule(
        "refund-full",
        "refund_promise",
        r"\b(?:full|partial|prorated|pro-rata|immediate) refund (?:is|will|has|of|within|"
        r"for you)\b",
        unless=TAKEN_BACK,
    ),
    rule(
        "refund-yes",
        "refund_promise",
        r"\b(?:confirm|yes|sure|of course)\b[^.!?\n]{0,40}\b(?:your|the|a) (?:\w{1,12} )?(?:refund"
        r"|reimbursement)\b",
        unless=TAKEN_BACK,
    ),
    rule(
        "refund-elsewhere",
        "refund_promise",
        "(?:"
        + words(
            letters(
                "rückerstattung(?:en)? erstattung(?:en)? rückzahlung gutschrift reembols(?:o|os|ar|aremos) "
                "devolución rembours(?:ement|é|er|erons) rimbors(?:o|i|iamo) terugbetaling возврат[а-я]* "  # noqa: RUF001
                "возместим вернем 退款 返金 환불 zwrot استرداد"
            )
        )
        + r")(?!\w)",
    ),
)
