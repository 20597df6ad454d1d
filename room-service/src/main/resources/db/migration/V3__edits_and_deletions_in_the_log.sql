-- Edits and deletions of messages are events of the same log. They keep no content: it is joined from messages.
ALTER TABLE events DROP CONSTRAINT event_type_is_known;
ALTER TABLE events ADD CONSTRAINT event_type_is_known CHECK (type IN (
    'message.created', 'message.updated', 'message.deleted',
    'participant.added', 'participant.updated', 'participant.removed',
    'room.updated', 'room.deleted'));
