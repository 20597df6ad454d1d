package dev.parley.kit.openapi;

import static org.eclipse.microprofile.openapi.OASFactory.createExample;

import dev.parley.model.problem.ProblemCode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.examples.Example;

/// One example for each problem code that a document names, shared by all its answers.
final class ProblemExamples {

    private static final String PREFIX = "#/components/examples/";

    private ProblemExamples() {}

    static Example reference(String code) {
        return createExample().ref(PREFIX + code);
    }

    /// Adds those that the document's answers refer to.
    static void add(OpenAPI document) {
        var used = new TreeSet<String>();
        document.getPaths().getPathItems().values().stream()
                .flatMap(item -> item.getOperations().values().stream())
                .flatMap(operation -> operation.getResponses().getAPIResponses().values().stream())
                .flatMap(answer -> Stream.ofNullable(answer.getContent()))
                .flatMap(content -> content.getMediaTypes().values().stream())
                .flatMap(type -> Stream.ofNullable(type.getExamples()))
                .flatMap(examples -> examples.values().stream())
                .flatMap(example -> Stream.ofNullable(example.getRef()))
                .forEach(ref -> used.add(ref.substring(PREFIX.length())));
        used.forEach(code -> document.getComponents()
                .addExample(code, createExample().value(problem(ProblemCode.fromString(code)))));
    }

    private static Map<String, Object> problem(ProblemCode code) {
        var problem = new LinkedHashMap<String, Object>();
        problem.put("type", code.type());
        problem.put("title", code.title());
        problem.put("status", code.status());
        problem.put("detail", code.title());
        problem.put("instance", "/path/of/the/request/");
        problem.put("code", code.toString());
        problem.put("trace_id", "4bf92f3577b34da6a3ce929d0e0e4736");
        if (code == ProblemCode.VALIDATION_FAILED) {
            problem.put("errors", List.of(fieldProblem()));
        }
        return problem;
    }

    private static Map<String, Object> fieldProblem() {
        var problem = new LinkedHashMap<String, Object>();
        problem.put("field", "name");
        problem.put("code", "invalid");
        problem.put("message", "must have 1 to 100 characters");
        return problem;
    }
}
