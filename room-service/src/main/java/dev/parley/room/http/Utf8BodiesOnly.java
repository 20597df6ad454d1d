package dev.parley.room.http;

import dev.parley.kit.problem.ProblemException;
import dev.parley.model.problem.ProblemCode;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// Refuses bodies that are not UTF-8. (Left to itself, the reader puts U+FFFD where it cannot decode, and what is
/// stored would be something else than what was sent.) A body is bounded before it comes here.
@Provider
final class Utf8BodiesOnly implements ReaderInterceptor {

    @Override
    public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
        var bytes = context.getInputStream().readAllBytes();
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
        } catch (CharacterCodingException e) {
            throw new ProblemException(ProblemCode.MALFORMED, "The body is not UTF-8");
        }
        context.setInputStream(new ByteArrayInputStream(bytes));
        return context.proceed();
    }
}
