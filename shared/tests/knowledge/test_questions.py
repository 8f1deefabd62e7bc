from __future__ import annotations

import pytest

from fte.knowledge.questions import questions, unwrap


def test_a_short_question_is_searched_as_it_is() -> None:
    """Nothing is cut from a plain question."""
    assert questions("How do I export a board to PDF?") == ("How do I export a board to PDF?",)


@pytest.mark.parametrize("text", ["", "   ", "\n\n"])
def test_an_empty_text_asks_nothing(text: str) -> None:
    """There is nothing to search by."""
    assert questions(text) == ()


@pytest.mark.parametrize("text", ["Hello!", "Hi there,", "Thanks, have a nice day", "👍", "Best regards"])
def test_a_text_of_courtesies_alone_is_kept(text: str) -> None:
    """Better a poor search than none."""
    assert questions(text) == (text,)


@pytest.mark.parametrize(
    "wrapping",
    [
        "Hi there,\n\n{}",
        "Dear support team,\nI hope you are well. {}",
        "{}\n\nBest regards\nCarla Jensen\nOffice Manager | Jensen & Partner\nTel. 555 0134",
        "{}\nMany thanks,\nOleg",
        "{}\n\nSent from my iPhone",
        "{}\nGet Outlook for Android",
        "{}\n-- \nMaria Ortega\nProject Lead",
        "Good morning! {} Thank you very much in advance!",
        "{}\nThis message and its attachments are confidential.",
    ],
)
def test_the_wrapping_is_left_out(wrapping: str) -> None:
    """Greeting, courtesy, signature and footer are not what is asked."""
    question = "Where can I download the invoices of January?"
    assert unwrap(wrapping.format(question)) == question


@pytest.mark.parametrize(
    "text",
    [
        "Quick question - how do I add someone to my workspace?",
        "Please help, my export never finishes",
        "Can you help me turn off the digest mails?",
        "Thanks, but where is the timeline?",
    ],
)
def test_a_question_that_begins_politely_is_kept(text: str) -> None:
    """What follows the courtesy in the same sentence is the question."""
    assert unwrap(f"Hey! {text}\nCheers") == text


@pytest.mark.parametrize("courtesy", ["Can you help me?", "Thank you so much in advance!", "Hope you are well."])
def test_a_courtesy_alone_is_left_out(courtesy: str) -> None:
    """It would be searched for like a question."""
    assert unwrap(f"{courtesy} Where is the timeline?") == "Where is the timeline?"


def test_a_message_that_goes_on_after_thanks_is_read_to_its_end() -> None:
    """A line of thanks is the end only when no question follows."""
    text = "I found the button.\nThanks\nBut how do I undo an import?"
    assert "undo an import" in unwrap(text)


def test_the_question_of_a_long_story_is_searched_by_itself() -> None:
    """The sentences that ask or report something are a second text; the story is only in the first."""
    story = " ".join(
        f"Our firm has built kitchens in hall {n} since 1974, and the mood there is good." for n in range(9)
    )
    message, asked = questions(f"{story}\nHow do we import our Excel list? It says wrong format.\n{story}")
    assert "kitchens" in message
    assert asked == "How do we import our Excel list?\nIt says wrong format."


def test_a_story_without_a_question_has_one_text() -> None:
    """Nothing is picked where nothing asks."""
    assert len(questions("The hall is big and the mood is good. " * 20)) == 1


@pytest.mark.parametrize(
    "text",
    ["On 3 May Ann wrote: " * 600, "\n" * 20_000, "x" * 200_000, "hi " * 60_000, "thanks and " * 20_000, "? " * 90_000,
     "kind " * 50_000 + "regards", "Dear " + "Abc " * 50_000, "this message " * 20_000],
)  # fmt: skip
def test_huge_and_hostile_texts_cost_little(text: str) -> None:
    """The work is bounded by the cap, whatever is sent: the texts are never longer than it."""
    assert sum(map(len, questions(text))) <= 4_400
