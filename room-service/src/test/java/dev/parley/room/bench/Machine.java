package dev.parley.room.bench;

import java.lang.management.ManagementFactory;

/// The machine that measured.
final class Machine {

    private Machine() {}

    /// Cores, and the load average of the last minute: above the number of cores others were working too.
    static String load() {
        var system = ManagementFactory.getOperatingSystemMXBean();
        return "%d cores, load average %.1f".formatted(system.getAvailableProcessors(), system.getSystemLoadAverage());
    }
}
