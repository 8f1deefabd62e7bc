"""Processes die in the middle of work: every customer gets exactly one answer, and none later."""

from __future__ import annotations

import time

import pytest

from fte_tests.crowd import crowd, everyone_is_answered_once, writing
from fte_tests.stack import Stack

IN_FLIGHT = 12
"""Messages per channel."""


@pytest.mark.parametrize(
    ("service", "times"),
    [
        ("intake-gmail", 1),
        ("intake-whatsapp", 1),
        ("intake-webform", 1),
        ("agent", 3),
        ("deliver", 1),
        ("backoffice", 1),
        ("eventing", 1),
    ],
)
def test_a_killed_process_costs_nobody_an_answer(stack: Stack, service: str, times: int) -> None:
    """Killed with its whole process group while messages are in flight on all channels."""
    people = crowd(IN_FLIGHT)
    with writing(stack, people):
        for _ in range(times):
            time.sleep(0.7)
            stack.kill(service)
    everyone_is_answered_once(stack, people)


@pytest.mark.parametrize("service", ["kafka", "postgres"])
def test_a_restarted_server_costs_nobody_an_answer(stack: Stack, service: str) -> None:
    """Kafka and PostgreSQL go away in the middle and come back."""
    people = crowd(IN_FLIGHT)
    with writing(stack, people):
        time.sleep(0.5)
        stack.kill(service)
    everyone_is_answered_once(stack, people)
