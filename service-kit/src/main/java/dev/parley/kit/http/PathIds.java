package dev.parley.kit.http;

import dev.parley.model.id.MessageId;
import dev.parley.model.id.RoomId;
import dev.parley.model.id.SessionId;
import dev.parley.model.id.UserId;
import jakarta.ws.rs.ext.ParamConverter;
import jakarta.ws.rs.ext.ParamConverterProvider;
import jakarta.ws.rs.ext.Provider;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads ids in paths. A misshapen one becomes the nil UUID, which names nothing: it takes the way of any unknown id,
/// so the endpoint answers with its own `…_not_found`, in the order of the contract (a bad body is told first).
@Provider
public final class PathIds implements ParamConverterProvider {

    private static final UUID NIL = new UUID(0, 0);

    private static final Map<Class<?>, ParamConverter<?>> CONVERTERS = Map.of(
            RoomId.class, new Converter<>(RoomId::fromString, new RoomId(NIL)),
            UserId.class, new Converter<>(UserId::fromString, new UserId(NIL)),
            MessageId.class, new Converter<>(MessageId::fromString, new MessageId(NIL)),
            SessionId.class, new Converter<>(SessionId::fromString, new SessionId(NIL)));

    @Override
    @SuppressWarnings("unchecked") // each converter stands under the class that it makes
    public <T> @Nullable ParamConverter<T> getConverter(Class<T> rawType, Type genericType, Annotation[] annotations) {
        return (ParamConverter<T>) CONVERTERS.get(rawType);
    }

    private record Converter<T>(Function<String, T> parser, T nobody) implements ParamConverter<T> {

        @Override
        public T fromString(String text) {
            try {
                return parser.apply(text);
            } catch (IllegalArgumentException e) {
                return nobody;
            }
        }

        @Override
        public String toString(T id) {
            return id.toString();
        }
    }
}
