package dev.parley.local.system;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// The process that listens on a TCP port, from `/proc` or else from `lsof`.
final class PortOwner {

    private static final int MAX_COMMAND = 120;
    private static final String LISTEN = "0A";

    private PortOwner() {}

    /// As `pid 4711 (java -jar …)`; empty when it cannot be found, or belongs to somebody else.
    static Optional<String> of(int port) {
        Optional<Long> pid = Files.isDirectory(Path.of("/proc/net")) ? fromProc(port) : fromLsof(port);
        return pid.map(PortOwner::describe);
    }

    private static String describe(long pid) {
        String command = ProcessHandle.of(pid)
                .map(ProcessHandle::info)
                .flatMap(info -> info.commandLine().or(info::command))
                .orElse("command unknown");
        String shown = command.length() > MAX_COMMAND ? command.substring(0, MAX_COMMAND) + "…" : command;
        return "pid " + pid + " (" + shown + ")";
    }

    private static Optional<Long> fromProc(int port) {
        List<String> links = Stream.of("/proc/net/tcp", "/proc/net/tcp6")
                .flatMap(table -> inodes(Path.of(table), port))
                .map(inode -> "socket:[" + inode + "]")
                .toList();
        if (links.isEmpty()) {
            return Optional.empty();
        }
        return ProcessHandle.allProcesses()
                .map(ProcessHandle::pid)
                .filter(pid -> holds(pid, links))
                .findFirst();
    }

    /// Columns of the table: number, local address (hex address:port), remote address, state, …, inode the tenth.
    private static Stream<String> inodes(Path table, int port) {
        String suffix = String.format(Locale.ROOT, ":%04X", port);
        try {
            return Files.readAllLines(table).stream()
                    .map(line -> line.strip().split("\\s+", -1))
                    .filter(columns -> columns.length > 9 && columns[1].endsWith(suffix) && columns[3].equals(LISTEN))
                    .map(columns -> columns[9]);
        } catch (IOException e) {
            return Stream.empty();
        }
    }

    private static boolean holds(long pid, List<String> links) {
        Path descriptors = Path.of("/proc", Long.toString(pid), "fd");
        try (DirectoryStream<Path> open = Files.newDirectoryStream(descriptors)) {
            for (Path descriptor : open) {
                if (links.contains(Files.readSymbolicLink(descriptor).toString())) {
                    return true;
                }
            }
            return false;
        } catch (IOException somebodyElsesOrGone) {
            return false;
        }
    }

    private static Optional<Long> fromLsof(int port) {
        try {
            Process lsof = new ProcessBuilder("lsof", "-nP", "-t", "-iTCP:" + port, "-sTCP:LISTEN")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String output = new String(lsof.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            if (!lsof.waitFor(5, TimeUnit.SECONDS)) {
                lsof.destroyForcibly();
            }
            return output.lines().findFirst().map(line -> Long.parseLong(line.strip()));
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
