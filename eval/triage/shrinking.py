"""From the learned network to one with fewer layers that says the same. Needs torch: see `train.py`.

The small network is the large one without some of its layers. It learns what the large one says of messages, labelled
or not, and to have the same states behind it (Sanh et al., DistilBERT, 2019, arXiv:1910.01108); the labels count, too.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass, field

import torch
from learning import Network, Outputs, Recipe, Row, against_labels, learn, padded
from torch import nn


@dataclass(frozen=True, slots=True)
class Shrinking:
    """What decides how the small network learns from the large one."""

    layers: tuple[int, ...] = (0, 1, 3, 5)
    """Those of the large network that it begins with."""
    recipe: Recipe = field(default_factory=lambda: Recipe(epochs=6, rate=1e-4, decay=0.95))
    temperature: float = 2.0
    weight_of_labels: float = 0.5


def shrink(large: Network, rows: Sequence[Row], shrinking: Shrinking) -> Network:
    """A network of fewer layers that says of `rows` what `large` says."""
    told = _Told(large.eval())

    def loss(outputs: Outputs, batch: Sequence[Row], mask: torch.Tensor) -> torch.Tensor:
        labels = against_labels(outputs, batch, shrinking.recipe)
        return shrinking.weight_of_labels * labels + _against(told.of(batch), outputs, batch, mask, shrinking)

    return learn(without_layers(large, shrinking), rows, shrinking.recipe, loss)


def without_layers(large: Network, shrinking: Shrinking) -> Network:
    """A copy of `large` that has only the layers of `shrinking`."""
    small = copy.deepcopy(large)
    small.base.encoder.layer = nn.ModuleList([small.base.encoder.layer[at] for at in shrinking.layers])
    small.base.config.num_hidden_layers = len(shrinking.layers)
    return small


class _Told:
    """What the large network says of each row: asked once, since it does not change."""

    def __init__(self, large: Network) -> None:
        self._large = large
        self._kept: dict[Row, Outputs] = {}

    def of(self, rows: Sequence[Row]) -> Outputs:
        new = [row for row in rows if row not in self._kept]
        if new:
            with torch.no_grad():
                said = self._large(*padded(new))
            for at, row in enumerate(new):
                # Half of the precision: all states of all messages are kept.
                states = said.states[at, : len(row.ids)].half()
                self._kept[row] = Outputs(states, said.category[at], said.mood[at], said.flags[at])
        kept = [self._kept[row] for row in rows]
        states = nn.utils.rnn.pad_sequence([each.states.float() for each in kept], batch_first=True)
        return Outputs(states, *(torch.stack(values) for values in list(zip(*kept, strict=True))[1:]))


def _against(
    told: Outputs, said: Outputs, rows: Sequence[Row], mask: torch.Tensor, shrinking: Shrinking
) -> torch.Tensor:
    """How far the small network's outputs are from the large one's."""
    recipe, warmth = shrinking.recipe, shrinking.temperature
    share = torch.tensor([row.weight for row in rows])
    share = share / share.sum()

    def exclusive(values: torch.Tensor, wanted: torch.Tensor) -> torch.Tensor:
        each = nn.functional.kl_div(
            (values / warmth).log_softmax(-1), (wanted / warmth).softmax(-1), reduction="none"
        ).sum(1)
        return (each * share).sum() * warmth**2

    flags = nn.functional.binary_cross_entropy_with_logits(said.flags, told.flags.sigmoid(), reduction="none").mean(1)
    states = (((said.states - told.states) ** 2).mean(2) * mask).sum(1) / mask.sum(1)
    return (
        exclusive(said.category, told.category)
        + recipe.weight_of_mood * exclusive(said.mood, told.mood)
        + recipe.weight_of_flags * (flags * share).sum()
        + states.mean()
    )
