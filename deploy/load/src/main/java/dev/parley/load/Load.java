package dev.parley.load;

import dev.parley.load.client.LoadSocket;
import dev.parley.load.client.People;
import dev.parley.load.client.Sockets;
import dev.parley.load.report.Report;
import dev.parley.load.system.ServerProcesses;
import dev.parley.load.system.ServerProcesses.Part;
import dev.parley.load.workload.Floor;
import dev.parley.load.workload.Run;
import dev.parley.load.workload.Workload;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `./parley load`: puts a load on a running Parley and prints latencies, completeness, and what a delivery costs.
/// Ends with 1 when something was lost, repeated, out of order or refused.
@Command(
        name = "./parley load",
        description = "Loads a Parley that runs on this machine (./parley up) and prints what it costs.",
        subcommands = {Load.Room.class, Load.PairsCommand.class, Load.Sleepers.class, CommandLine.HelpCommand.class})
public final class Load {

    private Load() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Load())
                .setExecutionExceptionHandler((failure, _, _) -> {
                    System.err.println("failed: " + cause(failure));
                    return CommandLine.ExitCode.SOFTWARE;
                })
                .execute(arguments));
    }

    /// What went wrong, without the wrapping of asynchronous calls.
    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    /// What all workloads take.
    static class Options {

        @Option(names = "--url", defaultValue = "http://localhost:8080", description = "the origin; loopback only")
        URI url = URI.create("http://localhost:8080");

        @Option(
                names = "--gateway",
                description = "sockets go here, past the ingress, as ws://localhost:8083; default: through the origin")
        Optional<URI> gateway = Optional.empty();

        @Option(names = "--rate", defaultValue = "100", description = "messages a second, all senders together")
        double rate;

        @Option(names = "--length", defaultValue = "100", description = "characters of a message")
        int length;

        @Option(names = "--warm-up", defaultValue = "10", description = "seconds")
        int warmUpSeconds;

        @Option(names = "--seconds", defaultValue = "20", description = "seconds that are measured")
        int seconds;

        @Option(names = "--ndjson", description = "speak chat.v1.ndjson instead of chat.v1")
        boolean ndjson;

        @Option(names = "--no-floor", description = "leave out the bare broadcast beside it")
        boolean noFloor;

        @Option(names = "--json", description = "one line of JSON instead of text")
        boolean json;

        String subprotocol() {
            return ndjson ? "chat.v1.ndjson" : "chat.v1";
        }

        /// @throws IOException if the host is not this machine: this tool can harm a server that is not yours
        URI sockets() throws IOException {
            var sockets = gateway.orElse(URI.create(url.toString().replaceFirst("^http", "ws")));
            for (var host : new String[] {url.getHost(), sockets.getHost()}) {
                if (!InetAddress.getByName(host).isLoopbackAddress()) {
                    throw new IOException(host + " is not this machine");
                }
            }
            return sockets;
        }

        Run.Plan plan() {
            return new Run.Plan(rate, length, Duration.ofSeconds(warmUpSeconds), Duration.ofSeconds(seconds));
        }

        int load(Workload workload, int rooms) throws IOException, InterruptedException {
            var counts = new LoadSocket.Counts();
            var processes = processes();
            try (var people = new People(url);
                    var sockets = new Sockets(sockets(), subprotocol())) {
                var senders = workload.open(people, sockets, counts);
                var span = new Run(sockets.loop(), senders, counts, plan())
                        .run(() -> processes.map(ServerProcesses::cpuSeconds).orElse(Map.of()));
                var floor = noFloor || processes.isEmpty()
                        ? Optional.<Floor.Outcome>empty()
                        : Optional.of(Floor.measure(rooms, workload.audience(), subprotocol(), plan()));
                var report = new Report(
                        workload.name(),
                        plan(),
                        counts,
                        span.seconds(),
                        Report.difference(span.before(), span.after()),
                        floor,
                        Math.round(rate * seconds) * workload.audience());
                if (json) {
                    System.out.println(report.json());
                } else {
                    report.print(System.out);
                }
                return report.isComplete() ? 0 : 1;
            }
        }
    }

    static Optional<ServerProcesses> processes() {
        return ServerProcesses.find(
                Path.of(System.getProperty("parley.home", ".")).toAbsolutePath().normalize());
    }

    @Command(name = "room", description = "One room; every message goes to all its members.")
    static final class Room extends Options implements Callable<Integer> {

        @Option(names = "--members", defaultValue = "100", description = "members, each with a socket")
        int members;

        @Override
        public Integer call() throws Exception {
            return load(new Workload.OneRoom(members), 1);
        }
    }

    @Command(name = "pairs", description = "Private rooms; both of a pair send.")
    static final class PairsCommand extends Options implements Callable<Integer> {

        @Option(names = "--pairs", defaultValue = "100", description = "private rooms")
        int pairs;

        @Override
        public Integer call() throws Exception {
            return load(new Workload.Pairs(pairs), pairs);
        }
    }

    @Command(name = "idle", description = "Sockets that do nothing: what each costs in memory.")
    static final class Sleepers extends Options implements Callable<Integer> {

        private static final int FIRST_SOCKETS = 500;

        @Option(names = "--sockets", defaultValue = "5000", description = "open sockets")
        int sockets;

        @Option(names = "--people", defaultValue = "50", description = "people whose sockets they are")
        int people;

        @Override
        public Integer call() throws Exception {
            var processes = processes()
                    .orElseThrow(() -> new IllegalStateException(
                            "no gateway of this installation runs here; memory is read from the operating system"));
            var counts = new LoadSocket.Counts();
            try (var register = new People(url);
                    var opener = new Sockets(sockets(), subprotocol())) {
                // Classes, pools and buffers that the first sockets bring are not what the next one costs.
                new Workload.Idle(Math.max(people, FIRST_SOCKETS), people).open(register, opener, counts);
                var before = settled(processes);
                new Workload.Idle(sockets, people).open(register, opener, counts);
                var after = settled(processes);
                System.out.printf(
                        Locale.ROOT,
                        "%,d idle sockets: gateway %,d KiB before, %,d KiB after, %.1f KiB each (resident, after GC)%n",
                        sockets,
                        before >> 10,
                        after >> 10,
                        (after - before) / 1024.0 / sockets);
            }
            return counts.faults.get() == 0 ? 0 : 1;
        }

        /// Resident bytes of the gateway after a collection that gives free heap back.
        private static long settled(ServerProcesses processes) throws IOException, InterruptedException {
            for (var pid : processes.of(Part.GATEWAY)) {
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "jcmd")
                                        .toString(),
                                Long.toString(pid),
                                "GC.run")
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor();
            }
            return new EnumMap<>(processes.residentBytes()).getOrDefault(Part.GATEWAY, 0L);
        }
    }
}
