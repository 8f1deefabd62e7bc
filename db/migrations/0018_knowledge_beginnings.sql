-- The passage that answers a question (a row without content); NULL: the article as a whole does.
ALTER TABLE knowledge_base ADD COLUMN answers uuid;

-- What a search looks through: the first 384 numbers of each vector, at half precision. The whole vectors, of which only
-- the nearest are read, move out of the rows: an exact scan then reads a sixth of the pages. `fte kb sync` makes the
-- index over this column again.
DROP INDEX IF EXISTS knowledge_base_leading;
ALTER TABLE knowledge_base ALTER COLUMN embedding SET STORAGE EXTERNAL;
ALTER TABLE knowledge_base
    ADD COLUMN beginning halfvec(384) STORAGE PLAIN
        GENERATED ALWAYS AS (subvector(embedding, 1, 384)::halfvec(384)) STORED NOT NULL;
