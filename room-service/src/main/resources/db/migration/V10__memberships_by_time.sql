-- Gateways heal lost news of who came into a room and who left it from the log, by time. Two partial indexes hold
-- what can be among that, so that messages pay nothing for it.

-- When an event changed who is in a room, by PostgreSQL's clock, so that replicas agree about "since".
ALTER TABLE events ADD COLUMN membership_at timestamptz;
UPDATE events SET membership_at = created_at
    WHERE type IN ('participant.added', 'participant.removed', 'room.deleted');
ALTER TABLE events ADD CONSTRAINT membership_event_has_its_time CHECK (
    (type IN ('participant.added', 'participant.removed', 'room.deleted')) = (membership_at IS NOT NULL));
CREATE INDEX events_by_membership ON events (membership_at) WHERE membership_at IS NOT NULL;

-- A new room's first participants are no events. Null in rooms that are older than this column.
ALTER TABLE rooms ADD COLUMN made_at timestamptz;
ALTER TABLE rooms ALTER COLUMN made_at SET DEFAULT clock_timestamp();
CREATE INDEX rooms_by_making ON rooms (made_at) WHERE made_at IS NOT NULL;
