"""Fixtures of the agent with a model."""

from __future__ import annotations

from fte_tests.model_stage import client, patient, running_stage, stage, with_model

__all__ = ["client", "patient", "running_stage", "stage", "with_model"]
