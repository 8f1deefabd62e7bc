"""What fires each trigger and what merely looks like it, as data in the language of `fte_agent.triage.patterns`."""
