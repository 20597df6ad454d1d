package dev.parley.kit.internal;

import io.smallrye.config.ConfigMapping;
import java.util.List;
import java.util.Map;

/// Who may use this service's `/internal` endpoints.
@ConfigMapping(prefix = "parley.internal")
interface InternalConfig {

    /// The accepted secrets of each caller, by the caller's name (`gateway`, `room`). Two are valid while one is
    /// being replaced by the other. Default: none, and nobody is let in.
    Map<String, List<String>> credentials();
}
