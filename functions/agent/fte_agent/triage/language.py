# ruff: noqa: RUF001 (letters of other alphabets are meant)
"""Which language a message is in: a guess by its script and its commonest words, English when in doubt."""

from __future__ import annotations

import re
from typing import Final

_LIMIT: Final = 2_000
_LETTER: Final = re.compile(r"[^\W\d_]")
_WORD: Final = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")

_SCRIPTS: Final = (
    ("ja", re.compile("[\u3040-\u30ff]")),
    ("ko", re.compile("[\uac00-\ud7af\u1100-\u11ff]")),
    ("zh", re.compile("[\u4e00-\u9fff]")),
    ("ar", re.compile("[\u0600-\u06ff]")),
    ("ru", re.compile("[\u0400-\u04ff]")),
    ("hi", re.compile("[\u0900-\u097f]")),
    ("el", re.compile("[\u0370-\u03ff\u1f00-\u1fff]")),
    ("he", re.compile("[\u0590-\u05ff]")),
    ("th", re.compile("[\u0e00-\u0e7f]")),
)
"""Japanese first: it mixes its own signs with Chinese ones."""

_LETTERS: Final = (
    ("uk", re.compile("[їєґ]")),
    ("tr", re.compile("[ığş]")),
    ("pl", re.compile("[ąęłśżźćń]")),
    ("cs", re.compile("[ěřů]")),
    ("ro", re.compile("[ățșţ]")),
    ("hu", re.compile("[őű]")),
    ("sv", re.compile("[åø]")),
    ("und", re.compile("[čšžđ]")),
)
"""Letters that few languages write: short messages have hardly any of the commonest words. What the last ones belong to
they do not tell."""

_WORDS: Final = {
    "en": "the and is are to of in my it for on with how can do not we you your this that have has was i a be our"
    " please"
    " what when where why does there from but if at an hi hello thanks thank would could will after new all any"
    " get as"
    " cant dont isnt need want me still am been since by",
    "de": "der die das und ist nicht ich wir sie ein eine einen mit für auf im den dem des zu von bitte wie kann"
    " können"
    " haben habe hat mein meine unser unsere es wenn aber auch noch bei nach sich wird wurde warum wo guten tag danke"
    " hallo kein keine mehr schon seit zum zur uns mir mich ihr ihre oder dass gibt sind",
    "fr": "le la les et est des un une je nous vous pas ne que qui dans pour sur avec mon ma mes notre nos votre"
    " vos ce"
    " cette il elle sont du au aux bonjour merci comment puis peux avons être plus très depuis mais où quand j'ai"
    " c'est"
    " n'est s'il plaît l'application salut svp toujours d'un ça sans",
    "es": "el la los las y es un una de que no en por para con mi mis nuestro nuestra su se lo me hola gracias"
    " cómo como"
    " puedo podemos está están tengo tenemos hay pero más cuando dónde desde muy favor necesito quiero del al"
    " esto este"
    " esta ya porque también buenos días qué",
    "pt": "o a os as e é um uma de que não em por para com meu minha nosso nossa se me olá obrigado obrigada como"
    " posso"
    " podemos está estão tenho temos há mas mais quando onde desde muito preciso quero do da dos das no na isso"
    " este esta"
    " já porque também bom dia você vocês consigo um ao pode ser sem",
    "it": "il lo la i gli le e è un una di che non in per con mio mia nostro nostra si mi ciao grazie come posso"
    " possiamo"
    " sono ho abbiamo c'è ma più quando dove da molto bisogno voglio del della dei nel nella questo questa già perché"
    " anche buongiorno salve vorrei siamo avete vogliamo alla allo uno nostri miei ho ci stato",
    "nl": "de het een en is niet ik wij we u je met voor op in van dat die te mijn ons onze kan kunnen heb hebben"
    " heeft"
    " maar ook nog bij naar als er wordt waarom waar hoe hallo bedankt graag geen meer al sinds aan zijn dit deze wat"
    " goedemorgen",
    "sv": "och är att det som en ett på för med till kan jag vi hur inte har vår vårt min mitt mina hej tack ni du"
    " när var vill skulle från om så men eller också där ingen allt alla min mitt",
    "da": "og er at det som en et på for med til kan jeg vi hvordan ikke har vores min mit hej tak når hvor vil"
    " fra om så men eller også der af",
    "pl": "i w z na do nie się jest to że jak czy mogę możemy proszę dziękuję dzień dobry witam mam nasz nasza mój moja"
    " chcę chciałbym chciałabym ale kiedy gdzie dlaczego od po przez dla jestem z wami o za już mi nas nam was są był"
    " ten ta te nasze wszystkie piszę",
    "cs": "a v na je to že jak se si nejde mohu můžeme prosím děkuji dobrý den mám náš naše můj moje chci chtěl"
    " rád bych ale kdy kde proč od po pro jsem s ve jste nás mi už",
    "ro": "și nu este un o în la de cu pe pentru care mă vă îmi sunt pot cum bună ziua mulțumesc nostru noastre meu mea"
    " vreau avem mai din",
    "hu": "a az és nem hogy egy van kérem szeretnék köszönöm jó napot hogyan tudok nekem már csak ezt meg vissza fel"
    " nincs mert miért",
    "tr": "ve bir bu için ile ne değil var yok benim bizim lütfen teşekkürler merhaba ben biz"
    " ama neden nerede olarak çok daha sonra istiyorum unuttum nasıl geri hâlâ hala kez bana beni tüm kimse sizinle"
    " acaba mı mi kadar talep ediyorum ediyoruz",
}  # fmt: skip
_PARTICLES: Final = "de la le les el los du des da do dos von van der den di del della a e i o u en et"
_IN_NAMES: Final = frozenset(_PARTICLES.split())
"""Words that prove nothing in a short message: family names have them."""

SHARE: Final = 0.2
"""Of the words of a message as many at least tell its language."""

_LANGUAGES: Final = {name: frozenset(words.split()) for name, words in _WORDS.items()}


def language_of(text: str) -> str:
    """The code of the language of `text`. Another one than English is claimed only for good reasons."""
    sample = text[:_LIMIT]
    letters = len(_LETTER.findall(sample))
    for name, script in _SCRIPTS:
        signs = len(script.findall(sample))
        # Foreign names and single words stand in English mails, too.
        if signs > 0.35 * letters and signs >= 2:
            return name
    words = _WORD.findall(sample.lower().replace("\u2019", "'"))
    hits = {name: sum(word in common for word in words) for name, common in _LANGUAGES.items()}
    best = max(hits, key=lambda name: (hits[name], name == "en"))
    proof = _LANGUAGES[best] - _IN_NAMES if len(words) < 5 else _LANGUAGES[best]
    distinct = len({word for word in words if word in proof})
    if len(words) < 3:
        return "en"
    if best == "en" or distinct < 2 or hits[best] < SHARE * len(words):
        return _by_letters(words, hits["en"])
    return best if hits[best] >= 1.4 * hits["en"] else "en"


def _by_letters(words: list[str], english: int) -> str:
    """The language of the letters of a message with few English words, or English: one such word may be a name."""
    if english >= SHARE * len(words):
        return "en"
    several = max(2, SHARE * len(words)) if english else 1
    return next((name for name, letter in _LETTERS if sum(map(bool, map(letter.search, words))) >= several), "en")
