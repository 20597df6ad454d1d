package dev.parley.load.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the processes of a local Parley use, from `/proc` (Linux). They are the descendants of the launcher.
///
/// The ingress lives in the launcher and is not counted; a run against the gateway's own port goes past it.
public final class ServerProcesses {

    /// A part of the system whose work belongs to a message.
    public enum Part {
        GATEWAY("messaging-gateway"),
        ROOM_SERVICE("room-service"),
        REDIS("redis-server"),
        POSTGRES("postgres");

        private final String mark;

        Part(String mark) {
            this.mark = mark;
        }
    }

    /// The kernel's unit of CPU time in `/proc/<pid>/stat`; 100 a second on every Linux that Java runs on.
    /// Source: proc(5), sysconf(_SC_CLK_TCK).
    private static final double TICKS_A_SECOND = 100;

    private static final int USER_TICKS_AT = 11;
    private static final int ENDED_CHILDREN_SYSTEM_TICKS_AT = 14;

    private final ProcessHandle launcher;

    private ServerProcesses(ProcessHandle launcher) {
        this.launcher = launcher;
    }

    /// The processes below the launcher that runs a gateway from this installation.
    /// @return empty when there is none on this machine: figures of clients are all there is then
    public static Optional<ServerProcesses> find(Path installation) {
        var jar = installation.resolve("messaging-gateway").toString();
        return ProcessHandle.allProcesses()
                .filter(process -> commandLine(process).contains(jar))
                .findFirst()
                .flatMap(ProcessHandle::parent)
                .map(ServerProcesses::new);
    }

    /// CPU seconds, user and system, since each process began; PostgreSQL's are those of all its backends, the ended
    /// ones included.
    public Map<Part, Double> cpuSeconds() {
        var seconds = new EnumMap<Part, Double>(Part.class);
        for (var part : Part.values()) {
            seconds.put(
                    part,
                    of(part).stream().mapToDouble(ServerProcesses::cpuSeconds).sum());
        }
        return seconds;
    }

    /// Resident memory in bytes, shared pages included.
    public Map<Part, Long> residentBytes() {
        var bytes = new EnumMap<Part, Long>(Part.class);
        for (var part : Part.values()) {
            bytes.put(
                    part,
                    of(part).stream().mapToLong(ServerProcesses::residentBytes).sum());
        }
        return bytes;
    }

    /// The process ids of a part, as they are now.
    public List<Long> of(Part part) {
        return launcher.descendants()
                .filter(process -> commandLine(process).contains(part.mark))
                .map(ProcessHandle::pid)
                .toList();
    }

    private static String commandLine(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"))
                    .replace('\0', ' ');
        } catch (IOException e) {
            return "";
        }
    }

    public static double cpuSeconds(long pid) {
        var line = read(pid, "stat");
        if (line.isEmpty()) {
            return 0;
        }
        // After the name, which may hold spaces and stands in parentheses.
        var fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
        long ticks = 0;
        for (int field = USER_TICKS_AT; field <= ENDED_CHILDREN_SYSTEM_TICKS_AT; field++) {
            ticks += Long.parseLong(fields[field]);
        }
        return ticks / TICKS_A_SECOND;
    }

    public static long residentBytes(long pid) {
        return read(pid, "status")
                .lines()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
                .sum();
    }

    private static String read(long pid, String file) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), file));
        } catch (NoSuchFileException e) {
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
