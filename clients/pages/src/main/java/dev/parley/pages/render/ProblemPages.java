package dev.parley.pages.render;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.parley.model.problem.ProblemCode;
import java.util.TreeSet;

/// A page for each problem code, where the `type` of a problem leads, and one that lists them.
final class ProblemPages {

    private final JsonNode words;

    /// @throws IllegalStateException if a code is without words, or words without a code
    ProblemPages(JsonNode words) {
        this.words = words;
        var codes = new TreeSet<String>();
        for (var code : ProblemCode.values()) {
            codes.add(code.toString());
        }
        var described = new TreeSet<String>();
        words.fieldNames().forEachRemaining(described::add);
        if (!codes.equals(described)) {
            throw new IllegalStateException("problems.yaml has %s, the codes are %s".formatted(described, codes));
        }
    }

    String list() {
        return Layout.page("Problems", "/docs/problems/", nav -> contents(nav, ""), html -> {
            html.in("h1", "Problems");
            html.in("p", line -> {
                line.text("What is wrong is told as a problem (RFC 9457) over REST, and as an ");
                line.code("error")
                        .text(" frame over a socket. Branch on ")
                        .code("code")
                        .text(" and ignore codes you do not know.");
            });
            html.in(
                    "div",
                    box -> box.in("table", table -> {
                        table.in(
                                "tr",
                                head -> head.in("th", "Code").in("th", "Status").in("th", "Meaning"));
                        for (var code : ProblemCode.values()) {
                            table.in("tr", row -> {
                                row.in(
                                        "td",
                                        cell -> cell.in(
                                                "a", link -> link.code(code.toString()), "href", code.type() + "/"));
                                row.in("td", String.valueOf(code.status()));
                                row.in(
                                        "td",
                                        words.path(code.toString())
                                                .path("meaning")
                                                .asText());
                            });
                        }
                    }),
                    "class",
                    "table");
        });
    }

    String page(ProblemCode code) {
        var said = words.path(code.toString());
        return Layout.page(code.toString(), "/docs/problems/", nav -> contents(nav, code.toString()), html -> {
            html.in("h1", title -> title.code(code.toString()));
            html.in("p", code.title() + " · HTTP status " + code.status(), "class", "meta");
            html.html(Markdown.html(said.path("meaning").asText()));
            html.in("dl", list -> {
                list.in("dt", "Why it happens");
                list.in("dd", text -> text.html(Markdown.html(said.path("why").asText())));
                list.in("dt", "What a client does");
                list.in(
                        "dd",
                        text -> text.html(Markdown.html(said.path("client").asText())));
                list.in("dt", "In an error frame");
                list.in("dd", text -> text.in("code", "retryable").text(code.retryable() ? " is true." : " is false."));
            });
        });
    }

    String json(ProblemCode code) {
        var said = words.path(code.toString());
        return Documents.pretty(JsonNodeFactory.instance
                .objectNode()
                .put("type", code.type())
                .put("code", code.toString())
                .put("title", code.title())
                .put("status", code.status())
                .put("retryable", code.retryable())
                .put("meaning", said.path("meaning").asText())
                .put("why", said.path("why").asText())
                .put("client", said.path("client").asText()));
    }

    private static void contents(Html nav, String current) {
        nav.in("p", "Codes");
        nav.in("ul", list -> {
            for (var code : ProblemCode.values()) {
                list.in("li", item -> {
                    if (code.toString().equals(current)) {
                        item.in("a", code.toString(), "href", code.type() + "/", "aria-current", "page");
                    } else {
                        item.link(code.type() + "/", code.toString());
                    }
                });
            }
        });
    }
}
