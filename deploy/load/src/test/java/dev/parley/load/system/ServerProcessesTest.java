package dev.parley.load.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ServerProcessesTest {

    @Test
    void readsWhatTheJvmSaysOfItself() {
        var bean = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

        var read = ServerProcesses.cpuSeconds(ProcessHandle.current().pid());

        // Children of other tests that have ended are counted as well, and the kernel counts in hundredths.
        var own = bean.getProcessCpuTime() / 1e9;
        assertThat(read).isBetween(own - 0.5, own + 60);
        assertThat(ServerProcesses.residentBytes(ProcessHandle.current().pid())).isGreaterThan(10L << 20);
    }

    @Test
    void countsNothingForAProcessThatHasEnded() throws Exception {
        var process = new ProcessBuilder("true").start();
        process.waitFor();

        assertThat(ServerProcesses.cpuSeconds(process.pid())).isZero();
        assertThat(ServerProcesses.residentBytes(process.pid())).isZero();
    }

    @Test
    void findsNoSystemWhereNoneRuns() {
        assertThat(ServerProcesses.find(Path.of("/nowhere"))).isEmpty();
    }
}
