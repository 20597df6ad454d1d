package dev.parley.model.internal;

/// Where the `/internal` endpoints are, on the port that the ingress does not know.
public final class InternalPaths {

    /// Room service, GET with `room_id` and `user_id`: a [Standing]; 404 when there is no such participant.
    public static final String STANDING = "/internal/standing";

    /// Room service, POST a [StandingsQuery]: [Standings], for a socket that subscribes to many rooms.
    public static final String STANDINGS = "/internal/standings";

    /// Room service, GET with `room_id` and `limit` (1 to 1,000): the [Participants]; 404 when there is no such room.
    public static final String PARTICIPANTS = "/internal/participants";

    /// Room service, POST a [ReadCommand]: a [ReadCursor]; 404 when there is no such participant.
    public static final String READ = "/internal/read";

    /// Room service, GET with `room_id`, `after_seq` (exclusive) and `limit` (1 to 500): an [EventPage].
    public static final String EVENTS = "/internal/events";

    /// Room service, GET with `since` (a [Heads#watermark], or absent): the [Heads] of the rooms that changed.
    /// POST a [HeadsQuery]: the [Heads] of those of its rooms that exist, deleted ones too.
    /// It has no memberships, and a watermark from before the rooms were read.
    public static final String HEADS = "/internal/heads";

    /// Room service, POST a [dev.parley.model.stream.IngestEntry] as JSON: a [CommandsResult].
    public static final String COMMANDS = "/internal/commands";

    /// Auth service, GET with `ids` (comma-separated, at most 1,000): the [Users] that exist.
    public static final String USERS = "/internal/users";

    /// Auth service, GET with `after` (exclusive) and `limit` (1 to 1,000): an [AuthEventPage].
    public static final String AUTH_EVENTS = "/internal/events";

    /// Auth service, GET: the [Revocations].
    public static final String REVOCATIONS = "/internal/revocations";

    private InternalPaths() {}
}
