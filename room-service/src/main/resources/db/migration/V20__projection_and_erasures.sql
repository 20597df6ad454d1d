-- How far the events of the auth service are taken into users. One row for all replicas.
CREATE TABLE user_projection (
    only_one      boolean CONSTRAINT user_projection_has_one_row PRIMARY KEY DEFAULT true,
    -- Every event up to here is in users.
    last_n        bigint NOT NULL DEFAULT 0,
    -- While every projected account is asked for again: the last one that was. Null when that is done.
    refresh_after uuid,
    CONSTRAINT user_projection_is_the_only_one CHECK (only_one),
    CONSTRAINT last_n_is_not_negative CHECK (last_n >= 0)
);
INSERT INTO user_projection DEFAULT VALUES;

-- Erased accounts that have not left all groups yet. Written in the transaction of the tombstone.
CREATE TABLE erasures (
    user_id   uuid CONSTRAINT erasures_pk PRIMARY KEY,
    erased_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    -- When a replica may take it (again): a lease while one works on it.
    due_at    timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX erasures_by_due ON erasures (due_at);
