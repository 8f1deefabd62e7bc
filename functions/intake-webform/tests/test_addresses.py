"""Where a post came from, and how many may come from there."""

from __future__ import annotations

from ipaddress import ip_network

import pytest

from fte_intake_webform.addresses import AddressLimits, client_address

PROXIES = (ip_network("203.0.113.0/24"), ip_network("2001:4860::/32"))
SOMEBODY = "93.184.216.34"


@pytest.mark.parametrize(
    ("forwarded_for", "address"),
    [
        (SOMEBODY, SOMEBODY),
        (f"{SOMEBODY}, 10.1.2.3, 10.4.5.6", SOMEBODY),
        (f"{SOMEBODY}, 203.0.113.7, 10.4.5.6", SOMEBODY),
        (f"8.8.8.8, {SOMEBODY}, 10.4.5.6", SOMEBODY),  # what a caller has written itself is further left
        (f"10.9.9.9, {SOMEBODY}", SOMEBODY),
        (f" {SOMEBODY}:4711 ", SOMEBODY),
        (f"{SOMEBODY}, nonsense, ", SOMEBODY),
        (f"::ffff:{SOMEBODY}", SOMEBODY),
        ("2a00:1450:4001:81b::200e", "2a00:1450:4001:81b::/64"),
        ("[2a00:1450:4001:81b:1:2:3:4]:443, 2001:4860::1", "2a00:1450:4001:81b::/64"),
        ("10.9.9.9, 10.1.2.3", "10.9.9.9"),
        ("127.0.0.1", "127.0.0.1"),
        ("", ""),
        ("unknown", ""),
        (",,,", ""),
    ],
)
def test_the_address_is_what_our_own_proxies_saw(forwarded_for: str, address: str) -> None:
    assert client_address(forwarded_for, PROXIES) == address


class Clock:
    """A time that goes on when it is told to."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 1_800_000_000.0
        monkeypatch.setattr("time.time", lambda: self.now)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


def test_f2_a_burst_from_one_address_is_stopped_and_another_address_is_not(clock: Clock) -> None:
    limits = AddressLimits("3/minute;5/hour")
    assert [limits.seconds_until_room(SOMEBODY) for _ in range(3)] == [0, 0, 0]
    clock.now += 20
    assert limits.seconds_until_room(SOMEBODY) == 40
    assert limits.seconds_until_room("8.8.8.8") == 0
    clock.now += 41
    assert [limits.seconds_until_room(SOMEBODY) for _ in range(2)] == [0, 0]
    clock.now += 61
    assert limits.seconds_until_room(SOMEBODY) == pytest.approx(3_600 - 122, abs=1)
    clock.now += 3_600
    assert limits.seconds_until_room(SOMEBODY) == 0


def test_who_is_turned_away_is_not_kept_out_the_longer_for_trying(clock: Clock) -> None:
    limits = AddressLimits("1/minute")
    assert limits.seconds_until_room("") == 0
    for _ in range(59):
        clock.now += 1
        assert limits.seconds_until_room("") > 0
    clock.now += 2
    assert limits.seconds_until_room("") == 0
