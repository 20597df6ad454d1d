package dev.parley.local.system;

import dev.parley.embedded.CaughtMail;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// Where caught mail is kept: one `.eml` file each, named by time, so that a mail program opens it.
final class MailFolder {

    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Path directory;
    private final InstantSource clock;
    private final Consumer<String> output;
    private final AtomicInteger number = new AtomicInteger();

    MailFolder(Path directory, InstantSource clock, Consumer<String> output) {
        this.directory = directory;
        this.clock = clock;
        this.output = output;
    }

    /// Writes a mail and says where; the line names neither address nor subject.
    void keep(CaughtMail mail) {
        Path file = directory.resolve(NAME.format(clock.instant()) + "-" + number.incrementAndGet() + ".eml");
        try {
            Files.writeString(file, mail.source());
            output.accept("mail    │ " + file);
        } catch (IOException e) {
            throw new UncheckedIOException("Could not keep a mail", e);
        }
    }
}
