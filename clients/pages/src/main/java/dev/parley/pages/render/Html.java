package dev.parley.pages.render;

import java.util.function.Consumer;

/// Writes HTML. Every text and attribute is escaped here, and nowhere else.
final class Html {

    private final StringBuilder out = new StringBuilder();

    /// An element around what `body` writes.
    /// @param attributes name, value, name, value, …
    Html in(String element, Consumer<Html> body, String... attributes) {
        open(element, attributes);
        body.accept(this);
        out.append("</").append(element).append('>');
        return this;
    }

    Html in(String element, String text, String... attributes) {
        return in(element, html -> html.text(text), attributes);
    }

    Html text(String text) {
        out.append(escaped(text));
        return this;
    }

    /// What is HTML already: of the Markdown renderer, which escapes by itself.
    Html html(String trusted) {
        out.append(trusted);
        return this;
    }

    Html link(String target, String text) {
        return in("a", text, "href", target);
    }

    Html code(String text) {
        return in("code", text);
    }

    private void open(String element, String... attributes) {
        out.append('<').append(element);
        for (int i = 0; i < attributes.length; i += 2) {
            out.append(' ')
                    .append(attributes[i])
                    .append("=\"")
                    .append(escaped(attributes[i + 1]))
                    .append('"');
        }
        out.append('>');
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
