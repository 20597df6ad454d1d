package dev.parley.local.system;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;

/// What a local system is started with.
///
/// @param installation the repository, where the packaged services are
/// @param directory where data, secrets and mails are kept, usually `.parley`
/// @param fresh whether everything in that directory is deleted first
/// @param settings of every service, as environment variables; they win over the launcher's own
/// @param output takes each line: progress, the services' output, alarms; called from several threads
public record SystemOptions(
        Path installation,
        Path directory,
        boolean fresh,
        Ports ports,
        ExternalServers external,
        Map<String, String> settings,
        Consumer<String> output) {

    public SystemOptions {
        settings = Map.copyOf(settings);
    }

    /// With the settings of `./parley up`.
    public SystemOptions(
            Path installation,
            Path directory,
            boolean fresh,
            Ports ports,
            ExternalServers external,
            Consumer<String> output) {
        this(installation, directory, fresh, ports, external, Map.of(), output);
    }
}
