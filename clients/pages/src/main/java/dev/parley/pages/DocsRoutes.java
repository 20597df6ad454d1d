package dev.parley.pages;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.kit.problem.ProblemBody;
import dev.parley.kit.problem.ProblemException;
import dev.parley.model.problem.ProblemCode;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// `/docs/`: everything is read into memory at the start, some 500 KB, so that an answer never waits. No token is asked
/// for, and none is looked at.
///
/// Thread: event loops.
@ApplicationScoped
final class DocsRoutes {

    private static final String FOLDER = "parley-docs/";
    private static final String LIST = "files.list";

    /// The pages are ours alone: no script, nothing from elsewhere, no frame around them.
    private static final String POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none';"
            + " form-action 'none'; frame-ancestors 'none'";

    /// A new version is seen within five minutes; until then an ETag saves the bytes.
    private static final String CACHE_CONTROL = "public, max-age=300";

    private final Map<String, Page> pages;

    DocsRoutes() {
        this.pages = load();
    }

    void mount(@Observes Router router) {
        router.route("/docs").handler(this::answer);
        router.route("/docs/*").handler(this::answer);
    }

    private void answer(RoutingContext context) {
        var request = context.request();
        var page = find(request.path(), wantsJson(request.getHeader(HttpHeaders.ACCEPT)));
        if (page == null) {
            ProblemBody.end(context, ProblemException.of(ProblemCode.NOT_FOUND));
        } else if (!List.of(HttpMethod.GET, HttpMethod.HEAD).contains(request.method())) {
            context.response().putHeader(HttpHeaders.ALLOW, "GET, HEAD");
            ProblemBody.end(context, ProblemException.of(ProblemCode.METHOD_NOT_ALLOWED));
        } else {
            send(context, page);
        }
    }

    private static void send(RoutingContext context, Page page) {
        var response = context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, page.mediaType())
                .putHeader(HttpHeaders.CACHE_CONTROL, CACHE_CONTROL)
                .putHeader(HttpHeaders.ETAG, page.etag())
                .putHeader(HttpHeaders.VARY, "Accept")
                .putHeader("Content-Security-Policy", POLICY)
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Referrer-Policy", "no-referrer");
        if (page.etag().equals(context.request().getHeader(HttpHeaders.IF_NONE_MATCH))) {
            response.setStatusCode(304).end();
        } else if (HttpMethod.HEAD.equals(context.request().method())) {
            response.putHeader(
                            HttpHeaders.CONTENT_LENGTH,
                            String.valueOf(page.body().length()))
                    .end();
        } else {
            response.end(page.body());
        }
    }

    /// @param path with or without its trailing slash
    private @Nullable Page find(String path, boolean asJson) {
        var file = path.substring("/docs".length()).replaceFirst("^/+", "").replaceFirst("/$", "");
        var json = asJson ? pages.get(file + ".json") : null;
        return json != null
                ? json
                : pages.getOrDefault(file, pages.get(file.isEmpty() ? "index.html" : file + "/index.html"));
    }

    /// A page is the default, whatever else is asked for.
    private static boolean wantsJson(@Nullable String accept) {
        return accept != null && accept.contains("json") && !accept.contains("text/html");
    }

    private static Map<String, Page> load() {
        var pages = new HashMap<String, Page>();
        for (var line : new String(read(LIST), UTF_8).lines().toList()) {
            var file = line.substring(0, line.indexOf(' '));
            pages.put(file, Page.of(line.substring(file.length() + 1), read(file)));
        }
        return Map.copyOf(pages);
    }

    private static byte[] read(String file) {
        try (var stream = DocsRoutes.class.getClassLoader().getResourceAsStream(FOLDER + file)) {
            return Objects.requireNonNull(stream, file).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
