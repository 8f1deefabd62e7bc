# ruff: noqa: RUF001 (letters of other alphabets are meant)
"""Replies are English. What is written in another language, or in none, is read by no other rule."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from typing import Final

from fte.domain.policy.reading import read

IN_THEIR_LANGUAGE: Final[Mapping[str, str]] = {
    "de": "Wir antworten auf Englisch; wenn Sie lieber mit einem Menschen aus unserem Team schreiben möchten, sagen "
    "Sie es uns einfach.",
    "fr": "Nous répondons en anglais ; si vous préférez échanger avec une personne de notre équipe, dites-le-nous "
    "simplement.",
    "es": "Respondemos en inglés; si prefiere escribir con una persona de nuestro equipo, solo díganoslo.",
    "pt": "Respondemos em inglês; se preferir falar com uma pessoa da nossa equipe, é só nos dizer.",
    "it": "Rispondiamo in inglese; se preferisce scrivere con una persona del nostro team, ce lo dica semplicemente.",
    "nl": "We antwoorden in het Engels; als u liever met iemand van ons team schrijft, laat het ons gerust weten.",
    "pl": "Odpowiadamy po angielsku; jeśli wolą Państwo napisać do osoby z naszego zespołu, proszę dać nam znać.",
    "tr": "İngilizce yanıt veriyoruz; ekibimizden bir kişiyle yazışmayı tercih ederseniz bize söylemeniz yeterli.",
    "sv": "Vi svarar på engelska; om du hellre vill skriva med en person i vårt team är det bara att säga till.",
}
"""That the answer is in English, in the customer's language: the only sentences that may be in another one."""

_COMMON: Final = """
a about above access account add after again all allow also an and any are as ask at back be because been before
below beside best both but by can cannot case change check choose click close come contact could day days did do
does done down each either else enter every few find first for free from full get give go good had has have he hello
help here hi his how i if in into is it its just keep kind know last later leave less let like line list look made
make many may me mean menu mention message more most move much must my name need new next no none not nothing now of
off old on once one only open or other our out over own page part people per person plan please press project read
ready regards remove reply right same save say see select send set she should show sign so some sorry start still
stop such support take task team tell text than thank thanks that the their them then there these they this those
through time to too try turn two type under until up us use used user very want was way we welcome well were what
when where which while who whole why will with without word work works workspace would write wrong yes yet you your
"""
COMMON: Final = frozenset(_COMMON.split())
"""Words of which nearly every English sentence has some."""

_SMALL_WORDS: Final = """
und der das ist nicht wir sie ihr ihre ihnen ihren für mit auf ein eine einen werden wird haben bitte dem mich
kein
keine auch nach über wenn oder sich uns diese dieser dieses mein meine dein lautet kann soll muss lieber bei
zum zur ich je jetzt sehr vom unsere unser wäre
le la les des vous nous est une pas votre vos avec pour dans sur que qui et ne au aux cette ce ces sont notre
nos
être avez avons pouvez du son sa ses mais
el los las usted su sus por para con una está nuestro nuestra del al puede como pero más hemos tiene muy mi lo
il di che sono vi ci della nel nella questo questa può suo sua nostro anche più gli
os uma você não seu sua dos da em nossa nosso pode isso são ao pelo também
het een wij uw niet van voor met zijn kunt deze onze ons op naar ook
nie się jest na do w z dla pan pani państwa proszę możemy nasz ale jak
och att det som inte är vi för på kan har den av till
ve bir bu için ile değil
"""
_FOREIGN: Final = frozenset(read(_SMALL_WORDS).folded.split())
"""Small words of other languages that are no English words, as they are read."""

_SENTENCE: Final = re.compile(r"[.!?:;>]\s|\n|$")
_WORD: Final = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_GREETING: Final = re.compile(r"^(?:hello|hi)\b[^,!\n]{0,60}[,!\n]")
_CJK: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")

MOST_OTHER_SCRIPT: Final = 1
"""So many words in another script may be a name."""
MOST_CJK: Final = 4
GIBBERISH_WORDS: Final = 8
"""From so many words on, a sentence has a common one."""


def not_english(text: str) -> bool:
    """Whether a sentence of `text` (read, in small letters) is in another language. Names and menu paths are not."""
    text = _courtesies().sub(" ", _GREETING.sub(" ", text))
    if len(_CJK.findall(text)) > MOST_CJK:
        return True
    words = _WORD.findall(text)
    if sum(not _latin(word) for word in words) > MOST_OTHER_SCRIPT:
        return True
    return any(map(_foreign, _SENTENCE.split(text)))


@cache
def _courtesies() -> re.Pattern[str]:
    read_as = (read(sentence).folded.split() for sentence in IN_THEIR_LANGUAGE.values())
    return re.compile("|".join(r"\s+".join(map(re.escape, words)) for words in read_as))


def _foreign(sentence: str) -> bool:
    words = _WORD.findall(sentence)
    common = sum(word.partition("'")[0] in COMMON for word in words)
    foreign = sum(word not in COMMON and word.partition("'")[0] in _FOREIGN for word in words)
    if len(words) >= 3 and foreign > common:
        return True
    return len(words) >= max(GIBBERISH_WORDS, 4 * sentence.count(",")) and common == 0


def _latin(word: str) -> bool:
    return word.isascii() or all("LATIN" in unicodedata.name(character, "") for character in word)
