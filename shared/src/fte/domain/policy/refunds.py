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

_DECIDES: Final = (
    r"\b(?:finance|decid\w{1,4}|whether|request\w{0,3}|ask\w{0,3}|not|no|cannot|can't|about|questions?|rules?|"
    r"polic(?:y|ies)|how|approved refunds|status|because of|accidental|unused|with|disputes?)\b"
)
"""What a sentence with the word refund is about when it promises none."""

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
                "restituiremo zwrocimy devolveremos возместим вернем 退款 返金 환불 zwrot استرداد"
            )
        )
        + r")(?!\w)",
    ),
    rule(
        "refund-word",
        "refund_promise",
        r"\b(?:refund(?:s|ed|ing)?|reimburs\w{1,6}|money back|re fund|repayment|chargeback)\b"
        rf"(?![^.!?\n]{{0,90}}{_DECIDES})",
        unless=_DECIDES,
    ),
    rule(
        "refund-status",
        "refund_promise",
        rf"\brefund:? (?:(?:is|was|has been|now|already|being) ){{0,2}}{_DECIDED}"
        r"|\brefund (?:should|will|is going to) (?:arrive|come|reach|appear|be (?:with|on|in|there|paid|visible))",
        unless=r"\b(?:not|if|when|once|whether)\b",
    ),
    rule(
        "refund-returns",
        "refund_promise",
        r"\b(?:money|payment|amount|charge|sum|fee|difference|balance|what you (?:have )?paid|that you paid)\b(?: "
        r"\w{1,12})"
        r"{0,4} (?:back (?:to|on|in|within|by)|returned|undone|reversed|cancelled|written off|credited|come back|goes? "
        r"back|sent back)\b",
        unless=r"\b(?:not|cannot|can't|whether|if|approved)\b|" + TAKEN_BACK,
    ),
    rule(
        "refund-send-back",
        "refund_promise",
        rf"\b{US}(?:{WILL}| can| could|{HAVE}|{NOW}|){SURELY} (?:send|return|pay|transfer|wire|hand|giv|tak|writ|"
        rf"cancel|"
        r"void|revers|credit|put)(?:e|es|ed|ing|ling|led)? (?:\w{1,12} ){0,4}(?:back|paid|money|charge|invoice|payment|"
        r"off)\b|\bcredit(?:ed|ing)? \d",
        unless=TAKEN_BACK,
    ),
    rule(
        "refund-applied",
        "refund_promise",
        r"\b(?:a|the|your) (?:credit|refund|reimbursement|compensation) (?:has|was|is)(?: already| now)?(?: been)? "
        r"(?:applied|issued|booked|granted|approved)\b|"
        r"\byour (?:next |last |coming )?(?:invoice|bill) (?:will be|is|was|has been) (?:reduced|lowered|waived"
        r"|credited|refunded)\b|"
        r"\byou (?:will not|won't|are not going to) be charged for (?:last|this|that|the last|the past) "
        r"(?:month|period|week|year|invoice)\b",
        unless=r"\b(?:if|when|once|after|whether|until)\b",
    ),
    rule(
        "refund-whole",
        "refund_promise",
        r"\b(?:made whole|out of pocket|won't have to pay|will not have to pay|do not have to pay|don't have to pay|"
        r"no need to pay|need not pay|owe(?: us)? nothing|owed? (?:you|your))\b",
    ),
    rule(
        "refund-under-way",
        "refund_promise",
        r"\b(?:money|payment|credit|reversal|amount|reimbursement)(?: \w{1,8}){0,2} (?:on (?:the|its) way|under ?way|"
        r"in "
        r"progress|with you|in your account|is being (?:sent|paid|processed))\b|\b(?:agreed|approved|accepted|"
        r"decided|promised) to (?:return|refund|pay|send|credit|give)\b|\b(?:claim|request|application|complaint)(?: "
        r"\w{1,10}){0,4} (?:was|is|has been) (?:accepted|approved|granted)\b(?! when| once| if| by all)|\b(?:show|see|"
        r"get|find|receive)s? "
        r"(?:the|a|"
        r"your) (?:credit|reversal|credit note|money|repayment)\b",
        unless=TAKEN_BACK + r"|\b(?:how|where|whether|if)\b",
    ),
    rule(
        "refund-to-card",
        "refund_promise",
        r"\bback (?:on|in|to|into|onto) your (?:\w{1,10} )?(?:card|bank(?: account)?|pocket|wallet)\b|"
        r"\b(?:paid|given|transferred|credited|wired) back\b|\bgetting (?:it|that|this|them|the (?:money|amount)) "
        r"back\b",
        unless=TAKEN_BACK + r"|\b(?:how|whether|if)\b",
    ),
    rule(
        "refund-charge-off",
        "refund_promise",
        r"\b(?:charge|payment|invoice|fee|debit|duplicate)s?\b(?: \w{1,12}){0,2} (?:will|has|have|is|are|was|were|"
        r"gets?)"
        r"(?: \w{1,9}){0,4} (?:taken off|cancell?ed|removed|dropped|voided|cleared|undone|withdrawn|sorted(?: out)?|"
        r"written "
        r"off|waived|corrected|nullified)\b|\bvoid(?:ed|ing)? (?:the|your|that|this) (?:\w{1,10} )?(?:invoice|"
        r"charge)\b",
        unless=TAKEN_BACK + r"|\b(?:if|when|once|until|after)\b",
    ),
    rule(
        "refund-owed",
        "refund_promise",
        r"\b(?:you are|you're|we|we'd) owe[ds]?\b|\b(?:get|gets|getting|receive|have)(?: back)? (?:what you(?:'ve| "
        r"have)? "
        r"paid|the (?:rest|remainder) of (?:the|your) (?:year|month|term|period|money|amount|payment)|the unused|the "
        r"difference|(?:your|the) money)\b",
        unless=TAKEN_BACK + r"|\b(?:if|whether|how)\b",
    ),
    rule(
        "refund-next-invoice",
        "refund_promise",
        r"\b(?:set(?: it| this| that)? off|offset|deduct\w{0,4}|subtract\w{0,4}|credit\w{0,3}|knock\w{0,4})(?: \w{1,9})"
        r"{0,4} (?:against|from|off|to|towards|on) (?:the |your )(?:next |coming |following )?(?:invoice|bill|"
        r"statement|"
        r"payment|charge)\b|\b(?:next|coming|following) (?:invoice|bill|payment|statement)(?: \w{1,9}){0,2} (?:lower|"
        r"smaller|less|reduced|nothing|zero)\b",
        unless=TAKEN_BACK + r"|\b(?:if|when)\b",
    ),
    rule(
        "refund-a-credit",
        "refund_promise",
        r"\b(?:a|the|your|some|this) credit(?! card| cards| note| limit)(?: \w{1,12}){0,4} (?:on|in|appears?|shows?|"
        r"waiting|"
        r"is|will|with us|for)\b|\byou(?:'ve| have|'ll have| get| will have)(?: \w{1,6})? credit\b(?! card)",
        unless=TAKEN_BACK + r"|\b(?:if|whether)\b",
    ),
    rule(
        "refund-finance-agrees",
        "refund_promise",
        r"\bfinance(?: team| department)?(?: \w{1,10}){0,3} (?:approved?|approves|agree[sd]?|grant(?:s|ed)?|"
        r"confirm(?:s|ed)?|"
        r"accept(?:s|ed)?|says? yes|said yes|waive[sd]?|promised)\b",
        unless=r"\b(?:whether|if|only|until|once|decides?|when|not|can|may|has to|must)\b",
    ),
    rule(
        "refund-possible",
        "refund_promise",
        r"\brefund\b[^.!?\n]{0,20}\b(?:no problem|possible|fine|okay|doable|certain|sure|in order|yours|justified)\b|"
        r"\b(?:no problem|sure|certainly|gladly),? (?:you|we|i)\b[^.!?\n]{0,30}\brefund",
        unless=TAKEN_BACK + r"|\bif\b",
    ),
    rule(
        "refund-cost-covered",
        "refund_promise",
        r"\b(?:cover|bear|absorb|make good|pay for|come up for|foot|carry|replace)(?:s|ed|ing)?(?: for)? (?:the|your|"
        r"this|"
        r"that|what|all|any|these)(?: \w{1,10}){0,2} ?(?:costs?|damages?|loss(?:es)?|bill|difference|expenses?|fees?|"
        r"it cost)"
        r"\b|\b(?:costs?|damages?|loss(?:es)?|bill|difference|fees?)(?: \w{1,9}){0,2} (?:covered|borne|absorbed|paid|"
        r"met) by "
        r"(?:us|techcorp)\b",
        unless=TAKEN_BACK,
    ),
    rule(
        "refund-need-not-pay",
        "refund_promise",
        r"\b(?:ignore|disregard|forget(?: about)?)(?: \w{1,9}){0,2} (?:invoice|charge|bill|payment|reminder for)\b|"
        r"\b(?:needn't|need not|mustn't) pay\b|\bnothing (?:left |more )?to pay\b|\bno payment is (?:due|needed|"
        r"necessary)\b|"
        r"\b(?:payment|charge|amount|invoice)s? (?:won't|will not) be (?:taken|collected|charged|due|sent)\b|"
        r"\b(?:given|handed|sent) back to you\b|\binvoice (?:is |as )?settled\b",
        unless=r"\b(?:if|when|not|never|do not)\b",
    ),
    rule(
        "refund-drops-off",
        "refund_promise",
        r"\b(?:drops?|falls?|comes?|goes|disappears?|taken) (?:off|from) your (?:statement|bill|card)\b|\b(?:don't|do "
        r"not|just "
        r"don't) (?:\w{1,6} )?pay (?:the|this|that|your|for (?:it|this|that)) ?(?:invoice|bill)?\b|\bwritten off\b",
        unless=r"\b(?:if|when|whether)\b",
    ),
    rule(
        "refund-get-that-back",
        "refund_promise",
        r"\b(?:going to|will|'ll|should|can) (?:get|have|see|receive) (?:it|that|this|them|that sum|the sum) "
        r"back\b(?! (?:from|in|under|"
        r"within|with|as|by)\b)|\b(?:finance|we|i|they)(?:'ve| have| has|'s)?(?: \w{1,9})? (?:sent|paid|transferred|"
        r"wired|given|booked) "
        r"(?:it|that|this|the \w{1,9}) (?:back|out)\b|\b(?:won't|will not|needn't) (?:have to )?pay for (?:it|that|"
        r"this)\b|\b(?:is|are|be) "
        r"paid out\b",
        unless=r"\b(?:not be|cannot|can't|never|nobody|whether|if|trash|task)\b",
    ),
)
