package dev.parley.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FreePortsTest {

    @Test
    void areGivenOnceAndNeverOfThoseForOutgoingConnections() {
        assertThat(IntStream.range(0, 200).map(i -> FreePorts.next()))
                .doesNotHaveDuplicates()
                .allSatisfy(port -> assertThat(port).isBetween(10_000, 32_767));
    }

    @Test
    void areNotThoseThatSomebodyListensOn() throws IOException {
        int port = FreePorts.next();
        try (ServerSocket holder = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            assertThat(FreePorts.isFree(holder.getLocalPort())).isFalse();
        }
    }
}
