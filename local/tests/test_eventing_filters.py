"""Which events a Trigger wants, in every dialect; what cannot be told for certain is refused."""

from __future__ import annotations

from typing import Any

import pytest

from fte_local.eventing.filters import of_trigger

EVENT = {
    "specversion": "1.0",
    "id": "7",
    "type": "com.techcorp.fte.escalation.raised.v1",
    "source": "/fte/agent",
    "team": "security",
    "escalationflag": "SECURITY_ESCALATION",
    "escalationflags": ",SECURITY_ESCALATION,LEGAL_ESCALATION,",
    "note": "it's 100%\nsure",
}
SECURITY, SALES = {"exact": {"team": "security"}}, {"exact": {"team": "sales"}}

FILTERS: list[tuple[dict[str, Any], bool]] = [
    (SECURITY, True),
    (SALES, False),
    ({"exact": {"team": "security", "source": "/fte/agent"}}, True),
    ({"exact": {"team": "security", "source": "/fte/x"}}, False),
    ({"exact": {"missing": "x"}}, False),
    ({"exact": {"team": "Security"}}, False),
    ({"prefix": {"type": "com.techcorp.", "team": "sec"}}, True),
    ({"prefix": {"type": "com.techcorp.", "team": "curity"}}, False),
    ({"prefix": {"missing": "x"}}, False),
    ({"suffix": {"type": ".v1"}}, True),
    ({"suffix": {"type": ".v2"}}, False),
    ({"all": [SECURITY, {"suffix": {"type": ".v1"}}]}, True),
    ({"all": [SECURITY, SALES]}, False),
    ({"any": [SALES, SECURITY]}, True),
    ({"any": [SALES, SALES]}, False),
    ({"not": SALES}, True),
    ({"not": SECURITY}, False),
    ({"not": {"any": [SALES, {"cesql": "EXISTS missing"}]}}, True),
]

EXPRESSIONS: list[tuple[str, bool]] = [
    ("escalationflags LIKE '%,LEGAL_ESCALATION,%'", True),
    ("escalationflags LIKE '%,REFUND_REQUEST,%'", False),
    ("escalationflags NOT LIKE '%,REFUND_REQUEST,%'", True),
    ("escalationflags like '%,LEGAL_ESCALATION'", False),
    ("team = 'security'", True),
    ('team = "security"', True),
    ("'security' = team", True),
    ("team != 'security'", False),
    ("team <> 'sales'", True),
    ("team LIKE 'secur__y'", True),
    ("team LIKE 'secur_y'", False),
    ("team LIKE 'security'", True),
    ("team LIKE 'sec'", False),
    ("source LIKE '/fte.agent'", False),
    (r"note LIKE 'it\'s 100\%%sure'", True),
    (r"note LIKE '%100\_%'", False),
    (r"note = 'it\'s 100%'", False),
    ("EXISTS team AND team = 'security'", True),
    ("EXISTS missing", False),
    ("NOT EXISTS missing", True),
    ("EXISTS missing OR team = 'security'", True),
    ("team = 'a' OR team = 'b' OR team = 'security'", True),
    ("team = 'security' AND type LIKE '%.v1' AND source = '/fte/x'", False),
    ("(team = 'sales' OR team = 'security') AND NOT (source = '/fte/x')", True),
    ("NOT (NOT (team = 'security'))", True),
    # An attribute that is missing is an error, and an error is no.
    ("missing = 'x'", False),
    ("missing != 'x'", False),
    ("NOT (missing = 'x')", False),
    ("missing = 'x' OR team = 'security'", False),
    ("team = 'security' OR missing = 'x'", True),
]


@pytest.mark.parametrize(("document", "wanted"), FILTERS, ids=[str(document) for document, _ in FILTERS])
def test_a_filter_decides_by_attributes(document: dict[str, Any], wanted: bool) -> None:
    assert of_trigger({"filters": [document]})(EVENT) is wanted


@pytest.mark.parametrize(("text", "wanted"), EXPRESSIONS, ids=[text for text, _ in EXPRESSIONS])
def test_an_expression_decides_by_attributes(text: str, wanted: bool) -> None:
    assert of_trigger({"filters": [{"cesql": text}]})(EVENT) is wanted


def test_all_filters_of_a_trigger_have_to_agree() -> None:
    assert of_trigger({"filters": [SECURITY, {"not": SALES}]})(EVENT)
    assert not of_trigger({"filters": [SECURITY, SALES]})(EVENT)


def test_a_trigger_without_filters_wants_everything() -> None:
    assert of_trigger({})(EVENT)
    assert of_trigger({"filters": [], "filter": {}})(EVENT)


def test_the_older_filter_counts_where_there_is_no_newer_one() -> None:
    older = {"filter": {"attributes": {"team": "security", "source": ""}}}
    assert of_trigger(older)(EVENT)
    assert not of_trigger({"filter": {"attributes": {"team": "sales"}}})(EVENT)
    assert not of_trigger({"filter": {"attributes": {"missing": ""}}})(EVENT)
    assert not of_trigger({**older, "filters": [SALES]})(EVENT)


@pytest.mark.parametrize(
    "document",
    [
        {},
        "team",
        {"exact": {"team": "security"}, "prefix": {"team": "s"}},
        {"exakt": {"team": "security"}},
        {"exact": {}},
        {"exact": {"team": ""}},
        {"exact": {"team": 1}},
        {"exact": {"Team-1": "x"}},
        {"exact": ["team"]},
        {"all": []},
        {"any": SECURITY},
        {"not": [SECURITY]},
    ],
    ids=str,
)
def test_a_filter_that_is_not_understood_is_refused(document: object) -> None:
    with pytest.raises(ValueError, match=r"."):
        of_trigger({"filters": [document]})


@pytest.mark.parametrize(
    "text",
    [
        "",
        "team",
        "team =",
        "team = 'a",
        "team = 1",
        "team = TRUE",
        "team = 'a' AND",
        "team = 'a' team = 'b'",
        "(team = 'a'",
        "team = 'a')",
        "team IN ('a', 'b')",
        "team < 'b'",
        "team = 'a' XOR team = 'b'",
        "LENGTH(team) = 3",
        "NOT team = 'a'",
        "team = 'a' OR team = 'b' AND team = 'c'",
        "'a' LIKE 'a'",
        "team LIKE source",
        "EXISTS 'team'",
        "team NOT 'a'",
    ],
)
def test_an_expression_that_is_not_understood_for_certain_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="cesql"):
        of_trigger({"filters": [{"cesql": text}]})
