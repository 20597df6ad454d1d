package dev.parley.room.message;

import dev.parley.kit.problem.FieldProblem;
import dev.parley.kit.problem.ProblemException;
import dev.parley.model.id.MessageId;
import dev.parley.model.stream.SendCommand;
import dev.parley.model.text.TextRules;
import java.util.ArrayList;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// The body of a send over REST.
@Schema(name = "NewMessage", requiredProperties = "content")
record SendRequest(
        @Nullable String content,
        @Nullable String clientMessageId,
        @Nullable MessageId replyToId) {

    /// @throws ProblemException `validation_failed` with every member at fault
    SendCommand toCommand() {
        var problems = new ArrayList<FieldProblem>();
        if (content == null) {
            problems.add(FieldProblem.required("content"));
        } else {
            TextRules.contentViolation(content)
                    .ifPresent(violation -> problems.add(FieldProblem.invalid("content", violation)));
        }
        Optional.ofNullable(clientMessageId)
                .flatMap(TextRules::clientIdViolation)
                .ifPresent(violation -> problems.add(FieldProblem.invalid("client_message_id", violation)));
        if (content == null || !problems.isEmpty()) {
            throw ProblemException.invalid(problems.toArray(FieldProblem[]::new));
        }
        return new SendCommand(0, clientMessageId, content, replyToId);
    }
}
