"""The `fte` command: what an operator does with the suite, in a shell or in a Job."""
