"""The numbers that a text states, each in one spelling: "1,000", "1000" and "a thousand" are the same.

What only numbers or counts the text's own parts states nothing: the items of a list, "step 2", "two ways".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from fte.domain.policy.rules import words

BELOW_TWENTY: Final = """
    one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen
    nineteen
"""
TENS: Final = "twenty thirty forty fifty sixty seventy eighty ninety"
_THIRD_TO_TENTH: Final = "third fourth fifth sixth seventh eighth ninth tenth"
_GREAT: Final = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_VALUES: Final = (
    {"a": 1, "an": 1, "zero": 0}
    | {word: value for value, word in enumerate(BELOW_TWENTY.split(), 1)}
    | {word: 10 * value for value, word in enumerate(TENS.split(), 2)}
)
_PARTS: Final = {"quarter": 4} | {word: value for value, word in enumerate(_THIRD_TO_TENTH.split(), 3)}
_ORDINALS: Final = {"twelfth": 12, "twentieth": 20, "thirtieth": 30} | {
    f"{word}th": value for value, word in enumerate(BELOW_TWENTY.split(), 1) if value in {11, *range(13, 20)}
}
"""Those that stand for a day or a rank that somebody has to know; up to the tenth they order what is said."""

_SMALL: Final = rf"(?:{words(TENS)}(?:[\s-]{words(BELOW_TWENTY)})?|{words(BELOW_TWENTY)})"
_HUNDREDS: Final = rf"(?:(?:a|{_SMALL})[\s-]hundred(?:\s(?:and\s)?{_SMALL})?|{_SMALL})"
_IN_WORDS: Final = (
    rf"(?:(?:a|{_HUNDREDS})[\s-](?:thousand|million|billion)(?:\s(?:and\s)?{_HUNDREDS})?"
    rf"|(?:(?:a|{_SMALL})\s)?dozen|{_HUNDREDS}|zero)"
)
_PERIODS: Final = r"(?:second|minute|hour|day|week|month|quarter|year|gb|mb|tb|gigabyte)"
_LISTED: Final = (
    r"(?:ways?|steps?|things?|options?|places?|questions?|points?|reasons?|possibilit(?:y|ies)|cases?|kinds?|parts?|"
    r"answers?|methods?|causes?|checks?|matters?|topics?|of\s(?:them|these|those))"
)
"""What a text counts of its own."""

_NUMBER: Final = re.compile(
    # Where no word begins nothing else is tried: most of a text is that.
    r"(?<![^\W_])(?=[0-9a-z])(?:"
    # An hour of the day.
    r"(?<![.,:_])(?P<hour>\d{1,2})(?::(?P<minute>\d\d)(?!\d))?(?:\s?(?P<half>[ap])\.?m\b|(?<=:\d\d)"
    r"|(?=\s(?:(?:to|until|and|-)\s\d{1,2}\s)?(?:utc|gmt|cet|o'clock)\b))"
    r"|(?<![/.])(?P<fraction>\d{1,2}/\d{1,2})(?![\w/])"
    r"|(?P<digits>\d+(?:[.,']\d+){0,6}(?:\s000(?!\d)){0,3})"
    r"(?P<unit>[gmtk]b|h|hrs?|mins?|ms|s|d|k|m|x|px|st|nd|rd|th)?(?![^\W_])"
    rf"|(?P<top>an?|one|two|three|four|five)[\s-](?P<part>{words(' '.join(_PARTS))})s?"
    r"(?=\s(?:of|off|less|more|cheaper|lower|higher|on|by|when|if|with|for)\b|\s?(?:[.,;:!?)]|$|\n))"
    r"|(?P<half_hour>half\s(?:an\s)?hour)\b|(?P<a_half>half)\b(?!-)"
    rf"|(?P<ordinal>{words(' '.join(_ORDINALS))})\b"
    rf"|(?P<words>{_IN_WORDS})\b)"
)
_PERCENT: Final = re.compile(r"\s?(?:%|per\s?cent\b)")
_ONE_PERIOD: Final = re.compile(rf"\s(?:business\s|working\s|single\s)?(?P<period>{_PERIODS})\b")
_EACH_PERIOD: Final = re.compile(rf"\b(?:an?|each|every|per)\s(?:business\s|working\s|single\s)?({_PERIODS})\b")

_LIST_MARK: Final = re.compile(r"(?:^|(?<=\n)|(?<=[.!?:;,]\s))[>*-]{0,2}\s?\(?(\d{1,2})[.)]\s(?=\S)")
MOST_ITEMS: Final = 20
"""No list of a reply is longer."""
_OWN_COUNT: Final = re.compile(
    rf"\b(?:steps?|points?|options?|questions?|answers?|methods?)\s\d{{1,2}}(?:(?:,|\sand|\sor|\sto|\s?-)\s?\d{{1,2}})*\b"
    rf"|\b(?:[2-9]|{words(BELOW_TWENTY)})(?:\s[a-z]{{2,12}})?\s{_LISTED}\b"
    rf"|\b(?:the|these|those|all|other)\s(?:two|three)\b(?!\s(?:[a-z]+\s)?{_PERIODS})"
    r"|\b(?:one|two)[\s-](?:factor|step)\b"
)


def stated(text: str) -> Iterator[tuple[str, str]]:
    """Each number that `text` (in small letters, as it is seen) states: its one spelling, and how it is written."""
    text = _without_own_numbers(text)
    for found in _NUMBER.finditer(text):
        number = _spelling(found)
        if _PERCENT.match(text, found.end()):
            yield f"{number}%", f"{found[0]} %"
        elif number != "1":
            yield number, found[0]
        elif one := _ONE_PERIOD.match(text, found.end()):
            # Alone "one" is mostly a word like "it"; what lasts one hour is a number.
            yield f"1 {one['period']}", found[0] + one[0]
        elif found["digits"]:
            yield number, found[0]


def told(text: str) -> frozenset[str]:
    """The spellings of all numbers that `text` states, and of "an hour" that of one hour."""
    return frozenset(number for number, _ in stated(text)) | {f"1 {each[1]}" for each in _EACH_PERIOD.finditer(text)}


def _without_own_numbers(text: str) -> str:
    """`text` without what numbers or counts its own parts. In the middle of a line a list begins with one, and counts
    on, unless a sentence has ended before its mark."""
    last = 0

    def mark(found: re.Match[str]) -> str:
        nonlocal last
        number = int(found[1])
        before = text[: found.start()].rstrip(" ")[-1:]
        if number <= MOST_ITEMS and (before in "\n.!?" or number in (1, last + 1)):
            last = number
            return found[0].replace(found[1], "", 1)
        return found[0]

    return _OWN_COUNT.sub(" ", _LIST_MARK.sub(mark, text))


def _spelling(found: re.Match[str]) -> str:
    if found["hour"]:
        hour = int(found["hour"])
        if found["half"]:
            hour = hour % 12 + (12 if found["half"] == "p" else 0)
        return f"{hour}:{found['minute'] or '00'}"
    if found["digits"]:
        return _of_digits(found["digits"], found["unit"] or "")
    if found["fraction"]:
        return found["fraction"]
    if found["part"]:
        return f"{_VALUES[found['top']]}/{_PARTS[found['part']]}"
    if found["half_hour"]:
        return "30"
    if found["a_half"]:
        return "1/2"
    return str(_ORDINALS[found["ordinal"]] if found["ordinal"] else _of_words(found["words"]))


def _of_digits(digits: str, unit: str) -> str:
    if unit == "k" and digits.isdecimal():
        digits += "000"
    whole = re.sub(r"\s", "", digits)
    if re.fullmatch(r"\d{1,3}(?:[.,']\d{3})+", whole):
        whole = re.sub(r"\D", "", whole)
    if whole.isdecimal():
        return whole.lstrip("0") or "0"
    pointed = re.sub(r"[,']", ".", whole)
    return pointed if pointed.count(".") > 1 else pointed.rstrip("0").rstrip(".")


def _of_words(text: str) -> int:
    total = current = 0
    for word in re.findall(r"[a-z]+", text):
        if word == "hundred":
            current *= 100
        elif word in _GREAT:
            total, current = total + current * _GREAT[word], 0
        elif word == "dozen":
            current = (current or 1) * 12
        elif word != "and":
            current += _VALUES[word]
    return total + current
