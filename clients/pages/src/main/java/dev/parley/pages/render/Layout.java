package dev.parley.pages.render;

import java.util.List;
import java.util.function.Consumer;

/// What all pages have around their contents.
final class Layout {

    /// A page of the first level.
    record Entry(String path, String title, String words) {}

    static final List<Entry> ENTRIES = List.of(
            new Entry("/docs/auth-service/", "Accounts", "Registering, logging in, tokens, sessions, finding people"),
            new Entry("/docs/room-service/", "Rooms and messages", "Rooms, participants, history, reactions, search"),
            new Entry("/docs/gateway/", "The socket", "Sending and receiving live, resuming, presence"),
            new Entry("/docs/problems/", "Problems", "What each error code means, and what to do"));

    private Layout() {}

    /// @param path the first-level page that it belongs to
    static String page(String title, String path, Consumer<Html> contents, Consumer<Html> body) {
        var html = new Html().html("<!doctype html>\n");
        html.in(
                "html",
                root -> {
                    root.in("head", head -> {
                        head.html("<meta charset=\"utf-8\">");
                        head.html("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
                        head.in("title", title + " · Parley");
                        head.html(
                                "<link rel=\"icon\" href=\"/docs/icon.svg\"><link rel=\"stylesheet\" href=\"/docs/style.css\">");
                    });
                    root.in("body", page -> {
                        page.in("a", "To the contents", "href", "#contents", "class", "skip");
                        page.in(
                                "div",
                                layout -> {
                                    layout.in("nav", nav -> navigation(nav, path, contents), "aria-label", "Pages");
                                    layout.in("main", body, "id", "contents");
                                },
                                "class",
                                "layout");
                    });
                },
                "lang",
                "en");
        return html.text("\n").toString();
    }

    private static void navigation(Html nav, String path, Consumer<Html> contents) {
        nav.in("p", brand -> brand.link("/docs/", "Parley"), "class", "brand");
        nav.in(
                "ul",
                list -> ENTRIES.forEach(entry -> list.in("li", item -> {
                    if (entry.path().equals(path)) {
                        item.in("a", entry.title(), "href", entry.path(), "aria-current", "true");
                    } else {
                        item.link(entry.path(), entry.title());
                    }
                })));
        nav.in("div", contents, "class", "long");
    }
}
