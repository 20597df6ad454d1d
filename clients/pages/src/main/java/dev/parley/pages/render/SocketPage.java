package dev.parley.pages.render;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.TreeSet;

/// The page of the AsyncAPI document.
final class SocketPage {

    private static final String TO_SERVER = "client to server";
    private static final String TO_CLIENT = "server to client";

    private final JsonNode document;
    private final String source;

    SocketPage(JsonNode document, String source) {
        this.document = document;
        this.source = source;
    }

    String render() {
        return Layout.page(document.at("/info/title").asText(), "/docs/gateway/", this::contents, this::body);
    }

    private void contents(Html nav) {
        nav.in("p", "Connecting");
        nav.in("ul", list -> {
            list.in("li", item -> item.link("#urls", "URLs"));
            list.in("li", item -> item.link("#refused", "Refused upgrades"));
            list.in("li", item -> item.link("#close-codes", "Close codes"));
        });
        contents(nav, "Client to server", TO_SERVER);
        contents(nav, "Server to client", TO_CLIENT);
        nav.in("p", "Schemas");
        nav.in(
                "ul",
                list -> document.at("/components/schemas").properties().stream()
                        .filter(schema -> !isFrame(schema.getKey()))
                        .forEach(schema -> list.in(
                                "li", item -> item.link("#" + Schemas.anchor(schema.getKey()), schema.getKey()))));
    }

    private void contents(Html nav, String title, String direction) {
        nav.in("p", title);
        nav.in(
                "ul",
                list -> document.at("/components/messages").properties().stream()
                        .filter(message ->
                                message.getValue().path("x-direction").asText().equals(direction))
                        .forEach(message ->
                                list.in("li", item -> item.link("#" + message.getKey(), title(message.getValue())))));
    }

    /// An `ack` says what it answers.
    private static String title(JsonNode message) {
        var type = message.path("name").asText();
        return type.equals("ack") ? "ack (" + message.path("title").asText().replace("Answer to ", "") + ")" : type;
    }

    private boolean isFrame(String schema) {
        return document.at("/components/messages").has(schema);
    }

    private void body(Html html) {
        html.in("h1", document.at("/info/title").asText());
        html.in(
                "p",
                line -> {
                    line.text("AsyncAPI 3.0, version "
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
        urls(html);
        refused(html);
        closeCodes(html);
        html.in("h2", "Client to server", "id", "to-server");
        frames(html, TO_SERVER);
        html.in("h2", "Server to client", "id", "to-client");
        frames(html, TO_CLIENT);
        html.in("h2", "Schemas", "id", "schemas");
        document.at("/components/schemas").properties().stream()
                .filter(schema -> !isFrame(schema.getKey()))
                .forEach(schema -> html.in("section", section -> {
                    section.in("h3", title -> title.code(schema.getKey()), "id", Schemas.anchor(schema.getKey()));
                    Schemas.members(section, schema.getValue());
                }));
    }

    private void urls(Html html) {
        html.in("h2", "URLs", "id", "urls");
        document.path("channels")
                .forEach(channel -> html.in("section", section -> {
                    section.in(
                            "h3",
                            title -> title.in("span", "GET", "class", "method get")
                                    .code(channel.path("address").asText()));
                    section.html(Markdown.html("**" + channel.path("title").asText() + ".** "
                            + channel.path("description").asText()));
                    section.in(
                            "div",
                            box -> box.in("table", table -> {
                                channel.at("/bindings/ws/query/properties")
                                        .properties()
                                        .forEach(parameter ->
                                                row(table, parameter.getKey(), "query", parameter.getValue()));
                                channel.at("/bindings/ws/headers/properties")
                                        .properties()
                                        .forEach(parameter ->
                                                row(table, parameter.getKey(), "header", parameter.getValue()));
                            }),
                            "class",
                            "table");
                }));
    }

    private static void row(Html table, String name, String place, JsonNode schema) {
        table.in("tr", row -> {
            row.in("td", cell -> cell.code(name).in("span", place, "class", "needed"));
            row.in("td", cell -> Schemas.type(cell, schema), "class", "type");
            row.in("td", cell -> Schemas.meaning(cell, schema));
        });
    }

    private void refused(Html html) {
        html.in("h2", "Refused upgrades", "id", "refused");
        html.in("p", "Before the upgrade the answer is a problem with a body, as over REST.");
        html.in(
                "div",
                box -> box.in(
                        "table",
                        table -> document.path("x-refused-upgrades")
                                .forEach(refusal -> table.in("tr", row -> {
                                    row.in(
                                            "td",
                                            cell -> cell.code(
                                                    refusal.path("status").asText()));
                                    row.in(
                                            "td",
                                            cell -> cell.html(Markdown.html(
                                                    refusal.path("meaning").asText())));
                                }))),
                "class",
                "table");
    }

    private void closeCodes(Html html) {
        html.in("h2", "Close codes", "id", "close-codes");
        html.in(
                "div",
                box -> box.in("table", table -> {
                    table.in(
                            "tr",
                            head -> head.in("th", "Code").in("th", "Meaning").in("th", "Reconnect"));
                    document.path("x-close-codes")
                            .forEach(code -> table.in("tr", row -> {
                                row.in(
                                        "td",
                                        cell -> cell.code(code.path("code").asText()),
                                        "id",
                                        "close-" + code.path("code").asText());
                                row.in(
                                        "td",
                                        cell -> cell.html(Markdown.html(
                                                code.path("meaning").asText())));
                                row.in(
                                        "td",
                                        cell -> cell.html(Markdown.html(
                                                code.path("reconnect").asText())));
                            }));
                }),
                "class",
                "table");
    }

    private void frames(Html html, String direction) {
        document.at("/components/messages").properties().stream()
                .filter(message ->
                        message.getValue().path("x-direction").asText().equals(direction))
                .forEach(
                        message -> html.in("section", section -> frame(section, message.getKey(), message.getValue())));
    }

    private void frame(Html html, String key, JsonNode message) {
        html.in(
                "h3",
                title -> {
                    title.code(message.path("name").asText());
                    title.in("a", "#", "href", "#" + key, "class", "anchor", "aria-label", "Link to " + key);
                },
                "id",
                key);
        var title = message.path("title").asText();
        if (!title.equals(message.path("name").asText())) {
            html.html(Markdown.html(
                    "**" + title + ".** " + message.path("summary").asText()));
        } else {
            html.html(Markdown.html(message.path("summary").asText()));
        }
        html.in("p", line -> line.text(where(key)), "class", "meta");
        var schema = document.at("/components/schemas/" + key).deepCopy();
        ((ObjectNode) schema).put("description", "");
        Schemas.members(html, schema);
        message.path("examples")
                .forEach(example -> html.in("details", details -> {
                    details.in("summary", "Example: " + example.path("name").asText());
                    details.in("pre", block -> block.code(Documents.pretty(example.path("payload"))));
                }));
    }

    private String where(String key) {
        var channels = new TreeSet<String>();
        document.path("channels")
                .properties()
                .forEach(channel -> channel.getValue().path("messages").forEach(message -> {
                    if (message.path("$ref").asText().equals("#/components/messages/" + key)) {
                        channels.add(channel.getKey());
                    }
                }));
        return channels.size() == document.path("channels").size() ? "On both URLs" : "On the URL for many rooms";
    }
}
