-- What pings ask for, and when it was last begun and last finished: so that it happens once in its time, however many
-- processes are pinged, and goes on from where it last came to an end.
CREATE TABLE pings (
    name     text PRIMARY KEY,
    begun_at timestamptz NOT NULL,
    done_at  timestamptz
);
