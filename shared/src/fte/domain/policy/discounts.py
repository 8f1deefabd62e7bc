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
_PLAN: Final = r"(?:free|team|business|enterprise)"
_FRACTION: Final = r"(?:a|one|two) (?:third|quarter|fifth|sixth|eighth|tenth|thirds|fifths)"

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
        r"invoices?)\b|\bfor less\b|\bfor the price of (?!each|every|all|your)|\bprices? down\b|\b(?:shave|knock|take|"
        r"chop|"
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
    rule(
        "discount-fraction",
        "discount",
        rf"\b{_FRACTION} (?:less|off|cheaper|lower)\b|\b(?:less|off|cheaper|lower|down|reduced|discount|reduction) "
        rf"(?:by|of) "
        rf"{_FRACTION}\b|{NUMBER} ?(?:%|percent|per cent) (?:down|below|under)\b|\b{NUMBER} off (?:your|the|each|"
        rf"every) "
        rf"(?:\w{{1,8}} )?(?:bill|invoice|price|plan|seat|subscription)\b",
    ),
    rule(
        "discount-there-is",
        "discount",
        rf"\b(?:there(?:'s| is| are| will be)|we(?:'ve| have)(?: got)?)(?: \w{{1,14}}){{0,3}} (?:{_GIFT}|promotion|"
        rf"special|"
        r"sale|vouchers?|rebates?|discounts?)\b|\b(?:promotion|sale|special) (?:is |that is )?(?:running|on now|until|"
        r"valid"
        r"|ends|this)\b",
        unless=TAKEN_BACK + r"|\bno\b",
    ),
    rule(
        "discount-pay-for-less",
        "discount",
        rf"\bpay(?:ing)? (?:only |just )?for (?:{NUMBER}|{_PLAN})\b[^.!?\n]{{0,25}} (?:get|use|have|receive)\b|"
        rf"\b(?:get|have|use)(?: \w{{1,9}}){{0,3}},? (?:but |and )?(?:only |just )?pay (?:only |just )?for\b|"
        rf"\b(?:at|for) the price of (?:the )?{_PLAN}\b|\bfor nothing\b|\bmeet you half\s?way\b",
    ),
    rule(
        "discount-a-gift",
        "discount",
        r"\b(?:is|are|as|comes? as|is meant as) (?:a |an |our )(?:small |little |special )?(?:gift|present|courtesy|"
        r"bonus"
        r"|freebie|treat|favou?r|thank[ -]?you)\b|\b(?:throw|threw|thrown|throwing)(?: \w{1,10}){0,3} in\b|"
        r"\b(?:throw|threw|thrown|throwing) in\b",
    ),
    rule(
        "discount-code-used",
        "discount",
        r"\b(?:[Uu]se|[Ee]nter|[Tt]ype|[Aa]pply|[Qq]uote|[Rr]edeem|[Ww]ith|[Pp]ut)(?: in)?(?: the)?(?: code)? "
        r"['\"]?(?:[A-Z]{3,12}\d{1,3}|[A-Z]{5,12})['\"]?,? (?:at (?:the )?check-?out|when you (?:pay|order|upgrade|buy|"
        r"check|subscribe)|(?:in|into) the (?:voucher|coupon|promo|code|discount))",
        cased=True,
    ),
    rule(
        "discount-not-billed",
        "discount",
        r"\b(?:won't|will not|isn't going to|aren't going to|not going to) (?:be (?:billed|charged|invoiced)|(?:bill|"
        r"charge|"
        r"invoice) (?:you|anything))\b(?! (?:twice|again|until|before|by))|\blet you off\b",
        unless=r"\b(?:if|when|once|removed?|cancel\w{0,4}|trial|guests?)\b",
    ),
    rule(
        "discount-time-free",
        "discount",
        rf"\b(?:this|next|first|last|that|another|extra|additional|{NUMBER}) {PERIOD}s?(?:'s use)?(?: is| are| will "
        rf"be| "
        r"comes?| for)? (?:free|gratis)\b(?! of)|\b(?:upgrade|seats?|add-on|everything|business|enterprise|team plan|"
        r"it|"
        r"this|that)(?: is| are| comes?| will be|'s)(?: completely| entirely| totally)? free (?:for (?:you|your|a|the)|"
        r"this|until)\b|\bfree (?:seat|upgrade|licen[cs]e|add-on)s?\b",
        unless=TAKEN_BACK + r"|\bno\b",
    ),
    rule(
        "discount-price-kept",
        "discount",
        r"\b(?:lock(?:ed|ing)? in|freez(?:e|ing)|frozen|secure|keep(?:ing)?|hold)(?: [\w']{1,9}){0,3} (?:price|rate|"
        r"conditions)s?\b|\b(?:old|current|today's|special|same) (?:price|rate)(?: \w{1,9}){0,2} (?:kept|guaranteed|"
        r"locked"
        r"|fixed|held|frozen)\b",
        unless=TAKEN_BACK,
    ),
    rule(
        "discount-more-trial",
        "discount",
        r"\b(?:more|another|extra|additional|further)(?: \w{1,8}){0,2} (?:days?|weeks?|months?)(?: \w{1,4}){0,3} "
        r"(?:trial|"
        r"try|test)\b|\btrial (?:now|also) (?:runs?|lasts?|ends?|has|goes)\b|\btrial (?:\w{1,8} ){0,3}for you\b|"
        rf"\b(?:have|get|got|gets) {NUMBER} more (?:days|weeks|months)\b",
        unless=TAKEN_BACK + r"|\b(?:if|repeat|report)\b",
    ),
    rule(
        "discount-conditions",
        "discount",
        r"\b(?:reduced|preferential|discounted|lower|better) (?:conditions|terms|pricing|prices?|rates?|tariffs?)\b|"
        r"\b(?:education(?:al)?|non-?profit|student|start-?up|charity|volume|loyalty) (?:terms|pricing|prices?|rates?|"
        r"tariffs?)\b",
        unless=TAKEN_BACK + r"|\b(?:about|ask|asks?|request\w{0,2}|questions?|our sales|sales team|no)\b",
    ),
    rule(
        "discount-maybe",
        "discount",
        rf"\b(?:discount|rebate|reduction|price cut|deal)s? (?:\w{{1,9}} ){{0,2}}(?:possible|doable|available|"
        rf"feasible|in "
        rf"it)\b|{NUMBER} ?(?:%|percent|per cent) (?:should|would|could|might|is|are|may)(?: be)? (?:doable|possible|"
        rf"feasible|in it|yours|realistic|fine|ok)\b|\b(?:do|manage|offer|give you|get you|grant|get)(?: you)? "
        rf"(?:about "
        rf"|around |perhaps |maybe |up to |roughly )?{NUMBER} ?(?:%|percent|per cent)(?! (?:of|done|complete))",
        unless=TAKEN_BACK,
    ),
    rule(
        "discount-voucher",
        "discount",
        r"\b(?:vouchers?|coupons?(?! codes?)|promo codes?|gift cards?)\b",
        unless=TAKEN_BACK + r"|\b(?:no|about|questions?|ask)\b",
    ),
    rule(
        "discount-eligible",
        "discount",
        r"\beligible for(?: [\w']{1,12}){0,3} (?:pricing|prices?|rates?|discounts?|programmes?|programs?|conditions)\b|"
        r"\bqualify(?:ing)? for(?: [\w']{1,12}){0,3} (?:pricing|prices?|rates?|discounts?|conditions)\b",
        unless=TAKEN_BACK,
    ),
    rule(
        "discount-cheaper",
        "discount",
        r"\b(?:gets?|becomes?|is|are|comes?|makes it|works out|turns out)(?: \w{1,6}){0,2} cheaper\b|"
        r"\byou(?:'ll|'d)?(?: will| would| can| could)?(?: \w{1,8})? pay less\b|\bgo(?:es)? (?:any |even |a bit "
        r")?lower\b",
        unless=TAKEN_BACK + r"|\b(?:which|what)\b",
    ),
    rule(
        "discount-gives",
        "discount",
        rf"\b(?:shav\w{{1,3}}|knock\w{{0,3}}|chop\w{{0,4}})(?: \w{{1,9}}){{0,3}} off\b|\b\d{{1,3}} off\b|\bsav(?:e|es|"
        rf"ing)(?: you)?"
        rf" {_FRACTION}\b|\b(?:gives?|brings?|gets?|means?|comes? with|includes?|carries)(?: \w{{1,9}}){{0,3}} "
        rf"(?:discount|"
        r"rebate|reduction)\b|\b(?:is|are|gets?) discounted\b|\bfor half(?= ?[.,!;]|$)|\bfree (?:until|till)\b|"
        r"\bpresents? from "
        r"(?:us|me|our)\b",
        unless=TAKEN_BACK + r"|\b(?:no|if)\b",
    ),
    rule(
        "discount-room",
        "discount",
        r"\b(?:room|leeway|something|flexible|flexibility|move|movement|play)(?: \w{1,9}){0,2} (?:about|in|on|with) "
        r"(?:the|our|its|that) "
        r"(?:prices?|pricing|fees?|costs?)\b|\bget a (?:\w{1,9} )?cut\b|\bwithout paying\b|\b(?:seats?|months?|"
        r"weeks?) as paid\b|"
        r"\bdrop a (?:month|seat|year)\b|\b(?:sales|finance)(?: team)? (?:can|could|may|might|will)(?: (?:certainly|"
        r"surely|always|"
        r"probably|gladly|also))? (?:do|go|give|offer|knock|come down|reduce|lower|grant|make|find|waive|meet|"
        r"arrange)\b",
        unless=TAKEN_BACK,
    ),
)
