"""No reply promises a feature, or a date for anything."""

from __future__ import annotations

from typing import Final

from fte.domain.policy.rules import Rule, rule, words
from fte.domain.policy.speech import NOW, SURELY, TAKEN_BACK, US, WILL

_DAY: Final = words("monday tuesday wednesday thursday friday saturday sunday")
_MONTH: Final = words(
    "january february march april may june july august september october november december ja"
    "n feb mar apr jun jul aug "
    "sept? oct nov dec"
)
_SEASON: Final = r"(?:spring|summer|autumn|fall|winter)"
_WHEN: Final = (
    r"(?:(?:by|on|before|until|till|this|next|coming|from|as of|"
    rf"no later than) (?:the )?(?:coming |next |following )?{_DAY}"
    r"|(?:next|this|coming|following) (?:week|month|quarter|year|release|sprint|version|update"
    r"|summer|autumn|fall|winter|spring)"
    r"|(?:in|by|before|during|until|since|for|early|late|end of|mid) ?-?(?:early |late |"
    rf"mid-?)?(?:{_MONTH}|q[1-4]|h[12]|20\d\d)\b"
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

FEATURES: Final[tuple[Rule, ...]] = (
    rule(
        "feature-will",
        "feature_promise",
        r"(?:\bwill|'ll|\bgoing to|\babout to|\bshall|\bexpected to|\bscheduled to|\bplanned to|"
        r"\bset to|\bdue to)(?: (?:soon|also|then|shortly|finally|probably|likely|"
        r"definitely)){0,3} "
        r"(?:be (?:available|released|added|launched|shipped|supported|rolled out|introduced|"
        r"implemented|included in (?:the|a|our))|launch|ship|roll out|go live|come out)\b",
        unless=r"\b(?:not|never|whether|when|if|cannot|can't|nobody)\b",
    ),
    rule(
        "feature-soon",
        "feature_promise",
        r"\b(?:coming|available|released?|launch(?:ing|es)?|arriv(?:es|ing)|out|here|live|shipping"
        r"|ready|added|support(?:ed)?) (?:very |quite |pretty )?(?:soon|shortly|"
        r"in the (?:near )?future)\b|\b(?:soon|shortly) (?:be )?(?:available|released|added|"
        r"supported|launched|live|ready)\b",
    ),
    rule(
        "feature-roadmap",
        "feature_promise",
        r"\b(?:on|in|part of) (?:our|the)(?: \w{1,12}){0,2} (?:roadmap|backlog|pipeline)\b|"
        r"\bin the (?:works|making|pipeline)\b|\broadmap (?:has|includes|shows)\b",
    ),
    rule(
        "feature-release",
        "feature_promise",
        r"\bin (?:the|an?|our|one of the) (?:next|upcoming|coming|future|"
        r"later) (?:few )?(?:releases?|versions?|updates?|sprints?)\b",
    ),
    rule(
        "feature-build",
        "feature_promise",
        rf"\b{US}{WILL}{SURELY} (?:add|build|implement|release|launch|ship|introduce|support|"
        r"develop|include|roll out|deliver|bring|make (?:it|this|that) possible)(?:ing)?\b",
        unless=TAKEN_BACK,
    ),
    rule(
        "feature-building",
        "feature_promise",
        rf"\b{US}{NOW} (?:adding|building|implementing|releasing|launching|shipping|introducing|"
        r"developing|designing|beta[- ]testing|testing (?:it|this|a)|planning|working on|bringing|"
        r"rolling out)\b",
        unless=TAKEN_BACK,
    ),
    rule(
        "feature-planned",
        "feature_promise",
        r"\b(?:feature|support|option|integration|version|update|improvement|mode|it|this|"
        r"that)(?: for [\w ]{1,30})? (?:is|are) (?:already |currently |being )?(?:planned|"
        r"scheduled|being (?:built|developed|worked on|tested|added|rolled out)|under development|"
        r"in development|in beta|underway)\b",
        unless=r"\b(?:not|whether|if|when|nor)\b",
    ),
    rule(
        "feature-expect",
        "feature_promise",
        r"\b(?:expect|planned for|scheduled for|slated for|targeted for|aiming for|due in|eta|"
        r"launch(?:es|ing)?|releas(?:es|ed|ing)|ships?|arriving|coming|(?:feature|support|"
        r"integration|version|mode|app|update) (?:comes|arrives)|rolls? out)(?: (?:is|it|this|that"
        rf"|to|be|out|available)){{0,4}} {_WHEN}",
        unless=r"\b(?:not|whether|if|when|cannot|can't|invoice|payment|mail|report|export|answer|reply|"
        r"notification)\b|" + ANSWER_TIMES,
    ),
    rule(
        "feature-lands",
        "feature_promise",
        r"\b(?:lands?|arrives?|comes?|drops?|launches|ships?|debuts?|brings?|delivers?|released?|out)(?: it| this| "
        r"them)? "
        rf"(?:in|with|by|on|from|as of|before) (?:the )?(?:early |late |mid[- ]?|end of )?(?:spring|summer|autumn|fall|"
        rf"winter|version|release|update|next|{_MONTH}\b|q[1-4]|h[12]\b|20\d\d)",
        unless=r"\b(?:not|if|when|whether|how)\b",
    ),
    rule(
        "feature-eta",
        "feature_promise",
        r"\beta\b|\b(?:estimated|expected|planned|tentative|target) (?:release|launch|delivery|date|availability)\b|"
        r"\brelease date\b|\bq[1-4](?: of)? 20\d\d\b|\b(?:first|second|third|fourth|1st|2nd|3rd|4th) quarter\b",
        unless=r"\b(?:no|not|nobody|cannot|whether)\b",
    ),
    rule(
        "feature-almost",
        "feature_promise",
        r"\b(?:almost|nearly|practically|as good as|half) (?:done|finished|ready|there|complete|built|working)\b|"
        r"\b(?:around|round) the corner\b|\bin (?:closed |open |public |private )?(?:beta|alpha|preview|testing)\b|"
        r"\b(?:about|bound|likely|sure) to (?:drop|land|come|arrive|launch|appear|change|be added)\b|"
        r"\b(?:high|next|top|already|right up) on (?:our|the|their) (?:list|agenda|plan)\b|\bon our (?:list|agenda)\b|"
        r"\bwork on (?:it|this|that) (?:has|is|will)\b|\bstarted (?:building|working|developing|to build)\b",
        unless=r"\b(?:not|nor|never|whether|if)\b",
    ),
    rule(
        "feature-soon-at-all",
        "feature_promise",
        r"\b(?:soon|shortly|before long|in the near future|sooner or later|any day|stay tuned|watch this space|"
        r"look out for it|look forward to)\b(?! (?:as|after|before))",
        unless=r"\b(?:as|how|too)\s(?:soon)?$|\bhow soon|\bas soon|\btoo soon|\bnot\b",
    ),
    rule(
        "feature-plan",
        "feature_promise",
        r"\b(?:we|i|they|product|developers?|engineers?|techcorp)(?: (?:all|really|also|do|already)){0,2} (?:plan|"
        r"want|"
        r"intend|hope|aim|expect|mean|would like)(?:s|ed)?(?: \w{1,10}){0,3} (?:for|to (?:have|add|build|release|ship|"
        r"launch|bring|offer|support|deliver|do|get))\b|\bsomething (?:that )?we (?:plan|want|are)\b",
        unless=TAKEN_BACK,
    ),
    rule(
        "feature-product-team",
        "feature_promise",
        r"\bproduct (?:team|managers?|people|department) (?:has|have|is|are|will|plans?|wants?|confirmed|approved|"
        r"likes?|"
        r"loves|knows?|agrees?|works?)\b|\b(?:confirmed|approved|accepted|planned|scheduled) by (?:our|the) "
        r"(?:product|development|engineering)\b",
        unless=r"\b(?:not|cannot|whether)\b",
    ),
    rule(
        "feature-version",
        "feature_promise",
        r"\b(?:version|release|update|v) ?\d[\d.]{0,6} (?:brings?|will|adds|introduces|comes?|includes|ships|is "
        r"(?:coming|due"
        r"|planned|expected))\b|\b(?:a|the|some) (?:future|coming|upcoming|later|next) (?:update|version|release)\b",
        unless=r"\b(?:not|whether)\b",
    ),
    rule(
        "feature-our-next",
        "feature_promise",
        rf"\b(?:our|the|with the|in the) (?:next|coming|(?:spring|summer|autumn|fall|winter|{_MONTH}))"
        r"(?: \w{1,10})? (?:release|update|version)\b|\b(?:watch|look|wait|check back)(?: out)? (?:for it|for that|"
        r"for this|"
        rf"in|next) (?:in )?(?:{_MONTH}|{_SEASON}|next)|\b(?:promised|announced|confirmed|told me|tell "
        rf"me)\b[^.!?\n]{{0,40}}"
        rf"\b(?:{_MONTH}|{_SEASON}|coming|next|q[1-4])\b",
        unless=r"\b(?:not|whether|if|when)\b",
    ),
)

DATES: Final[tuple[Rule, ...]] = (
    rule(
        "date-ready",
        "date_promise",
        rf"{_FUTURE}(?: (?:probably|likely|surely|also|all|hopefully|"
        rf"to)){{0,3}} {_READY}\b[^.!?\n]{{0,50}}\b{_WHEN}",
        unless=r"\b(?:not|whether)\b",
    ),
    rule(
        "date-fix",
        "date_promise",
        r"\b(?:fix|patch|hotfix|update|repair|solution|bug|issue|problem|error|outage|incident|"
        rf"feature|release)\b[^.!?\n]{{0,40}}{_FUTURE}\b[^.!?\n]{{0,50}}\b{_WHEN}",
        unless=r"\b(?:not|whether)\b",
    ),
    rule(
        "date-we",
        "date_promise",
        rf"\b{US}(?:{WILL}|{NOW}| should| can)[^.!?\n]{{0,60}}\b{_WHEN}",
        unless=r"\b(?:not|whether|cannot|can't|if|when|never)\b|" + ANSWER_TIMES,
    ),
    rule(
        "date-expect",
        "date_promise",
        r"\byou (?:can|should|may|will) (?:expect|count on|have|hear|"
        rf"get)\b[^.!?\n]{{0,50}}\b(?:fix|solution|news|update|refund|feature|it|this|result|money|"
        rf"feedback|call|back)\b[^.!?\n]{{0,30}}\b{_WHEN}",
        unless=r"\b(?:not|whether|cannot|can't)\b",
    ),
    rule(
        "date-works-again",
        "date_promise",
        r"\b(?:works?|working|runs?|running|back|up|fixed|solved|resolved|repaired|restored|well|fine|over|end|ends|"
        r"able "
        rf"to sign in|available)(?: \w{{1,10}}){{0,3}} (?:{_WHEN}|within the (?:hour|day|week)|at \d{{1,2}} ?(?:am|pm|"
        rf"o'clock)|at the latest|before you know it)|\b(?:by|until|on) (?:{_DAY}|noon|midnight|tonight|tomorrow)(?: "
        rf"at the "
        r"latest)?,? (?:\w{1,10} ){1,3}(?:works?|runs?|is (?:back|fixed|solved|done))\b|\bat the latest it\b",
        unless=r"\b(?:not|if|when|whether|cannot|can't|link|links|code|undo|kept|restore|choose|set|reminder|due|"
        r"iterations?|teams?)\b|" + ANSWER_TIMES,
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
        rf"months?|time)\b|\bexpect(?: \w{{1,14}}){{0,4}} (?:by|before|within|in|on|from) (?:noon|midnight|{_DAY}|"
        rf"the|a|an|"
        r"\d|one|two|three|lunch|end)\b",
        unless=r"\b(?:not|cannot|can't|answer|reply)\b|" + ANSWER_TIMES,
    ),
)
