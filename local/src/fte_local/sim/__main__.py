"""`python -m fte_local.sim --port 8090`: serve the simulators until the process is told to stop."""

from __future__ import annotations

import argparse

import uvicorn


def main() -> None:
    """Serve on one port; the configuration comes from the environment."""
    parser = argparse.ArgumentParser(prog="fte_local.sim", description="Simulators of Gmail, Twilio and OpenAI")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8090)
    arguments = parser.parse_args()
    uvicorn.run(
        "fte_local.sim.app:create",
        factory=True,
        host=arguments.host,
        port=arguments.port,
        access_log=False,
        log_level="warning",
        timeout_graceful_shutdown=1,
    )


if __name__ == "__main__":
    main()
