"""One person's number has one spelling here, where a country lets it be written in two."""

from __future__ import annotations

import re
from typing import Final

_SPELLINGS: Final = (
    # Brazil put a 9 before every mobile number (which began with 6 to 9), and WhatsApp still knows many without it.
    (re.compile(r"\+55(\d\d)([6-9]\d{7})"), r"+55\g<1>9\2"),
    # Mexico had a 1 before a mobile number when called from abroad; it is gone, but WhatsApp still writes it.
    (re.compile(r"\+521(\d{10})"), r"+52\1"),
    # Argentina has a 9 there, which is often left out. The ten digits after it are one number, mobile or not.
    (re.compile(r"\+54([1-3]\d{9})"), r"+549\1"),
)


def one_spelling(number: str) -> str:
    """The number (`+` and digits) as it is known here, whichever way its country lets it be written.

    It is what a person is recognised by, and not what is called: a reply goes to the address as the provider gave it.
    """
    for pattern, spelling in _SPELLINGS:
        if found := pattern.fullmatch(number):
            return found.expand(spelling)
    return number
