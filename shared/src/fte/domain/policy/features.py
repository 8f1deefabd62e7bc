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
)
