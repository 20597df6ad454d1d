package dev.parley.model.stream;

import dev.parley.model.id.RoomId;
import dev.parley.model.id.UserId;
import java.util.UUID;

/// The keys of the streams. The braces are literal: Redis Cluster hashes what stands between them (hash tags),
/// so a partition's keys are always on one node.
public final class StreamKeys {

    /// The consumer group of all room service replicas on every `ingest` stream.
    public static final String INGEST_GROUP = "room-service";

    /// What happened to accounts and sessions ([AuthEvent]), from the auth service to everybody.
    public static final String AUTH_EVENTS = "auth:events";

    private StreamKeys() {}

    /// Which partition a room lives in. Depends on the id's low 64 bits only, all random but two:
    /// an id made by any clock spreads evenly.
    ///
    /// @param partitions how many there are, at least 1
    public static int partitionOf(RoomId room, int partitions) {
        return partitionOf(room.value(), partitions);
    }

    /// Which partition a user's signals are in.
    public static int partitionOf(UserId user, int partitions) {
        return partitionOf(user.value(), partitions);
    }

    private static int partitionOf(UUID id, int partitions) {
        return (int) Long.remainderUnsigned(id.getLeastSignificantBits(), partitions);
    }

    /// Commands from gateways to the room service.
    public static String ingest(int partition) {
        return "ingest:{" + partition + "}";
    }

    /// Committed events from the room service to every gateway.
    public static String relay(int partition) {
        return "relay:{" + partition + "}";
    }

    /// What is of the moment ([Signal]), from room service and gateways to every gateway.
    public static String signal(int partition) {
        return "signal:{" + partition + "}";
    }

    /// Outcomes without an event, to one gateway process.
    public static String reply(String gatewayId) {
        return "reply:{" + gatewayId + "}";
    }
}
