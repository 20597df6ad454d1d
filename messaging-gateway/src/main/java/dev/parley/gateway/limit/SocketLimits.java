package dev.parley.gateway.limit;

import dev.parley.model.id.UserId;

/// What one socket's client may send. Thread: the socket's event loop.
public final class SocketLimits {

    private final Limits limits;
    private final UserId userId;
    private final String address;
    private final FrameRate frames;
    private final PerMinute refusals;

    SocketLimits(Limits limits, UserId userId, String address, FrameRate frames, PerMinute refusals) {
        this.limits = limits;
        this.userId = userId;
        this.address = address;
        this.frames = frames;
        this.refusals = refusals;
    }

    /// One more frame, whatever it says.
    /// @return 0 when it may be acted upon, else the milliseconds after which another may
    public long takeFrame() {
        var wait = frames.take();
        if (wait > 0) {
            limits.refused(Limits.FRAMES_PER_SOCKET);
        }
        return millis(wait);
    }

    /// A frame that may be acted upon would become a message.
    /// @return as [#takeFrame]
    public long takeMessage() {
        return millis(limits.takeMessage(userId, address));
    }

    /// Counts a refusal; true when there were so many that the socket should be closed.
    public boolean isTooOften() {
        return refusals.isTooMany();
    }

    private static long millis(long nanos) {
        return (nanos + 999_999) / 1_000_000;
    }
}
