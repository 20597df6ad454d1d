package dev.parley.client.outbox;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.client.http.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Unsent messages in a journal: a line of JSON for each one added (and `fsync`), and one for each removed (without).
///
/// A last line without its end is what a crash left of an `add` that never returned, and is cut off. The journal is
/// written anew, and moved into place as a whole, when more than a mebibyte of it is history. A lock on a file beside
/// it
/// keeps a second process out.
final class FileOutboxStore implements OutboxStore {

    private static final long COMPACT_AT = 1 << 20;

    private final Path file;
    private final FileChannel lockChannel;
    private final Map<Outgoing.Key, Outgoing> messages = new LinkedHashMap<>();
    private FileChannel journal;
    private long liveBytes;

    private FileOutboxStore(Path file, FileChannel lockChannel) throws IOException {
        this.file = file;
        this.lockChannel = lockChannel;
        replay();
        this.journal = compacted();
    }

    static FileOutboxStore open(Path path) {
        Path file = path.toAbsolutePath();
        try {
            FileChannel lockChannel = FileChannel.open(
                    file.resolveSibling(file.getFileName() + ".lock"),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE);
            try {
                lock(lockChannel, file);
                return new FileOutboxStore(file, lockChannel);
            } catch (IOException | RuntimeException e) {
                lockChannel.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The lock ends with its channel.
    private static void lock(FileChannel channel, Path file) throws IOException {
        FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException here) {
            lock = null;
        }
        if (lock == null) {
            throw new IllegalStateException(file + " is in use by another client");
        }
    }

    @Override
    public synchronized List<Outgoing> load() {
        return new ArrayList<>(messages.values());
    }

    @Override
    public synchronized void add(Outgoing message) {
        try {
            append(Map.of("add", message), true);
            messages.put(message.key(), message);
            compactWhenLong();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized void remove(Outgoing message) {
        if (messages.remove(message.key()) != null) {
            try {
                append(Map.of("remove", message.key()), false);
                compactWhenLong();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public synchronized void close() {
        try {
            try (FileChannel last = journal) {
                last.force(false);
            } finally {
                lockChannel.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A line that could not be written whole is taken back, or the next would be glued to it.
    private void append(Map<String, ?> entry, boolean sync) throws IOException {
        long end = journal.position();
        try {
            write(journal, entry);
            if (sync) {
                journal.force(false);
            }
        } catch (IOException e) {
            journal.truncate(end);
            throw e;
        }
    }

    private void compactWhenLong() throws IOException {
        if (journal.position() > COMPACT_AT + 2 * liveBytes) {
            FileChannel old = journal;
            journal = compacted();
            old.close();
        }
    }

    private FileChannel compacted() throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        FileChannel channel = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        try {
            for (Outgoing message : messages.values()) {
                write(channel, Map.of("add", message));
            }
            channel.force(true);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            syncDirectory();
            liveBytes = channel.position();
            return channel;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /// Makes the move durable; where directories cannot be opened, as on Windows, the file system sees to it.
    private void syncDirectory() throws IOException {
        if (!System.getProperty("os.name").startsWith("Windows")) {
            try (FileChannel directory = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
                directory.force(true);
            }
        }
    }

    private static void write(FileChannel channel, Map<String, ?> entry) throws IOException {
        ByteBuffer line = ByteBuffer.wrap((Json.write(entry) + "\n").getBytes(StandardCharsets.UTF_8));
        while (line.hasRemaining()) {
            channel.write(line);
        }
    }

    private void replay() throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        int number = 0;
        for (int from = 0, end; (end = text.indexOf('\n', from)) >= 0; from = end + 1) {
            number++;
            try {
                apply(Json.parse(text.substring(from, end)));
            } catch (IOException | IllegalArgumentException | NullPointerException e) {
                throw new IOException(file + ", line " + number + ": not an entry of an outbox", e);
            }
        }
    }

    private void apply(JsonNode entry) throws IOException {
        if (entry.has("add")) {
            Outgoing message = Json.MAPPER.treeToValue(entry.get("add"), Outgoing.class);
            messages.put(message.key(), message);
        } else if (entry.has("remove")) {
            messages.remove(Json.MAPPER.treeToValue(entry.get("remove"), Outgoing.Key.class));
        } else {
            throw new IllegalArgumentException("neither add nor remove");
        }
    }
}
