package dev.parley.gateway.frame;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The frames as clients were promised them, one file each: `golden/client` and `golden/server`.
final class Golden {

    private Golden() {}

    static String read(String side, String name) throws IOException {
        return Files.readString(directory(side).resolve(name + ".json"), UTF_8).strip();
    }

    static List<String> names(String side) throws IOException {
        try (var files = Files.list(directory(side))) {
            return files.map(file -> file.getFileName().toString().replace(".json", ""))
                    .sorted()
                    .toList();
        }
    }

    private static Path directory(String side) {
        try {
            return Path.of(Golden.class.getResource("/golden/" + side).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
