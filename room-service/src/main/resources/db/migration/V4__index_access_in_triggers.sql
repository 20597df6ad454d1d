-- A trigger's statements have no parameters, so each session plans them once and keeps the plan: one that was made
-- while a table was small would scan it for ever. These functions look rows up by key, whatever the sizes.
ALTER FUNCTION check_senders() SET enable_seqscan = off;
ALTER FUNCTION check_senders() SET enable_hashjoin = off;
ALTER FUNCTION check_senders() SET enable_mergejoin = off;
ALTER FUNCTION check_log_is_dense() SET enable_seqscan = off;
ALTER FUNCTION check_log_is_dense() SET enable_hashjoin = off;
ALTER FUNCTION check_log_is_dense() SET enable_mergejoin = off;
ALTER FUNCTION check_last_seq() SET enable_seqscan = off;
ALTER FUNCTION check_private_rooms_joined() SET enable_seqscan = off;
ALTER FUNCTION check_private_rooms_joined() SET enable_hashjoin = off;
ALTER FUNCTION check_private_rooms_joined() SET enable_mergejoin = off;
