"""How promises are worded: who speaks, in which tense, and what takes them back."""

from __future__ import annotations

from typing import Final

US: Final = (
    r"(?:i|we|techcorp|someone|somebody|they|he|she|sales|finance|support|engineering"
    r"|(?:our|the|my|a|your|one of our|one of my|another)(?: [a-z]{2,16}){0,2} (?:teams?|engineers?|developers?|devs|"
    r"colleagues?|specialists?|experts?|managers?|technicians?|department|people|staff|lead|agents?|company))"
)
WILL: Final = (
    r"(?:'ll| will| shall| are going to| am going to| is going to|'m going to|'re going to| gonna|'m about to"
    r"| promise to| commit to| plan to| intend to| are planning to| expect to| aim to| hope to)"
)
SURELY: Final = (
    r"(?: (?:also|then|now|soon|gladly|happily|personally|certainly|definitely|surely|just|try"
    r"|to|be|quickly|immediately|of|course|all|both)){0,4}"
)
NOW: Final = (
    r"(?:'re|'m|'s| are| am| is)(?: (?:already|currently|now|actively|just|still|working|hard|"
    r"on|both|all)){0,4}"
)
HAVE: Final = r"(?:'ve| have| has|'s)(?: (?:already|just|now|also|successfully)){0,3}"

TAKEN_BACK: Final = (
    r"\b(?:not|cannot|can't|won't|don't|doesn't|didn't|never|neither|nobody|no one|none|nor|"
    r"unable|whether|may not|isn't"
    r"|aren't|wasn't|without|decides?|decided)\b"
)
"""What makes of a promise a statement that nothing is promised, when it stands before it."""
