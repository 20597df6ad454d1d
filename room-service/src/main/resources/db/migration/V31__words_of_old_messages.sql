-- How far the words of messages that are older than V12 are made: one row, which the replicas take in turn.
CREATE TABLE word_backfill (
    only_one boolean     PRIMARY KEY DEFAULT true,
    -- The last message that was looked at, in the order of the primary key.
    room_id  uuid        NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000',
    seq      bigint      NOT NULL DEFAULT 0,
    -- By PostgreSQL's clock: all replicas together are no faster than one.
    due_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    done_at  timestamptz,
    CONSTRAINT word_backfill_is_one_row CHECK (only_one)
);

INSERT INTO word_backfill DEFAULT VALUES;
