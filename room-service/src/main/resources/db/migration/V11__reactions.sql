-- Reactions to messages, and their events in the log.

-- One row for each emoji that a message has, so that a history shows counts without counting: a message may have a
-- hundred thousand reactions, but has no more than 20 kinds.
CREATE TABLE reaction_kinds (
    room_id    uuid     NOT NULL,
    message_id uuid     NOT NULL,
    emoji      text     NOT NULL,
    -- A free one of 20 places: what the database knows of the contract's bound.
    place      smallint NOT NULL,
    -- The event that made it: the order in which kinds are shown.
    since_seq  bigint   NOT NULL,
    users      integer  NOT NULL,
    PRIMARY KEY (room_id, message_id, emoji),
    CONSTRAINT message_has_at_most_20_kinds_of_reaction CHECK (place BETWEEN 1 AND 20),
    CONSTRAINT kind_of_reaction_has_a_place_of_its_own UNIQUE (room_id, message_id, place),
    CONSTRAINT kind_of_reaction_has_users CHECK (users > 0),
    CONSTRAINT emoji_has_1_to_32_characters CHECK (char_length(emoji) BETWEEN 1 AND 32),
    CONSTRAINT reaction_concerns_a_message_of_its_room
        FOREIGN KEY (room_id, message_id) REFERENCES messages (room_id, id)
);

CREATE TABLE reactions (
    room_id    uuid        NOT NULL,
    message_id uuid        NOT NULL,
    emoji      text        NOT NULL,
    user_id    uuid        NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (room_id, message_id, emoji, user_id),
    CONSTRAINT reaction_is_counted FOREIGN KEY (room_id, message_id, emoji) REFERENCES reaction_kinds
);

CREATE INDEX reactions_by_time ON reactions (room_id, message_id, emoji, created_at, user_id);

-- As the event left it; who reacted is the actor.
ALTER TABLE events ADD COLUMN emoji text;
ALTER TABLE events ADD COLUMN reaction_count integer;

ALTER TABLE events DROP CONSTRAINT event_type_is_known;
ALTER TABLE events ADD CONSTRAINT event_type_is_known CHECK (type IN (
    'message.created', 'message.updated', 'message.deleted', 'reaction.added', 'reaction.removed',
    'participant.added', 'participant.updated', 'participant.removed',
    'room.updated', 'room.deleted'));
ALTER TABLE events DROP CONSTRAINT message_event_has_a_message;
ALTER TABLE events ADD CONSTRAINT message_event_has_a_message
    CHECK ((type LIKE 'message.%' OR type LIKE 'reaction.%') = (message_id IS NOT NULL));
ALTER TABLE events ADD CONSTRAINT reaction_event_has_its_emoji
    CHECK ((type LIKE 'reaction.%') = (emoji IS NOT NULL AND reaction_count IS NOT NULL)
           AND (emoji IS NULL) = (reaction_count IS NULL));
