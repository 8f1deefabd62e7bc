"""The evaluation: conversations and labelled texts through the real pipeline, judged by what the database holds."""
