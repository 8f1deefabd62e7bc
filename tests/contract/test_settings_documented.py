"""Every setting is named where its reader looks for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from fte.settings import Settings

REPOSITORY = Path(__file__).resolve().parents[2]
PAGES = [REPOSITORY / "README.md", *REPOSITORY.glob("functions/*/README.md"), *REPOSITORY.glob("docs/**/*.md")]

OWN_FOLDERS = {"FTE_MIGRATIONS_DIR", "FTE_KNOWLEDGE_DIR"}
"""Where migrations and articles lie, for commands that run outside the repository: told by the commands' own help."""


@pytest.mark.parametrize("name", sorted(str(field.alias) for field in Settings.model_fields.values()))
def test_a_setting_is_documented(name: str) -> None:
    """In the README of a function that uses it, or in a page of the documentation."""
    assert name in OWN_FOLDERS or any(name in page.read_text() for page in PAGES)
