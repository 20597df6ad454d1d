package dev.parley.kit.token;

import dev.parley.kit.problem.ProblemBody;
import dev.parley.kit.problem.ProblemException;
import dev.parley.model.problem.ProblemCode;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/// Refuses two different `Authorization` headers, as which of them counts would depend on who reads it, and a token
/// whose JOSE header has a number where a text belongs: the library throws a ClassCastException at it, which would be
/// a 500 for anybody who asks.
@ApplicationScoped
final class OneCredential {

    /// After CORS (900), before authentication (200).
    private static final int PRIORITY = 800;

    private static final String SCHEME = "Bearer ";

    /// Source: RFC 7515 §4.1 and RFC 7516 §4.1.
    private static final List<String> TEXTS = List.of("alg", "kid", "typ", "cty", "jku", "x5u", "x5t", "enc", "zip");

    void register(@Observes Filters filters) {
        filters.register(OneCredential::check, PRIORITY);
    }

    private static void check(RoutingContext context) {
        var given = context.request().headers().getAll(HttpHeaders.AUTHORIZATION);
        if (given.stream().distinct().count() > 1) {
            refuse(context, "Only one credential may be given");
        } else if (given.stream().anyMatch(OneCredential::isMisshapen)) {
            refuse(context, "The access token is not valid");
        } else {
            context.next();
        }
    }

    private static void refuse(RoutingContext context, String detail) {
        ProblemBody.end(context, new ProblemException(ProblemCode.UNAUTHENTICATED, detail));
    }

    /// Whatever else is wrong with it is found later.
    private static boolean isMisshapen(String authorization) {
        if (!authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return false;
        }
        try {
            var encoded = authorization.substring(SCHEME.length()).strip().split("\\.", 2)[0];
            var header = new JsonObject(new String(Base64.getUrlDecoder().decode(encoded), StandardCharsets.UTF_8));
            return TEXTS.stream()
                    .filter(header::containsKey)
                    .anyMatch(name -> !(header.getValue(name) instanceof String));
        } catch (RuntimeException e) {
            return false;
        }
    }
}
