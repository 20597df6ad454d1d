package dev.parley.kit.openapi;

import static org.eclipse.microprofile.openapi.OASFactory.createAPIResponse;
import static org.eclipse.microprofile.openapi.OASFactory.createContent;
import static org.eclipse.microprofile.openapi.OASFactory.createHeader;
import static org.eclipse.microprofile.openapi.OASFactory.createMediaType;
import static org.eclipse.microprofile.openapi.OASFactory.createPaths;
import static org.eclipse.microprofile.openapi.OASFactory.createSchema;

import dev.parley.kit.problem.ProblemBody;
import dev.parley.model.problem.ProblemCode;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;
import org.jspecify.annotations.Nullable;

/// The operations of a document: paths get their trailing slash back, problems their body, headers and codes, and
/// every operation the problems that do not depend on what it does.
final class DocumentedOperations {

    private static final int FIRST_ERROR = 400;
    private static final Pattern STATUS = Pattern.compile("\\d{3}");
    private static final Pattern QUOTED = Pattern.compile("`([a-z_]+)`");

    void complete(OpenAPI document) {
        var canonical = createPaths();
        document.getPaths().getPathItems().forEach((path, item) -> {
            item.getOperations().values().forEach(operation -> complete(item, operation));
            canonical.addPathItem(canonical(path), item);
        });
        document.setPaths(canonical);
        ProblemExamples.add(document);
    }

    /// A file, as `jwks.json`, has no slash.
    private static String canonical(String path) {
        var last = path.substring(path.lastIndexOf('/') + 1);
        return last.isEmpty() || (last.contains(".") && !last.contains("{")) ? path : path + "/";
    }

    private static void complete(PathItem item, Operation operation) {
        var responses = operation.getResponses();
        dropBlank(responses);
        var hasBody = operation.getRequestBody() != null;
        if (hasBody || hasQuery(item.getParameters()) || hasQuery(operation.getParameters())) {
            add(responses, ProblemCode.VALIDATION_FAILED);
        }
        if (operation.getSecurity() != null && !operation.getSecurity().isEmpty()) {
            add(responses, ProblemCode.UNAUTHENTICATED);
        }
        if (hasBody) {
            add(responses, ProblemCode.PAYLOAD_TOO_LARGE);
            add(responses, ProblemCode.UNSUPPORTED_MEDIA_TYPE);
        }
        add(responses, ProblemCode.INTERNAL);
        add(responses, ProblemCode.UNAVAILABLE);
        responses.getAPIResponses().forEach((status, response) -> {
            if (STATUS.matcher(status).matches()) { // not `default`, not `4XX`
                complete(Integer.parseInt(status), response);
            }
        });
    }

    /// What the security layer adds on its own says nothing: refusals that an operation has are described there.
    private static void dropBlank(APIResponses responses) {
        var forbidden = responses.getAPIResponse("403");
        if (forbidden != null && codes(forbidden).isEmpty()) {
            responses.removeAPIResponse("403");
        }
    }

    private static boolean hasQuery(@Nullable List<Parameter> parameters) {
        return parameters != null && parameters.stream().anyMatch(parameter -> parameter.getIn() == Parameter.In.QUERY);
    }

    private static void add(APIResponses responses, ProblemCode code) {
        var status = String.valueOf(code.status());
        if (!responses.hasAPIResponse(status)) {
            responses.addAPIResponse(status, createAPIResponse().description("`" + code + "`: " + code.title()));
        }
    }

    private static void complete(int status, APIResponse response) {
        if (status >= FIRST_ERROR) {
            var codes = codes(response);
            var problem = createMediaType().schema(createSchema().ref(DocumentedSchemas.PROBLEM));
            codes.forEach(code -> problem.addExample(code, ProblemExamples.reference(code)));
            response.setContent(createContent().addMediaType(ProblemBody.MEDIA_TYPE, problem));
            response.addExtension("x-problem-codes", codes);
        }
        switch (status) {
            case 201 -> header(response, "Location", SchemaType.STRING, "Path of what was made");
            case 401 -> header(response, "WWW-Authenticate", SchemaType.STRING, "`Bearer` (RFC 6750)");
            case 429, 503 -> header(response, "Retry-After", SchemaType.INTEGER, "Seconds to wait");
            default -> {
                // no header of its own
            }
        }
    }

    private static void header(APIResponse response, String name, SchemaType type, String description) {
        if (response.getHeaders() == null || !response.getHeaders().containsKey(name)) {
            response.addHeader(
                    name,
                    createHeader()
                            .description(description)
                            .required(true)
                            .schema(createSchema().addType(type)));
        }
    }

    /// The problem codes that a description names in backquotes.
    private static List<String> codes(APIResponse response) {
        var known =
                Arrays.stream(ProblemCode.values()).map(ProblemCode::toString).toList();
        return QUOTED.matcher(String.valueOf(response.getDescription()))
                .results()
                .map(match -> match.group(1))
                .filter(known::contains)
                .distinct()
                .toList();
    }
}
