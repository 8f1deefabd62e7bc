"""A customer's name in the greeting is no word of ours."""

from __future__ import annotations

import pytest

from fte.domain.channels import Channel
from fte.domain.policy import Reply, violations


@pytest.mark.parametrize("name", ["Sue", "Claude", "Gemini", "Asana", "Jean-Marc", "Žofie"])
@pytest.mark.parametrize(("channel", "greeting"), [(Channel.EMAIL, "Hello {},"), (Channel.WHATSAPP, "Hi {}!")])
def test_anybody_may_be_greeted(name: str, channel: Channel, greeting: str) -> None:
    text = f"{greeting.format(name)} open the sign-in page and choose Forgot password."
    assert violations(Reply(channel, (text,))) == ()


@pytest.mark.parametrize("text", ["Hello Sue, we will sue them in court.", "Hi Max! This costs $5.", "Hello $5,"])
def test_what_follows_the_greeting_is_judged(text: str) -> None:
    assert violations(Reply(Channel.EMAIL, (text,))) != ()
