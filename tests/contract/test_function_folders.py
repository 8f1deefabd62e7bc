"""Every function's folder has the full form, the same for all six."""

from __future__ import annotations

import json
import os
import tomllib
from pathlib import Path

import jsonschema
import pytest
import yaml

from fte_local.ports import FUNCTIONS

REPOSITORY = Path(__file__).resolve().parents[2]
SCHEMAS = Path(os.environ.get("FTE_SCHEMAS", REPOSITORY.parent / "shared" / "schemas"))


def folder(name: str) -> Path:
    return REPOSITORY / "functions" / name


def test_these_are_all_functions() -> None:
    """The platform's list and the folders agree."""
    assert {path.name for path in (REPOSITORY / "functions").iterdir() if path.is_dir()} == set(FUNCTIONS)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_the_folder_is_complete(name: str) -> None:
    """Two doors, one package of its own, tests, image, README."""
    package = f"fte_{name.replace('-', '_')}"
    for path in ("func.yaml", "pyproject.toml", "function/__init__.py", "main.py", f"{package}/handler.py",
                 "Dockerfile", ".funcignore", "README.md", "tests"):  # fmt: skip
        assert (folder(name) / path).exists(), path


@pytest.mark.parametrize("name", FUNCTIONS)
def test_the_project_is_called_as_func_asks(name: str) -> None:
    """func's scaffolding depends on a distribution named `function`; functions-framework must stay an extra."""
    project = tomllib.loads((folder(name) / "pyproject.toml").read_text())["project"]
    assert project["name"] == "function"
    assert not any("functions-framework" in dependency for dependency in project["dependencies"])
    assert any("functions-framework" in dependency for dependency in project["optional-dependencies"]["framework"])


@pytest.mark.parametrize("name", FUNCTIONS)
def test_func_yaml_fits_its_schema(name: str) -> None:
    """As func itself checks it; plain HTTP for every function."""
    schema = SCHEMAS / "func_yaml-schema.json"
    if not schema.exists():
        pytest.skip("the schemas are not here: set FTE_SCHEMAS to their folder")
    content = yaml.safe_load((folder(name) / "func.yaml").read_text())
    jsonschema.validate(
        json.loads(json.dumps(content, default=lambda at: at.isoformat())), json.loads(schema.read_text())
    )
    assert content["invoke"] == "http"
    assert content["name"] == name


def test_the_images_are_built_alike() -> None:
    """One form: the folder's name is all that differs."""
    forms = {
        (folder(name) / "Dockerfile").read_text().replace(name, "NAME").replace(name.replace("-", "_"), "NAME")
        for name in FUNCTIONS
    }
    assert len(forms) == 1


@pytest.mark.parametrize("name", FUNCTIONS)
def test_the_readme_has_the_common_form(name: str) -> None:
    """A reader finds the same headings everywhere."""
    text = (folder(name) / "README.md").read_text()
    assert text.startswith(f"# {name}\n")
    assert [line for line in text.splitlines() if line.startswith("## ")] == ["## Settings", "## Run it", "## Tests"]
