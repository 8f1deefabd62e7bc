"""Customers' words and the documentation's: short forms written out, and the query of the search by words. Pure."""

from __future__ import annotations

import re

_MAX_CHARACTERS = 4000

# How people write in a chat, and the mistypings of our own subjects that are seen most. The embedding model reads the
# whole words better, and full text knows no others.
_WRITTEN_OUT = {
    **dict.fromkeys(("pw", "pwd", "pword", "passwort", "pasword", "passwrd", "passcode"), "password"),
    **dict.fromkeys(("acct", "accnt", "acount", "acc"), "account"),
    **dict.fromkeys(("notif", "notifs", "notifcations", "notificaciones"), "notifications"),
    **dict.fromkeys(("pic", "pics"), "picture"),
    **dict.fromkeys(("attachement", "attachements", "attatchment", "attatchments"), "attachments"),
    **dict.fromkeys(("calender", "calandar", "calander"), "calendar"),
    **dict.fromkeys(("recieve", "receve"), "receive"),
    **dict.fromkeys(("recurrent", "reoccurring", "reocurring", "recuring"), "recurring"),
    **dict.fromkeys(("subscribtion", "subscripton", "subs"), "subscription"),
    **dict.fromkeys(("cancle", "cancell"), "cancel"),
    **dict.fromkeys(("permision", "permisions", "perms"), "permissions"),
    **dict.fromkeys(("msg", "msgs"), "message"),
    **dict.fromkeys(("mgr", "manger"), "manager"),
    **dict.fromkeys(("proj", "projs"), "project"),
    **dict.fromkeys(("intergration", "integraton"), "integration"),
    **dict.fromkeys(("2-fa", "tfa"), "2FA"),
    "adress": "address", "acess": "access", "invoce": "invoice", "paymant": "payment", "delte": "delete",
    "retreive": "retrieve", "seperate": "separate", "wierd": "weird", "calendr": "calendar", "dashbord": "dashboard",
    "gant": "Gantt", "bord": "board", "langauge": "language", "upgrad": "upgrade", "refound": "refund",
    "ppl": "people", "org": "organisation", "ws": "workspace", "repo": "repository", "config": "configuration",
    "creds": "credentials", "auth": "authentication", "sub": "subscription", "cc": "credit card", "dl": "download",
    "gcal": "Google Calendar", "gdrive": "Google Drive", "gsheet": "Google Sheets", "gsheets": "Google Sheets",
    "thru": "through", "u": "you", "ur": "your", "r": "are", "y": "why", "b4": "before", "bc": "because",
    "cuz": "because", "coz": "because", "w/o": "without", "tmrw": "tomorrow", "yday": "yesterday", "wk": "week",
    "wks": "weeks", "mth": "month", "yr": "year", "hrs": "hours", "mins": "minutes", "idk": "don't know",
    "cant": "can't", "dont": "don't", "doesnt": "doesn't", "didnt": "didn't", "isnt": "isn't", "wasnt": "wasn't",
    "arent": "aren't", "wont": "won't", "havent": "haven't", "hasnt": "hasn't", "couldnt": "couldn't",
    "wouldnt": "wouldn't", "shouldnt": "shouldn't", "ive": "I've", "im": "I'm", "thats": "that's", "whats": "what's",
    "wheres": "where's", "hows": "how's", "theres": "there's", "gonna": "going to", "wanna": "want to",
    "gotta": "have to",
}  # fmt: skip
_WORD = re.compile(r"(?<![\w.@/-])[A-Za-z0-9][A-Za-z0-9'/-]{0,30}")

# What customers write and what the documentation says.
_REWORDINGS = tuple(
    (re.compile(rf"\b(?:{said})\b", re.IGNORECASE), meant)
    for said, meant in (
        (r"money back|reimburse(?:ment|d)?|chargeback", "refund"),
        (r"charged (?:twice|again|\d times)|double[- ]charged?", "charged twice duplicate charge"),
        (r"mfa|two[- ]?step|second factor", "two-factor 2FA"),
        (r"(?<!credit )(?<!debit )(?<!bank )(?<!company )(?<!payment )cards?", "task"),
        (r"(?:team ?mates?|co-?workers?|colleagues?)", "members"),
        (r"back ?up (?:my|our|all|the) (?:data|projects?|tasks?)", "export backup"),
    )
)
# Teams of people are in every other message, and Microsoft's are an article: here only the product keeps the word.
_OF_PEOPLE = re.compile(
    r"(?<!microsoft )(?<!ms )(?<!in )(?<!with )(?<!to )(?<!into )(?<!connect )\bteams\b"
    r"(?! (?:app|channel|chat|tab|integ))",
    re.IGNORECASE,
)
# Words that every ticket has and no article is about; PostgreSQL's own stop words do not know them.
_NOISE = re.compile(
    r"\b(?:hi|hello|hey|dear|team|support|please|pls|plz|thanks?|thx|regards|best|sincerely|need|help|want|would|could"
    r"|like|know|question|quick|urgent(?:ly)?|asap|get|got|see|try|tried|use|using|techcorp|good|morning|day)\b",
    re.IGNORECASE,
)


def written_out(text: str) -> str:
    """`text` with its short forms and commonest mistypings as the whole words that they stand for."""
    return _WORD.sub(lambda word: _WRITTEN_OUT.get(word[0].lower(), word[0]), text)


def reword(query: str) -> str:
    """The query in the documentation's words, without greetings and the like: blank when there is nothing else."""
    text = written_out(query[:_MAX_CHARACTERS])
    for said, meant in _REWORDINGS:
        text = said.sub(meant, text)
    return _NOISE.sub(" ", _OF_PEOPLE.sub(" ", text))
