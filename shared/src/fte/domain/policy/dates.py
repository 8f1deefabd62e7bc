"""No reply says when anything is repaired, back or ready."""

from __future__ import annotations

from typing import Final

from fte.domain.policy.rules import Rule, rule, words
from fte.domain.policy.speech import NOW, US, WILL

DAY: Final = words("monday tuesday wednesday thursday friday saturday sunday")
MONTH: Final = words(
    "january february march april may june july august september october november december ja"
    "n feb mar apr jun jul aug "
    "sept? oct nov dec"
)
SEASON: Final = r"(?:spring|summer|autumn|fall|winter)"
WHEN: Final = (
    r"(?:(?:by|on|before|until|till|this|next|coming|from|as of|"
    rf"no later than) (?:the )?(?:coming |next |following )?{DAY}"
    r"|(?:next|this|coming|following) (?:week|month|quarter|year|release|sprint|version|update"
    r"|summer|autumn|fall|winter|spring)"
    r"|(?:in|by|before|during|until|since|for|early|late|end of|mid) ?-?(?:early |late |"
    rf"mid-?)?(?:{MONTH}|q[1-4]|h[12]|20\d\d)\b"
    r"|tomorrow|tonight|later today|end of (?:the )?(?:day|week|month|quarter|year)|eod|eow"
    r"|(?:very )?(?:soon|shortly)|before long|any day now|in no time|asap|as soon as possible|in due course"
    r"|(?:with)?in (?:the )?(?:about |around |less than |next |coming |a |an )?"
    r"(?:few |couple of |\d{1,3}(?: ?(?:-|to) ?\d{1,3})? |one |two |three |four |five |six |"
    r"seven |eight |ten |twelve |twenty-four )?"
    r"(?:business |working )?(?:minutes?|hours?|days?|weeks?|months?|quarters?|releases?))"
)
_FUTURE: Final = (
    rf"(?:{WILL}|'ll| should be| is expected| are expected| is due| is planned| is scheduled|"
    r" are scheduled| are planned)"
)
_READY: Final = (
    r"(?:be (?:available|released|added|launched|shipped|ready|fixed|resolved|done|live|back|"
    r"restored|repaired|sorted|solved|"
    r"finished|completed|corrected|supported|rolled out|deployed|online|working|implemented|introduced|improved|up)"
    r"|launch|ship|arrive|come out|go live|roll out|land|come back|get (?:it|this|that) (?:fixed|done|sorted|solved))"
)
ANSWER_TIMES: Final = (
    r"(?:answers?|answered|reply|replies|respond|responds|response|hear|feedback)\b[^.!?\n]{0,60}"
    r"within (?:4|8|four|eight|one|1|24|30|thirty) (?:business |working )?(?:hours?|days?|minutes?)"
)
"""The times in which the teams answer, as the notices and the documentation say them."""

EVENT: Final = (
    r"(?:christmas|xmas|easter|thanksgiving|new year(?:'s)?(?: eve)?|the (?:holidays|summer break|year's "
    r"end)|year[- ]end)"
)
_HOUR: Final = (
    rf"(?:noon|midday|midnight|lunch(?:time)?|tonight|tomorrow|today|{DAY}|{EVENT}|the (?:weekend|evening|afternoon|"
    r"morning|hour|end of)|(?:at )?\d{1,2}(?::\d\d)? ?(?:am|pm|a\.m|p\.m|o'clock|utc|cet|gmt)|\d{1,2}:\d\d|end of)"
)
_LONG: Final = (
    r"(?:about |around |roughly |another |under |less than |at most )?(?:an?|a few|a couple of|some|one|two|three|"
    r"four|five"
    r"|six|seven|eight|ten|\d{1,3})(?: (?:more|further|or two|business|working))? (?:minutes?|hours?|days?|weeks?|"
    r"months?)"
)
_TROUBLE: Final = (
    r"(?:fix|patch|hotfix|repairs?|maintenance|outage|incident|disruption|downtime|service|error|bug|"
    r"problem|issue|trouble)"
)

DATES: Final[tuple[Rule, ...]] = (
    rule(
        "date-ready",
        "date_promise",
        rf"{_FUTURE}(?: (?:probably|likely|surely|also|all|hopefully|"
        rf"to)){{0,3}} {_READY}\b[^.!?\n]{{0,50}}\b{WHEN}",
        unless=r"\b(?:not|whether)\b",
    ),
    rule(
        "date-fix",
        "date_promise",
        r"\b(?:fix|patch|hotfix|update|repair|solution|bug|issue|problem|error|outage|incident|"
        rf"feature|release)\b[^.!?\n]{{0,40}}{_FUTURE}\b[^.!?\n]{{0,50}}\b{WHEN}",
        unless=r"\b(?:not|whether)\b",
    ),
    rule(
        "date-we",
        "date_promise",
        rf"\b{US}(?:{WILL}|{NOW}| should| can)[^.!?\n]{{0,60}}\b{WHEN}",
        unless=r"\b(?:not|whether|cannot|can't|if|when|never)\b|" + ANSWER_TIMES,
    ),
    rule(
        "date-expect",
        "date_promise",
        r"\byou (?:can|should|may|will) (?:expect|count on|have|hear|"
        rf"get)\b[^.!?\n]{{0,50}}\b(?:fix|solution|news|update|refund|feature|it|this|result|money|"
        rf"feedback|call|back)\b[^.!?\n]{{0,30}}\b{WHEN}",
        unless=r"\b(?:not|whether|cannot|can't|files?|tasks?|trash|undo)\b",
    ),
    rule(
        "date-works-again",
        "date_promise",
        r"\b(?:works?|working|runs?|running|back|up|fixed|solved|resolved|repaired|restored|well|fine|over|end|ends|"
        r"able "
        rf"to sign in|available)(?: \w{{1,10}}){{0,3}} (?:{WHEN}|within the (?:hour|day|week)|at \d{{1,2}} ?(?:am|pm|"
        rf"o'clock)|at the latest|before you know it)|\b(?:by|until|on) (?:{DAY}|noon|midnight|tonight|tomorrow)(?: "
        rf"at the "
        r"latest)?,? (?:\w{1,10} ){1,3}(?:works?|runs?|is (?:back|fixed|solved|done))\b|\bat the latest it\b",
        unless=r"\b(?:not|if|when|whether|cannot|can't|link|links|code|undo|kept|restore|choose|set|reminder|due|"
        r"iterations?|teams?|tasks?|starts?|files?|trash|trial|plan work|rules?|report|export|import)\b|"
        + ANSWER_TIMES,
    ),
    rule(
        "date-more-hours",
        "date_promise",
        r"\b(?:takes?|needs?|lasts?|wait|another) (?:about |another |only )?(?:\w{1,6} )?(?:more|another|further) "
        r"(?:\w{1,6} "
        r")?(?:minutes?|hours?|days?|weeks?)\b|\bbefore you know it\b",
    ),
    rule(
        "date-tomorrow",
        "date_promise",
        r"\b(?:tomorrow|tonight|later today|this (?:afternoon|evening))\b(?!['\"])",
        unless=r"\b(?:type|enter|choose|write|such as|for example|not|due)\b",
    ),
    rule(
        "date-give-it",
        "date_promise",
        r"\bgive (?:it|us|them) (?:a |another |some |one |two )?(?:few |couple of )?(?:more )?(?:minutes?|hours?|"
        r"days?|weeks?|"
        rf"months?|time)\b|\bexpect(?: \w{{1,14}}){{0,4}} (?:by|before|within|in|on|from) (?:noon|midnight|{DAY}|"
        rf"the|a|an|"
        r"\d|one|two|three|lunch|end)\b",
        unless=r"\b(?:not|cannot|can't|answer|reply)\b|" + ANSWER_TIMES,
    ),
    rule(
        "date-trouble-ends",
        "date_promise",
        rf"\b{_TROUBLE}\b(?: \w{{1,12}}){{0,4}} (?:done|live|out|over|ends?|returns?|resumes?|finish(?:es|ed)?|"
        rf"complete[ds]?|disappears?|gone|back|lasts?|fixed|solved|resolved|expected|ready|due|coming)(?: "
        rf"\w{{1,9}}){{0,4}} "
        rf"(?:{_HOUR}|{_LONG}|long)\b",
        unless=r"\b(?:not known|if|whether|nobody|cannot|can't|status page|plan|trial|tokens?)\b",
    ),
    rule(
        "date-again-by",
        "date_promise",
        rf"\b(?:again|working|works|running|runs|up|available|online|live|reachable|fine|normal|sorted|in(?: again)?|"
        rf"there|"
        rf"finished|ready|done|dealt with|taken care of|in place|fixed|restored|solved|resolved|repaired)(?: again| as "
        rf"usual| for (?:you|all|everybody|your \w{{1,12}}))? (?:by|before|until|in time "
        rf"for|for|no later than) {_HOUR}\b",
        unless=r"\b(?:not|if|whether|cannot|tasks?|rules?|reports?|choose|set|due|reminder|is there|invite)\b",
    ),
    rule(
        "date-need-until",
        "date_promise",
        rf"\b(?:engineers?|developers?|team|colleagues?|we|they|technicians?)(?:'ll| will)? (?:still )?(?:needs?|"
        rf"takes?|"
        rf"wants?) (?:until|till|{_LONG})\b|\btakes? (?:the|our) (?:engineers?|developers?|team|colleagues?|"
        rf"technicians?) "
        rf"(?:until|{_LONG})|\bgive (?:us|them|me|it) (?:until|till|a day|a week|{_LONG})\b|"
        r"\b(?:expects?|hopes?|aims?|plans?) to be (?:done|finished|ready|back)\b",
        unless=r"\b(?:not|if|whether)\b",
    ),
    rule(
        "date-not-long",
        "date_promise",
        r"\b(?:won't|will not|not going to) (?:be|take|last|need)(?: (?:too|very|that|much|any))? (?:long(?:er)?|more "
        r"than|"
        r"over)\b|\b(?:won't|will not) (?:have|need) to wait (?:too |very |that |much )?long\b|\bthing of the past\b|"
        r"\b(?:will|'ll|should)(?: \w{1,9}){0,3} (?:by then|then)(?=[.,;!]|$)|\bonly a matter of\b|"
        r"\ba matter of (?:time|hours|days|weeks|months)\b|\b(?:hour|minute|day|week)s? until (?:it|this|that) "
        r"(?:works|is)\b",
        unless=r"\b(?:if|whether)\b",
    ),
    rule(
        "date-answer-by",
        "date_promise",
        rf"\b(?:answers?|reply|replies|response|news|result|solution)(?: \w{{1,9}}){{0,2}} (?:by|before|no later than) "
        rf"{_HOUR}|\b(?:answers?|repl(?:y|ies)|responds?|calls?|answered|reacts?)(?: \w{{1,9}}){{0,2}} (?:within|in) "
        rf"(?:the "
        rf"hour|an hour|minutes|a few minutes|no time)\b",
        unless=r"\bexpect (?:an|the|their|its) answer|\b(?:not|if|whether|due)\b",
    ),
    rule(
        "date-target",
        "date_promise",
        rf"\b(?:target|goal|aim|eta|best guess)(?: date)?(?: is|:) (?:on |by |for )?(?:{_HOUR}|{MONTH}\b|next)|"
        rf"\b{DAY} (?:is|looks|seems|would be|should be) (?:\w{{1,8}} )?(?:realistic|likely|possible|doable|feasible|"
        rf"fine)\b|"
        rf"\b(?:no|not) later than (?:{_HOUR}|{MONTH}\b|next)|\b(?:{DAY}|tomorrow|noon|midnight|week|month|hour|"
        rf"year)s?,? "
        r"at (?:the )?latest\b|\b(?:aiming|shooting|heading) for\b",
        unless=r"\b(?:due|choose|set|task|goals?)\b",
    ),
    rule(
        "date-then-it-works",
        "date_promise",
        rf"\b(?:by|until|before) (?:the end of )?(?:the |this |next )?(?:week(?:end)?|month|day|year|then|{DAY}|"
        rf"{EVENT})\b,? "
        r"(?:\w{1,9} ){1,4}(?:sorted|fine|works?|working|fixed|done|resolved|solved|over|back|gone|there|able)\b|"
        r"\bnext (?:week|month|year|quarter),? (?:\w{1,9} ){1,4}(?:works?|working|gone|fixed|solved|possible|there|"
        r"sorted|"
        r"back)\b|\btomorrow's (?:update|release|version|fix)\b|\bwith (?:the|our|this) (?:\w{1,9} )?(?:update|release|"
        rf"version|fix) (?:on|in|next|of) (?:{DAY}|{MONTH}\b|week|month)",
        unless=r"\b(?:not|if|whether|choose|set)\b",
    ),
    rule(
        "date-event",
        "date_promise",
        rf"\b(?:be|is|are|arrives?|comes?|lands?|ready|have|get|out|see|use)\b(?: \w{{1,9}}){{0,4}} (?:by|before|for|"
        rf"until|"
        rf"at|around|after|in time for) {EVENT}",
        unless=r"\b(?:not|whether|cannot|can't)\b",
    ),
    rule(
        "date-in-hours-it-is",
        "date_promise",
        rf"\bin (?:{_LONG}|half an hour),? (?:it|everything|all|this|that)(?:'s| is|'ll| will| should)\b|\b(?:hours?|"
        rf"minutes?|days?) "
        rf"at (?:the )?most\b[^.!?\n]{{0,20}}\b(?:back|fixed|works?|up|over|done)\b|\bresumes? (?:at|on|by|in|after) "
        rf"(?:{_HOUR}|"
        rf"{_LONG})|\b(?:back|normal|again|fixed) (?:to normal )?by (?:\d{{1,2}}(?=[.,!;]|$)|{_HOUR})",
        unless=r"\b(?:not|if|whether)\b",
    ),
    rule(
        "date-there-in",
        "date_promise",
        rf"\b(?:will|'ll|should) be (?:there|back|working|running|up)(?: again)? (?:in {_LONG}|in {MONTH}\b|next "
        rf"(?:week|month|"
        rf"year|quarter)|{_HOUR})",
        unless=r"\b(?:not|if|whether|tasks?|trash)\b",
    ),
    rule(
        "date-roughly",
        "date_promise",
        rf"\b(?:up|back|there|ready|running|done|fixed) by (?:half past|quarter|about|around) |\bcount on {DAY}\b|"
        rf"\b(?:a )?question of (?:"
        rf"hours|minutes|days|weeks|time)\b|(?:'ll|\bwill) be (?:about |another |only )?(?:a (?:day|few|couple|week)|"
        rf"an hour|one more|{_LONG})"
        r"(?=[.,!;]|$| (?:or|until|before))|\bcome back (?:at|in|after|by) (?!the trash)\w{1,12} and it\b",
        unless=r"\b(?:not|if|whether)\b",
    ),
)
