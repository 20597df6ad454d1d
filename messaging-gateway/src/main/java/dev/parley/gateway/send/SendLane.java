package dev.parley.gateway.send;

import dev.parley.model.id.RoomId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What one connection sends to one room: one entry is under way, and what comes meanwhile waits for it and then
/// goes together. That keeps the order of the sends through any number of room service replicas without a leader.
///
/// Thread: the socket's event loop.
final class SendLane {

    private final RoomId roomId;
    private final SendConfig limits;
    private final Deque<PendingSend> waiting = new ArrayDeque<>();
    private final Map<Long, PendingSend> underWay = new LinkedHashMap<>();

    SendLane(RoomId roomId, SendConfig limits) {
        this.roomId = roomId;
        this.limits = limits;
    }

    RoomId roomId() {
        return roomId;
    }

    void add(PendingSend send) {
        waiting.add(send);
    }

    /// The sends of the next entry, in order; none while one is under way or nothing waits.
    List<PendingSend> next() {
        var next = new ArrayList<PendingSend>();
        long bytes = 0;
        while (underWay.isEmpty() && !waiting.isEmpty() && next.size() < limits.entryCommands()) {
            bytes += waiting.getFirst().size();
            if (bytes > limits.entryBytes() && !next.isEmpty()) {
                break;
            }
            next.add(waiting.removeFirst());
        }
        next.forEach(send -> underWay.put(send.ref(), send));
        return next;
    }

    /// Takes an answered send out.
    Optional<PendingSend> settle(long ref) {
        return Optional.ofNullable(underWay.remove(ref));
    }

    boolean hasUnderWay() {
        return !underWay.isEmpty();
    }

    /// Takes out everything, in order: what is under way and all behind it.
    List<PendingSend> giveUp() {
        var all = new ArrayList<>(underWay.values());
        all.addAll(waiting);
        underWay.clear();
        waiting.clear();
        return all;
    }

    boolean isEmpty() {
        return underWay.isEmpty() && waiting.isEmpty();
    }
}
