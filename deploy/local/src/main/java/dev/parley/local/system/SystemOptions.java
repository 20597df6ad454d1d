package dev.parley.local.system;

import java.nio.file.Path;
import java.util.function.Consumer;

/// What a local system is started with.
///
/// @param installation the repository, where the packaged services are
/// @param directory where data, secrets and mails are kept, usually `.parley`
/// @param fresh whether everything in that directory is deleted first
/// @param output takes each line: progress, the services' output, alarms; called from several threads
public record SystemOptions(
        Path installation,
        Path directory,
        boolean fresh,
        Ports ports,
        ExternalServers external,
        Consumer<String> output) {}
