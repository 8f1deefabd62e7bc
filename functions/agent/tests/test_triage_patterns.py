"""The small language of the phrase tables: what a slot means, and that a table finds what each of its phrases finds."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fte_agent.triage.patterns import Phrases
from fte_agent.triage.triggers import _CLASSES, TRIGGERS

CLASSES = {"us": "me|us|our_team"}
FOUND = {
    ("refund", " . please refund me ."): ["refund"],
    ("refund", " . no refunds here"): [],
    ("fail*", " . it failed and fails"): ["failed", "fails"],
    ("give_up|stop", " . we give up , stop"): ["give up", "stop"],
    ("call {us} now", " . call our team now . call me now"): ["call our team now", "call me now"],
    ("pay #\\d+ twice", " . pay 20 twice . pay it twice"): ["pay 20 twice"],
    ("very? angry", " . very angry . angry"): ["very angry", "angry"],
    ("what ,|?", " . what , what ?"): ["what ,", "what ?"],
    ("money ~ back", " . money back . money i want back . money that i do want back"): [
        "money back",
        "money i want back",
    ],
    ("money ~5 back", " . money that i do want back . money , back"): ["money that i do want back"],
    ("money ~12 back", " . money that we paid to you in may for the team back"): [
        "money that we paid to you in may for the team back"
    ],
}


@pytest.mark.parametrize(("phrase", "line"), FOUND)
def test_a_phrase_finds_what_its_slots_say(phrase: str, line: str) -> None:
    found = [match.group().strip() for match in Phrases([phrase], CLASSES).finditer(line)]
    assert found == FOUND[phrase, line]


def test_at_one_place_the_first_phrase_of_the_table_wins_and_none_begins_in_another() -> None:
    table = Phrases(["down for us", "down", "us all", "is down"], {})
    assert [match.group() for match in table.finditer(" . it is down for us all . down")] == [
        " is down",
        " us all",
        " down",
    ]
    assert table.sub(" #", " . it is down for us all") == " . it # for #"
    assert table.sub(" #", " . all is well") == " . all is well"
    assert table.search(" . all is well") is None


TABLES = [table for trigger in TRIGGERS for table in (trigger.phrases, trigger.but_not) if table]
WORDS = [
    sorted({word.strip("*?") for phrase in table for slot in phrase.split() for word in re.split(r"[|_]", slot)} - {""})
    for table in TABLES
]


@pytest.mark.parametrize("number", range(len(TABLES)))
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_every_table_finds_what_its_phrases_find_when_all_are_tried(number: int, data: st.DataObject) -> None:
    """On lines made of the table's own words."""
    table = TABLES[number]
    words = data.draw(st.lists(st.sampled_from([*WORDS[number], ",", ".", "?", "we", "it", "20"]), max_size=40))
    line = "".join(f" {word}" for word in words)
    slots = (Phrases([phrase], _CLASSES)._phrases[0].pattern.pattern.removesuffix("(?= |$)") for phrase in table)
    all_tried = re.compile(f"(?:{'|'.join(slots)})(?= |$)")
    assert [match.span() for match in Phrases(table, _CLASSES).finditer(line)] == [
        match.span() for match in all_tried.finditer(line)
    ]
