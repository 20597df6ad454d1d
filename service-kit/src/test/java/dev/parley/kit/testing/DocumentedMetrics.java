package dev.parley.kit.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// The metrics that `docs/operations.md` names, to be compared with those that a service registers.
public final class DocumentedMetrics {

    private static final Path DOCUMENT = Path.of("../docs/operations.md");
    private static final Pattern NAME = Pattern.compile("`(parley\\.[a-z.]+)`");

    private DocumentedMetrics() {}

    /// Those in the first columns of the tables under these headings.
    /// @throws IllegalArgumentException if there is no such heading
    public static Set<String> under(String... headings) {
        var names = new TreeSet<String>();
        Arrays.stream(headings)
                .flatMap(heading -> section(heading).lines())
                .filter(line -> line.startsWith("|"))
                .map(line -> line.split("\\|", 3)[1])
                .forEach(column -> NAME.matcher(column).results().forEach(name -> names.add(name.group(1))));
        return names;
    }

    private static String section(String heading) {
        try {
            return Arrays.stream(Files.readString(DOCUMENT).split("(?m)^## "))
                    .filter(section -> section.startsWith(heading + "\n"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("no section " + heading + " in " + DOCUMENT));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
