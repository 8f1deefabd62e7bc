"""One person's number, however it is written."""

from __future__ import annotations

import pytest

from fte.domain.identity import normal_phone, whatsapp_identifier
from fte.domain.phones import one_spelling

BRAZIL = ["+55 61 99999-9999", "+55 61 9999-9999", "+5561999999999", "+556199999999", "55 (61) 9999 9999"]
MEXICO = ["+52 55 1234 5678", "+52 1 55 1234 5678", "+5215512345678", "+525512345678"]
ARGENTINA = ["+54 9 11 1234-5678", "+54 11 1234-5678", "+54 11 15 1234-5678", "+5491112345678"]

PEOPLE = [
    pytest.param(BRAZIL, "+5561999999999", id="Brazil's ninth digit"),
    pytest.param(MEXICO, "+525512345678", id="Mexico's 1"),
    pytest.param(ARGENTINA, "+5491112345678", id="Argentina's 9 and 15"),
]


@pytest.mark.parametrize(("spellings", "known_as"), PEOPLE)
def test_f28_a_number_in_two_spellings_is_one_person(spellings: list[str], known_as: str) -> None:
    assert {normal_phone("+" + spelling.lstrip("+")) for spelling in spellings} == {known_as}


@pytest.mark.parametrize(
    ("sender", "known_as"),
    [
        ("whatsapp:+556199999999", "+5561999999999"),
        ("whatsapp:+5561999999999", "+5561999999999"),
        ("whatsapp:+5215512345678", "+525512345678"),
        ("whatsapp:+5491112345678", "+5491112345678"),
        ("whatsapp:5491112345678", "+5491112345678"),
    ],
)
def test_w09_a_sender_is_known_by_the_one_spelling_too(sender: str, known_as: str) -> None:
    identifier = whatsapp_identifier(sender, "test")
    assert (identifier.type, identifier.value) == ("phone", known_as)


@pytest.mark.parametrize(
    ("number", "country", "known_as"),
    [
        ("(61) 9999-9999", "BR", "+5561999999999"),
        ("011 15 1234-5678", "AR", "+5491112345678"),
        ("11 1234-5678", "AR", "+5491112345678"),
        ("55 1234 5678", "MX", "+525512345678"),
        ("1 55 1234 5678", "MX", "+525512345678"),
    ],
)
def test_f28_as_it_is_dialled_at_home(number: str, country: str, known_as: str) -> None:
    assert normal_phone(number, country) == known_as


@pytest.mark.parametrize(
    "number",
    [
        "+551132345678",  # a landline in São Paulo: it never got a ninth digit
        "+55119876543",  # too short to be either
        "+52155123456",
        "+541",
        "+14155550123",
        "+4915112345678",
        "+5511987654321",
        "+390612345678",
    ],
)
def test_f28_other_numbers_stay_as_they_are(number: str) -> None:
    assert one_spelling(number) == number


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("+551132345678", "+5511932345678"),
        ("+5561999999999", "+5511999999999"),
        ("+525512345678", "+15512345678"),
        ("+5491112345678", "+5492211234567"),
    ],
)
def test_w09_different_people_stay_different(one: str, other: str) -> None:
    assert one_spelling(one) != one_spelling(other)


@pytest.mark.parametrize("spellings", [BRAZIL, MEXICO, ARGENTINA])
def test_f28_the_one_spelling_is_its_own(spellings: list[str]) -> None:
    for spelling in spellings:
        known = normal_phone("+" + spelling.lstrip("+"))
        assert known is not None
        assert one_spelling(known) == normal_phone(known) == known


def test_w09_a_user_id_of_digits_is_no_number() -> None:
    identifier = whatsapp_identifier("whatsapp:BR.556199999999", "test")
    assert (identifier.type, identifier.value) == ("whatsapp", "BR.556199999999")
