"""No reply names a price or an amount of money: only the plan page and Sales do."""

from __future__ import annotations

from typing import Final

from fte.domain.policy.quantities import BELOW_TWENTY, TENS
from fte.domain.policy.reading import letters
from fte.domain.policy.rules import Rule, rule, words

_ONE: Final = words(
    """
    one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen
    nineteen twenty thirty forty fourty fifty sixty seventy eighty ninety hundred thousand million grand dozen
"""
)
IN_WORDS: Final = rf"\b(?:a )?{_ONE}(?:(?: and |[ -]){_ONE}){{0,6}}"
IN_DIGITS: Final = r"\b\d(?:[\d.,']| (?=\d)){0,20}"
NUMBER: Final = rf"(?:{IN_DIGITS}|{IN_WORDS})"

_CODES: Final = words(
    "btc eth usdt usdc usd eur gbp chf jpy cny rmb inr aud nzd sek nok dkk pln czk huf brl mxn zar sgd hkd ils aed krw"
)

_CURRENCIES: Final = words(
    """
    dollars? euros? pounds? bucks? quid fiver tenner cents? pence pennies francs? franken rappen yen yuan
    renminbi rupees? rubles? roubles? kron(?:a|or|er|e) zloty zlotys forint reais pesos? dirhams? shekels? rand
    riyals? liras? dolar(?:es)? dollari libras? doll(?:ar)?s?
"""
)

_ELSEWHERE: Final = words(
    letters(
        "доллар(?:ов|а|ы)? евро руб(?:лей|ля|ль)? гривен ευρω ευρώ ユーロ ドル 円 元 块 美元 欧元 人民币 "  # noqa: RUF001
        "英镑 日元 달러 원 유로 रुपये डॉलर دولار يورو ريال درهم שקל דולר"
    )
)
_CJK_NUMBER: Final = "[\\d〇零一二两三四五六七八九十百千万億亿]"  # noqa: RUF001

_TENS: Final = words(f"ten {TENS}")
_BELOW_TWENTY: Final = words(BELOW_TWENTY)
PERSON: Final = r"(?:user|seat|member|person|head|licen[cs]e|teammate|colleague|employee)"
PERIOD: Final = r"(?:month|mo|year|yr|annum|quarter|week|day|lifetime)"
_PER: Final = r"(?: ?/ ?| ?p\.| per | a | an | each | every | for each | for every )"

COUNTED: Final = words(
    """
    % percent seconds? minutes? mins? hours? days? weeks? months? years? business working people persons? users?
    members? guests? seats? licen[cs]es? projects? tasks? teams? workspaces? times? items? files? rows? boards?
    requests? calls? runs? rules? uses? steps? clicks? pages? fields?
    gb mb tb kb characters? words? columns? of st nd rd th
"""
)
"""What follows a number that is no amount of money."""

BARE: Final = (
    rf"(?<![\d.,])\d(?:[\d.,']{{0,14}}\d)?(?![\d.,]*[\d%])(?! ?(?:-|to|or|"
    rf"and) ?\d)(?!:\d)(?! ?-?{COUNTED}\b)"
)
_ABOUT: Final = (
    r"(?: (?:about|around|only|just|roughly|approximately|you|us|at|is|are|was|of|be|would|"
    r"will|from|between|under|over|"
    r"nearly|almost|exactly|currently|to|now|less|more|than|up|as|little|low|the|team|business"
    r"|enterprise|plan|it|that)"
    r"){0,5}(?! ?:?\n\d{1,2}[.)] | ?: ?\d[.)] ) ?:? ?"
)
_PRICE: Final = r"(?:prices?|costs?|fees?|rates?|charges?|subscriptions?|tariffs?|invoice|bill)"

PRICES: Final[tuple[Rule, ...]] = (
    rule("price-symbol", "price", rf"¤ ?-?{NUMBER}|{NUMBER} ?(?:k |m |mn )?¤"),
    rule(
        "price-currency",
        "price",
        rf"(?:{NUMBER}|\b(?:few|several|couple of|some|dozens of|hundreds of|half a)) ?-?k?"
        rf"(?:us|american|canadian|australian)? ?(?:{_CURRENCIES}|{_CODES}|cad)\b",
    ),
    rule("price-currency-first", "price", rf"\b(?:{_CURRENCIES}|{_CODES}|cad|us-?¤?) ?:?-?\d"),
    rule("price-code-and-word", "price", rf"\b{_CODES} {IN_WORDS}"),
    rule("price-elsewhere", "price", rf"{_CJK_NUMBER} ?{_ELSEWHERE}|\b{_ELSEWHERE} ?\d"),
    rule(
        "price-grand",
        "price",
        rf"(?<![\w.,])(?:\d[\d.,]{{0,20}}|{_ONE}) (?:grand|bucks|quid)\b|\ba (?:fiver|tenner|grand)\b",
    ),
    rule(
        "price-per-person",
        "price",
        rf"{NUMBER}{_PER}{PERSON}s?\b ?[,/]?(?: ?(?:per|a|each|every|and))? ?{PERIOD}\b",
    ),
    rule("price-per-person-short", "price", rf"{IN_DIGITS}(?: ?/ ?| per ){PERSON}\b"),
    rule(
        "price-per-period",
        "price",
        rf"(?<![\d.,])\d[\d.,']{{0,20}}(?: ?/ ?| per ){PERIOD}\b|(?<![\d.,])\d[\d.,']{{0,20}} (?:monthly|yearly|"
        rf"annually|p/m|pm/user|pcm)\b",
        unless=r"\b(?:runs?|uses?|requests?|calls?|exports?|automations?|events?|messages?|summaries)\b",
    ),
    rule(
        "price-a-period",
        "price",
        r"(?<![\d.,])\d(?:[\d.,']{0,12}\d)? (?:a|an|each|every|for each) (?:month|mo|year|yr|annum"
        r"|user|seat|licen[cs]e|head)\b",
        unless=r"\b(?:runs?|uses?|requests?|calls?|exports?|automations?|events?|messages?|limits?|allows?|ai)\b",
    ),
    rule("price-costs", "price", rf"\b(?:costs?|costing|priced|charged?|charging|pay|pays|paying|paid){_ABOUT}{BARE}"),
    rule(
        "price-is",
        "price",
        rf"\b(?:{_PRICE}|quote|amount due|total|offer)(?! ?:?\n\d{{1,2}}[.)] |"
        rf" ?: ?\d[.)] )(?: (?:for|of|per|on) (?:\w{{1,20}} ){{1,5}}| ?)"
        rf"(?:is|are|was|be|starts?|begins?|comes?|amounts?|=|:|of|at){_ABOUT}{BARE}",
        unless=r"\bhow much\b",
    ),
    rule("price-starts", "price", rf"\b(?:starts?|starting|begins?|available|yours) (?:at|from|for) {BARE}"),
    rule("price-for-only", "price", rf"\bfor (?:only|just|as little as|a mere|less than|under) {BARE}"),
    rule("price-in-words", "price", rf"\b(?:costs?|priced at|price is|price of){_ABOUT}{IN_WORDS}(?! ?-?{COUNTED}\b)"),
    rule("price-dash", "price", r"\b\d{2,}[.,] ?-{1,2}(?!\w| ?[a-z])|\b\d{1,6}[.,]-{1,2}(?![\w-])"),
    rule(
        "price-share",
        "price",
        r"\b(?:half|double|twice|triple|a third|two thirds|a quarter|a tenth|a fraction|1/2|1/3|"
        r"1/4|½|\d{1,3} ?(?:%|percent)"
        rf"|{IN_WORDS} percent)(?: of)?(?: the| our| its| your| what)?(?: (?:usual|normal|full|"
        r"current|list|regular))? ?-?"
        r"(?:prices?|costs?|fees?|rates?)\b|\bhalf[- ](?:off|priced?)\b",
    ),
    rule("price-change", "price", rf"\b{_PRICE}[^.!?\n]{{0,40}} by {NUMBER} ?(?:%|percent)"),
    rule("price-relative", "price", rf"{NUMBER} ?(?:%|percent|times|x) (?:more expensive|dearer|as expensive)\b"),
    rule(
        "price-coffee", "price", r"\b(?:price|cost) of (?:a|one|two) (?:cups? of )?(?:coffees?|lattes?|lunch|pizzas?)\b"
    ),
    rule(
        "price-currency-word",
        "price",
        r"\b(?:dollars?|euros?|bucks|francs|rupees|yen|dollar sign|(?:a|one|single|per|every|in|of) (?:euros?|pound|"
        r"cent|"
        r"penny|pence))\b(?! (?:field|type|format|column))",
        unless=r"\bcurrenc(?:y|ies)\b",
    ),
    rule(
        "price-two-numbers",
        "price",
        rf"\b(?:{_BELOW_TWENTY}|twenty|thirty|forty|fifty) {_TENS}(?:[ -]{_ONE})?\b|\b{_ONE} point {_ONE}\b",
        unless=r"\b(?:at|until|from|by)\s$",
    ),
    rule(
        "price-words-per-person",
        "price",
        rf"(?:\b\d(?:[\d.,']{{0,12}}\d)?|{IN_WORDS})(?: ?/ ?| per | a | an | each | every | for each | for every "
        rf"){PERSON}s?\b"
        r"(?! (?:of|can|may|has))",
        unless=r"\b(?:runs?|uses?|requests?|limits?|allows?|up to|at most)\b",
    ),
    rule(
        "price-apiece",
        "price",
        rf"{NUMBER} (?:apiece|a pop|per head|a head|pupm|pppm|p\.?p\b|per unit)|"
        rf"\b(?:around|about|roughly|only|just|at) {NUMBER} each\b",
    ),
    rule(
        "price-short-currency",
        "price",
        r"(?<![\w-])(?:rs|fr|sfr|kr|zl|kc|lei|php|thb)\.? ?\d[\d.,]{0,12}"
        r"(?![\w-])|(?<![\w-])\d[\d.,]{0,12} ?(?:kr|zl|zł|kc|kč|lei|ft|rs|fr)\b",
    ),
    rule(
        "price-digits",
        "price",
        r"\b(?:single|double|two|three|four)[ -]digit (?:price|sum|amount|fee|dollar|figure)|"
        r"\bin the (?:low |mid |high )?(?:teens|twenties|thirties|forties|fifties|hundreds|thousands)\b|"
        r"\b(?:low|mid|high)[ -](?:teens|twenties|thirties|forties|fifties)\b",
    ),
    rule(
        "price-sums-up",
        "price",
        rf"\b(?:adds? up|comes? (?:to|out)|amounts?|sums? up|works? out|totals?|boils? down|budget|spend|spending|"
        rf"invested?){_ABOUT}"
        rf"(?:{BARE}|{IN_WORDS}(?! ?-?{COUNTED}\b))(?! \w{{1,16}}(?:s|people)\b(?! (?:per|a|each)))|"
        rf"{BARE} (?:in total|all in|altogether|annually|plus (?:vat|tax)|net|gross|incl|excl)\b",
    ),
    rule(
        "price-moves",
        "price",
        rf"\b{_PRICE}(?: \w{{1,14}}){{0,3}} (?:rises?|goes|drops?|falls?|increases?|decreases?|changes?|climbs?)(?: "
        rf"up| "
        rf"down)? (?:to|from|by) {NUMBER}",
    ),
    rule(
        "price-plan-is",
        "price",
        rf"\b(?:plan|tier|edition|package|licen[cs]e|seat|subscription)s?(?: \w{{1,14}}){{0,2}} (?:is|are|sits|goes|go|"
        rf"sells?|runs?|comes?|stays?)(?: (?:at|for|only|just|about|around|currently|now)){{0,3}} {BARE}(?! "
        rf"?[a-z]{{2,}})",
    ),
    rule(
        "price-bill-share",
        "price",
        rf"(?:{NUMBER} ?(?:%|percent|per cent)|\b(?:half|double|twice|triple|a third|a quarter)) (?:of |less than |"
        rf"more "
        r"than )?(?:what |your |the |our )(?:\w{1,12} ){0,2}(?:bill|invoice|subscription|spend|pay|paid|plan|price)\b",
    ),
    rule(
        "price-words-per-period",
        "price",
        rf"{IN_WORDS} (?:a|each|every|per) (?:month|year|annum)\b",
        unless=r"\b(?:runs?|uses?|requests?|exports?|automations?|reports?|summaries|limits?|allows?|up to|at most)\b",
    ),
    rule(
        "price-plan-in-words",
        "price",
        rf"\b(?:plan|tier|edition|licen[cs]e|seat|subscription|fee|price|rate)s? (?:is|are|costs?|comes? to|goes for)"
        rf"(?: (?:just|only|about|around|now))? {IN_WORDS}(?= ?[.,;!?]|$|\n)",
    ),
    rule("price-thousands-a-period", "price", rf"\b\d{{1,4}} ?k ?(?:a|an|per|each|every|/) ?{PERIOD}\b"),
    rule(
        "price-times-as",
        "price",
        r"\b(?:half|twice|double|three times|four times|a third|a quarter) as (?:expensive|cheap|dear|costly)\b",
    ),
    rule("price-nothing", "price", rf"\b{_PRICE} is (?:nil|zero|nothing|negligible)\b"),
    rule(
        "price-thousands",
        "price",
        r"\b(?:value|price|cost|fee|contract|total|quote|budget|bill|invoice|rate|worth)\b[^.!?\n]{0,30} \d{1,4} ?k\b|"
        r"¤(?:uro|ollar|ound)|\b\d{1,6}(?:[.,]\d{2})? ?(?:p\.?a\b|p\.m\.|pcm\b)|\bsets? you back\b"
        rf"|\b(?:renewal|upgrade|licen[cs]es?|total|sum) (?:will be|would be|is|comes to|are) {BARE}",
    ),
)
