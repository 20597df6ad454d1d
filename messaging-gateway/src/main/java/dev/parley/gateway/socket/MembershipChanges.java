package dev.parley.gateway.socket;

import dev.parley.gateway.feed.MembershipListener;
import dev.parley.gateway.presence.Presence;
import dev.parley.model.internal.Heads.MembershipChange;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Comparator;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;

/// Hands changes of memberships to the sockets of the users concerned. Thread-safe.
@ApplicationScoped
class MembershipChanges implements MembershipListener {

    private final SocketsByUser sockets;
    private final Presence presence;

    MembershipChanges(SocketsByUser sockets, Presence presence) {
        this.sockets = sockets;
        this.presence = presence;
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

    /// Nobody can tell what the clients did not hear: they come back and read their lists.
    @Override
    public void lost() {
        sockets.withEach(socket -> {
            if (socket.hasManyRooms()) {
                socket.close(CloseCode.INTERNAL_GAP);
            }
        });
    }
}
