package dev.parley.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A document of the contract: as it is now, and as it is committed.
///
/// @param service whose it is
/// @param built where it is now
record Snapshot(Kind kind, String service, Path built, Path committed) {

    /// What the two documents are.
    enum Kind {
        /// OpenAPI, made when a service is built; committed as a whole.
        REST("# Made from the code by ./parley contract; changes here are overwritten.\n", "clients/openapi/"),
        /// AsyncAPI, written by hand; what it promises is committed beside it.
        SOCKET(
                "# What gateway.yaml promises, without its words, made by ./parley contract; changes here are overwritten.\n",
                "clients/asyncapi/");

        private final String heading;
        private final String folder;

        Kind(String heading, String folder) {
            this.heading = heading;
            this.folder = folder;
        }

        private JsonNode promisesOf(JsonNode document) {
            return switch (this) {
                case REST -> document;
                case SOCKET -> SocketPromises.of(document);
            };
        }
    }

    /// @param home the repository's root
    static List<Snapshot> all(Path home) {
        return List.of(
                rest(home, "auth-service"),
                rest(home, "room-service"),
                new Snapshot(
                        Kind.SOCKET,
                        "gateway",
                        home.resolve("clients/asyncapi/gateway.yaml"),
                        home.resolve("clients/asyncapi/gateway-promises.yaml")));
    }

    private static Snapshot rest(Path home, String service) {
        return new Snapshot(
                Kind.REST,
                service,
                home.resolve(service + "/target/openapi/openapi.json"),
                home.resolve("clients/openapi/" + service + ".yaml"));
    }

    /// The committed file, from the root.
    String file() {
        return kind.folder + committed.getFileName();
    }

    /// What the committed file has to be.
    String wanted() {
        return kind.heading + CanonicalYaml.write(builtDocument());
    }

    JsonNode builtDocument() {
        if (!Files.exists(built)) {
            throw new IllegalStateException(built + " is not there: build the service first (./parley contract does)");
        }
        return kind.promisesOf(CanonicalYaml.read(text(built)));
    }

    /// What the document as it is now breaks for clients of the committed one; nothing before there is one.
    List<String> breaks() {
        if (!Files.exists(committed)) {
            return List.of();
        }
        var before = CanonicalYaml.read(text(committed));
        return switch (kind) {
            case REST -> Compatibility.breaks(before, builtDocument());
            case SOCKET -> SocketCompatibility.breaks(before, builtDocument());
        };
    }

    void update() {
        try {
            Files.createDirectories(committed.getParent());
            Files.writeString(committed, wanted());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The first line in which the committed document differs from what it has to be; empty if they are the same.
    Optional<String> drift() {
        var wanted = wanted().lines().toList();
        var found = Files.exists(committed) ? text(committed).lines().toList() : List.<String>of();
        for (int i = 0; i < Math.max(wanted.size(), found.size()); i++) {
            var here = i < found.size() ? found.get(i) : "(end of the file)";
            var there = i < wanted.size() ? wanted.get(i) : "(end of the file)";
            if (!here.equals(there)) {
                return Optional.of("%s, line %d, is not what %s says:%n  committed: %s%n  "
                                .formatted(file(), i + 1, kind == Kind.REST ? "the code" : "gateway.yaml", here)
                        + "built:     %s%nIf the change is meant: ./parley contract".formatted(there));
            }
        }
        return Optional.empty();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
