package dev.parley.gateway.socket;

import dev.parley.gateway.feed.MembershipListener;
import dev.parley.gateway.presence.Presence;
import dev.parley.model.internal.Heads.MembershipChange;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;

/// Hands changes of memberships to the sockets of the users concerned. Thread-safe.
@ApplicationScoped
class MembershipChanges implements MembershipListener {

    private static final Duration EARLIEST = Duration.ofSeconds(2);

    private final SocketsByUser sockets;
    private final Presence presence;
    private final SocketConfig config;

    MembershipChanges(SocketsByUser sockets, Presence presence, SocketConfig config) {
        this.sockets = sockets;
        this.presence = presence;
        this.config = config;
    }

    /// Only the newest of a user and room is of interest: the ones before it are past.
    @Override
    public void changed(List<MembershipChange> changes) {
        presence.membershipsChanged(changes);
        changes.stream()
                .filter(change -> sockets.isHere(change.userId()))
                .collect(Collectors.toMap(
                        change -> List.of(change.roomId(), change.userId()),
                        change -> change,
                        BinaryOperator.maxBy(Comparator.comparingLong(MembershipChange::seq))))
                .values()
                .forEach(change -> sockets.withEach(change.userId(), socket -> socket.membershipChanged(change)));
    }

    /// Nobody can tell what the clients did not hear: they come back and read their lists, not all at once. None does
    /// before [#EARLIEST]: heads that are complete again do not tell of changes a moment before.
    @Override
    public void lost() {
        sockets.withEach(socket -> {
            if (socket.hasManyRooms()) {
                var delay = EARLIEST.toMillis()
                        + ThreadLocalRandom.current()
                                .nextLong(config.returnSpread().toMillis() + 1);
                socket.eventLoop().schedule(() -> socket.close(CloseCode.INTERNAL_GAP), delay, TimeUnit.MILLISECONDS);
            }
        });
    }
}
