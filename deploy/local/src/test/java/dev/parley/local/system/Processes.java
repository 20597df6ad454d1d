package dev.parley.local.system;

import java.nio.file.Path;
import java.util.List;

/// What runs on behalf of a directory: every process that names it on its command line.
final class Processes {

    private Processes() {}

    static List<String> of(Path directory) {
        return ProcessHandle.allProcesses()
                .filter(ProcessHandle::isAlive)
                .map(process ->
                        process.pid() + " " + process.info().commandLine().orElse(""))
                .filter(line -> line.contains(directory.toString()))
                .toList();
    }
}
