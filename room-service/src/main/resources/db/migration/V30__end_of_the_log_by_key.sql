-- Compares no row with another: the join of before and after cost the square of a batch's rooms. A log that lost its
-- end, or has more than last_seq tells, is seen in the row as it is left.
CREATE OR REPLACE FUNCTION check_last_seq() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM after_update n
        WHERE (n.last_seq > 0 AND NOT EXISTS (SELECT FROM events e WHERE e.room_id = n.id AND e.seq = n.last_seq))
           OR EXISTS (SELECT FROM events e WHERE e.room_id = n.id AND e.seq = n.last_seq + 1)
    ) THEN
        RAISE EXCEPTION 'last_seq is the end of the log'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'last_seq_is_the_end_of_the_log', TABLE = 'rooms';
    END IF;
    RETURN NULL;
END $$;

-- To redefine a function takes its settings with it.
ALTER FUNCTION check_last_seq() SET enable_seqscan = off;

DROP TRIGGER last_seq_is_the_end_of_the_log ON rooms;
CREATE TRIGGER last_seq_is_the_end_of_the_log AFTER UPDATE ON rooms
    REFERENCING NEW TABLE AS after_update FOR EACH STATEMENT EXECUTE FUNCTION check_last_seq();
