package dev.parley.client.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileOutboxStoreTest {

    @TempDir
    Path directory;

    Path file;

    @BeforeEach
    void setUp() {
        file = directory.resolve("outbox");
    }

    @Test
    void keepsWhatWasAddedAndNotRemovedInOrder() {
        try (OutboxStore store = OutboxStore.inFile(file)) {
            store.add(message("1", "first"));
            store.add(message("2", "second\n🙂"));
            store.add(message("3", "third"));
            store.remove(message("1", "first"));
        }

        try (OutboxStore store = OutboxStore.inFile(file)) {
            assertThat(store.load()).containsExactly(message("2", "second\n🙂"), message("3", "third"));
        }
    }

    /// A crash may leave any part of the last line; what was added before it is there.
    @Test
    void cutsOffWhatACrashLeft() throws IOException {
        try (OutboxStore store = OutboxStore.inFile(file)) {
            store.add(message("1", "first"));
        }
        byte[] whole = Files.readAllBytes(file);
        for (int part = 1; part < whole.length; part++) {
            Files.write(file, whole);
            Files.write(file, java.util.Arrays.copyOf(whole, part), StandardOpenOption.APPEND);

            try (OutboxStore store = OutboxStore.inFile(file)) {
                assertThat(store.load()).containsExactly(message("1", "first"));
                store.add(message("2", "second"));
            }
            try (OutboxStore store = OutboxStore.inFile(file)) {
                assertThat(store.load()).containsExactly(message("1", "first"), message("2", "second"));
            }
        }
    }

    @Test
    void saysWhichLineIsNone() throws IOException {
        Files.writeString(file, "{\"add\":1}\n");

        assertThatThrownBy(() -> OutboxStore.inFile(file))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("line 1");
    }

    @Test
    void keepsASecondClientOut() {
        try (OutboxStore store = OutboxStore.inFile(file)) {
            assertThatThrownBy(() -> OutboxStore.inFile(file)).isInstanceOf(IllegalStateException.class);
            assertThat(store.load()).isEmpty();
        }
        OutboxStore.inFile(file).close();
    }

    @Test
    void doesNotGrowForEver() throws IOException {
        List<Outgoing> expected = new ArrayList<>();
        Random random = new Random(7);
        try (OutboxStore store = OutboxStore.inFile(file)) {
            for (int i = 0; i < 600; i++) {
                Outgoing message = message(Integer.toString(i), "x".repeat(4_000));
                store.add(message);
                if (random.nextInt(20) == 0) {
                    expected.add(message);
                } else {
                    store.remove(message);
                }
            }
        }

        assertThat(Files.size(file)).isLessThan(1_700_000);
        try (OutboxStore store = OutboxStore.inFile(file)) {
            assertThat(store.load()).isEqualTo(expected);
        }
    }

    @Test
    void keepsWhatAnInterruptedThreadAdds() throws IOException {
        List<Outgoing> expected = new ArrayList<>();
        try (OutboxStore store = OutboxStore.inFile(file)) {
            for (int i = 0; i < 600; i++) {
                Outgoing message = message(Integer.toString(i), "x".repeat(4_000));
                Thread.currentThread().interrupt();
                store.add(message);
                if (i % 100 == 0) {
                    expected.add(message);
                } else {
                    store.remove(message);
                }
                assertThat(Thread.interrupted()).isTrue();
            }
        }

        assertThat(Files.size(file)).as("compacted as well").isLessThan(1_700_000);
        try (OutboxStore store = OutboxStore.inFile(file)) {
            assertThat(store.load()).isEqualTo(expected);
        }
    }

    @Test
    void goesOnWithTheJournalThatCannotBeCompacted() throws IOException {
        Outgoing last = message("last", "last");
        Path inTheWay = directory.resolve("outbox.new");
        try (OutboxStore store = OutboxStore.inFile(file)) {
            Files.createDirectories(inTheWay.resolve("full"));
            for (int i = 0; i < 600; i++) {
                Outgoing message = message(Integer.toString(i), "x".repeat(4_000));
                store.add(message);
                store.remove(message);
            }
            assertThat(Files.size(file)).isGreaterThan(2_400_000);
            Files.delete(inTheWay.resolve("full"));
            Files.delete(inTheWay);
            store.add(last);
        }

        try (OutboxStore store = OutboxStore.inFile(file)) {
            assertThat(store.load()).containsExactly(last);
        }
    }

    @Test
    void letsOnlyItsOwnerReadTheJournal() throws IOException {
        Files.writeString(file, "");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

        OutboxStore.inFile(file).close();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    private static Outgoing message(String id, String content) {
        return new Outgoing(new UUID(0, 1), new UUID(0, 2), id, content, null, Instant.EPOCH);
    }
}
