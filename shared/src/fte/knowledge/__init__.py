"""TechCorp's documentation as the agent uses it: articles, their vectors, the table, the search."""
