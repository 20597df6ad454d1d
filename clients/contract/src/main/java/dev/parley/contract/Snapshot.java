package dev.parley.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The document of one service: as it was built last, and as it is committed.
record Snapshot(String service, Path built, Path committed) {

    private static final String HEADING = "# Made from the code by ./parley contract; changes here are overwritten.\n";

    /// @param home the repository's root
    static List<Snapshot> all(Path home) {
        return List.of(of(home, "auth-service"), of(home, "room-service"));
    }

    private static Snapshot of(Path home, String service) {
        return new Snapshot(
                service,
                home.resolve(service + "/target/openapi/openapi.json"),
                home.resolve("clients/openapi/" + service + ".yaml"));
    }

    /// What the committed file has to be.
    String wanted() {
        return HEADING + CanonicalYaml.write(builtDocument());
    }

    JsonNode builtDocument() {
        if (!Files.exists(built)) {
            throw new IllegalStateException(built + " is not there: build the service first (./parley contract does)");
        }
        return CanonicalYaml.read(text(built));
    }

    /// Empty before there is one.
    Optional<String> committedText() {
        return Files.exists(committed) ? Optional.of(text(committed)) : Optional.empty();
    }

    void update() {
        try {
            Files.createDirectories(committed.getParent());
            Files.writeString(committed, wanted());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The first line in which the committed document differs from the built one; empty if they are the same.
    Optional<String> drift() {
        var wanted = wanted().lines().toList();
        var found = committedText().orElse("").lines().toList();
        for (int i = 0; i < Math.max(wanted.size(), found.size()); i++) {
            var here = i < found.size() ? found.get(i) : "(end of the file)";
            var there = i < wanted.size() ? wanted.get(i) : "(end of the file)";
            if (!here.equals(there)) {
                return Optional.of("clients/openapi/%s.yaml, line %d, is not what the code says:%n  committed: %s%n  "
                                .formatted(service, i + 1, here)
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
