package dev.parley.local.system;

import java.nio.file.Path;
import java.util.Map;

/// How one service is run.
///
/// @param label what its output lines start with
/// @param jar the packaged service
/// @param heap its `-Xmx`
/// @param environment what it is configured by, on top of this process's own environment
record ServiceSpec(
        String name, String label, Path jar, int managementPort, String heap, Map<String, String> environment) {}
