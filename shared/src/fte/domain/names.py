"""Names as tokens, so that it can be said whether two of them can be one person's."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

MAX_CHARACTERS: Final = 200
MAX_TOKENS: Final = 6

_WORD: Final = re.compile(r"[a-z]+")
_FOR_ANOTHER: Final = re.compile(
    r"(?<=\w)\s(?:for|on behalf of|via|p\.\s?p\.|i\.\s?a\.|im auftrag(?: von)?)\s", re.IGNORECASE
)
_APOSTROPHE: Final = re.compile(r"['\u2019`]s?\b")

_LETTERS: Final = str.maketrans(
    {
        "ß": "ss",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "æ": "a",
        "œ": "o",
        "\u0131": "i",
        "ə": "e",
        "ħ": "h",
    }
    | dict(zip("абвгдеёзийклмнопрстуфыэіїґєў", "abvgdeeziiklmnoprstufyeiigeu", strict=True))
    | {"ж": "zh", "\u0445": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ь": "", "ю": "yu", "я": "ya"}
)
_TWO_LETTERS: Final = (("ae", "a"), ("oe", "o"), ("ue", "u"))
"""Umlauts are written in two ways; both become the plain letter, in every name."""

_NO_NAMES: Final = frozenset(
    re.findall(
        r"\w+",
        """
        mr mrs ms miss mx sir dr prof professor herr frau fraulein monsieur madame mme mlle senor senora sr sra dipl ing
        msc bsc phd mba
        gmbh ag kg ohg ug inc llc ltd limited plc corp corporation company co sa sas sarl srl bv nv ab oy as aps pty spa
        support team sales office service services info admin billing accounts contact customer help desk helpdesk
        department dept via from on behalf of the and und iphone android mobile phone work private privat
        business home new neu whatsapp user unknown me family familie not given kundenservice vertrieb buchhaltung
        verwaltung
        """,
    )
)
"""Words that stand beside a name, or in the place of one."""

_PARTICLES: Final = frozenset(
    _WORD.findall("von van de der den del della da do dos das la le du zu zur bin ibn al el et y e")
)
"""Between two names they tell nothing. At an end they may be one: Al Green, Li Bin."""

_GENERATIONS: Final = {"jr": "#jr", "junior": "#jr", "ii": "#ii", "iii": "#iii", "iv": "#iv"}
_GENERATIONS_AT_THE_END: Final = {"jun": "#jr", "sen": "#sr", "sr": "#sr", "senior": "#sr"}
"""What tells a son from his father. Elsewhere these are titles, or names: Jun Tanaka, Amartya Sen, Sr. Juan Diaz."""

_SHORT: Final[dict[str, str]] = {
    short: name
    for name, shorts in {
        "robert": "bob bobby rob robbie", "william": "will willy bill billy liam", "richard": "dick rick ricky rich",
        "elizabeth": "liz lizzie beth betty eliza lisa", "margaret": "maggie peggy meg greta",
        "katharina": "katherine catherine kathryn kate katie kathy cathy kat kathi catharina katarina katrin",
        "michael": "mike mick mickey mikey michel michele mikhail", "james": "jim jimmy jamie",
        "john": "jack johnny jon",
        "edward": "ed eddie ted ned", "thomas": "tom tommy", "anthony": "tony", "charles": "chuck charlie carl karl",
        "henry": "harry hank heinrich", "alexander": "alex sasha sascha xander aleksandr alejandro",
        "alexandra": "sandra", "andrew": "drew andy andreas andre", "jennifer": "jenny jen", "patricia": "patty tricia",
        "alan": "allan allen", "gerald": "gerry", "benjamin": "ben benny benni",
        "philip": "phil phillip philipp philippe", "kenneth": "ken kenny", "donald": "don donnie", "gabriel": "gabe",
        "joshua": "josh", "samuel": "sam", "jessica": "jess jessie", "jeffrey": "jeff", "geoffrey": "geoff",
        "raymond": "ray", "douglas": "doug", "tobias": "toby tobi", "vincent": "vince vinny", "walter": "walt",
        "stephanie": "steph steffi stefanie", "barbara": "barb", "pamela": "pam", "abigail": "abby",
        "muhammad": "mohammed mohamed mohammad muhammed mohd",
        "stephen": "steve steven stefan stephan", "christopher": "kit topher chris", "daniel": "danny dan",
        "david": "dave davy", "deborah": "debbie", "dorothy": "dot dottie", "frederick": "fred freddie friedrich fritz",
        "gregory": "greg", "jacob": "jake jakob", "joseph": "joe joey josef jose pepe", "lawrence": "larry",
        "leonard": "lenny", "matthew": "matt matthias matteo", "nicholas": "nick nicky nikolaus klaus nicolas",
        "peter": "pete pedro pierre", "rebecca": "becky", "ronald": "ron ronnie", "samantha": "sammy",
        "susanna": "sue susie susan suzanne susanne", "theodore": "theo teddy", "timothy": "tim timmy",
        "victoria": "vicky tori", "zachary": "zach", "francisco": "paco pancho frank francis francesco franz",
        "guillermo": "memo", "ignacio": "nacho", "eduardo": "edu lalo",
        "johannes": "hans hannes johann juan giovanni",
        "maximilian": "max", "sebastian": "basti", "ivan": "vanya",
        "ekaterina": "katya", "dmitrii": "dima dmitry dmitri",
        "mariya": "masha maria marie mary", "natalia": "natasha natalie nataliya",
        "yevgeny": "zhenya", "anna": "anya ana",
    }.items()
    for short in shorts.split()
}  # fmt: skip


def name_tokens(name: str) -> str:
    """The words of a person's name, joined by spaces, without what tells nothing; empty when nothing is left.

    Accents, titles and the forms of companies go; a short form becomes the name that it is short for; what tells a son
    from his father stands last, as "#jr". An address is no name. Cyrillic letters become Latin ones. A name without
    either keeps its own letters, and can be compared with names in the same script.
    """
    name = name[:MAX_CHARACTERS]
    if "@" in name:
        return ""
    # "Ben Ode for Ann Lee" is Ben.
    name = _FOR_ANOTHER.split(name)[0]
    plain = unicodedata.normalize("NFKC", name).lower().translate(_LETTERS)
    plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    plain = _APOSTROPHE.sub("", plain.translate(_LETTERS))
    for pair, letter in _TWO_LETTERS:
        plain = plain.replace(pair, letter)
    words, generation = _generation(_WORD.findall(plain))
    words = [word for word in words if word not in _NO_NAMES]
    words = words[:1] + [word for word in words[1:-1] if word not in _PARTICLES] + words[1:][-1:]
    tokens = list(dict.fromkeys(_SHORT.get(word, word) for word in words or _other_words(plain)))[:MAX_TOKENS]
    return " ".join([*tokens, *generation]) if tokens else ""


def _generation(words: list[str]) -> tuple[list[str], list[str]]:
    """The words without what tells a son from his father, and that."""
    if len(words) > 2 and words[-1] in _GENERATIONS_AT_THE_END:
        return words[:-1], [_GENERATIONS_AT_THE_END[words[-1]]]
    found = [word for word in words[1:] if word in _GENERATIONS]
    return [word for word in words if word not in found], [_GENERATIONS[word] for word in found[:1]]


def _other_words(plain: str) -> list[str]:
    """The words in letters that are not Latin ones. Marks belong to them: they are the vowels of many scripts."""
    kept = (c if c.isalpha() or unicodedata.category(c) == "Mc" else " " for c in plain if not _is_mark(c))
    return [word for word in "".join(kept).split() if not _WORD.search(word)]


def _is_mark(character: str) -> bool:
    # Marks that take no place are left out in all names alike, and with them what makes an emoji of a sign.
    return unicodedata.category(character) == "Mn"
