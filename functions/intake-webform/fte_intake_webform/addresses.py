"""From which address a post came, and how many may come from there."""

from __future__ import annotations

import time
from collections.abc import Sequence
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from math import ceil
from typing import Final

from limits import parse_many
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from pydantic import IPvAnyNetwork

_ONE_HOUSEHOLD: Final = 64
"""An IPv6 prefix of this length is given to one customer, who has all addresses in it."""

Address = IPv4Address | IPv6Address


def client_address(forwarded_for: str, proxies: Sequence[IPvAnyNetwork]) -> str:
    """Who a request came from, by its `X-Forwarded-For`; "" when nobody says so.

    Each proxy adds at the right end where a request came to it from; what is to the left of that anybody may have
    written. So it is the first from the right that is neither in our own network nor one of our `proxies`. Where all
    are, the caller is at home here as well, and the outermost is believed.
    """
    hops = [_address(part) for part in forwarded_for.split(",")]
    known = [hop for hop in hops if hop is not None]
    outside = (hop for hop in reversed(known) if hop.is_global and not any(hop in network for network in proxies))
    found = next(outside, known[0] if known else None)
    if found is None:
        return ""
    return str(IPv6Network((found, _ONE_HOUSEHOLD), strict=False)) if found.version == 6 else str(found)


def _address(text: str) -> Address | None:
    spelled = text.strip()
    # Some proxies add the port.
    spelled = spelled[1:].partition("]")[0] if spelled.startswith("[") else spelled
    spelled = spelled.partition(":")[0] if spelled.count(":") == 1 else spelled
    try:
        address = ip_address(spelled)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


class AddressLimits:
    """How many posts one address may send, counted in this process: each replica has counts of its own.

    This is against bursts. What one customer may send is counted in the database.
    """

    def __init__(self, rates: str) -> None:
        self._rates = parse_many(rates)
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def seconds_until_room(self, address: str) -> int:
        """Count one post; 0 when it may be taken, else the seconds until there is room. "" is one address as well."""
        full = [rate for rate in self._rates if not self._limiter.test(rate, address)]
        if not full:
            for rate in self._rates:
                self._limiter.hit(rate, address)
            return 0
        until = max(self._limiter.get_window_stats(rate, address).reset_time for rate in full)
        return max(1, ceil(until - time.time()))
