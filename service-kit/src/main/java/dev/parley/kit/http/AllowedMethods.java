package dev.parley.kit.http;

import dev.parley.kit.problem.ProblemBody;
import dev.parley.kit.problem.ProblemException;
import dev.parley.model.problem.ProblemCode;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Answers a method that a path of the JAX-RS resources does not take with 405 and what it takes (RFC 9110 §15.5.6),
/// and
/// `OPTIONS` with the same. RESTEasy Reactive tells no `Allow` with a 405, that of the whole class in an answer to
/// `OPTIONS`, and 404 below a class whose own path is the beginning of another's.
///
/// What is taken is read once from the annotations of the resources: they are beans, and have no sub-resources or
/// interfaces. Thread: the request's event loop.
@ApplicationScoped
final class AllowedMethods {

    /// After [Cors], so that a page can read the answer, before authentication (200): it tells nothing that the OpenAPI
    /// document does not.
    private static final int THIRD = 800;

    private static final Pattern PARAMETER = Pattern.compile("\\{[^}]+}");

    private final List<Operation> operations;

    AllowedMethods(BeanManager beans) {
        this.operations = beans.getBeans(Object.class, Any.Literal.INSTANCE).stream()
                .flatMap(bean -> operations(bean.getBeanClass()))
                .toList();
    }

    void register(@Observes Filters filters) {
        filters.register(this::handle, THIRD);
    }

    private void handle(RoutingContext context) {
        var method = context.request().method();
        var taken = at(context.normalizedPath());
        if (taken.isEmpty() || (taken.contains(method.name()) && !method.name().equals(HttpMethod.OPTIONS))) {
            context.next();
            return;
        }
        context.response().putHeader(HttpHeaders.ALLOW, String.join(", ", taken));
        if (method.name().equals(HttpMethod.OPTIONS)) {
            context.response().end();
        } else {
            ProblemBody.end(context, ProblemException.of(ProblemCode.METHOD_NOT_ALLOWED));
        }
    }

    /// @param path normalised, with its trailing slash or without
    /// @return in alphabetical order; empty when no resource is there
    private Collection<String> at(String path) {
        var methods = new TreeSet<String>();
        operations.stream()
                .filter(operation -> operation.path().matcher(path).matches())
                .forEach(operation -> methods.addAll(operation.methods()));
        return methods;
    }

    private static Stream<Operation> operations(Class<?> resource) {
        var path = resource.getAnnotation(Path.class);
        return path == null
                ? Stream.empty()
                : Arrays.stream(resource.getMethods()).flatMap(method -> operation(path.value(), method));
    }

    private static Stream<Operation> operation(String parent, Method method) {
        var path = method.getAnnotation(Path.class);
        return Arrays.stream(method.getAnnotations())
                .map(annotation -> annotation.annotationType().getAnnotation(HttpMethod.class))
                .filter(annotation -> annotation != null)
                .map(annotation -> new Operation(
                        pattern(parent + "/" + (path == null ? "" : path.value())), methods(annotation.value())));
    }

    /// JAX-RS answers `HEAD` where there is a `GET`.
    private static Set<String> methods(String declared) {
        return declared.equals(HttpMethod.GET)
                ? Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS)
                : Set.of(declared, HttpMethod.OPTIONS);
    }

    private static Pattern pattern(String template) {
        var expression = new ArrayList<String>();
        for (var segment : template.split("/", -1)) {
            if (!segment.isEmpty()) {
                expression.add(PARAMETER.matcher(segment).matches() ? "[^/]+" : Pattern.quote(segment));
            }
        }
        return Pattern.compile("/" + String.join("/", expression) + "/?");
    }

    private record Operation(Pattern path, Set<String> methods) {}
}
