"""Which pages may post the form."""

from __future__ import annotations

import pytest

from fte.errors import SettingsError
from fte.settings import Settings
from fte_intake_webform.origins import Origins

ORIGINS = Origins.of("https://Support.TechCorp.example/", "https://www.techcorp.example:443, http://localhost:8090")


@pytest.mark.parametrize(
    "origin",
    [
        "https://support.techcorp.example",
        "https://www.techcorp.example",
        "http://localhost:8090",
        "HTTPS://WWW.techcorp.example",
    ],
)
def test_our_own_pages_and_those_on_the_list_may_post_and_read(origin: str) -> None:
    assert not ORIGINS.refuse(origin)
    assert ORIGINS.headers(origin)["access-control-allow-origin"] == origin
    assert "idempotency-key" in ORIGINS.preflight(origin)["access-control-allow-headers"]


@pytest.mark.parametrize(
    "origin",
    [
        "null",
        "",
        "https://evil.example",
        "http://www.techcorp.example",
        "https://www.techcorp.example:8443",
        "https://www.techcorp.example.evil.example",
        "https://evil.example/?https://www.techcorp.example",
        "http://localhost",
        "https://support.techcorp.example/",
        "*",
    ],
)
def test_f2_no_other_page_may(origin: str) -> None:
    assert ORIGINS.refuse(origin)
    assert ORIGINS.headers(origin) == {}
    assert ORIGINS.preflight(origin) == {}


def test_f2_who_names_no_origin_is_heard_and_told_nothing_of_others() -> None:
    assert not ORIGINS.refuse(None)
    assert ORIGINS.headers(None) == {}
    assert ORIGINS.preflight(None) == {}


@pytest.mark.parametrize("public_url", ["", "not a url", "https://host:port"])
def test_an_address_without_an_origin_lets_nobody_in(public_url: str) -> None:
    assert Origins.of(public_url, "").known == frozenset()


@pytest.mark.parametrize("listed", ["https://a.example", "https://a.example, http://b.example:8080", " http://c "])
def test_a_list_of_origins_is_a_setting(listed: str) -> None:
    assert Settings.from_env({"FTE_FORM_ORIGINS": listed}).form_origins == listed


@pytest.mark.parametrize("listed", ["*", "null", "a.example", "https://a.example/", "https://a.example,", "ftp://a"])
def test_what_is_no_list_of_origins_is_said_at_the_start(listed: str) -> None:
    with pytest.raises(SettingsError, match="FTE_FORM_ORIGINS is invalid"):
        Settings.from_env({"FTE_FORM_ORIGINS": listed})
