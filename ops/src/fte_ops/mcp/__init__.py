"""`fte mcp`: the agent's five tools for any client of the Model Context Protocol, over standard input and output."""

from __future__ import annotations

from fte_ops.mcp.command import register

__all__ = ["register"]
