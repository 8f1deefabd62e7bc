-- The next `fte kb sync` makes the index that searches use now, over the first 384 numbers of each vector.
DROP INDEX IF EXISTS knowledge_base_embedding;
