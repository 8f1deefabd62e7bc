"""Sample conversations as the running agent has them, for people to read: `./dev eval --samples`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from fte.errors import Unprocessable
from fte_eval.playing import Played, Suite, play
from fte_eval.scenario import ChannelName, Scenario, Turn

NUMBER: Final = 5
"""Of the suite: its customers are nobody else's."""

_WAYS: Final[dict[ChannelName, str]] = {"email": "E-mail", "whatsapp": "WhatsApp", "webform": "Web form"}

_HEAD: Final = """\
# Sample conversations

Ten conversations as the agent had them without a model key: nothing here is written by hand but the customers' words.
Written by `./dev eval --samples`, the same for the same code and articles; the conversations are those of
`eval/scenarios` with these ids, listed in `eval/fte_eval/conversations.py`.
"""


@dataclass(frozen=True, slots=True)
class Sample:
    """A conversation to show: what it is an example of, and which scenarios it takes, side by side."""

    title: str
    shows: str
    scenarios: tuple[str, ...]


def _asked_by(channel: ChannelName) -> Scenario:
    """The same question on each channel."""
    turn = Turn(
        channel=channel,
        name="Maya Brooks",
        subject="" if channel == "whatsapp" else "Signing in more safely",
        text="How do I turn on two-factor authentication?",
    )
    return Scenario(id=f"two-factor-by-{channel}", turns=[turn])


SIDE_BY_SIDE: Final = tuple(_asked_by(channel) for channel in _WAYS)

SAMPLES: Final = (
    Sample(
        "The same question on three channels",
        "One article, three lengths and tones: a formal letter, a chat in short messages, a semi-formal answer.",
        tuple(scenario.id for scenario in SIDE_BY_SIDE),
    ),
    Sample("A chat that ends with thanks", "Thanks get no second answer; the matter is settled.",
           ("basics-chat-then-thanks",)),
    Sample("From the form to the chat", "The customer is recognised; the other channel is named, not quoted.",
           ("form-then-chat-import",)),
    Sample("A greeting without a question", "One question back, then the answer.", ("greeting-then-question",)),
    Sample("An answer that did not help", "The article is not given again: a person takes over.",
           ("white-timeline-nothing-helped",)),
    Sample("Calm, then furious", "Anger goes to people, with an apology and without an argument.",
           ("calm-slack-then-rage",)),
    Sample("A refund, in German", "Only Finance decides about money; the answer says in German that it is in English.",
           ("deutsch-erstattung",)),
    Sample("A question in Spanish, by chat", "An English answer that says so and offers a person.",
           ("espanol-contrasena",)),
    Sample("Law by mail, a setting by chat", "A question of law waits for people; an easy one is answered meanwhile.",
           ("legal-by-mail-theme-by-chat",)),
    Sample("Hidden orders in a mail", "What nobody sees is not obeyed; the question that is left is answered.",
           ("attack-injection-hidden-html",)),
)  # fmt: skip


def chosen(scenarios: Sequence[Scenario]) -> tuple[Scenario, ...]:
    """The scenarios of all samples, in their order. Raises `Unprocessable` for an id that there is no more."""
    known = {scenario.id: scenario for scenario in (*scenarios, *SIDE_BY_SIDE)}
    wanted = [id_ for sample in SAMPLES for id_ in sample.scenarios]
    if missing := [id_ for id_ in wanted if id_ not in known]:
        raise Unprocessable(f"a sample has no scenario: {', '.join(missing)}")
    return tuple(known[id_] for id_ in wanted)


async def sample_page(suite: Suite, scenarios: Sequence[Scenario]) -> str:
    """The page with all samples, played one after the other."""
    played = {scenario.id: await play(suite, number, scenario, 1) for number, scenario in enumerate(scenarios, 1)}
    return page([[each for id_ in sample.scenarios for each in played[id_]] for sample in SAMPLES])


def page(played: Sequence[Sequence[Played]]) -> str:
    """The page: the turns of each sample, in their order."""
    return _HEAD + "".join(
        f"\n## {number}. {sample.title}\n\n{sample.shows} Scenario: {_ids(sample)}.\n\n" + "\n".join(map(_turn, turns))
        for number, (sample, turns) in enumerate(zip(SAMPLES, played, strict=True), 1)
    )


def _ids(sample: Sample) -> str:
    return ", ".join(f"`{id_}`" for id_ in sample.scenarios)


def _turn(played: Played) -> str:
    turn, observed = played.turn, played.observed
    way = _WAYS[turn.channel]
    subject = f", subject “{turn.subject}”" if turn.subject else ""
    lines = [f"**{turn.name or 'The customer'}** ({way}{subject})", "", *_quoted(turn.text or turn.html), ""]
    lines += [f"**The agent** ({_outcome(played)})", ""]
    # The messages of a chat are shown apart, as the customer gets them.
    for part in observed.parts or (observed.reply,):
        lines += [*_quoted(part), ""]
    return "\n".join(lines)


def _outcome(played: Played) -> str:
    observed = played.observed
    told = [observed.outcome]
    if observed.flags:
        told.append(f"to {observed.team}: {', '.join(observed.flags)}")
    if observed.cited:
        told.append("from " + ", ".join(f"[{slug}](../../knowledge/{slug}.md)" for slug in observed.cited))
    return "; ".join(told)


def _quoted(text: str) -> list[str]:
    # Two blanks keep the lines of a reply apart in the rendered page.
    return [f"> {line}  ".rstrip() if not line else f"> {line}  " for line in text.rstrip().split("\n")]
