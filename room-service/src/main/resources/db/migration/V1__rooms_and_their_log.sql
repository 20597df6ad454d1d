-- The room service's record: rooms, who is in them, and one log of events a room.
-- Constraint names say the rule they keep; triggers raise their rule's name the same way.
-- Everything big is keyed by room_id first, so that it can be distributed by room.

-- A projection of the auth service's accounts: no table refers to it, because it may lag behind.
CREATE TABLE users (
    id           uuid PRIMARY KEY,
    username     text,
    display_name text,
    deleted      boolean NOT NULL,
    version      bigint  NOT NULL,
    CONSTRAINT user_has_names_unless_deleted
        CHECK (deleted = (username IS NULL) AND deleted = (display_name IS NULL))
);

CREATE TABLE rooms (
    id                uuid PRIMARY KEY,
    room_type         text        NOT NULL,
    name              text,
    -- The two of a private room, in order, so that a pair has one spelling.
    first_user_id     uuid,
    second_user_id    uuid,
    created_by        uuid        NOT NULL,
    client_room_id    text,
    created_at        timestamptz NOT NULL,
    participant_count integer     NOT NULL,
    -- The end of the log; who appends to it holds this row's lock.
    last_seq          bigint      NOT NULL DEFAULT 0,
    log_epoch         bigint      NOT NULL DEFAULT 1,
    last_message_seq  bigint,
    last_activity_at  timestamptz NOT NULL,
    -- By PostgreSQL's clock, so that replicas agree about "since".
    changed_at        timestamptz NOT NULL DEFAULT clock_timestamp(),
    deleted_at        timestamptz,
    CONSTRAINT room_type_is_private_or_group CHECK (room_type IN ('private', 'group')),
    CONSTRAINT group_has_a_name CHECK ((room_type = 'group') = (name IS NOT NULL)),
    CONSTRAINT private_room_has_an_ordered_pair
        CHECK ((room_type = 'private') = (first_user_id IS NOT NULL AND second_user_id IS NOT NULL
               AND first_user_id < second_user_id)
               AND (first_user_id IS NULL) = (second_user_id IS NULL)),
    CONSTRAINT private_room_is_not_deleted CHECK (room_type = 'group' OR deleted_at IS NULL),
    CONSTRAINT last_seq_is_not_negative CHECK (last_seq >= 0),
    CONSTRAINT participant_count_is_not_negative CHECK (participant_count >= 0)
);

CREATE UNIQUE INDEX one_private_room_per_pair ON rooms (first_user_id, second_user_id)
    WHERE room_type = 'private';
CREATE UNIQUE INDEX one_room_per_creator_and_client_room_id ON rooms (created_by, client_room_id)
    WHERE client_room_id IS NOT NULL;
CREATE INDEX rooms_by_change ON rooms (changed_at);

CREATE TABLE participants (
    room_id       uuid        NOT NULL,
    user_id       uuid        NOT NULL,
    role          text        NOT NULL,
    joined_at     timestamptz NOT NULL,
    last_read_seq bigint      NOT NULL DEFAULT 0,
    PRIMARY KEY (room_id, user_id),
    CONSTRAINT participant_belongs_to_a_room FOREIGN KEY (room_id) REFERENCES rooms,
    CONSTRAINT role_is_owner_admin_or_member CHECK (role IN ('owner', 'admin', 'member')),
    CONSTRAINT last_read_seq_is_not_negative CHECK (last_read_seq >= 0)
);

CREATE INDEX participants_by_user ON participants (user_id, room_id);
CREATE INDEX participants_by_joining ON participants (room_id, joined_at, user_id);
-- The least last_read_seq of a room answers "has everybody read it" without reading everybody.
CREATE INDEX participants_by_reading ON participants (room_id, last_read_seq, user_id);

CREATE TABLE messages (
    room_id           uuid        NOT NULL,
    seq               bigint      NOT NULL,
    id                uuid        NOT NULL,
    sender_id         uuid        NOT NULL,
    content           text        NOT NULL,
    client_message_id text,
    -- 128 bits of SHA-256 over content and reply_to_id as first sent: what a repeat is compared with, for ever.
    sent_hash         uuid,
    reply_to_id       uuid,
    reply_to_seq      bigint,
    created_at        timestamptz NOT NULL,
    edited_at         timestamptz,
    deleted_at        timestamptz,
    PRIMARY KEY (room_id, seq),
    CONSTRAINT message_id_is_unique_in_its_room UNIQUE (room_id, id),
    CONSTRAINT client_message_id_is_unique_per_sender_and_room UNIQUE (room_id, sender_id, client_message_id),
    CONSTRAINT message_belongs_to_a_room FOREIGN KEY (room_id) REFERENCES rooms,
    CONSTRAINT reply_target_is_in_the_same_room FOREIGN KEY (room_id, reply_to_id) REFERENCES messages (room_id, id),
    CONSTRAINT reply_target_has_id_and_seq CHECK ((reply_to_id IS NULL) = (reply_to_seq IS NULL)),
    CONSTRAINT repeatable_message_has_a_hash CHECK ((client_message_id IS NULL) = (sent_hash IS NULL)),
    CONSTRAINT deleted_message_has_no_content CHECK (deleted_at IS NULL OR content = ''),
    CONSTRAINT content_has_1_to_8000_characters
        CHECK (deleted_at IS NOT NULL OR char_length(content) BETWEEN 1 AND 8000)
);

-- The log. It stores references and is rendered when read: a replay shows the present.
CREATE TABLE events (
    room_id    uuid        NOT NULL,
    seq        bigint      NOT NULL,
    type       text        NOT NULL,
    actor_id   uuid        NOT NULL,
    message_id uuid,
    user_id    uuid,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (room_id, seq),
    CONSTRAINT event_belongs_to_a_room FOREIGN KEY (room_id) REFERENCES rooms,
    CONSTRAINT event_concerns_a_message_of_its_room
        FOREIGN KEY (room_id, message_id) REFERENCES messages (room_id, id),
    CONSTRAINT event_type_is_known CHECK (type IN ('message.created')),
    CONSTRAINT message_event_has_a_message CHECK ((type LIKE 'message.%') = (message_id IS NOT NULL))
);

-- One look-up a statement, whatever the batch: a row trigger costs a third of the writer's rate.
CREATE FUNCTION check_senders() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM inserted m
        WHERE NOT EXISTS (SELECT FROM participants p WHERE p.room_id = m.room_id AND p.user_id = m.sender_id)
    ) THEN
        RAISE EXCEPTION 'a message''s sender is a participant when it is inserted'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'sender_is_a_participant', TABLE = 'messages';
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER sender_is_a_participant AFTER INSERT ON messages
    REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION check_senders();

-- Events continue the log where it ends; with the primary key that leaves no room for a hole.
CREATE FUNCTION check_log_is_dense() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM (
            SELECT room_id, min(seq) AS low, max(seq) AS high, count(*) AS number FROM inserted GROUP BY room_id
        ) e JOIN rooms r ON r.id = e.room_id
        WHERE e.low <> r.last_seq + 1 OR e.high - e.low + 1 <> e.number
    ) THEN
        RAISE EXCEPTION 'a room''s log has no hole'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'log_is_dense', TABLE = 'events';
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER log_is_dense AFTER INSERT ON events
    REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION check_log_is_dense();

-- last_seq moves only to the end of what was appended.
CREATE FUNCTION check_last_seq() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM after_update n JOIN before_update o USING (id)
        WHERE n.last_seq <> o.last_seq
          AND (n.last_seq < o.last_seq
               OR NOT EXISTS (SELECT FROM events e WHERE e.room_id = n.id AND e.seq = n.last_seq)
               OR EXISTS (SELECT FROM events e WHERE e.room_id = n.id AND e.seq = n.last_seq + 1))
    ) THEN
        RAISE EXCEPTION 'last_seq is the end of the log'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'last_seq_is_the_end_of_the_log', TABLE = 'rooms';
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER last_seq_is_the_end_of_the_log AFTER UPDATE ON rooms
    REFERENCING OLD TABLE AS before_update NEW TABLE AS after_update
    FOR EACH STATEMENT EXECUTE FUNCTION check_last_seq();

-- How many a room has. The room row is locked first and each query takes a new snapshot (READ COMMITTED): of two
-- sessions that remove the last two participants the second waits here and then sees what the first has done.
CREATE FUNCTION check_participants_of(room uuid) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    found_room rooms%ROWTYPE;
BEGIN
    SELECT * INTO found_room FROM rooms WHERE id = room FOR NO KEY UPDATE;
    IF NOT FOUND OR found_room.deleted_at IS NOT NULL THEN
        RETURN;
    END IF;
    IF found_room.room_type = 'group' THEN
        IF NOT EXISTS (SELECT FROM participants p WHERE p.room_id = room) THEN
            RAISE EXCEPTION 'a room has at least one participant'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'room_has_a_participant', TABLE = 'participants';
        END IF;
    ELSIF ARRAY(SELECT p.user_id FROM participants p WHERE p.room_id = room ORDER BY p.user_id LIMIT 3)
          <> ARRAY[found_room.first_user_id, found_room.second_user_id] THEN
        RAISE EXCEPTION 'a private room has exactly its two participants'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'private_room_has_exactly_two', TABLE = 'participants';
    END IF;
END $$;

CREATE FUNCTION check_room() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM check_participants_of(NEW.id);
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER room_has_its_participants
    AFTER INSERT OR UPDATE OF room_type, deleted_at, first_user_id, second_user_id ON rooms
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_room();

CREATE FUNCTION check_room_left() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM check_participants_of(OLD.room_id);
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER room_keeps_its_participants
    AFTER DELETE OR UPDATE OF room_id, user_id ON participants
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_room_left();

-- Only a private room can have too many, so a group that takes in thousands is looked at once.
CREATE FUNCTION check_private_rooms_joined() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM joined p JOIN rooms r ON r.id = p.room_id
        WHERE r.room_type = 'private' AND p.user_id NOT IN (r.first_user_id, r.second_user_id)
    ) THEN
        RAISE EXCEPTION 'a private room has exactly its two participants'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'private_room_has_exactly_two', TABLE = 'participants';
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER private_room_has_only_its_pair AFTER INSERT ON participants
    REFERENCING NEW TABLE AS joined FOR EACH STATEMENT EXECUTE FUNCTION check_private_rooms_joined();
CREATE TRIGGER private_room_keeps_only_its_pair AFTER UPDATE ON participants
    REFERENCING NEW TABLE AS joined FOR EACH STATEMENT EXECUTE FUNCTION check_private_rooms_joined();
