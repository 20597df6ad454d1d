-- The words of messages, for search: numbers that dev.parley.room.words.WordKeys makes of room and word.
-- Messages that are older than this column are not found until they are edited.
ALTER TABLE messages ADD COLUMN words bigint[] NOT NULL DEFAULT '{}';
ALTER TABLE messages ADD CONSTRAINT deleted_message_has_no_words CHECK (deleted_at IS NULL OR words = '{}');

-- What is new waits in a short list before it goes into the index, some hundred messages at once; a search reads the
-- list too. Longer: the writer is faster, a search slower.
CREATE INDEX messages_by_word ON messages USING gin (words) WITH (fastupdate = on, gin_pending_list_limit = 512);
