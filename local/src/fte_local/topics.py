"""Make the topics that are missing: `python -m fte_local.topics`."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from typing import TypeVar

from kafka.admin import KafkaAdminClient
from kafka.errors import KafkaError

from fte.events import PARTITIONS, TOPICS

PATIENCE_SECONDS = 30.0
_LOOK_EVERY = 0.1

Found = TypeVar("Found")


def ensure_topics(servers: str) -> tuple[str, ...]:
    """Make those of the suite's topics that the broker lacks, and return their names.

    On return every partition is known to the broker: a consumer that joined before would get none of them.
    """
    admin = _patiently(lambda: KafkaAdminClient(bootstrap_servers=servers))
    try:
        missing = tuple(sorted(set(TOPICS) - set(admin.list_topics())))
        if missing:
            admin.create_topics({topic: {"num_partitions": PARTITIONS, "replication_factor": 1} for topic in missing})
        _patiently(lambda: _all_known(admin))
        return missing
    finally:
        admin.close()


def _all_known(admin: KafkaAdminClient) -> bool:
    known = {topic["name"]: len(topic["partitions"]) for topic in admin.describe_topics(list(TOPICS))}
    return all(known.get(topic, 0) >= PARTITIONS for topic in TOPICS)


def _patiently(attempt: Callable[[], Found]) -> Found:
    """Repeat until something comes of it: a broker that listens may not be ready for this yet."""
    give_up = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            found = attempt()
        except KafkaError:
            if time.monotonic() > give_up:
                raise
        else:
            if found:
                return found
            if time.monotonic() > give_up:
                raise TimeoutError(f"not all topics have {PARTITIONS} partitions after {PATIENCE_SECONDS:.0f} s")
        time.sleep(_LOOK_EVERY)


if __name__ == "__main__":
    try:
        made = ensure_topics(os.environ["KAFKA_BOOTSTRAP_SERVERS"])
    except (KafkaError, TimeoutError) as error:
        sys.exit(f"the topics could not be made: {error}")
    print("topics made:", ", ".join(made) if made else "none, all are there")
