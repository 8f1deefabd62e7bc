-- What the search found for a run, best first: [{"slug", "topics", "score"}]. `articles` are those that the reply rests on.
ALTER TABLE agent_runs ADD COLUMN found jsonb NOT NULL DEFAULT '[]';
