package dev.parley.local.system;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;

/// What a local system is started with.
///
/// @param installation the repository, where the packaged services are
/// @param directory where data, secrets and mails are kept, usually `.parley`
/// @param fresh whether everything in that directory is deleted first
/// @param environment what every service is given besides its own, as `PARLEY_AUTH_ACCESS_TOKEN_LIFETIME`
/// @param output takes each line: progress, the services' output, alarms; called from several threads
public record SystemOptions(
        Path installation,
        Path directory,
        boolean fresh,
        Ports ports,
        ExternalServers external,
        Map<String, String> environment,
        Consumer<String> output) {

    /// With services as they are by default.
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
