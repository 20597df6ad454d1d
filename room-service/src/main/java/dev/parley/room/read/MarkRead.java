package dev.parley.room.read;

import dev.parley.kit.problem.ProblemException;
import dev.parley.model.id.RoomId;
import dev.parley.model.id.UserId;
import dev.parley.model.internal.ReadCursor;
import dev.parley.model.problem.ProblemCode;
import dev.parley.model.stream.Origin;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Marks a room as read up to a `seq`, and tells those who are to see it. What does not move the cursor is not told.
@ApplicationScoped
public class MarkRead {

    private final ReadCursors cursors;
    private final ReadSignals signals;

    MarkRead(ReadCursors cursors, ReadSignals signals) {
        this.cursors = cursors;
        this.signals = signals;
    }

    /// @param seq 0 and up; beyond the end of the log it means the end
    /// @param origin the connection that read; null over REST
    /// @throws ProblemException `room_not_found` if there is no such room or participant
    public ReadCursor read(RoomId room, UserId user, long seq, @Nullable Origin origin) {
        var advanced =
                cursors.advance(room, user, seq).orElseThrow(() -> ProblemException.of(ProblemCode.ROOM_NOT_FOUND));
        var unread = cursors.unread(user, List.of(room)).getOrDefault(room, 0);
        if (advanced.moved()) {
            signals.moved(advanced.position(), unread, origin);
        }
        return new ReadCursor(advanced.position().lastReadSeq(), unread);
    }
}
