"""Which addresses and numbers somebody calls their own in a text: claims, and no more than that.

Only what is said in the first person, or stands in a signature, counts. An address of somebody else, a fax, a company's
switchboard, a bill's number and everything in a quoted or forwarded mail do not. Every pattern is linear, and the text
is capped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

import phonenumbers

from fte.domain.identity import Identifier, is_own, normal_email, normal_phone
from fte.domain.own_words import own_words

MAX_CHARACTERS: Final = 4_000
MAX_CLAIMS: Final = 4
BEFORE: Final = 60
"""How far before an address it is looked for whose it is."""

_EMAIL: Final = re.compile(r"[\w.%+'-]{1,64}@[a-zA-Z0-9-]{1,63}(?:\.[a-zA-Z0-9-]{1,63}){1,4}")
_NUMBER: Final = re.compile(r"(?<![\w+./-])(?:\+|00|\(?0|\()?[0-9][0-9 ()./\u00a0-]{5,24}[0-9](?![\w/])")
_BREAK: Final = re.compile(r"[\n;!?]|\.\s|\bbut\b|\baber\b|\bpero\b")

_MINE: Final = re.compile(
    r"\b(?:my|our|mine|mein\w{0,2}|unser\w{0,2}|mi|mis|mon|ma|mes|meu|minha|mio|mia)\b(?:\s[\w'-]{1,15}){0,3}\s"
    r"(?:e-?mails?|mail(?:s|adresse|box)?|mailadresse|address|adresse|account|konto|login|user ?name|user|correo"
    r"|correio|courriel|cuenta|conta|compte|number|nummer|rufnummer|phone|telephone|telefon\w{0,6}|telefono|teléfono"
    r"|mobile|mobil|cell(?:phone)?|handy\w{0,6}|celular|móvil|movil|whatsapp|line|landline|direct|ticket|profile|email-adresse|número"
    r"|numero|téléphone|portable|telefone)\b"
)
_ME: Final = re.compile(
    r"\bhere[,:]?\s?\(?$"
    r"|\b(?:reply|answer|reach|contact|call|ring|phone|text|write|e-?mail|mail|message|whatsapp|get)\s(?:me|us)\b"
    r"|\bi(?:'m| am| was| have been)?\s(?:\w{1,10}\s){0,2}(?:registered|signed up|sign(?:ed)? in|log(?:ged)? in|wrote"
    r"|written|writing|e-?mailed|mailed|subscribed|use|using|used|known|a customer|customer)\b"
    r"|\b(?:reply|answer|respond|back)(?:\s\w{1,12}){0,2}\sto\s?$"
    # "this is Ann (…", and not "this is what …"
    r"|\b(?:this is|i am|i'm|ich bin|hier ist|hier spricht|soy|je suis|sou|eu sou)"
    r"(?!\s(?:what|how|why|the|a|an|who|where|about)\b)(?:\s[\w'-]{1,20}){0,3}[\s,]{0,3}"
    r"(?:\(|<|from|here|with|-|e-?mail|mail)?[\s:,(<]{0,3}$"
    r"|\b(?:registered|signed up|account|login|user(?:name)?|e-?mail|e-?mail address|mail|phone|mobile|tel|cell|number"
    r"|contact|whatsapp)\s?[:=]"
    r"|\bregistered (?:e-?mail|address)|\bsame (?:person|customer|user)\b"
    r"|(?:^|[,(]\s?|\band\s)(?:e-?mail|mail|phone|tel|mobile)(?: id| address)?(?: is)?\s[-\u2013]?\s?$"
    r"|\b(?:erreichen sie mich|erreichbar|rufen sie mich|ich habe|registriert|angemeldet|mich unter|mich per)\b"
    r"|\b(?:registrad[oa]|escríbanme|escribí|llámenme|me registré|cadastrad[oa]|inscrit|joignable|appelez-moi)\b"
)
_OTHERS: Final = re.compile(
    r"\b(?:he|she|they|his|her|hers|their|him|them|colleagues?|co-?workers?|boss|manager|wife|husband|partner|spouse"
    r"|friends?|brother|sister|mother|father|mum|mom|dad|son|daughter|assistant|secretary|accountant|clients?"
    r"|customers?|supplier|vendor|user called|employees?|team ?mates?|(?:team )?members?|new hire|intern|invite[ds]?"
    r"|inviting|add(?:ed|ing)?|removed?|deactivate|someone|somebody|stranger|spam\w{0,3}|phishing|fake|scam\w{0,3}|ex-"
    r"|former|previous|\w{2,8}n't|never|owner|admin(?:istrator)? is|belongs to|on behalf"
    r"|kolleg\w{1,3}|chef\w{0,2}|frau|mann|freund\w{0,2}|kunde\w{0,2}|mitarbeiter\w{0,2}|buchhaltung|einladen"
    r"|hinzufügen|colega|jefe|esposa|marido|hijo|hija|amig[oa]|cliente|collègue|patron|mari|femme|not|nicht|no es)\b"
)
_TO: Final = re.compile(r"(?<!reply)(?<!answer)(?<!respond)(?<!back)(?<!me)(?<!us)\s(?:to|an|a|à|para)\s{0,2}$")
"""What is written *to* an address says nothing of the writer's own."""
_WORDS: Final = re.compile(r"[^\W\d_]{2,}")
_LABELS_OF_NONE: Final = re.compile(
    r"\b(?:fax|telefax|f|switchboard|head ?office|hq|reception|zentrale|central|centrale|standard|hotline|support"
    r"|service|emergency|notruf|vat|ust|iban|account|konto|order|invoice|ref|reference|hrb|siret|siren|cnpj|tax|reg|ticket|case"
    r"|customer|kunden|id|zip|plz|box|postfach|ext)\b",
    re.IGNORECASE,
)
_LABELS: Final = re.compile(
    r"\b(?:t|tel|telephone|phone|ph|p|m|mob|mobile|mobil|cell|c|d|direct|dd|direkt|durchwahl|handy|whatsapp|wa|telefon"
    r"|teléfono|telefono|tél|téléphone|móvil|movil|celular|cel|telefone|fone|portable|call|rufnummer)\b\.?",
    re.IGNORECASE,
)


def claims_in_chat(text: str, own: Sequence[str]) -> tuple[Identifier, ...]:
    """What the writer of a chat line calls their own. An address that stands alone answers "which is yours?"."""
    text = text[:MAX_CHARACTERS]
    found = list(_said(text, own, None, "text"))
    alone = _EMAIL.findall(text)
    if not found and len(alone) == 1 and len(_WORDS.findall(text.replace(alone[0], " "))) <= 2:
        found = list(_emails(alone, own, "text", text))
    return _each_once(found)


def claims_in_text(text: str, own: Sequence[str]) -> tuple[Identifier, ...]:
    """What somebody calls their own in a longer text, such as a form's."""
    return _each_once(_said(text[:MAX_CHARACTERS], own, None, "text"))


def claims_in_mail(full_text: str, sender: str, own: Sequence[str]) -> tuple[Identifier, ...]:
    """What the writer of a mail calls their own, in the text or by the numbers in the signature.

    `full_text` is the mail as it came: history and forwarded mails are left out here. A number without a country code
    is read as one of the sender's country, if the address or another number tells it.
    """
    parts = own_words(full_text)
    country = country_of(sender, parts.signature)
    said = _said(parts.words[:MAX_CHARACTERS], own, country, "text")
    return _each_once([*said, *_signed(parts.signature, country)])


def _each_once(found: Sequence[Identifier] | Iterator[Identifier]) -> tuple[Identifier, ...]:
    unique = {(one.type, one.value): one for one in reversed(list(found))}
    return tuple(reversed(unique.values()))[:MAX_CLAIMS]


def _said(text: str, own: Sequence[str], country: str | None, where: str) -> Iterator[Identifier]:
    for match in _EMAIL.finditer(text):
        if _is_mine(text, match.start()):
            yield from _emails([match.group()], own, where, "")
    for match in _NUMBER.finditer(_EMAIL.sub(lambda address: " " * len(address.group()), text)):
        value = normal_phone(match.group(), country) if _is_mine(text, match.start()) else None
        if value:
            yield Identifier("phone", value, "claimed", f"phone number in the {where}")


def _emails(values: Sequence[str], own: Sequence[str], where: str, whole: str) -> Iterator[Identifier]:
    if whole and _OTHERS.search(whole.lower()):
        return
    for value in values:
        address = normal_email(value.strip(".'-"))
        if address and not is_own(address, own):
            yield Identifier("email", address, "claimed", f"e-mail address in the {where}")


def _is_mine(text: str, start: int) -> bool:
    """Whether what stands before `start`, in its own sentence, says that it is the writer's."""
    before = text[max(0, start - BEFORE) : start].lower().replace("\u2019", "'")
    clause = _BREAK.split(before)[-1]
    if _OTHERS.search(clause) or _TO.search(clause):
        return False
    return bool(_MINE.search(clause) or _ME.search(clause))


def _signed(signature: Sequence[str], country: str | None) -> Iterator[Identifier]:
    for line in signature:
        last = 0
        for match in _NUMBER.finditer(line):
            label, last = line[last : match.start()], match.end()
            labelled = bool(_LABELS.search(label))
            number = match.group()
            if _LABELS_OF_NONE.search(label) or not (labelled or number.startswith(("+", "00"))):
                continue
            value = normal_phone(number, country)
            if value:
                yield Identifier("phone", value, "claimed", "phone number in the signature")


def country_of(sender: str, signature: Sequence[str] = ()) -> str | None:
    """The country whose numbers the sender writes without a code: by another number, or by the end of the address."""
    for line in signature:
        for match in _NUMBER.finditer(line):
            if match.group().startswith("+") and (value := normal_phone(match.group())):
                region = phonenumbers.region_code_for_number(phonenumbers.parse(value))
                if region:
                    return str(region)
    ending = sender.rpartition(".")[2].upper()
    ending = {"UK": "GB"}.get(ending, ending)
    return ending if ending in phonenumbers.SUPPORTED_REGIONS and ending not in _NO_COUNTRIES else None


_NO_COUNTRIES: Final = frozenset({"IO", "AI", "CO", "ME", "TV", "FM", "CC", "LY", "SH", "GG", "AC", "TO", "IM", "SO"})
"""Endings that stand for anything but their country."""
