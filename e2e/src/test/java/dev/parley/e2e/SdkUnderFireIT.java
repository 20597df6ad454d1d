package dev.parley.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.local.system.ExternalServers;
import dev.parley.local.system.LocalSystem;
import dev.parley.local.system.Part;
import dev.parley.local.system.Ports;
import dev.parley.local.system.SystemOptions;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Three people talk with the SDK while tokens last ten seconds, connections are cut, one gateway is killed and one
/// restarted, Redis is killed, and one of the three is restarted with what it had not sent. The order is drawn from a
/// seed: `-Dparley.sdk.seed=…`.
class SdkUnderFireIT {

    private static final int MESSAGES = 40;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    Path directory;

    @Test
    void losesNothingRepeatsNothingAndKeepsTheOrder() throws Exception {
        long seed = Long.getLong("parley.sdk.seed", new Random().nextInt(1_000_000));
        System.out.println("SDK under fire, seed " + seed);
        Path module = Path.of("").toAbsolutePath();
        Ports ports = Ports.free(1, 2);
        try (PrintStream log = new PrintStream(
                        Files.newOutputStream(module.resolve("target/sdk-under-fire.log")),
                        true,
                        StandardCharsets.UTF_8);
                LocalSystem system = LocalSystem.start(new SystemOptions(
                        module.getParent(),
                        module.resolve("target/parley-sdk"),
                        true,
                        ports,
                        ExternalServers.none(),
                        Map.of("PARLEY_AUTH_ACCESS_TOKEN_LIFETIME", "10S"),
                        log::println));
                CuttingProxy network = new CuttingProxy(ports.ingress())) {
            List<Chatter> people = IntStream.range(0, 3)
                    .mapToObj(i -> new Chatter("fire-" + i, network.origin(), directory))
                    .toList();
            try {
                talkUnderFire(system, network, people, new Random(seed));
            } finally {
                people.forEach(Chatter::close);
            }
        }
    }

    private static void talkUnderFire(LocalSystem system, CuttingProxy network, List<Chatter> people, Random random)
            throws Exception {
        Chatter first = people.getFirst();
        UUID room = first.parley()
                .createGroup(
                        "under fire",
                        people.stream()
                                .skip(1)
                                .map(person -> person.parley().user().userId())
                                .toList())
                .id();
        people.forEach(person -> person.enter(room));

        CompletableFuture<Void> fire = CompletableFuture.runAsync(
                () -> fire(system, network, random),
                task -> Thread.ofPlatform().daemon().start(task));
        for (int number = 0; number < MESSAGES; number++) {
            for (Chatter person : people) {
                person.say(person.name + " says " + number);
            }
            if (number == MESSAGES / 2) {
                first.restart();
            }
            LockSupport.parkNanos(Duration.ofMillis(500).toNanos());
        }
        fire.join();
        // Whoever is on the one that stops is told to move: on the second, if on none before, everybody is.
        for (Part gateway : system.gateways()) {
            people.forEach(person -> person.say(person.name + " is still there"));
            awaitNothingUnsent(people);
            gateway.stop();
            gateway.start();
        }
        people.forEach(person -> person.say(person.name + " says goodbye"));

        awaitNothingUnsent(people);
        List<String> expected = history(first, room);
        people.forEach(person -> assertSaw(person, expected));
        for (Chatter person : people) {
            assertThat(expected.stream()
                            .map(line -> line.replaceFirst("^\\d+ ", ""))
                            .filter(content -> content.startsWith(person.name + " "))
                            .toList())
                    .as("messages of %s in history", person.name)
                    .isEqualTo(person.sent());
        }
        assertThat(people.stream()
                        .flatMap(person -> person.story().stream())
                        .filter(state -> state.startsWith("Moving"))
                        .count())
                .as("moves before a gateway closed")
                .isPositive();
    }

    private static void awaitNothingUnsent(List<Chatter> people) throws InterruptedException {
        for (Chatter person : people) {
            assertThat(person.parley().outbox().awaitEmpty(PATIENCE))
                    .as("%s has nothing unsent; its story: %s", person.name, person.story())
                    .isTrue();
        }
    }

    /// Each of these once, in a random order; the last ones are when the talking is nearly over.
    private static void fire(LocalSystem system, CuttingProxy network, Random random) {
        List<Part> gateways = system.gateways();
        List<Runnable> shots = new ArrayList<>(List.of(
                () -> restartKilled(gateways.get(0)),
                () -> {
                    gateways.get(1).stop();
                    gateways.get(1).start();
                },
                () -> restartKilled(system.redis()),
                network::cut,
                network::cut,
                network::cut));
        Collections.shuffle(shots, random);
        for (Runnable shot : shots) {
            LockSupport.parkNanos(Duration.ofMillis(500 + random.nextInt(1_500)).toNanos());
            shot.run();
        }
    }

    private static void restartKilled(Part part) {
        part.kill();
        part.start();
    }

    private static List<String> history(Chatter person, UUID room) {
        List<String> lines = new ArrayList<>();
        boolean more = true;
        while (more) {
            long after = lines.size();
            var page = person.parley()
                    .rest()
                    .call(() -> person.parley().rest().messages().listMessages(room, after, null, null, 100));
            lines.addAll(page.getItems().stream()
                    .map(message -> message.getSeq() + " " + message.getContent())
                    .collect(Collectors.toList()));
            more = page.getHasAfter();
        }
        return lines;
    }

    private static void assertSaw(Chatter person, List<String> expected) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (person.seq() < expected.size() && System.nanoTime() < end) {
            LockSupport.parkNanos(5_000_000);
        }
        assertThat(person.seen())
                .as("what %s saw; its story: %s", person.name, person.story())
                .isEqualTo(expected);
    }
}
