"""Prices without a currency: numbers that stand beside a plan, a seat, a bill or a period.

"Business: 15" is a price, "Business: 250 guests" is a limit. What is counted, in the sentence or after the number,
tells them apart.
"""

from __future__ import annotations

from typing import Final

from fte.domain.policy.money import BARE, COUNTED, IN_WORDS, NUMBER, PERIOD, PERSON
from fte.domain.policy.rules import Rule, rule

_PLAN: Final = r"(?:free|team|business|enterprise)"
_LIMITS: Final = (
    r"\b(?:limits?|limited|up to|at most|allows?|holds?|rules?|runs?|uses?|requests?|members|guests|projects?|tasks?|"
    r"fields?|views?|templates?|webhooks?|channels?|files?|labels?|automations?|dashboards?|versions?|storage|[gmt]b|"
    r"points?|items?|days?|hours?|minutes?|calls?|accounts?|workspaces?|reports?|exports?)\b"
)
"""What a plan has a number of that is no price."""

_IS: Final = (
    r"(?: ?[:=@(/-]{1,2} ?| (?:plan |one |tier )?(?:is|are|costs?|at|for|goes for|sits at|runs at|would be|will be|"
    r"starts (?:at|from)|starts|lands)(?: (?:at|near|about|around|only|just|roughly|nearly|now)){0,2} | )"
)
_ENDS: Final = (
    r"(?! ?-?\d)(?=[ ]?(?:[,;)/|!?\n]|\.(?!\d)|$)| (?:and|or|but|a|per|each|every|monthly|yearly|instead|rather|with|"
    r"if|"
    r"when|for)\b)"
)
_NEARLY: Final = (
    r"(?: (?:about|around|only|just|roughly|nearly|almost|exactly|now|then|another|an extra|extra|an additional|over|"
    r"under|less than|more than|some|at|to|a|of|one|of only)){0,3} ?"
)
_NO_STEP: Final = r"(?!1[.)] )(?!(?<=\n)\d{1,2}[.)] )"
"""A number that begins a step of a list is no price."""

_AMOUNT: Final = (
    rf"{_NO_STEP}(?:{BARE}(?:\s\d{{3}}(?:[.,]\d{{1,2}})?)?|(?!one\b(?! (?:hundred|thousand))){IN_WORDS}(?! "
    rf"?-?{COUNTED}\b))(?! \w{{1,16}}(?:s|"
    rf"people)\b(?! (?:per|a|each|"
    rf"for)))(?! ?-?{COUNTED}\b)"
)
_BILL: Final = (
    r"(?:invoice|bill|balance|statement|amount|sum|difference|fee|charge|price|pricing|subscription|cost|vat)"
)
_CADENCE: Final = rf"(?:monthly|yearly|annually|(?:a|per|each|every) {PERIOD})"

PLAN_PRICES: Final[tuple[Rule, ...]] = (
    rule(
        "price-of-plan",
        "price",
        rf"(?<!,\n)\b{_PLAN}{_IS}{_NO_STEP}(?:{BARE}(?:\s\d{{3}}(?:[.,]\d{{1,2}})?)?|(?!one\b){IN_WORDS}){_ENDS}",
        unless=_LIMITS,
        listed=True,
    ),
    rule(
        "price-for-plan",
        "price",
        rf"{_AMOUNT} (?:for|on|with) (?:the )?{_PLAN}\b",
        unless=_LIMITS,
        listed=True,
    ),
    rule(
        "price-plan-times",
        "price",
        rf"\b{_PLAN}(?: plan)? (?:is|costs?|runs?|comes?)(?: \w{{1,9}}){{0,2}} (?:twice|double|triple|half|"
        rf"(?:two|three|four) times|{NUMBER} ?(?:%|percent) (?:more|less|above|below|over|cheaper))\b",
        unless=_LIMITS,
        listed=True,
    ),
    rule(
        "price-on-bill",
        "price",
        rf"\b{_BILL}(?: \w{{1,12}}){{0,4}} ?(?:is|are|shows?|reads|says|was|be|of|:|for|adds?|make)"
        rf"{_NEARLY}{_AMOUNT}",
        unless=r"\b(?:field|column|formula|number|how much|seats|members|guests|times|steps?|filter|chart)\b",
    ),
    rule(
        "price-to-bill",
        "price",
        rf"{NUMBER} (?:to|on|off|onto|more on) (?:your |the )(?:\w{{1,8}} )?(?:invoice|bill|subscription|account)\b",
    ),
    rule(
        "price-paid",
        "price",
        rf"\b(?:owe|owing|owed|billed|invoiced|deduct(?:ed)?|debit(?:ed)?|charged?|pays?|paid|paying|we ask|we take|we "
        rf"bill|asks?|spend)"
        rf"(?: (?:us|you|for|at|it|them)){{0,2}}{_NEARLY}{_AMOUNT}",
        unless=r"\b(?:how much|up to|rows?|limit)\b",
    ),
    rule(
        "price-another",
        "price",
        rf"\b(?:seat|user|member|licen[cs]e|person|head|add-on|one|option|plan|package|setup|set-up|onboarding|"
        rf"training)s?"
        rf" ?(?:is|are|costs?|adds|would be|will be|comes? to|:){_NEARLY}{_AMOUNT}(?= ?(?:[.,;!?\n]|$| (?:a|per|each|"
        rf"to|"
        rf"every|month|on|for|and|more)))",
        unless=_LIMITS + r"|\bwhich\b",
    ),
    rule(
        "price-one-off",
        "price",
        rf"\b(?:one-off|one off|one-time|once-off|set-?up|onboarding|flat)(?: (?:fee|charge|cost|payment|sum|rate|"
        rf"price))?"
        rf"(?: (?:of|is|at|comes to|costs?|:))?{_NEARLY}{_AMOUNT}",
        unless=_LIMITS,
        listed=True,
    ),
    rule("price-on-top", "price", rf"{NUMBER}(?: ?(?:%|percent))? (?:comes?|goes?) on top\b"),
    rule(
        "price-cadence",
        "price",
        rf"(?:{IN_WORDS}(?! ?-?{COUNTED}\b)|\b\d(?:[\d.,']{{0,10}}\d)?(?: ?k)?),? {_CADENCE}\b|"
        rf"(?<![\w.,]){NUMBER}, ?(?:per|for each) {PERSON}\b|\b(?:monthly|yearly|annual|annually):? {_AMOUNT}{_ENDS}",
        unless=_LIMITS + r"|\b(?:times?|every|step|repeats?|summar\w{1,4})\b",
    ),
    rule(
        "price-instead",
        "price",
        rf"\b(?:yearly|annual(?:ly)?|monthly|pay|billing|billed)\b[^.!?\n]{{0,30}} (?:it is|is|become|becomes|are|be|"
        rf"makes|costs?|the){_NEARLY}{_AMOUNT}(?= ?(?:[.,;!?]|$| (?:instead|rather|become|per|a|each)))",
        unless=_LIMITS + r"|\b(?:first|choose|shows?)\b",
    ),
    rule(
        "price-seats-times",
        "price",
        rf"{NUMBER} (?:seats?|users?|people|members?|persons?|licen[cs]es?) ?(?:x|\u00d7|times|at|@) ?{NUMBER}|"
        r"\d ?[x\u00d7] ?\d{1,5} ?(?:=|makes|is|gives) ?\d",
    ),
    rule(
        "price-for-all",
        "price",
        rf"\b(?:less than|under|over|around|about|nearly|almost|roughly|just under|just over|some) {_AMOUNT} for "
        rf"(?:the "
        rf"(?:whole|entire|team)|all|everybody|everyone|{NUMBER} (?:people|seats|users|members|persons))\b",
        unless=_LIMITS,
        listed=True,
    ),
    rule(
        "price-for-people",
        "price",
        rf"{NUMBER} (?:people|seats|users|members|persons)(?: on \w{{1,10}})?,? (?:it |that |this |you )?(?:comes? to|"
        rf"makes?|is|are|would be|pay|cost){_NEARLY}{_AMOUNT}(?= ?(?:[.,;!?\n]|$| (?:a|per|each|monthly|yearly)))",
    ),
    rule(
        "price-more",
        "price",
        rf"{NUMBER} (?:more|extra|additional|on top|less)(?: for each| per| a| each| every|/) ?(?:{PERSON}|{PERIOD})\b",
        unless=_LIMITS,
        listed=True,
    ),
    rule(
        "price-each",
        "price",
        rf"\b(?:seats?|users?|plans?|people|persons?|licen[cs]es?)(?: are| is|:| at)?{_NEARLY}{_AMOUNT} each\b|"
        rf"(?:^|[.!?\n] ?){_AMOUNT} each\b",
    ),
    rule(
        "price-short-per-person",
        "price",
        r"(?<![\w.,])\d[\d.,]{0,8} ?(?:pupm|ppm|pppm|pmpu|p/u/m|p\.u\.?(?:p\.m\.?)?)(?!\w)|"
        r"\b(?:low |mid |high )?(?:double|triple)[ -]digits?\b|\bgive or take\b",
    ),
    rule(
        "price-cheaper-one",
        "price",
        rf"\b(?:cheap(?:er|est)|dear(?:er|est)|priciest|pricier|lowest|paid|entry) (?:one|plan|tier|option|paid plan|"
        rf"level)"
        rf"s?(?: \w{{1,9}}){{0,2}} (?:is|are|costs?|at){_NEARLY}{_AMOUNT}",
        unless=_LIMITS,
        listed=True,
    ),
    rule(
        "price-roughly",
        "price",
        rf"\b(?:from|between|in the region of|somewhere around|anything from|region of|ballpark of) {NUMBER}(?: ?(?:-|"
        rf"to|"
        rf"and) ?{NUMBER})? (?:per|a|each|for each|every) (?:{PERSON}|{PERIOD})\b|"
        rf"\b(?:couple|few|several|some) (?:of )?(?:a )?(?:hundreds?|thousands?) (?:a|per|each|every) {PERIOD}\b",
        unless=_LIMITS,
        listed=True,
    ),
    rule(
        "price-was-now",
        "price",
        rf"\b(?:was|were|used to be) {NUMBER}(?: and|,| but)? (?:is |are |it is )?now {NUMBER}\b|\b{_BILL}(?: "
        rf"\w{{1,9}}){{0,2}} "
        rf"(?:went|gone|rose|raised|up|down|fell)(?: \w{{1,5}})? (?:from|to) {NUMBER}|{NUMBER} flat\b|\b(?:raised|"
        rf"lowered|"
        rf"changed) (?:it|that|this|them) from {NUMBER}",
        unless=_LIMITS,
    ),
    rule(
        "price-per-unit",
        "price",
        rf"{NUMBER} (?:per|a|for each|for every|each) (?:gigabyte|(?:\d{{1,5}} )?[gt]b|automation|run|request|"
        rf"project)\b|"
        rf"\b(?:under|over|about|around|only|just) {NUMBER} for (?:each|every|one)\b|\b{_PLAN}\? (?:that's|that is|"
        rf"it's|it is|"
        rf"that'd be)?{_NEARLY}{_AMOUNT}|\b(?:to|of) {_PLAN} is {_AMOUNT}{_ENDS}|\b(?:renewal|upgrade)(?: \w{{1,9}})? "
        rf"(?:is|"
        rf"would be|will be){_NEARLY}{_AMOUNT}",
        unless=_LIMITS,
    ),
    rule(
        "price-quoted",
        "price",
        rf"\bquot(?:e|es|ed)\b(?: \w{{1,9}}){{0,2}}{_NEARLY}{_AMOUNT}|{_AMOUNT} for the (?:small|big|large|cheap|"
        rf"middle|top|other|"
        rf"next|higher)(?:er|est)? (?:plan|one|tier)\b|\b(?:run|cost|set|charge)s? you(?: back)?{_NEARLY}{_AMOUNT}|"
        rf"\b(?:billing|"
        rf"annual|yearly|monthly|renewal): ?{_AMOUNT}{_ENDS}|\bin total{_NEARLY}{_AMOUNT}{_ENDS}",
        unless=_LIMITS,
    ),
)
