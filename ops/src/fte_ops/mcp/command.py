"""The command `fte mcp`."""

from __future__ import annotations

import argparse

from fte.settings import Settings


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `fte mcp`."""
    text = "serve the agent's five tools over MCP (stdio), on a throw-away database unless --live"
    parser = subparsers.add_parser("mcp", help=text, description=text)
    parser.add_argument("--live", action="store_true", help="work on the database of DATABASE_URL, and send replies")
    parser.set_defaults(func=run)


async def run(args: argparse.Namespace, settings: Settings) -> int:
    """Serve until the client closes its end."""
    # Imported here: no other command waits for the agent and the protocol's library, or needs them installed.
    from fte_ops.mcp import server

    await server.serve(settings, live=args.live)
    return 0
