package dev.parley.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedisServerTest {

    @TempDir
    Path directory;

    @Test
    void isSetAsInProduction() throws IOException {
        try (RedisServer server = RedisServer.start()) {
            assertThat(server.uri()).isEqualTo("redis://localhost:" + server.port());
            assertThat(ask(server, "CONFIG GET appendonly", 5)).contains("yes");
            assertThat(ask(server, "CONFIG GET appendfsync", 5)).contains("everysec");
            assertThat(ask(server, "CONFIG GET maxmemory-policy", 5)).contains("noeviction");
        }
    }

    @Test
    void keepsEntriesAfterKill() throws IOException {
        RedisServer killed = RedisServer.start(directory, FreePorts.next());
        ask(killed, "XADD ingest * k v", 2);

        killed.kill();

        assertThat(killed.isAlive()).isFalse();
        try (RedisServer again = RedisServer.start(directory, killed.port())) {
            assertThat(ask(again, "XLEN ingest", 1)).containsExactly(":1");
        }
    }

    @Test
    void endsServerLeftOnItsDirectory() {
        RedisServer left = RedisServer.start(directory, FreePorts.next());

        try (RedisServer server = RedisServer.start(directory, FreePorts.next())) {
            assertThat(left.isAlive()).isFalse();
            assertThat(server.isAlive()).isTrue();
        }
    }

    private static List<String> ask(RedisServer server, String command, int lines) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
            BufferedReader reader =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            List<String> answer = new ArrayList<>();
            while (answer.size() < lines) {
                answer.add(reader.readLine());
            }
            return answer;
        }
    }
}
