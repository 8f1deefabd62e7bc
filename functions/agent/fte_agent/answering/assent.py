"""Messages that say nothing by themselves, and something after what was said before: "ok", a thumb, "yes please"."""

from __future__ import annotations

import re
from typing import Final

LIMIT: Final = 2_000
LONGEST_OK: Final = 5
LONGEST_YES: Final = 7
_WORD: Final = re.compile(r"[^\W_]+")
_PLEASED: Final = frozenset(
    "\U0001f44d\U0001f44c\U0001f64f\U0001f600\U0001f603\U0001f642\U0001f60a\U0001f389\u2764\u2705\U0001f64c\U0001f60d\U0001f601"
)
_CROSS: Final = frozenset(
    "\U0001f621\U0001f620\U0001f92c\U0001f44e\U0001f624\U0001f612\U0001f61e\U0001f622\U0001f62d\U0001f644\U0001f641\u2639"
)
_ACKNOWLEDGING_WORDS: Final = """
ok okay k kk oki alright right perfect super great cool fine good nice understood noted clear got it will do thanks
thank you thx ty yep yes yeah sure awesome excellent wonderful brilliant lovely all that is danke gracias merci grazie
bien gut vale bon oui ja si
"""
_ACKNOWLEDGING: Final = frozenset(_ACKNOWLEDGING_WORDS.split())
_YES_WORDS: Final = """
yes yep yeah yea sure please ok okay ja si oui absolutely definitely
"""
_YES: Final = frozenset(_YES_WORDS.split())
_AROUND_YES_WORDS: Final = """
please do that would be great nice good i like it thanks thank you go ahead
"""
_AROUND_YES: Final = frozenset(_AROUND_YES_WORDS.split())


def acknowledges(text: str) -> bool:
    """Whether a message is nothing but "ok", a thumb or another sign that what was said is enough."""
    shown = text[:LIMIT].strip()
    words = _WORD.findall(shown.lower())
    if not words:
        return bool(shown) and not set(shown) & _CROSS and bool(set(shown) & _PLEASED)
    return len(words) <= LONGEST_OK and all(word in _ACKNOWLEDGING for word in words) and "?" not in shown


def frowns(text: str) -> bool:
    """Whether a message is nothing but signs of displeasure."""
    shown = text[:LIMIT].strip()
    return not _WORD.search(shown) and bool(set(shown) & _CROSS)


def agrees(text: str) -> bool:
    """Whether a message is nothing but a yes."""
    words = _WORD.findall(text[:LIMIT].lower())
    return 0 < len(words) <= LONGEST_YES and words[0] in _YES and all(word in _YES | _AROUND_YES for word in words)
