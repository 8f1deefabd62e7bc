"""The network of the triage's encoder, and how it learns. Needs torch: see `train.py`."""

from __future__ import annotations

import copy
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import torch
from composing import Message
from torch import nn
from transformers import AutoModel

from fte_agent.triage.encoder import in_english, open_tokenizer, token_ids
from fte_agent.triage.reading import read
from fte_agent.triage.scores import CATEGORIES, FLAGS, MOODS

UNKNOWN = -100
NO_WORD = 103  # the tokenizer's [MASK]
FIRST_WORD = 110  # below it lie the tokenizer's special tokens


@dataclass(frozen=True, slots=True)
class Recipe:
    """What decides how the network learns."""

    epochs: int = 4
    batch: int = 16
    rate: float = 8e-5
    rate_of_heads: float = 1e-3
    decay: float = 0.9
    """A layer's rate by that of the layer above."""
    dropout: float = 0.1
    masked: float = 0.05
    """The share of words that are hidden, others each time."""
    smoothing: float = 0.05
    weight_of_flags: float = 3.0
    weight_of_mood: float = 0.7
    weight_of_a_flagged: float = 2.0
    seed: int = 21


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """A message in numbers; `UNKNOWN` or NaN where a label is missing."""

    ids: Sequence[int]
    category: int
    mood: int
    flags: tuple[float, ...]
    weight: float


class Outputs(NamedTuple):
    """Of several messages: a state for each word, and the values of the heads."""

    states: torch.Tensor
    category: torch.Tensor
    mood: torch.Tensor
    flags: torch.Tensor


class Network(nn.Module):
    """The encoder with a head for the category, one for the mood and one for each flag.

    Category and mood rest on the mean of all words; a flag on the words that speak for it, wherever they stand.
    """

    def __init__(self, source: Path | str, dropout: float) -> None:
        super().__init__()
        self.base = AutoModel.from_pretrained(source, attn_implementation="eager", dtype=torch.float32)
        self.base.pooler = None
        width = self.base.config.hidden_size
        self.dropout = nn.Dropout(dropout)
        self.category = nn.Linear(width, len(CATEGORIES))
        self.mood = nn.Linear(width, len(MOODS))
        self.attention = nn.Linear(width, len(FLAGS))
        self.flags = nn.Linear(width, len(FLAGS))

    def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> Outputs:
        """What the heads say before their links, and the states that they say it of."""
        states = self.base(input_ids=ids, attention_mask=mask, token_type_ids=torch.zeros_like(ids)).last_hidden_state
        present = mask[:, :, None].float()
        mean = self.dropout((states * present).sum(1) / present.sum(1))
        attention = (self.attention(states) - 1e4 * (1 - present)).softmax(1)
        flags = (attention * self.flags(self.dropout(states))).sum(1)
        return Outputs(states, self.category(mean), self.mood(mean), flags)


def rows_of(messages: Sequence[Message], weight: float = 1.0) -> list[Row]:
    """The messages as the agent reads them, in numbers."""
    tokenizer = open_tokenizer()
    rows = []
    for message in messages:
        flags = [math.nan] * len(FLAGS)
        if message.flags is not None:
            flags = [float(flag in message.flags) for flag in FLAGS]
            if "WHATSAPP_ESCALATION" in message.flags:
                flags[FLAGS.index("HUMAN_REQUESTED")] = math.nan
        rows.append(
            Row(
                token_ids(tokenizer, in_english(read(message.subject, message.text))),
                CATEGORIES.index(message.category) if message.category in CATEGORIES else UNKNOWN,
                MOODS.index(message.sentiment) if message.sentiment in MOODS else UNKNOWN,
                tuple(flags),
                weight,
            )
        )
    return rows


Loss = Callable[[Outputs, Sequence[Row], torch.Tensor], torch.Tensor]
"""How wrong the outputs are for some rows; the mask tells which of the padded words are there."""


def learn(network: Network, rows: Sequence[Row], recipe: Recipe, loss_of: Loss) -> Network:
    """Train `network`; the result is the mean of what it was in the last two fifths of the time."""
    torch.manual_seed(recipe.seed)
    draw = np.random.default_rng(recipe.seed)
    optimizer = torch.optim.AdamW(_groups(network, recipe), weight_decay=0.01)
    rates = [group["lr"] for group in optimizer.param_groups]
    steps = recipe.epochs * math.ceil(len(rows) / recipe.batch)
    mean, counted, step = copy.deepcopy(network), 0, 0
    network.train()
    for epoch in range(recipe.epochs):
        total = 0.0
        for batch in _batches(rows, recipe.batch, draw):
            share = min(1.0, (step + 1) / (0.1 * steps)) * max(0.05, 1 - step / steps)
            for group, rate in zip(optimizer.param_groups, rates, strict=True):
                group["lr"] = rate * share
            ids, mask = padded(batch)
            hidden = (torch.rand(ids.shape) < recipe.masked) & (ids > FIRST_WORD)
            loss = loss_of(network(torch.where(hidden, torch.tensor(NO_WORD), ids), mask), batch, mask)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            total, step = total + float(loss.detach()) * len(batch), step + 1
            if step > 0.6 * steps and step % 10 == 0:
                counted += 1
                with torch.no_grad():
                    for kept, now in zip(mean.parameters(), network.parameters(), strict=True):
                        kept.lerp_(now, 1 / counted)
        print(f"epoch {epoch + 1} of {recipe.epochs}: loss {total / len(rows):.3f}", flush=True)
    return mean.eval()


def padded(rows: Sequence[Row]) -> tuple[torch.Tensor, torch.Tensor]:
    """The numbers of the words of several messages, and which of them are words at all."""
    ids = torch.zeros(len(rows), max(len(row.ids) for row in rows), dtype=torch.long)
    mask = torch.zeros_like(ids)
    for at, row in enumerate(rows):
        ids[at, : len(row.ids)] = torch.tensor(row.ids)
        mask[at, : len(row.ids)] = 1
    return ids, mask


def _groups(network: Network, recipe: Recipe) -> list[dict[str, Any]]:
    heads = (network.category, network.mood, network.attention, network.flags)
    groups = [{"params": [part for head in heads for part in head.parameters()], "lr": recipe.rate_of_heads}]
    layers = network.base.encoder.layer
    for depth, layer in enumerate(reversed(layers)):
        groups.append({"params": list(layer.parameters()), "lr": recipe.rate * recipe.decay**depth})
    # The words keep their meanings: half of the weights, and most words are not in our messages.
    for part in network.base.embeddings.parameters():
        part.requires_grad_(False)
    return groups


def _batches(rows: Sequence[Row], size: int, draw: np.random.Generator) -> Iterator[list[Row]]:
    """All rows once, those of like length together, since a batch takes the time of its longest."""
    order = sorted(draw.permutation(len(rows)).tolist(), key=lambda at: len(rows[at].ids) // 8)
    batches = [order[start : start + size] for start in range(0, len(order), size)]
    for at in draw.permutation(len(batches)).tolist():
        yield [rows[index] for index in batches[at]]


def against_labels(outputs: Outputs, rows: Sequence[Row], recipe: Recipe) -> torch.Tensor:
    """How far `outputs` are from the labels of `rows`, as far as these have any."""
    weight = torch.tensor([row.weight for row in rows])

    def exclusive(values: torch.Tensor, wanted: torch.Tensor) -> torch.Tensor:
        each = nn.functional.cross_entropy(
            values, wanted, ignore_index=UNKNOWN, reduction="none", label_smoothing=recipe.smoothing
        )
        return (each * weight).sum() / ((wanted != UNKNOWN) * weight).sum().clamp(min=1)

    wanted = torch.tensor([row.flags for row in rows])
    known = (~torch.isnan(wanted)) * weight[:, None]
    soft = recipe.smoothing / 4 + (1 - 3 * recipe.smoothing / 4) * torch.nan_to_num(wanted)
    each = nn.functional.binary_cross_entropy_with_logits(
        outputs.flags, soft, reduction="none", pos_weight=torch.tensor(recipe.weight_of_a_flagged)
    )
    return (
        exclusive(outputs.category, torch.tensor([row.category for row in rows]))
        + recipe.weight_of_mood * exclusive(outputs.mood, torch.tensor([row.mood for row in rows]))
        + recipe.weight_of_flags * (each * known).sum() / known.sum().clamp(min=1)
    )
