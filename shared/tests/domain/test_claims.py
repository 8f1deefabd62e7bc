"""Which addresses and numbers somebody calls their own, and which they do not."""

from __future__ import annotations

import pytest

from fte.domain.claims import claims_in_chat, claims_in_mail, claims_in_text
from fte.domain.own_words import own_words

OWN = ("@techcorp.example", "help@ours.example")
PHONE = "+447700900123"


def values(text: str) -> list[str]:
    return [claim.value for claim in claims_in_chat(text, OWN)]


@pytest.mark.parametrize(
    "text",
    [
        "ann@acme.example",
        "it's Ann@Acme.example",
        "My email is ann@acme.example",
        "my work e-mail address is ann@acme.example.",
        "I'm registered as ann@acme.example",
        "I wrote to you from ann@acme.example yesterday",
        "I use ann@acme.example to log in",
        "Hi, this is Ann (ann@acme.example). Any news?",
        "please reply to ann@acme.example",
        "login: ann@acme.example",
        "email - ann@acme.example",
        "same person as ann@acme.example",
        "My ticket is under ann@acme.example",
        "Board is empty, email ann@acme.example",
        "Meine E-Mail-Adresse ist ann@acme.example",
        "mi correo es ann@acme.example",
        "meu email é ann@acme.example",
        "mon adresse mail est ann@acme.example",
    ],
)
def test_what_is_said_in_the_first_person_is_a_claim(text: str) -> None:
    assert values(text) == ["ann@acme.example"]
    assert {claim.level for claim in claims_in_chat(text, OWN)} == {"claimed"}


@pytest.mark.parametrize(
    "text",
    [
        "my colleague ben@acme.example cannot log in",
        "My boss's email is ben@acme.example",
        "please invite ben@acme.example to my board",
        "I sent the file to ben@acme.example",
        "I got a mail from ben@acme.example, is that you?",
        "my email isn't ben@acme.example",
        "my email isn\u2019t ben@acme.example",
        "This is what ben@acme.example sent me",
        "the email ben@acme.example is spam",
        "her email is ben@acme.example",
        "my account was given to ben@acme.example",
        "I mailed support@techcorp.example twice",
        "my mail to help@ours.example bounced",
        "the number +44 7700 900123 gets no texts",
        "customer +44 7700 900123 is angry",
    ],
)
def test_what_is_said_of_others_is_none(text: str) -> None:
    assert values(text) == []


def test_each_is_taken_for_whose_it_is() -> None:
    assert values("my email is ann@acme.example; my husband's is ben@acme.example") == ["ann@acme.example"]


def test_a_form_s_text_may_name_a_number() -> None:
    assert [claim.value for claim in claims_in_text("Please call me at +44 7700 900123.", OWN)] == [PHONE]
    assert claims_in_text("ann@acme.example", OWN) == ()


SIGNED = [
    "Hi\n\nBest regards,\nAnn Lee\nMobile: +44 7700 900123",
    "Hi\n-- \nAnn\nM +44 (0)7700 900123",
    "Hi\n\nAnn Lee\n+44 7700 900123",
    "My board is empty.\nAnn Lee\n+44 7700 900123",
    "My board is empty.\nThanks, Ann +44 7700 900123",
    "Hi\n\nMit freundlichen Grüßen\nAnn Lee\nMobil 0044 7700 900123\nFax +44 7700 900999",
    "Hi\n\nCheers, Ann\nt: +44 7700 900123 | f: +44 7700 900999",
]


@pytest.mark.parametrize("text", SIGNED)
def test_a_number_in_a_signature_is_a_claim(text: str) -> None:
    claims = claims_in_mail(text, "ann@acme.example", OWN)
    assert [(claim.type, claim.value, claim.reason) for claim in claims] == [
        ("phone", PHONE, "phone number in the signature")
    ]


@pytest.mark.parametrize(
    ("number", "sender", "value"),
    [
        ("Mob 07700 900123", "sam@hill.co.uk", PHONE),
        ("Tel. 030 1234567", "wolf@wolf-bau.de", "+49301234567"),
        ("Portable : 06 12 34 56 78", "luc@petit.fr", "+33612345678"),
        ("Mob 07700 900123", "sam@hill.example", None),
        ("Mob 07700 900123", "sam@startup.io", None),
    ],
)
def test_a_number_without_a_code_is_one_of_the_sender_s_country(number: str, sender: str, value: str | None) -> None:
    claims = claims_in_mail(f"Hi\n\nRegards,\nSam\n{number}", sender, OWN)
    assert [claim.value for claim in claims] == ([value] if value else [])


@pytest.mark.parametrize(
    "text",
    [
        "Hi\n\nRegards,\nAnn\nFax: +44 7700 900123",
        "Hi\n\nRegards,\nAnn\nSwitchboard: +44 7700 900123",
        "Hi\n\nRegards,\nAnn\nUSt-IdNr. 447700900123\nIBAN DE89 3704 0044 0532 0130 00\nHRB 1234567",
        "Thanks\n\nOn Mon, 4 May 2026 at 09:12, Ben Ode <ben@acme.example> wrote:\n> Ben\n> Mobile: +44 7700 900123",
        "See below\n\nFrom: Ben <ben@acme.example>\nSent: Monday\nTo: Ann\n\nHi\nBen\nMobile: +44 7700 900123",
        "FYI\n\n---------- Forwarded message ---------\nFrom: B <b@c.example>\n\nRegards,\nB\nMobile +44 7700 900123",
        "---------- Forwarded message ---------\nFrom: B <b@c.example>\n\nRegards,\nB\nMobile +44 7700 900123",
        "Hello,\n\nour customer with the number +44 7700 900123 gets no texts. Why?\n\nRegards,\nAnn",
        "Hello.\n\nThe number +44 7700 900123 gets no codes.",
    ],
)
def test_other_numbers_in_a_mail_are_none(text: str) -> None:
    assert claims_in_mail(text, "ann@acme.example", OWN) == ()


def test_own_words_end_where_a_history_begins() -> None:
    parts = own_words("Hello\n\nRegards,\nAnn\n\nOn 3 May 2026 Ben wrote:\n> Hi")
    assert parts.words == "Hello\n"
    assert parts.signature == ("Regards,", "Ann")


@pytest.mark.parametrize(
    "text",
    [
        "On x wrote " * 1_000,
        "\n" * 20_000,
        "a" * 200_000,
        "a@" * 100_000,
        "1 " * 100_000,
        "my " * 50_000,
        "(0" * 50_000,
    ],
)
def test_it_reads_any_text_to_its_end(text: str) -> None:
    assert claims_in_mail(text, "ann@acme.example", OWN) == claims_in_chat(text, OWN) == ()


def test_no_more_than_a_few_are_taken() -> None:
    assert len(values(", ".join(f"my email is a{number}@acme.example" for number in range(30)))) == 4
