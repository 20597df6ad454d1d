-- Run by an operator after a backup was restored: CALL raise_log_epoch(). See docs/operations.md.
-- The logs are shorter then than clients remember, and their next numbers will be given to other events. A higher epoch
-- tells every follower that what it has is of another log. It is the time in seconds, so that it is also higher than
-- what an earlier restoration gave to rooms whose backup is older than that.
-- It commits every thousand rooms, locks them as everybody does, and can be called again when it was interrupted.
CREATE PROCEDURE raise_log_epoch() LANGUAGE plpgsql AS $$
DECLARE
    now_in_seconds bigint := extract(epoch FROM clock_timestamp())::bigint;
    last_id uuid := '00000000-0000-0000-0000-000000000000';
    page uuid[];
BEGIN
    LOOP
        page := ARRAY(SELECT id FROM rooms WHERE id > last_id ORDER BY id LIMIT 1000 FOR NO KEY UPDATE);
        EXIT WHEN cardinality(page) = 0;
        UPDATE rooms
            SET log_epoch = greatest(log_epoch + 1, now_in_seconds), changed_at = clock_timestamp()
            WHERE id = ANY (page);
        last_id := page[cardinality(page)];
        COMMIT;
    END LOOP;
END $$;
