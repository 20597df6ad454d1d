package dev.parley.room.message;

import dev.parley.model.id.RoomId;
import dev.parley.model.id.UserId;
import dev.parley.model.stream.IngestEntry;
import dev.parley.model.stream.Origin;
import dev.parley.model.stream.SendCommand;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one user sends to one room, in this order.
/// @param origin the connection it came from; null over REST
public record Sends(
        RoomId roomId, UserId senderId, @Nullable Origin origin, List<SendCommand> commands) {

    public Sends {
        commands = List.copyOf(commands);
    }

    public static Sends of(IngestEntry entry) {
        return new Sends(entry.roomId(), entry.senderId(), entry.origin(), entry.commands());
    }

    /// Characters of content, which is what makes it large.
    public long size() {
        return commands.stream()
                .map(SendCommand::content)
                .mapToLong(String::length)
                .sum();
    }
}
