"""What the folders of the functions say of themselves."""

from __future__ import annotations

from importlib import import_module

from fte.settings import Settings

_OF_ALL = ("database_url", "kafka_bootstrap_servers")


def required_settings(name: str) -> set[str]:
    """The variables that the function `name` cannot do without."""
    wiring = import_module(f"fte_{name.replace('-', '_')}.wiring")
    fields = (*_OF_ALL, *getattr(wiring, "REQUIRED", ()))
    return {str(Settings.model_fields[field].alias) for field in fields}
