package dev.parley.pages.render;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The page of an OpenAPI document.
final class RestPage {

    private record Operation(String method, String path, JsonNode node) {

        String id() {
            return node.path("operationId").asText();
        }
    }

    private final JsonNode document;
    private final String source;
    private final Map<String, List<Operation>> byTag = new LinkedHashMap<>();

    /// @param source the file's name, as `auth-service.yaml`
    RestPage(JsonNode document, String source) {
        this.document = document;
        this.source = source;
        document.path("tags").forEach(tag -> byTag.put(tag.path("name").asText(), new ArrayList<>()));
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(method -> byTag.get(
                                        method.getValue().path("tags").path(0).asText())
                                .add(new Operation(
                                        method.getKey().toUpperCase(Locale.ROOT), path.getKey(), method.getValue()))));
    }

    String render() {
        return Layout.page(
                document.at("/info/title").asText(),
                "/docs/" + source.replace(".yaml", "") + "/",
                this::contents,
                this::body);
    }

    private void contents(Html nav) {
        byTag.forEach((tag, operations) -> {
            nav.in("p", tag);
            nav.in(
                    "ul",
                    list -> operations.forEach(operation ->
                            list.in("li", item -> item.link("#" + operation.id(), operation.id()))));
        });
        nav.in("p", "Schemas");
        nav.in(
                "ul",
                list -> document.at("/components/schemas")
                        .fieldNames()
                        .forEachRemaining(name -> list.in("li", item -> item.link("#" + Schemas.anchor(name), name))));
    }

    private void body(Html html) {
        html.in("h1", document.at("/info/title").asText());
        html.in(
                "p",
                line -> {
                    line.text("OpenAPI 3.1, version "
                            + document.at("/info/version").asText() + ": ");
                    line.link("/docs/" + source, source);
                },
                "class",
                "meta");
        html.in(
                "div",
                words -> words.html(
                        Markdown.html(document.at("/info/description").asText())),
                "class",
                "words");
        document.path("tags").forEach(tag -> {
            var name = tag.path("name").asText();
            html.in("h2", name, "id", "tag-" + name);
            html.html(Markdown.html(tag.path("description").asText()));
            byTag.get(name).forEach(operation -> html.in("section", section -> operation(section, operation)));
        });
        html.in("h2", "Schemas", "id", "schemas");
        html.in("p", "What bodies are made of. A member that is not marked optional is always there.");
        Schemas.all(html, document);
    }

    private void operation(Html html, Operation operation) {
        var node = operation.node();
        html.in(
                "h3",
                title -> {
                    title.in(
                            "span",
                            operation.method(),
                            "class",
                            "method " + operation.method().toLowerCase(Locale.ROOT));
                    title.code(operation.path());
                    title.in(
                            "a",
                            "#",
                            "href",
                            "#" + operation.id(),
                            "class",
                            "anchor",
                            "aria-label",
                            "Link to " + operation.id());
                },
                "id",
                operation.id());
        html.html(Markdown.html(node.path("summary").asText() + "."));
        html.html(Markdown.html(node.path("description").asText()));
        html.in(
                "p",
                line -> {
                    line.code(operation.id());
                    line.text(" · " + token(node.path("security")));
                },
                "class",
                "meta");
        parameters(html, node.path("parameters"));
        request(
                html,
                node.path("requestBody").at("/content/application~1json"),
                node.path("requestBody").path("required").asBoolean());
        answers(html, node.path("responses"));
    }

    private static String token(JsonNode alternatives) {
        if (alternatives.isEmpty()) {
            return "no token";
        }
        for (var alternative : alternatives) {
            if (alternative.isEmpty()) {
                return "bearer token, optional";
            }
        }
        return "bearer token";
    }

    private static void parameters(Html html, JsonNode parameters) {
        if (parameters.isEmpty()) {
            return;
        }
        html.in("h4", "Parameters");
        html.in(
                "div",
                box -> box.in(
                        "table",
                        table -> parameters.forEach(parameter -> table.in("tr", row -> {
                            row.in("td", cell -> {
                                cell.code(parameter.path("name").asText());
                                cell.in(
                                        "span",
                                        parameter.path("in").asText()
                                                + (parameter.path("required").asBoolean() ? "" : ", optional"),
                                        "class",
                                        "needed");
                            });
                            row.in("td", cell -> Schemas.type(cell, parameter.path("schema")), "class", "type");
                            row.in("td", cell -> {
                                cell.html(Markdown.html(parameter
                                        .path("description")
                                        .asText(parameter
                                                .at("/schema/description")
                                                .asText())));
                                Schemas.bounds(cell, parameter.path("schema"));
                            });
                        }))),
                "class",
                "table");
    }

    private static void request(Html html, JsonNode body, boolean required) {
        if (body.isMissingNode()) {
            return;
        }
        html.in("h4", title -> {
            title.text("Request: ");
            Schemas.type(title, body.path("schema"));
            if (!required) {
                title.text(", optional");
            }
        });
        examples(html, "Example", body);
    }

    private void answers(Html html, JsonNode answers) {
        html.in("h4", "Answers");
        html.in(
                "div",
                box -> box.in(
                        "table",
                        table -> answers.properties()
                                .forEach(answer -> table.in("tr", row -> {
                                    row.in("td", cell -> cell.code(answer.getKey()));
                                    var body = answer.getValue().at("/content/application~1json/schema");
                                    row.in(
                                            "td",
                                            cell -> {
                                                if (!body.isMissingNode()) {
                                                    Schemas.type(cell, body);
                                                }
                                            },
                                            "class",
                                            "type");
                                    row.in("td", cell -> meaning(cell, answer.getValue()));
                                }))),
                "class",
                "table answers");
        answers.properties()
                .forEach(answer -> examples(
                        html, "Example of " + answer.getKey(), answer.getValue().at("/content/application~1json")));
    }

    /// Codes lead to their pages.
    private static void meaning(Html html, JsonNode answer) {
        var words = Markdown.html(answer.path("description").asText());
        for (var code : answer.path("x-problem-codes")) {
            var name = code.asText();
            words = words.replace(
                    "<code>" + name + "</code>",
                    "<a href=\"/docs/problems/" + name + "/\"><code>" + name + "</code></a>");
        }
        html.html(words);
        if (!answer.path("headers").isEmpty()) {
            var names = new ArrayList<String>();
            answer.path("headers").fieldNames().forEachRemaining(names::add);
            html.in("span", "Headers: " + String.join(", ", names), "class", "needed");
        }
    }

    private static void examples(Html html, String title, JsonNode body) {
        body.path("examples")
                .properties()
                .forEach(example -> html.in("details", details -> {
                    details.in("summary", title + ": " + example.getKey());
                    details.in(
                            "pre",
                            block -> block.code(
                                    Documents.pretty(example.getValue().path("value"))));
                }));
    }
}
