package dev.parley.gateway.admission;

import dev.parley.kit.problem.ProblemException;
import dev.parley.model.problem.ProblemCode;
import io.vertx.core.http.HttpServerRequest;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/// The access token of an upgrade request. It may come in three places, because browsers cannot set headers:
/// `?token=`, `Authorization: Bearer` (RFC 6750 §2.1), or the sub-protocol `bearer.T`.
final class OfferedToken {

    private static final String SUBPROTOCOL = "bearer.";
    private static final String SCHEME = "Bearer ";

    private OfferedToken() {}

    /// @throws ProblemException with `unauthenticated` if there is no token, or two different ones
    static String of(HttpServerRequest request) {
        Set<String> offered = new HashSet<>(request.params().getAll("token"));
        for (var authorization : request.headers().getAll("Authorization")) {
            offered.add(
                    authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                            ? authorization.substring(SCHEME.length()).strip()
                            : "");
        }
        request.headers().getAll("Sec-WebSocket-Protocol").stream()
                .flatMap(header -> Arrays.stream(header.split(",", -1)))
                .map(String::strip)
                .filter(name -> name.startsWith(SUBPROTOCOL))
                .forEach(name -> offered.add(name.substring(SUBPROTOCOL.length())));
        if (offered.size() != 1) {
            throw new ProblemException(
                    ProblemCode.UNAUTHENTICATED,
                    offered.isEmpty() ? "An access token must be given" : "Only one credential may be given");
        }
        return offered.iterator().next();
    }
}
