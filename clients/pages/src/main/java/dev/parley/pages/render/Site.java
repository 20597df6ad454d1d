package dev.parley.pages.render;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.model.problem.ProblemCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/// All files of the pages: renders them when the module is built.
public final class Site {

    private static final String HTML = "text/html; charset=utf-8";

    private record File(String mediaType, String text) {}

    private final Map<String, File> files = new TreeMap<>();

    private Site(Path clients) {
        rest(clients, "auth-service");
        rest(clients, "room-service");
        var socket = Documents.read(clients.resolve("asyncapi/gateway.yaml"));
        file("gateway.yaml", "application/yaml", socket);
        file("gateway/index.html", HTML, new SocketPage(Documents.parse(socket), "gateway.yaml").render());
        var problems = new ProblemPages(Documents.parse(resource("problems.yaml")));
        file("problems/index.html", HTML, problems.list());
        for (var code : ProblemCode.values()) {
            file("problems/" + code + "/index.html", HTML, problems.page(code));
            file("problems/" + code + ".json", "application/json", problems.json(code));
        }
        file("index.html", HTML, index());
        file("style.css", "text/css; charset=utf-8", resource("style.css"));
        file("icon.svg", "image/svg+xml", resource("icon.svg"));
    }

    /// @param arguments the folder `clients`, and where the files go
    public static void main(String[] arguments) {
        new Site(Path.of(arguments[0])).write(Path.of(arguments[1]));
    }

    /// Every file by its path below `/docs/`.
    static Map<String, String> of(Path clients) {
        var texts = new TreeMap<String, String>();
        new Site(clients).files.forEach((path, file) -> texts.put(path, file.text()));
        return texts;
    }

    private void rest(Path clients, String service) {
        var text = Documents.read(clients.resolve("openapi/" + service + ".yaml"));
        file(service + ".yaml", "application/yaml", text);
        file(service + "/index.html", HTML, new RestPage(Documents.parse(text), service + ".yaml").render());
    }

    private static String index() {
        return Layout.page("Documentation", "/docs/", nav -> {}, html -> {
            html.in("h1", "Parley");
            html.in(
                    "p",
                    "A realtime chat backend: REST for accounts, rooms and history, a WebSocket for what is live."
                            + " These pages are made of the contract that the services are tested against.");
            html.in(
                    "ul",
                    list -> Layout.ENTRIES.forEach(entry -> list.in("li", card -> {
                        card.in("p", title -> title.in("strong", name -> name.link(entry.path(), entry.title())));
                        card.in("p", entry.words(), "class", "meta");
                    })),
                    "class",
                    "cards");
            html.in("h2", "For generators");
            html.in("p", line -> {
                line.text("OpenAPI 3.1: ")
                        .link("/docs/auth-service.yaml", "auth-service.yaml")
                        .text(", ");
                line.link("/docs/room-service.yaml", "room-service.yaml").text(". AsyncAPI 3.0: ");
                line.link("/docs/gateway.yaml", "gateway.yaml").text(".");
            });
        });
    }

    private void file(String path, String mediaType, String text) {
        files.put(path, new File(mediaType, text));
    }

    private void write(Path folder) {
        var list = new StringBuilder();
        files.forEach((path, file) -> {
            list.append(path).append(' ').append(file.mediaType()).append('\n');
            write(folder.resolve(path), file.text());
        });
        write(folder.resolve("files.list"), list.toString());
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String resource(String name) {
        try (var stream = Site.class.getResourceAsStream("/render/" + name)) {
            return new String(Objects.requireNonNull(stream, name).readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
