-- Changes of participants and of the room itself are events of the same log.

-- How the event left its participant, who may be gone when the log is read. Names are never kept here:
-- they are joined from users, and the room's from rooms, so that a replay shows the present.
ALTER TABLE events ADD COLUMN role text;
ALTER TABLE events ADD COLUMN joined_at timestamptz;
ALTER TABLE events ADD COLUMN last_read_seq bigint;

ALTER TABLE events DROP CONSTRAINT event_type_is_known;
ALTER TABLE events ADD CONSTRAINT event_type_is_known CHECK (type IN (
    'message.created', 'participant.added', 'participant.updated', 'participant.removed',
    'room.updated', 'room.deleted'));
ALTER TABLE events ADD CONSTRAINT participant_event_has_a_user
    CHECK ((type LIKE 'participant.%') = (user_id IS NOT NULL));
ALTER TABLE events ADD CONSTRAINT participant_event_has_its_state
    CHECK ((type IN ('participant.added', 'participant.updated'))
           = (role IS NOT NULL AND joined_at IS NOT NULL AND last_read_seq IS NOT NULL));
