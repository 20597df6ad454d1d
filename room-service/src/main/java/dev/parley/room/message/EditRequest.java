package dev.parley.room.message;

import dev.parley.kit.problem.FieldChecks;
import dev.parley.model.text.TextRules;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// The body of an edit.
@Schema(name = "MessageEdit", requiredProperties = "content")
record EditRequest(@Nullable String content) {

    /// @throws dev.parley.kit.problem.ProblemException `validation_failed` if it can be no message's content
    String validContent() {
        new FieldChecks()
                .required("content", content, TextRules::contentViolation)
                .orThrow();
        return Objects.requireNonNull(content);
    }
}
