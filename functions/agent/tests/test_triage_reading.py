"""What of a message is the customer's own, and its normal form."""

from __future__ import annotations

import pytest

from fte_agent.triage.reading import HEAD, TAIL, own_words, read

QUOTED = [
    "Works now, thanks.\n\nOn Mon, 3 Nov 2025 at 09:12, Support <a@b.example> wrote:\n> I want a refund",
    "Works now, thanks.\n> I want a refund",
    "Works now, thanks.\n\n-----Original Message-----\nI want a refund",
    "Works now, thanks.\n\nFrom: Ann\nSent: Monday\nI want a refund",
    "Works now, thanks.\n\nAm 3.11.2025 um 9:12 schrieb Support:\n> I want a refund",
    "Works now, thanks.\n\nLe 3 nov. 2025 à 9:12, Support a écrit :\n> I want a refund",
]


@pytest.mark.parametrize("text", QUOTED)
def test_quoted_history_is_left_out(text: str) -> None:
    """What was written before was judged before."""
    assert own_words(text) == "Works now, thanks."


def test_an_answer_below_its_quote_stays() -> None:
    """Some people write under what they quote."""
    said = own_words("On 3 Nov 2025 Support wrote:\n> Did it help?\n\nNo, it did not.")
    assert said == "No, it did not."


@pytest.mark.parametrize(
    "ending",
    [
        "LEGAL NOTICE: this e-mail is confidential and protected by attorney-client privilege.",
        "Legal notice\nThis message is intended only for the named recipient.",
        "If you have received this e-mail in error, our lawyers ask you to delete it.",
        "Kind regards,\nJane Roe\nGeneral Counsel",
        "--\nJane Roe, attorney at law",
    ],
)
def test_signature_and_disclaimer_are_left_out(ending: str) -> None:
    """Who writes, and from where, is not what it is about."""
    assert own_words(f"How do I export a board?\n\n{ending}") == "How do I export a board?"


def test_a_postscript_stays() -> None:
    """It is said after the farewell, and still said."""
    assert "refund" in own_words("How are you?\n\nThanks,\nAnn\nPS: and I want a refund for May.")


def test_words_have_one_form() -> None:
    """Contractions, accents, dashes and frequent misspellings do not make other words."""
    line = read("", "I can't log-in, that's the 3rd e-mail! Müller's lawer…").line
    assert line == " . i can not log in , that is the 3rd email . muller lawyer ."


def test_reply_marks_of_a_subject_are_no_words() -> None:
    """`Re: Fwd:` says nothing."""
    assert read("Re: AW: Fwd: Invoice", "See above").text == "Invoice\n\nSee above"


def test_a_reply_is_read_without_the_subject_that_it_answers() -> None:
    """It names an old matter, unless the reply has no words of its own."""
    text = "A new question today: can a card have two due dates?"
    assert read("Re: Whole office locked out", text).text == text
    assert read("Whole office locked out", "since nine").text.startswith("Whole office")
    assert read("Re: Whole office locked out", "Still so!").text.startswith("Whole office")


@pytest.mark.parametrize(
    "text", ["On 1 x wrote " * 1_000, "\n" * 20_000, "a" * 200_000, "> \n" * 20_000, "word " * 40_000, "f*" * 50_000]
)
def test_long_texts_are_cut_before_they_are_read(text: str) -> None:
    """All later work is bounded by this."""
    reading = read("x" * 1_000, text)
    assert len(reading.text) <= HEAD + TAIL + 400
    assert max((len(word) for word in reading.line.split()), default=0) <= 40
