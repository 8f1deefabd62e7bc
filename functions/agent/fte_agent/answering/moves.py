"""What a message does in the conversation, besides asking: it greets, thanks, praises, complains, wishes, or says that
an answer did not help."""

from __future__ import annotations

import re
from typing import Final, Literal

from fte_agent.answering.beyond import asks_about_others, asks_who_we_are
from fte_agent.answering.follow_up import corrects
from fte_agent.answering.mishaps import has_event, has_mishap, without_never
from fte_agent.answering.plain_text import sentences_of
from fte_agent.answering.question import asks, in_trouble, is_question, without_frame
from fte_agent.answering.standing import asks_how_it_stands, takes_back
from fte_agent.answering.words import stems

Move = Literal[
    "empty", "unclear", "settled", "thanks", "praise", "complaint", "wish", "no_help", "reference", "off_topic", "bot",
    "others", "status", "taken_back", "person", "ask",
]  # fmt: skip

LIMIT: Final = 2_000
FRAGMENT: Final = 10
"""Words of a message up to which its category tells little, where it goes on with a matter."""
BRIEF: Final = 20
"""Words of a message up to which it may do nothing but take back another one."""

_WORD: Final = re.compile(r"[^\W_]+")
_GREETING_WORDS: Final = """
hi hello hey hiya greetings good morning afternoon evening day there team dear sir madam all everyone yo test testing
ping support techcorp anybody anyone somebody someone here is it are you u still
"""
_GREETINGS: Final = frozenset(_GREETING_WORDS.split())
_THANKING: Final = re.compile(
    r"\b(?:thanks|thank you|thank u|thx|ty|cheers|much appreciated|appreciate (?:it|the|your)|many thanks|grateful"
    r"|danke|gracias|merci|grazie|obrigad[oa]|bedankt|dank (?:u|je)|tack)\b(?! for nothing)"
)
# What a message of thanks goes on with, if thanks are not all.
_MORE: Final = re.compile(
    r"\b(?:but|however|though|except|cannot|cant|could(?:n't)?|not|no|never|still|only|meant|instead|nothing|pero|aber"
    r"|mais|ma|mas|maar|will (?:try|check|see|test|look|do)|(?:going to|gonna|let me) (?:try|check|test|look)"
    r"|try (?:it|that)|later|tonight|tomorrow|grey|gray|greyed|disabled|missing|empty|\w+n't)\b"
    r"|(?:^|[,.;!?] ?|\b(?:and|but|so|also|or|now|then) )(?:also )?(?:can|could|may|how|what|where|when|which|why|who"
    r"|is there|are there|do|does|will|would|should|what about) ?(?:i|we|you|it|the|that|this|one|do|does|is|are"
    r"|about|if|else)?\b"
)
_SETTLED: Final = re.compile(
    r"\b(?:(?:it|that|this|everything|all) (?:\w+ )?(?:worked|works|fixed|solved|helped|sorted)|works? (?:now|again"
    r"|fine|great"
    r"|perfectly)|worked|solved|sorted|fixed|all good|all set|helped|resolved|got it|did the trick|found it|that was it"
    r"|no longer (?:need|an issue)|you can close|please close|(?:is|are|came|comes|['s]s) back(?: now| again| up"
    r"| online)?|(?:is|are|its|it's) (?:working|up|fine|okay|ok)(?: again| now)?|working (?:again|now|fine))\b"
    r"|(?:^|[.!?,;] ?)that(?: will|'ll) do(?= ?(?:[.!,]|$))|(?:^|[.!?,;] ?)that answers (?:it|my|the|all|everything)\b"
    r"|\b(?:ya funciona|funciona (?:ahora|agora|bien|perfecto)|(?:hat |jetzt )*(?:geklappt|gut funktioniert)"
    r"|hat (?:jetzt )?funktioniert|(?:klappt|funktioniert|geht) (?:jetzt"
    r"|wieder|nun)|[cç]a marche|(?:marche|fonctionne) (?:maintenant|bien|enfin)|funziona(?: ora| adesso)?|werkt (?:nu"
    r"|weer)|opgelost|gel[oö]st|erledigt|solucionado|resuelto|resolvido|r[eé]solu|risolto)\b"
)
_NO_HELP: Final = re.compile(
    r"\b(?:still (?:not|no|does|the same|same|doesn't|don't|didn't|can't|cannot|isn't|won't|nothing|broken|fail\w*"
    r"|get\w*"
    r"|see\w*|happen\w*|stuck|wrong|missing|blank|empty|hav\w*|there)|(?:did|does|do)(?:n't| not) (?:help|work|change"
    r"|fix|solve"
    r"|make a difference)|no (?:luck|change|difference|effect|success)|same (?:problem|issue|error|thing|result)"
    r"|not (?:helpful|fixed|solved|working)|(?:already|have) (?:tried|done|did) (?:that|this|it|all|these|those)"
    r"|tried (?:that|this|it|all|everything|these|those|your)|that (?:is not|isn't|wasn't) (?:it|what|my)|unhelpful"
    r"|(?:again|back) (?:the same|not working)|nothing (?:changed|helped)|doesn't help"
    r"|(?:did|done|followed|checked|tried) (?:all )?(?:of )?(?:that|this|it|these|those|everything|(?:your|the) steps)"
    r"[,.;]? (?:but|and|yet|nothing|nope|same|still)"
    r"|but (?:still |there is |there was )?(?:no|nothing|not|never)|no success)\b"
    r"|\bstill ?(?:[.!?,]|$)|^\W*(?:no|nope)\b,? (?:i|we) (?:do not|don't|dont|have no|have not|haven't|havent|can't"
    r"|cannot|cant|can not)\b"
    r"|\b(?:(?:hat |hilft |geht |klappt |funktioniert )(?:mir |uns |es |das |leider |immer noch |noch |immer )*nicht"
    r"|nicht geholfen"
    r"|no (?:me |nos )?(?:funcion|ayud|sirv)\w+|sigue (?:sin|igual)|ne (?:marche|fonctionne) (?:toujours )?pas"
    r"|toujours pas"
    r"|(?:marche|fonctionne) (?:toujours )?pas|n'a pas aid[eé]|non (?:funziona|va|mi ha aiutato)|n[aã]o (?:funciona"
    r"|ajudou)|werkt (?:nog steeds |nog )?niet|helpt niet)\b"
)
# "Can the owner still see it?" tells of no trouble.
_ASKS_IF_STILL: Final = re.compile(r"\b(?:can|could|do|does|will|would|may) (?:\w+ ){1,3}still (?!not\b)")
_CONDITION: Final = re.compile(
    r"\b(?:what if|while|if|until|unless|as long as|whenever) (?![^?]{0,200}\b(?:tried|help\w*|working|works?)\b)"
    r"[^.,!?]{0,200}(?=\?)"
)
"""What a question sets out from is not so, unless it is what was tried."""
_ALL_TRIED: Final = re.compile(
    r"\b(?:did|done|tried|followed|checked|went through) (?:(?:everything|all|each|every one)(?: of)?"
    r" (?:(?:on|in|of|from) )?(?:your|the|these|those|that) (?:list|steps?|points?|mail|message|answer|things?)"
    r"|(?:everything|all) (?:that )?you (?:wrote|said|suggested|listed|sent))\b"
)
_DID: Final = re.compile(
    r"\b(?:did|done|tried|followed|checked) (?:all )?(?:of )?(?:that|this|it|these|those|everything|(?:your|the)"
    r" (?:steps|instructions|advice))\b|\b(?:already|have) (?:did|done|tried|followed|checked)\b"
)
_PRAISE: Final = re.compile(
    r"\b(?:(?<!would )(?<!'d )love|loving"
    r"|great (?:job|work|product|tool|app|support|update|service)|awesome|amazing|fantastic|excellent"
    r"|brilliant|wonderful|well done|kudos|impressed|good job|nice (?:work|job|update)|keep (?:it )?up|happy with"
    r"|delighted|compliments?|congrat\w*|bravo|fan of|best (?:tool|product|app|support)"
    r"|made (?:my|our) day|really (?:like|enjoy)|thumbs up)\b"
)
# People and seats are added by the customer; nobody builds them.
_ADD: Final = (
    r"(?:build|implement"
    r"|add(?! (?:\S+ ){0,3}?(?:colleagues?|guests?|users?|members?|seats?|person|people|address(?:es)?|licen[cs]es?"
    r"|admins?|owners?|accounts?|clients?|me|us|him|her|them|\S+@\S+)(?: |\W|$)))"
)
_WISH: Final = re.compile(
    r"\b(?:feature request|suggestion|(?:i|we)(?: would|'d)?(?: like to| want to)? suggest(?! (?:that )?you)"
    r"|(?:would|it'd|that'd|would also) be (?:\w+ )?(?:great|nice|cool|helpful|useful|good|awesome|lovely)"
    rf"|(?:please|could you(?: please)?|can you(?: please)?) {_ADD}"
    r"|please consider (?:an?|adding|building|making|support\w*)"
    r"|(?:i|we) wish|wish (?:there|you|techcorp)|would love (?:a|an|to see|to have|if)|any plans? (?:to|for)"
    r"|are you planning (?:to|on|any|an?)\b(?! (?:maintenance|downtime|outage))|do you plan|on (?:the|your) roadmap"
    r"|missing feature|idea for|(?:small|little|our|my|one|a) wish"
    r"|(?:are|r) (?:you|u) (?:\w+ )?(?:going|planning|thinking) (?:to|of|about) (?:ever )?(?:add|build|support|bring"
    r"|mak|introduc|implement|offer|releas)\w*"
    r"|will (?:you|u|techcorp) (?:ever |soon |one day )?(?:add|build|introduce|implement|bring)"
    r"|will (?:you|u|techcorp|there|it|the \w+) (?:ever )?(?:support|offer|have|be|get) [^.?!]{2,60} (?:someday"
    r"|some day|one day|soon|eventually|at some point|in (?:the )?(?:near )?future)"
    r"|will there ever be)\b|^wish(?:es)?:"
    r"|(?<!how )(?<!what )(?<!where )\b(?:is|are) (?:there )?"
    r"(?![^.?!]{0,60}\b(?:maintenance|downtime|outages?|interruption)\b)[^.?!]{2,60}"
    r" (?:planned|in the works|in the pipeline|coming soon)(?: (?:soon|at some point|for (?:the|this|next) \w+))?\s*"
    r"(?:\?|$)"
)
_OF_ANY_WISH: Final = frozenset(
    stems(
        "wish wishes suggestion suggest idea feature request nice great cool helpful useful good awesome lovely love"
        " add build consider implement support introduce offer bring release plan plans planning planned roadmap"
        " missing future someday day soon eventually point pipeline works coming small little hope dear ever option"
        " function techcorp going thinking version really need next miss like"
    )
)
_JUDGES: Final = re.compile(
    r"\b(?:bad|poor|terribl[ey]|awful|horribl[ey]|useless|worst|ridiculous|disappoint\w+|unhappy|annoy\w+|frustrat\w+"
    r"|joke|waste|for nothing|unhelpful|pathetic|fed up|sick of|not (?:happy|good enough|impressed|satisfied))\b"
)
_REFERENCE: Final = re.compile(
    r"\b(?:ticket|reference|case|request)(?: id| no\.?| number| reference| code)\b|\bmy reference\b"
)
# What is asked of a talking machine, not of a support desk.
_OFF_TOPIC: Final = re.compile(
    r"(?:^|[.!?,] |\b(?:please|pls|you|now|and) )(?:say|tell|write|compose|sing|recite|make up|give|draw)"
    r"(?: me| us)? (?:a|an|some|something|any|another)\b(?: [\w'-]+){0,3} ?\b(?:jokes?|poem|rhyme|songs?|lyrics"
    r"|haiku|limerick|riddle|essay|homework|recipe|mean|funny|nasty|rude|bad about|horoscope|sonnet|rap)\b"
    r"|^say (?:something|anything) (?:\w+ )?about\b"
)
# Words that name no matter: with nothing else, nobody can tell what it is about.
_HOLLOW: Final = frozenset(
    stems(
        "work working broken error bug wrong fail failing app application account software system platform website site"
        " page program product integration connection feature function thing stuff button screen open happen happening"
        " fix please urgent important info information details assistance advise request access hey message contact"
        " write writing reply answer respond chat guys plz hmm um deadline tomorrow today now nothing again anymore"
        " stop stopped start started weird strange crazy bad new old ok okay yeah yep sure please congratulations"
        " doesnt dont didnt isnt arent wasnt cant couldnt wont wouldnt aint finally"
        " actually simply grey gray greyed think thoughts idea"
    )
)
# Words that name a part of the product, but nothing that one could look up about it.
_VAGUE: Final = frozenset(
    stems(
        "project projects task tasks board boards view views file files account picture"
        " screenshot image attached attachment enclosed followed steps"
    )
)
_TELLS: Final = re.compile(r"(?:our|my|we|i|the|this|there|fyi|just|today|tomorrow)\b", re.IGNORECASE)
_WANTED: Final = re.compile(
    r"\?|\b(?:please|pls|plz|need\w*|want\w*|wish\w*|requir\w*|request\w*|ask\w*|would|could|should|must|let|like|help"
    r"|try|tried|trying|wonder\w*|look(?:ing)?|hope|hoping|expect\w*|missing|not|no|never|only|but|\w+n['\u2019]t)\b",
    re.IGNORECASE,
)
_STEPS: Final = re.compile(r"\b(?:steps?|instructions)\b")
_ENCLOSED: Final = re.compile(r"\b(?:please )?(?:find|see)(?: \w+){0,3} (?:attached|enclosed|attachment)\b")


def move_of(text: str, *, category: str, mood: str, continues: bool) -> Move:
    """The move that `text` makes; `ask` where it has a matter to be answered.

    `continues` tells that this ticket has had an answer before. Thanks settle a matter only then, and never in a
    message that also says that it does not work or asks something else.
    """
    text = text[:LIMIT]
    if is_greeting(text):
        return "empty"
    text = without_frame(text) or text
    lowered = " ".join(text.lower().replace("\u2019", "'").split())
    words = _WORD.findall(lowered)
    if not words:
        return "empty"
    telling = [word for word in stems(lowered) if word not in _HOLLOW]
    questions = asks_something(text)
    if asks_about_others(text):
        return "others"
    if asks_who_we_are(lowered):
        return "bot"
    if _OFF_TOPIC.search(lowered):
        return "off_topic"
    if asks_how_it_stands(lowered):
        return "status"
    if takes_back(lowered) and not questions and len(words) <= BRIEF:
        return "settled" if continues and says_settled(text) else "taken_back"
    as_fact = _CONDITION.sub(" ", _ASKS_IF_STILL.sub(" ", lowered))
    if continues and (_NO_HELP.search(as_fact) or _ALL_TRIED.search(lowered)):
        return "no_help"
    if _REFERENCE.search(lowered) and len(set(telling)) <= 2 and "update" not in lowered:
        return "reference"
    if not questions and not in_trouble(_without_settled(lowered)) and mood != "negative":
        if (
            continues
            and len(words) <= 40
            and (_SETTLED.search(lowered) or (_THANKING.search(lowered) and len(words) <= 12))
            and not (_MORE.search(_SETTLED.sub(" ", lowered)) or corrects(text))
        ):
            return "settled"
        if _wishes(lowered, "" if continues and len(words) <= FRAGMENT else category):
            return "wish"
        kind = _PRAISE.search(lowered) or _THANKING.search(lowered)
        mishap = has_mishap(_without_settled(lowered))
        if (
            not mishap
            and _THANKING.search(lowered)
            and len(telling) <= 6
            and (category != "how_to" or len(telling) <= 2)
        ):
            return "thanks"
        if not mishap and (
            (category == "feedback" and kind) or (mood == "positive" and _PRAISE.search(lowered) and len(telling) <= 25)
        ):
            return "praise"
        if not mishap and category == "feedback" and not continues:
            # Neither kind nor unkind, and it asks nothing: what is wanted is not said.
            return "unclear"
    # A few words that go on with a matter are judged without it: their category tells little.
    told = not (continues and len(words) <= FRAGMENT)
    # Who asks a question wants it answered first, whatever the category says.
    if _wishes(lowered, category if told and not questions else ""):
        return "wish"
    put_right = continues and corrects(text)
    if (
        category == "feedback"
        and mood == "negative"
        and (told or _JUDGES.search(lowered))
        and not (questions or put_right or has_event(lowered))
    ):
        return "complaint"
    if not questions and len(set(telling)) <= 1 and praises(text) and has_mishap(lowered):
        # Praise for what went wrong, and not a word on what it is.
        return "complaint"
    return "ask" if telling else "unclear"


def is_vague(text: str) -> bool:
    """Whether a message names nothing but a part of the product, and asks nothing about it that could be looked up."""
    lowered = _ENCLOSED.sub(" ", " ".join((without_frame(text[:LIMIT]) or text[:LIMIT]).lower().split()))
    # Steps that were followed are not asked for.
    if any(ask.kind in ("how", "which", "amount", "possible") for ask in asks(_STEPS.sub(" ", lowered))):
        return False
    return all(word in _HOLLOW or word in _VAGUE for word in stems(lowered))


def states_only(text: str) -> bool:
    """Whether a message tells something and neither asks nor wants anything, nor says that something is wrong."""
    body = without_frame(text[:LIMIT])
    if any(ask.kind != "statement" for ask in asks(body)) or has_mishap(" ".join(body.lower().split())):
        return False
    return bool(_TELLS.match(body)) and not _WANTED.search(body)


def is_greeting(text: str) -> bool:
    """Whether a message only greets, or has no words at all."""
    words = _WORD.findall(text[:LIMIT].lower())
    return len(words) <= 8 and all(word in _GREETINGS for word in words)


def tried_all(text: str) -> bool:
    """Whether the customer says that all we listed has been tried."""
    return bool(_ALL_TRIED.search(" ".join(text[:LIMIT].lower().split())))


def did_already(text: str) -> bool:
    """Whether a message says that what we advised was done, and did not help."""
    lowered = " ".join(text[:LIMIT].lower().replace("\u2019", "'").split())
    return bool(_DID.search(lowered)) and bool(_NO_HELP.search(lowered))


def thanks(text: str) -> bool:
    """Whether a message has words of thanks."""
    return bool(_THANKING.search(text[:LIMIT].lower()))


def says_settled(text: str) -> bool:
    """Whether a message says that the matter is settled."""
    return bool(_SETTLED.search(" ".join(text[:LIMIT].lower().split())))


def praises(text: str) -> bool:
    """Whether `text` has words of praise."""
    return bool(_PRAISE.search(text[:LIMIT].lower()))


def praises_sincerely(text: str) -> bool:
    """Whether `text` has words of praise, and none of something that went wrong."""
    return praises(text) and not has_mishap(" ".join(text[:LIMIT].lower().replace("\u2019", "'").split()))


def _wishes(lowered: str, category: str) -> bool:
    return category == "feature_request" or (bool(_WISH.search(lowered)) and not in_trouble(lowered))


def asks_something(text: str) -> bool:
    """Whether a message asks something that could be looked up."""
    # Who writes in a chat leaves out the question mark: "can it remind me the day before".
    found = asks(text)
    if any(is_question(piece) and len(piece.split()) > BARE for piece in sentences_of(text)):
        return True
    if any(is_question(ask.text) or ask.kind in ("how", "which", "amount") for ask in found):
        return True
    return any(ask.kind == "possible" for ask in found) and _ASKS_ON.search(text.lower()) is not None


BARE: Final = 3
"""Words of a question that may be no more than a word with a mark: "ok?", "is that so?"."""
_ASKS_ON: Final = re.compile(
    r"(?:^|[,.;!?] ?|\b(?:and|but|so|also|or) )(?:also )?(?:can|could|may|will|would|does|do|is|are)"
    r" (?:i|we|you|it|there|one|the|he|she|they|guests?|members?)\b"
)


def wished_words(text: str) -> frozenset[str]:
    """The words of what is wished for: of the sentences that wish, without those that any wish has."""
    pieces = list(sentences_of(without_frame(text[:LIMIT])))
    wishing = [piece for piece in pieces if _WISH.search(piece.lower().replace("\u2019", "'"))]
    return frozenset(stems(" ".join(wishing or pieces))) - _OF_ANY_WISH


def _without_settled(lowered: str) -> str:
    # "It is no longer an issue" is trouble by its words alone.
    return without_never(_SETTLED.sub(" ", lowered))
