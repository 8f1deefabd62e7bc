"""What can go wrong with the local platform, said in a sentence with its remedy.

PlatformError           shown to the developer without a traceback
    StateError          the state folder cannot be used
    PortError           a port that is needed is taken
    ArtifactError       Kafka's files are not to be had, or are not the ones we know
    StartFailure        a part did not become ready
"""

from __future__ import annotations


class PlatformError(Exception):
    """Something that the developer can put right; `remedy` says how."""

    def __init__(self, problem: str, remedy: str = "") -> None:
        super().__init__(problem)
        self.problem = problem
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.problem} {self.remedy}".strip()


class StateError(PlatformError):
    """The state folder cannot be used."""


class PortError(PlatformError):
    """A port that the platform needs is taken."""


class ArtifactError(PlatformError):
    """Kafka's files are not to be had, or are not the ones whose checksums we know."""


class StartFailure(PlatformError):
    """A part of the platform did not become ready; `unit` names it."""

    def __init__(self, unit: str, problem: str, remedy: str = "") -> None:
        super().__init__(problem, remedy)
        self.unit = unit
