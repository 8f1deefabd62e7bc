"""Words as customers type them, and the words they mean."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

CONTRACTIONS: Final[Mapping[str, str]] = {
    "can't": "can not", "cannot": "can not", "won't": "will not", "shan't": "shall not", "ain't": "is not",
    "let's": "let us", "y'all": "you all", "it's": "it is", "that's": "that is", "what's": "what is",
    "who's": "who is", "where's": "where is", "how's": "how is", "there's": "there is", "here's": "here is",
    "he's": "he is", "she's": "she is", "i'd": "i would", "i'm": "i am", "cant": "can not", "cnt": "can not",
    "dont": "do not", "doesnt": "does not", "didnt": "did not", "wont": "will not", "isnt": "is not",
    "wasnt": "was not", "arent": "are not", "havent": "have not", "hasnt": "has not", "couldnt": "could not",
    "wouldnt": "would not", "shouldnt": "should not", "im": "i am", "ive": "i have", "weve": "we have",
    "whats": "what is", "thats": "that is", "theres": "there is", "wanna": "want to", "gonna": "going to",
    "gotta": "have to", "youre": "you are", "theyre": "they are", "noone": "no one",
}  # fmt: skip
"""Contractions with and without their apostrophe; those in `n't`, `'re`, `'ve`, `'ll`, `'d`, `'m` need no entry."""

WORDS: Final[Mapping[str, str]] = {
    "u": "you", "w": "with", "n": "and", "everyones": "everyone", "msg's": "messages", "diff": "difference",
    "cert": "certificate", "pw": "password", "ur": "your", "r": "are", "pls": "please", "plz": "please",
    "plss": "please", "plez": "please",
    "thx": "thanks", "tnx": "thanks", "ty": "thanks", "acct": "account", "msg": "message",
    "msgs": "messages", "mgr": "manager", "2nite": "tonight", "b4": "before", "sb": "somebody",
    "smb": "somebody", "smth": "something", "ppl": "people", "rly": "really", "gr8": "great", "cos": "because",
    "refnd": "refund", "refud": "refund", "refunf": "refund", "refound": "refund",
    "refun": "refund", "reimburst": "reimburse", "reinburse": "reimburse", "mony": "money",
    "moeny": "money", "mnoey": "money", "chargback": "chargeback", "chagred": "charged", "chrged": "charged",
    "chraged": "charged", "charegd": "charged", "lawer": "lawyer", "lawyr": "lawyer", "laywer": "lawyer",
    "lawers": "lawyers", "laywers": "lawyers", "atorney": "attorney", "attourney": "attorney",
    "attorny": "attorney", "soliciter": "solicitor", "solictor": "solicitor", "leagal": "legal", "leagl": "legal",
    "hackd": "hacked", "haked": "hacked", "hakced": "hacked", "hcked": "hacked", "hacket": "hacked",
    "compromized": "compromised", "comprimised": "compromised", "unauthorised": "unauthorized",
    "unauthorzed": "unauthorized", "unathorized": "unauthorized", "fishy": "suspicious",
    "phising": "phishing", "pishing": "phishing", "vulnerabilty": "vulnerability", "suspicous": "suspicious",
    "recognise": "recognize", "recognised": "recognized", "humna": "human", "humen": "human", "hooman": "human",
    "persone": "person", "preson": "person", "pesron": "person", "represntative": "representative",
    "representitive": "representative", "manger": "manager", "manageer": "manager", "supervisior": "supervisor",
    "supervisr": "supervisor", "prcing": "pricing", "pricng": "pricing", "priceing": "pricing",
    "dicount": "discount", "discout": "discount", "disount": "discount", "qoute": "quote", "qutoe": "quote",
    "licence": "license", "licences": "licenses", "licensing": "licensing", "organisation": "organization",
    "organisations": "organizations", "everbody": "everybody", "evryone": "everyone", "everone": "everyone",
    "evry": "every", "evrything": "everything",
    "nobdy": "nobody", "outtage": "outage", "outege": "outage", "dissapeared": "disappeared",
    "disapeared": "disappeared", "dissappeared": "disappeared", "dissappear": "disappear", "lokced": "locked",
    "unacceptible": "unacceptable", "unaceptable": "unacceptable", "unnacceptable": "unacceptable",
    "rediculous": "ridiculous", "ridiculus": "ridiculous", "terible": "terrible", "horible": "horrible",
    "dissapointed": "disappointed", "dissappointed": "disappointed", "disapointed": "disappointed",
    "dissapointing": "disappointing", "frustated": "frustrated", "frustating": "frustrating", "prod": "production",
    "nonprofit": "non profit", "nonprofits": "non profits", "mails": "emails", "mail": "email", "emial": "email",
    "emials": "emails", "login": "log in", "logins": "log ins", "logon": "log on", "signin": "sign in",
    "logged-in": "logged in", "soc2": "soc 2", "iso27001": "iso 27001",
    "w/o": "without", "callback": "call back", "chargeback": "charge back",
}  # fmt: skip
"""Abbreviations, frequent misspellings, British spellings, words written together: one form for the tables."""
