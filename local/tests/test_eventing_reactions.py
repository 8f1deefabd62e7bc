"""What an answer means, when the next try comes, what a dead letter says."""

from __future__ import annotations

import base64
from datetime import timedelta

import pytest

from fte_local.eventing.event import Event
from fte_local.eventing.reactions import NOTHING, Answer, Reaction, Retries, dead_letter, reaction

EVENT = Event({"specversion": "1.0", "id": "7", "source": "/fte/agent", "type": "t", "subject": "c"}, b"{}")
AGAIN = {404, 408, 409, 429, *range(500, 600)}


def test_every_status_has_the_reaction_that_knative_gives_it() -> None:
    expected = {
        status: Reaction.DONE if status // 100 == 2 else Reaction.RETRY if status in AGAIN else Reaction.REFUSED
        for status in range(100, 600)
    }
    assert {status: reaction(Answer(status, {})) for status in expected} == expected


def test_no_answer_is_tried_again() -> None:
    assert reaction(NOTHING) is Reaction.RETRY


@pytest.mark.parametrize(("policy", "seconds"), [("exponential", [2, 4, 8, None]), ("linear", [1, 2, 3, None])])
def test_waits_grow_by_the_policy_and_end_after_the_last_retry(policy: str, seconds: list[int | None]) -> None:
    retries = Retries(3, policy, timedelta(seconds=1))  # type: ignore[arg-type]
    expected = [None if second is None else timedelta(seconds=second) for second in seconds]
    assert [retries.before(attempt) for attempt in (1, 2, 3, 4)] == expected


def test_a_dead_letter_is_the_event_with_what_went_wrong() -> None:
    answer = Answer(
        422, {"kne-reason": "unsupported-type", "KNE-Other-1": "x", "kne-": "y", "date": "z"}, "ä".encode() * 1000
    )
    letter = dead_letter(EVENT, "http://agent/", answer)
    assert letter.data == EVENT.data
    assert {name: value for name, value in letter.attributes.items() if name not in EVENT.attributes} == {
        "knativeerrordest": "http://agent/",
        "knativeerrorcode": "422",
        "knativeerrordata": base64.b64encode(("ä" * 512).encode()).decode(),
        "reason": "unsupported-type",
        "other1": "x",
    }
    assert EVENT.attributes.items() <= letter.attributes.items()


def test_without_an_answer_a_dead_letter_names_the_destination_alone() -> None:
    letter = dead_letter(EVENT, "http://agent/", NOTHING)
    assert letter.attributes == {**EVENT.attributes, "knativeerrordest": "http://agent/"}
