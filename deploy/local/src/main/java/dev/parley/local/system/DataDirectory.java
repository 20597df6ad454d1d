package dev.parley.local.system;

import dev.parley.embedded.Directories;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// `.parley`: everything that one system keeps, held by one launcher at a time.
///
/// The lock is the operating system's and ends with the process that has it, however that ends.
final class DataDirectory implements AutoCloseable {

    private static final String LOCK = "lock";

    private final Path root;
    private final FileChannel lockFile;

    private DataDirectory(Path root, FileChannel lockFile) {
        this.root = root;
        this.lockFile = lockFile;
    }

    /// Takes the directory, making it when it is missing.
    ///
    /// @throws StartException if another launcher has it
    static DataDirectory take(Path directory) {
        Path root = Directories.createPrivate(directory.toAbsolutePath().normalize());
        try {
            FileChannel file = FileChannel.open(
                    root.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (tryLock(file) == null) {
                String holder = Files.readString(root.resolve(LOCK)).strip();
                file.close();
                throw new StartException("Parley runs on " + root + " already (pid " + holder
                        + "); end it first, or start another one from another clone");
            }
            file.truncate(0);
            file.write(
                    ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
            return new DataDirectory(root, file);
        } catch (IOException e) {
            throw new UncheckedIOException("Could not take " + root, e);
        }
    }

    Path root() {
        return root;
    }

    /// A directory of that name within, made when missing.
    Path directory(String name) {
        return Directories.createPrivate(root.resolve(name));
    }

    /// Deletes everything but the lock.
    void wipe() {
        try (Stream<Path> entries = Files.list(root)) {
            List<Path> doomed = entries.filter(entry -> !entry.endsWith(LOCK)).toList();
            for (Path entry : doomed) {
                if (Files.isDirectory(entry)) {
                    Directories.delete(entry);
                } else {
                    Files.delete(entry);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Could not wipe " + root, e);
        }
    }

    /// Gives the directory free for another launcher.
    @Override
    public void close() {
        try {
            lockFile.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel file) throws IOException {
        try {
            return file.tryLock();
        } catch (OverlappingFileLockException heldByThisJvm) {
            return null;
        }
    }
}
