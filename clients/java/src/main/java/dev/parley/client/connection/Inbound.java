package dev.parley.client.connection;

import java.time.Duration;

/// Back-pressure: another message is asked for when one is dealt with and listeners have room.
///
/// A listener that is stuck in one call holds up the socket only for so long: else whoever waits in a listener for an
/// answer of the server would wait for ever. Then the socket is read on, and feeds leave what has no room to the log.
/// *Thread*: the loop.
final class Inbound {

    private final Loop loop;
    private final Delivery delivery;
    private final Duration stallPatience;

    Inbound(Loop loop, Delivery delivery, Duration stallPatience) {
        this.loop = loop;
        this.delivery = delivery;
        this.stallPatience = stallPatience;
    }

    void dealtWith(Link link) {
        link.took();
        next(link);
    }

    private void next(Link link) {
        if (mayRead()) {
            link.readOn();
        } else {
            link.pause();
            loop.after(stallPatience, () -> look(link));
        }
    }

    void hasRoomAgain(Link link) {
        if (link.isPaused()) {
            link.readOn();
        }
    }

    /// What a listener does that is only slow ends in [#hasRoomAgain].
    private void look(Link link) {
        if (link.isPaused()) {
            next(link);
        }
    }

    private boolean mayRead() {
        return !delivery.isFull() || delivery.isStuckFor(stallPatience);
    }
}
