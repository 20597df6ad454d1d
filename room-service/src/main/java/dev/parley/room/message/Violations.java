package dev.parley.room.message;

import dev.parley.model.stream.SendCommand;
import dev.parley.model.text.TextRules;
import java.util.Optional;

/// Tells why a command could never be stored, whatever the room.
final class Violations {

    private Violations() {}

    /// @param repeatable whether the command must carry a `client_message_id`, as all of a gateway's do:
    ///     one that is delivered twice would be stored twice without it
    static Optional<String> of(SendCommand command, boolean repeatable) {
        var id = command.clientMessageId();
        if (id == null && repeatable) {
            return Optional.of("client_message_id must be given");
        }
        return Optional.ofNullable(id)
                .flatMap(TextRules::clientIdViolation)
                .map(message -> "client_message_id " + message)
                .or(() -> TextRules.contentViolation(command.content()).map(message -> "content " + message));
    }
}
