"""Questions that only underline a matter: what answers the matter answers them, and nothing is looked up for them."""

from __future__ import annotations

import re
from typing import Final

_THIS: Final = r"(?:this|that|it|there|these)"
_US: Final = r"(?:me|us|out|please|pls|with this|with that|with it)"
_SOMEBODY: Final = r"(?:you|you guys|someone|somebody|anyone|anybody|support)"
_THING: Final = r"(?:something|anything|it|this)"
_WHEN: Final = r"(?: (?:there|here|recently|lately|today|yesterday|on your (?:side|end)|overnight|wrong))*"
_TAIL: Final = r"(?: \w+){0,5}"
"""Where and when: "in my settings", "since the last update"."""

_REMARKS: Final = (
    # "Is this a known bug?", "Is it expected?", "Is it just me?"
    rf"(?:is|are|was) {_THIS} (?:perhaps |maybe |even |really |just |only |some sort of )?(?:an? )?"
    r"(?:known |common |general |temporary )?(?:bugs?|issues?|problems?|errors?|glitch|fault|outage|normal|expected"
    r"|intended|intentional|correct|possible|on purpose|by design|me|us|a thing)"
    r"(?: or (?:not|something|am i \w+ \w+))?",
    rf"(?:am i|are we) (?:just |maybe |perhaps )?(?:missing|doing|overlooking|getting) {_THING}{_TAIL}",
    r"(?:am i|are we) (?:just )?(?:blind|stupid|wrong|the only one|the only ones)(?: here)?",
    rf"what (?:am i|are we) (?:doing wrong|missing|overlooking){_TAIL}",
    rf"(?:did|have|has) (?:i|we|you|{_THING})(?: just)? (?:change|miss|happen|br[eo]ak|do)(?:e?d|en)?"
    rf"(?: {_THING})?{_WHEN}",
    rf"(?:is|has|have|does|did) (?:anyone|anybody|someone|somebody) else{_TAIL}",
    rf"(?:can|could|would|will) {_SOMEBODY} (?:please |kindly |pls )?(?:help|assist|advise|explain|investigate"
    rf"|(?:look into|check|fix) {_THIS})(?: {_US})*",
    rf"any (?:ideas?|advice|help|suggestions?|thoughts|tips|clues?|hints?|pointers)(?: (?:on|about) {_THIS}| {_US})*",
    rf"any (?:ideas?|clue) (?:what|why) (?:{_THIS}|is|could|might|may)"
    r"(?: (?:be|is|happens?|wrong|going on|the cause))*",
    r"what (?:should|can|could|do|must|shall|else can) (?:i|we) (?:do|check|try)"
    rf"(?: (?:first|next|now|about {_THIS}))*",
    rf"(?:what|whats|what's) (?:is )?(?:wrong|going on|happening|the (?:problem|issue|cause|reason)){_WHEN}",
    rf"why (?:is|does|did|would) {_THIS}(?: (?:so|happen|happening|be))*",
    rf"when (?:will|is) {_THIS} (?:going to )?(?:be )?(?:fixed|solved|resolved|repaired|back|working)(?: again)?",
    rf"(?:do you (?:know|see) (?:why|what i mean)|does {_THIS} make sense|how come|why|ok|right|you know)",
)
_REMARK: Final = re.compile(rf"(?:(?:and|or|but|so|also|now),? )?(?:{'|'.join(_REMARKS)})", re.IGNORECASE)


def is_remark(question: str) -> bool:
    """Whether `question` has no matter of its own but that of the sentences around it."""
    return _REMARK.fullmatch(" ".join(re.findall(r"[\w']+,?", question.replace("\u2019", "'"))).rstrip(",")) is not None
