"""The suites of a run: what is played, one after the other, on one throw-away database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol, TypeVar

from fte.errors import Unprocessable
from fte.knowledge.articles import read_articles
from fte.settings import Settings
from fte_eval.adversary import Violator
from fte_eval.always import Channels
from fte_eval.evidence import Evidence
from fte_eval.identity import Puzzle, read_puzzles, solve
from fte_eval.loading import read_scenarios
from fte_eval.mix import Mix, read_mix
from fte_eval.playing import Played, Suite, play_all
from fte_eval.progress import Progress
from fte_eval.samples import Text, read_questions, read_texts
from fte_eval.scenario import Scenario
from fte_ops.dryrun.desk import Desk


class Named(Protocol):
    """What can be chosen by an id or a tag."""

    @property
    def id(self) -> str: ...
    @property
    def tags(self) -> Sequence[str]: ...


Chosen = TypeVar("Chosen", bound=Named)

ONE_BY_ONE = 1
"""Questions are asked one after the other: their times are the latency."""


@dataclass(frozen=True, slots=True)
class Material:
    """What can be played."""

    scenarios: tuple[Scenario, ...]
    questions: tuple[Scenario, ...]
    texts: tuple[Scenario, ...]
    labels: Mapping[str, Text]
    mix: Mix
    puzzles: tuple[Puzzle, ...] = ()

    def only(self, wanted: Sequence[str]) -> Material:
        """What has one of these ids or tags. Raises `Unprocessable` if nothing has."""
        if not wanted:
            return self
        chosen = replace(
            self,
            scenarios=_chosen(self.scenarios, wanted),
            questions=_chosen(self.questions, wanted),
            texts=_chosen(self.texts, wanted),
            puzzles=_chosen(self.puzzles, wanted),
        )
        if not (chosen.scenarios or chosen.questions or chosen.texts or chosen.puzzles):
            raise Unprocessable(f"nothing has the id or tag {' or '.join(wanted)}")
        return chosen


def _chosen(these: tuple[Chosen, ...], wanted: Sequence[str]) -> tuple[Chosen, ...]:
    return tuple(this for this in these if {this.id, *this.tags} & set(wanted))


def read_material(folder: Path, settings: Settings) -> Material:
    """Everything in `folder`. Raises `Unprocessable`, which names every problem of the kind of file it comes to."""
    topics = {topic for article in read_articles(settings.knowledge_dir) for topic in article.topics}
    labels = read_texts(sorted((folder / "triage").glob("heldout-*.jsonl")))
    return Material(
        scenarios=read_scenarios(folder / "scenarios", topics),
        questions=tuple(question.scenario() for question in read_questions(folder / "questions-unseen.jsonl")),
        texts=tuple(text.scenario() for text in labels.values()),
        labels=labels,
        mix=read_mix(folder / "mix.yaml"),
        puzzles=read_puzzles(folder / "identity"),
    )


@dataclass(frozen=True, slots=True)
class Stage:
    """Where suites are played: the agent, and how often in which order."""

    desk: Desk
    settings: Settings
    channels: Channels
    trials: int
    seed: int

    async def agent(self, material: Material) -> Evidence:
        """Everything once by the agent as it is, scenarios as often as there are trials, and under attack."""
        questions = await self._play("questions", 0, material.questions, 1, ONE_BY_ONE)
        scenarios = await self._play("scenarios", 1, material.scenarios, self.trials)
        texts = await self._play("texts", 2, material.texts, 1)
        attacked = await self.attacked(material)
        progress = Progress("identity puzzles", len(material.puzzles))
        identities = await solve(self.desk.agent.core.pool, self.settings, material.puzzles, progress)
        return Evidence(scenarios, questions, texts, material.labels, attacked, identities)

    async def attacked(self, material: Material) -> list[Played]:
        """All scenarios with a model that breaks a rule whenever it is asked."""
        violator = Violator()
        desk = replace(self.desk, agent=replace(self.desk.agent, model_for=violator.model_for))
        stage = replace(self, desk=desk)
        played = await stage._play("scenarios with a model that breaks the rules", 3, material.scenarios, self.trials)
        return [violator.judged(each) for each in played]

    async def tickets(self, labels: Mapping[str, Text]) -> Evidence:
        """Labelled tickets of another desk."""
        scenarios = [text.scenario() for text in labels.values()]
        return Evidence(texts=await self._play("tickets", 4, scenarios, 1), labels=labels)

    async def _play(
        self, name: str, number: int, scenarios: Sequence[Scenario], trials: int, at_once: int = 0
    ) -> list[Played]:
        if not scenarios:
            return []
        suite = Suite(self.desk, self.settings, self.channels, number)
        return await play_all(
            suite,
            scenarios,
            trials=trials,
            seed=self.seed,
            at_once=at_once or self.desk.at_once,
            progress=Progress(name, len(scenarios) * trials),
        )
