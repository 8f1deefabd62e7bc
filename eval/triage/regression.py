"""Logistic regression with a quadratic penalty, in numpy: deterministic, the same weights from the same rows."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.float32]


def fit(rows: Rows, targets: Rows, weight: Rows, *, penalty: float, multinomial: bool, steps: int = 300) -> Rows:
    """Weights with one row per target column, the bias last.

    `targets` holds 0, 1, or NaN where the label is unknown: such a cell teaches nothing. `multinomial` makes the
    columns exclusive.
    """
    known = ~np.isnan(targets)
    wanted = np.where(known, targets, 0.0).astype(np.float32)
    mass = (known * weight[:, None]).astype(np.float32)
    padded = np.hstack([rows, np.ones((len(rows), 1), np.float32)])
    total = np.maximum(mass.sum(axis=0), 1.0) if not multinomial else np.float32(mass[:, 0].sum())
    weights = np.zeros((targets.shape[1], padded.shape[1]), np.float32)
    momentum, velocity = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, steps + 1):
        gradient = ((_probabilities(padded @ weights.T, multinomial) - wanted) * mass / total).T @ padded
        gradient[:, :-1] += penalty * weights[:, :-1]
        momentum = 0.9 * momentum + 0.1 * gradient
        velocity = 0.999 * velocity + 0.001 * gradient**2
        rate = 0.1 * min(1.0, 2 * (steps - step + 1) / steps)
        weights -= rate * (momentum / (1 - 0.9**step)) / (np.sqrt(velocity / (1 - 0.999**step)) + 1e-8)
    return weights


def linear(weights: Rows, rows: Rows) -> Rows:
    """What the regression says before its link."""
    result: Rows = rows @ weights[:, :-1].T + weights[:, -1]
    return result


def _probabilities(values: Rows, multinomial: bool) -> Rows:
    if multinomial:
        values = np.exp(values - values.max(axis=1, keepdims=True))
        result: Rows = values / values.sum(axis=1, keepdims=True)
        return result
    return 1.0 / (1.0 + np.exp(-np.clip(values, -30, 30)))  # type: ignore[no-any-return]
