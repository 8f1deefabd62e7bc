"""`python -m fte_local.eventing --manifests knative/base`"""

from __future__ import annotations

import argparse
import logging
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import uvicorn

from fte.observability import configure_logging
from fte_local import ports
from fte_local.eventing import manifests, server


def main(argv: Sequence[str], env: Mapping[str, str]) -> int:
    """Run until SIGTERM. Returns 2 when the manifests or the settings cannot be used."""
    parser = argparse.ArgumentParser(prog="fte_local.eventing", description="Deliver events as Knative does.")
    parser.add_argument("--manifests", type=Path, required=True, help="folder with the objects of Knative Eventing")
    options = parser.parse_args(argv)
    base = int(env.get("FTE_LOCAL_PORT_BASE") or ports.DEFAULT_BASE)
    port = int(env.get("FTE_EVENTING_PORT") or ports.port("eventing", base))
    servers = env.get("KAFKA_BOOTSTRAP_SERVERS") or f"127.0.0.1:{ports.port('kafka', base)}"
    try:
        wiring = manifests.read(options.manifests, base)
    except manifests.ManifestError as error:
        print(error, file=sys.stderr)
        return 2
    configure_logging("eventing", env.get("FTE_LOG_LEVEL") or "INFO")
    # Without a broker the library warns many times a second; Reachability says it once.
    logging.getLogger("kafka").setLevel(logging.CRITICAL)
    app = server.create(wiring, servers, server.member_name(port))
    uvicorn.run(
        app,
        host="127.0.0.1",
        port=port,
        loop="uvloop",
        http="httptools",
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=5,
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], os.environ))
