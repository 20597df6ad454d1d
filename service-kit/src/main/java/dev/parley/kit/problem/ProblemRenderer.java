package dev.parley.kit.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import dev.parley.model.problem.ProblemCode;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkiverse.resteasy.problem.postprocessing.ProblemContext;
import io.quarkiverse.resteasy.problem.postprocessing.ProblemPostProcessor;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.ElementKind;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jboss.logging.Logger;

/// Gives every problem that leaves a REST endpoint the members of the contract, whoever raised it:
/// our own code, JAX-RS, Bean Validation, Jackson or the security layer.
/// A message of a library is never shown: it may quote the input.
@Startup
@ApplicationScoped
final class ProblemRenderer implements ProblemPostProcessor {

    private static final Logger LOG = Logger.getLogger(ProblemRenderer.class);

    private final Outages outages;

    ProblemRenderer(Outages outages) {
        this.outages = outages;
    }

    @Override
    public HttpProblem apply(HttpProblem problem, ProblemContext context) {
        var known = classify(problem, context.cause);
        var body = ProblemBody.of(known, String.valueOf(context.path));
        var rendered = HttpProblem.builder()
                .withType(URI.create(body.type()))
                .withTitle(body.title())
                .withStatus(problem.getStatusCode() == 406 ? 406 : body.status())
                .withDetail(body.detail())
                .withInstance(instance(body.instance()))
                .with("code", body.code())
                .with("trace_id", body.traceId());
        problem.getHeaders().forEach(rendered::withHeader);
        if (body.status() == ProblemCode.UNAUTHENTICATED.status()
                && !problem.getHeaders().containsKey("WWW-Authenticate")) {
            rendered.withHeader("WWW-Authenticate", "Bearer");
        }
        if (!problem.getHeaders().containsKey("Retry-After")) {
            known.retryAfterSeconds().ifPresent(seconds -> rendered.withHeader("Retry-After", seconds));
        }
        if (!body.errors().isEmpty()) {
            rendered.with("errors", body.errors());
        }
        log(known, context.cause, body.instance());
        return rendered.build();
    }

    /// In place of the extension's own logger, which takes what is `unavailable` for a mistake of ours, too.
    private void log(ProblemException problem, Throwable cause, String path) {
        if (problem.code() == ProblemCode.UNAVAILABLE) {
            outages.tell(cause);
        } else if (problem.code().status() >= ProblemCode.INTERNAL.status()) {
            LOG.errorf(cause, "request failed path=%s", instance(path));
        }
    }

    /// @param path decoded, so that it may hold what a URI cannot
    private static URI instance(String path) {
        try {
            return new URI(null, null, path.replaceFirst("^/+", "/"), null);
        } catch (URISyntaxException e) {
            return URI.create("/");
        }
    }

    private static ProblemException classify(HttpProblem problem, Throwable cause) {
        return switch (cause) {
            case ProblemException known -> known;
            case ConstraintViolationException violations -> ofViolations(violations);
            case JsonProcessingException json -> ofJson(json);
            case Throwable other when other.getCause() instanceof JsonProcessingException json -> ofJson(json);
            case Throwable other when DatabaseOutage.isBehind(other) -> ProblemException.of(ProblemCode.UNAVAILABLE);
            default -> ProblemException.of(ofStatus(problem.getStatusCode()));
        };
    }

    private static ProblemException ofViolations(ConstraintViolationException exception) {
        return ProblemException.invalid(exception.getConstraintViolations().stream()
                .map(violation -> new FieldProblem(field(violation), code(violation), violation.getMessage()))
                .sorted(Comparator.comparing(FieldProblem::field).thenComparing(FieldProblem::code))
                .toArray(FieldProblem[]::new));
    }

    /// The path below the method's parameter, in the spelling of the JSON: `participant_ids[2]`.
    private static String field(ConstraintViolation<?> violation) {
        var nodes = StreamSupport.stream(violation.getPropertyPath().spliterator(), false)
                .filter(node -> node.getKind() != ElementKind.METHOD)
                .toList();
        var below = nodes.size() > 1 && nodes.getFirst().getKind() == ElementKind.PARAMETER
                ? nodes.subList(1, nodes.size())
                : nodes;
        return below.stream()
                .filter(node -> node.getKind() != ElementKind.CONTAINER_ELEMENT || node.getIndex() != null)
                .map(node -> node.getKind() == ElementKind.CONTAINER_ELEMENT
                        ? "[" + node.getIndex() + "]"
                        : "." + snakeCase(String.valueOf(node.getName())))
                .collect(Collectors.joining())
                .replaceFirst("^\\.", "");
    }

    private static String code(ConstraintViolation<?> violation) {
        return switch (violation
                .getConstraintDescriptor()
                .getAnnotation()
                .annotationType()
                .getSimpleName()) {
            case "NotNull", "NotBlank", "NotEmpty" -> "required";
            case String other -> "invalid";
        };
    }

    /// A value that is JSON but not what the member takes has a field; text that is not JSON has none.
    private static ProblemException ofJson(JsonProcessingException exception) {
        if (exception instanceof JsonMappingException mapping && isAboutAValue(mapping)) {
            var field = field(mapping);
            if (!field.isEmpty()) {
                return ProblemException.invalid(FieldProblem.invalid(field, "has the wrong type or form"));
            }
        }
        return new ProblemException(ProblemCode.MALFORMED, "The body is not one JSON object of the expected form");
    }

    private static boolean isAboutAValue(JsonMappingException exception) {
        return exception instanceof MismatchedInputException
                || exception instanceof ValueInstantiationException
                || exception.getCause() instanceof InputCoercionException;
    }

    private static String field(JsonMappingException exception) {
        return exception.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : "." + step.getFieldName())
                .collect(Collectors.joining())
                .replaceFirst("^\\.", "");
    }

    private static ProblemCode ofStatus(int status) {
        return switch (status) {
            case 401 -> ProblemCode.UNAUTHENTICATED;
            case 403 -> ProblemCode.FORBIDDEN;
            case 404 -> ProblemCode.NOT_FOUND;
            case 405 -> ProblemCode.METHOD_NOT_ALLOWED;
            case 413 -> ProblemCode.PAYLOAD_TOO_LARGE;
            case 415 -> ProblemCode.UNSUPPORTED_MEDIA_TYPE;
            case 429 -> ProblemCode.RATE_LIMITED;
            case 503 -> ProblemCode.UNAVAILABLE;
            default -> status < 500 ? ProblemCode.MALFORMED : ProblemCode.INTERNAL;
        };
    }

    private static String snakeCase(String camelCase) {
        return camelCase.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
    }
}
