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
    {"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "a", "œ": "o", "\u0131": "i"}
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
        msc bsc phd mba jr jun sen ii iii von van de der den del della da do dos das la le du zu zur bin ibn al el
        gmbh ag kg ohg ug inc llc ltd limited plc corp corporation company co sa sas sarl srl bv nv ab oy as aps pty spa
        support team sales office service services info admin billing accounts contact customer help desk helpdesk
        department dept via from on behalf of the and und et y e iphone android mobile phone work private privat
        business home new neu whatsapp user unknown me family familie not given kundenservice vertrieb buchhaltung
        verwaltung
        """,
    )
)
"""Words that stand beside a name, or in the place of one."""

_SHORT: Final[dict[str, str]] = {
    short: name
    for name, shorts in {
        "robert": "bob bobby rob robbie", "william": "will willy bill billy liam", "richard": "dick rick ricky rich",
        "elizabeth": "liz lizzie beth betty eliza lisa", "margaret": "maggie peggy meg greta",
        "katharina": "katherine catherine kathryn kate katie kathy cathy kat kathi catharina katarina katrin",
        "michael": "mike mick mickey mikey michel michele mikhail", "james": "jim jimmy jamie",
        "john": "jack johnny jon",
        "edward": "ed eddie ted ned", "thomas": "tom tommy", "anthony": "tony", "charles": "chuck charlie carl karl",
        "henry": "harry hank heinrich", "alexander": "sasha sascha xander aleksandr alejandro",
        "alexandra": "sandra", "andrew": "drew andy andreas andre", "jennifer": "jenny jen", "patricia": "patty tricia",
        "stephen": "steve steven stefan stephan", "christopher": "kit topher", "daniel": "danny",
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

    Accents, titles and the forms of companies go; a short form becomes the name that it is short for. An address is no
    name. A name in letters other than Latin and Cyrillic ones gives nothing: it cannot be compared.
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
    words = [word for word in _WORD.findall(plain) if word not in _NO_NAMES]
    return " ".join(list(dict.fromkeys(_SHORT.get(word, word) for word in words))[:MAX_TOKENS])
