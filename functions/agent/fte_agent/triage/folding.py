"""Texts as the phrase tables see them."""

from __future__ import annotations


def fold(text: str) -> str:
    """`text` with plain apostrophes and its white space folded to single spaces; case as it is."""
    return " ".join(text.replace("\u2019", "'").split())
