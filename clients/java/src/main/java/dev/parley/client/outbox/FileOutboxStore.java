package dev.parley.client.outbox;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.client.http.Json;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Unsent messages in a journal: a line of JSON for each one added (and `fsync`), and one for each removed (without).
///
/// A last line without its end is what a crash left of an `add` that never returned, and is cut off. The journal is
/// written anew, and moved into place as a whole, when more than a mebibyte of it is history. Only its owner can read
/// it, where the file system has modes. A lock on a file beside it keeps a second process out.
///
/// *Thread*: any, also an interrupted one: the journal is no [FileChannel], which an interrupt would close for ever.
final class FileOutboxStore implements OutboxStore {

    private static final Logger LOG = System.getLogger(FileOutboxStore.class.getName());
    private static final long COMPACT_AT = 1 << 20;

    private final Path file;
    private final FileChannel lockChannel;
    private final Map<Outgoing.Key, Outgoing> messages = new LinkedHashMap<>();
    private RandomAccessFile journal;
    private long compactAt;
    private boolean isMoveDurable;

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
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        compactWhenLong();
    }

    @Override
    public synchronized void remove(Outgoing message) {
        if (messages.remove(message.key()) != null) {
            try {
                append(Map.of("remove", message.key()), false);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            compactWhenLong();
        }
    }

    @Override
    public synchronized void close() {
        try {
            try (RandomAccessFile last = journal) {
                last.getFD().sync();
            } finally {
                lockChannel.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A line that could not be written whole is taken back, or the next would be glued to it.
    private void append(Map<String, ?> entry, boolean sync) throws IOException {
        long end = journal.getFilePointer();
        try {
            write(journal, entry);
            if (sync) {
                journal.getFD().sync();
                makeMoveDurable();
            }
        } catch (IOException e) {
            journal.setLength(end);
            journal.seek(end);
            throw e;
        }
    }

    /// The journal is good without: a failure is logged, and the next try made when as much has come again.
    private void compactWhenLong() {
        long length = 0;
        try {
            length = journal.getFilePointer();
            if (length > compactAt) {
                RandomAccessFile old = journal;
                journal = compacted();
                old.close();
            }
        } catch (IOException e) {
            compactAt = length + COMPACT_AT;
            LOG.log(Level.WARNING, "outbox cannot be compacted file=" + file, e);
        }
    }

    private RandomAccessFile compacted() throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        Files.createFile(fresh, ownerOnly());
        RandomAccessFile written = new RandomAccessFile(fresh.toFile(), "rw");
        try {
            for (Outgoing message : messages.values()) {
                write(written, Map.of("add", message));
            }
            written.getFD().sync();
            compactAt = COMPACT_AT + 2 * written.getFilePointer();
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            isMoveDurable = false;
            return written;
        } catch (IOException e) {
            written.close();
            throw e;
        }
    }

    /// A crash may bring back the journal that was moved away, which has the same messages until the next is added.
    ///
    /// Where directories cannot be opened, as on Windows, the file system sees to it.
    private void makeMoveDurable() throws IOException {
        boolean interrupted = false;
        try {
            while (!isMoveDurable && !System.getProperty("os.name").startsWith("Windows")) {
                interrupted |= Thread.interrupted();
                try (FileChannel directory = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
                    directory.force(true);
                    isMoveDurable = true;
                } catch (ClosedByInterruptException again) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private FileAttribute<?>[] ownerOnly() {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    private static void write(RandomAccessFile journal, Map<String, ?> entry) throws IOException {
        journal.write((Json.write(entry) + "\n").getBytes(StandardCharsets.UTF_8));
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
