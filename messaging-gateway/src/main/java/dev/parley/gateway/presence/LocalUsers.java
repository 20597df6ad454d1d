package dev.parley.gateway.presence;

import dev.parley.model.id.UserId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// The users that have sockets here, and which of them Redis does not know of yet. Thread: presence's own.
final class LocalUsers {

    private final Map<UserId, Integer> sockets = new HashMap<>();
    private final Set<UserId> come = new HashSet<>();
    private final Set<UserId> gone = new HashSet<>();

    void opened(UserId user) {
        if (sockets.merge(user, 1, Integer::sum) == 1) {
            gone.remove(user);
            come.add(user);
        }
    }

    void closed(UserId user) {
        if (sockets.computeIfPresent(user, (_, count) -> count == 1 ? null : count - 1) == null) {
            come.remove(user);
            gone.add(user);
        }
    }

    boolean isHere(UserId user) {
        return sockets.containsKey(user);
    }

    int size() {
        return sockets.size();
    }

    /// All of them are to be written again.
    void writeAllAgain() {
        come.addAll(sockets.keySet());
    }

    /// Writes what changed since the last time.
    void write(PresenceStore store) {
        store.writeOnline(Set.copyOf(come));
        store.writeLeft(Set.copyOf(gone));
        come.clear();
        gone.clear();
    }
}
