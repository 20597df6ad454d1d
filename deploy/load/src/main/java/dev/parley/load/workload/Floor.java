package dev.parley.load.workload;

import dev.parley.load.client.LoadSocket;
import dev.parley.load.client.Sockets;
import dev.parley.load.system.ServerProcesses;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/// Runs [BareBroadcast] and puts the same load on it.
public final class Floor {

    /// @param deliveries of the messages that were due in the measured time, late ones too
    /// @param meanwhile deliveries that came in the measured time; fewer when it did not hold the rate
    /// @param cpuSeconds of the bare server in that time
    public record Outcome(long deliveries, long meanwhile, double cpuSeconds) {

        public double deliveriesPerCpuSecond() {
            return meanwhile / cpuSeconds;
        }
    }

    private Floor() {}

    /// @param rooms how many, all of `audience` sockets
    public static Outcome measure(int rooms, int audience, String subprotocol, Run.Plan plan)
            throws IOException, InterruptedException {
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "--sun-misc-unsafe-memory-access=allow",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        BareBroadcast.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            var base = URI.create("ws://127.0.0.1:" + Integer.parseInt(String.valueOf(output.readLine())));
            return measure(process.pid(), base, rooms, audience, subprotocol, plan);
        } finally {
            process.destroy();
        }
    }

    private static Outcome measure(long pid, URI base, int rooms, int audience, String subprotocol, Run.Plan plan)
            throws InterruptedException {
        var counts = new LoadSocket.Counts();
        try (var sockets = new Sockets(base, subprotocol)) {
            var senders = IntStream.range(0, rooms * audience)
                    .mapToObj(number -> sockets.open("/room-" + number / audience, counts))
                    .toList()
                    .stream()
                    .map(CompletableFuture::join)
                    .toList();
            var span = new Run(sockets.loop(), senders, counts, plan).run(() -> ServerProcesses.cpuSeconds(pid));
            return new Outcome(
                    counts.deliveries.getTotalCount(), counts.deliveredMeanwhile, span.after() - span.before());
        }
    }
}
