package dev.parley.kit.http;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;
import java.util.regex.Pattern;

/// Rewrites the headers that say what a body is and what is wanted, before JAX-RS reads them: it answers 500 to a
/// misshapen media type, and 406 where the contract knows JSON only. What is not JSON in UTF-8 becomes a type that no
/// endpoint takes, so it is refused with 415 where that has its turn, after the 401.
final class RequestHeaders {

    private static final String REFUSED = "application/octet-stream";
    private static final String JSON = "application/json";

    /// Type and subtype, then parameters. Source: RFC 9110 §8.3.1, §5.6.2.
    private static final Pattern MEDIA_TYPE =
            Pattern.compile("\\s*([!#$%&'*+.^_`|~0-9A-Za-z-]+/[!#$%&'*+.^_`|~0-9A-Za-z-]+)\\s*(;.*)?");

    private static final Pattern OTHER_CHARSET =
            Pattern.compile("charset\\s*=\\s*\"?+(?!utf-?8\"?\\s*(;|$))", Pattern.CASE_INSENSITIVE);

    private RequestHeaders() {}

    static void normalise(HttpServerRequest request) {
        var headers = request.headers();
        if (!request.path().endsWith("/openapi") && !request.path().startsWith("/docs/")) {
            headers.remove(HttpHeaders.ACCEPT);
        }
        var type = headers.get(HttpHeaders.CONTENT_TYPE);
        if (type != null && !type.isBlank()) {
            headers.set(HttpHeaders.CONTENT_TYPE, isEncoded(headers) ? REFUSED : plain(type));
        } else if (hasBody(headers)) {
            headers.set(HttpHeaders.CONTENT_TYPE, REFUSED);
        } else {
            headers.remove(HttpHeaders.CONTENT_TYPE);
        }
    }

    private static String plain(String type) {
        var match = MEDIA_TYPE.matcher(type);
        if (!match.matches()) {
            return REFUSED;
        }
        var name = match.group(1).toLowerCase(Locale.ROOT);
        var parameters = match.group(2) == null ? "" : match.group(2);
        return name.equals(JSON) && OTHER_CHARSET.matcher(parameters).find() ? REFUSED : name;
    }

    private static boolean isEncoded(MultiMap headers) {
        var encoding = headers.get(HttpHeaders.CONTENT_ENCODING);
        return encoding != null && !encoding.isBlank() && !encoding.strip().equalsIgnoreCase("identity");
    }

    private static boolean hasBody(MultiMap headers) {
        var length = headers.get(HttpHeaders.CONTENT_LENGTH);
        return headers.contains(HttpHeaders.TRANSFER_ENCODING) || (length != null && !length.equals("0"));
    }
}
