package dev.parley.generated;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/// What was generated, and what it was generated from.
final class Generated {

    static final List<String> SERVICES = List.of("auth-service", "room-service");

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private Generated() {}

    static Path folder(String language, String service) {
        return Path.of("target/clients", language, service);
    }

    static List<Path> sources(String language, String service, String suffix) {
        try (var files = Files.walk(folder(language, service))) {
            return files.filter(file -> file.toString().endsWith(suffix))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode document(String service) {
        try {
            return YAML.readTree(Path.of("../openapi", service + ".yaml").toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Set<String> operations(String service) {
        return new TreeSet<>(document(service).findValuesAsText("operationId"));
    }

    /// `createRoom` as `create_room`.
    static String snake(String name) {
        return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    static String text(List<Path> files) {
        var all = new StringBuilder();
        for (var file : files) {
            try {
                all.append(Files.readString(file));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return all.toString();
    }
}
