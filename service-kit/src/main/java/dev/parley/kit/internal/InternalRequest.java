package dev.parley.kit.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.kit.problem.FieldProblem;
import dev.parley.kit.problem.ProblemException;
import dev.parley.model.problem.ProblemCode;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;
import java.util.function.Function;

/// What an `/internal` endpoint is asked.
public final class InternalRequest {

    private final ObjectMapper json;
    private final MultiMap parameters;
    private final Buffer body;

    InternalRequest(ObjectMapper json, MultiMap parameters, Buffer body) {
        this.json = json;
        this.parameters = parameters;
        this.body = body;
    }

    /// A query parameter; `validation_failed` when it is absent or `parser` throws.
    public <T> T parameter(String name, Function<String, T> parser) {
        return optional(name, parser).orElseThrow(() -> ProblemException.invalid(FieldProblem.required(name)));
    }

    /// A query parameter that may be absent; `validation_failed` when `parser` throws.
    public <T> Optional<T> optional(String name, Function<String, T> parser) {
        try {
            return Optional.ofNullable(parameters.get(name)).map(parser);
        } catch (IllegalArgumentException e) {
            throw ProblemException.invalid(FieldProblem.invalid(name, "has the wrong form"));
        }
    }

    /// The JSON body; `malformed` when it is not one.
    public <T> T body(Class<T> type) {
        try {
            return json.readValue(body.getBytes(), type);
        } catch (JsonProcessingException e) {
            throw ProblemException.of(ProblemCode.MALFORMED);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
