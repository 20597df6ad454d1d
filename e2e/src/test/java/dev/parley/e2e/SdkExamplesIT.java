package dev.parley.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.client.ParleyClient;
import dev.parley.client.Room;
import dev.parley.client.example.EchoBot;
import dev.parley.client.example.QuickStart;
import dev.parley.client.rest.chat.model.NewParticipants;
import dev.parley.local.system.LocalSystem;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// The programs of the SDK's README run, and what a client costs is printed.
@ExtendWith(RunningSystem.class)
class SdkExamplesIT {

    private static final String PASSWORD = "correct horse battery 9";
    private static final int SENDS = 200;

    @TempDir
    Path directory;

    @Test
    void quickStartRuns(LocalSystem system) {
        QuickStart.main(new String[] {system.publicUrl().toString()});
    }

    @Test
    void botAnswers(LocalSystem system) throws Exception {
        String name = name("bot");
        UUID bot;
        try (ParleyClient account = register(system, name)) {
            bot = account.user().userId();
        }
        Thread program = Thread.ofVirtual().start(() -> runBot(system, name));
        try (ParleyClient carla = register(system, name("carla"))) {
            carla.connect().join();
            Room room = carla.createGroup("with a bot", List.of());
            CompletableFuture<String> answer = new CompletableFuture<>();
            room.onMessage(said -> {
                if (said.actorId().equals(bot)) {
                    answer.complete(said.message().content());
                } else {
                    room.markRead(said.seq());
                }
            });
            room.follow();
            add(carla, room, bot);

            // The bot answers what is said once it follows the room.
            long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            while (!answer.isDone() && System.nanoTime() < end) {
                room.send("hello, bot").whenStored().join();
                LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
            }

            assertThat(answer.get(20, TimeUnit.SECONDS)).isEqualTo("You said: hello, bot");
        } finally {
            program.interrupt();
            program.join();
        }
    }

    @Test
    void printsWhatItCosts(LocalSystem system) {
        try (ParleyClient dora = register(system, name("dora"))) {
            Room room = dora.createGroup("costs", List.of());
            double[] connects = new double[20];
            for (int i = 0; i < connects.length; i++) {
                long began = System.nanoTime();
                dora.connect().join();
                connects[i] = (System.nanoTime() - began) / 1e6;
                dora.disconnect();
            }
            dora.connect().join();
            double[] sends = new double[SENDS];
            for (int i = 0; i < SENDS; i++) {
                long began = System.nanoTime();
                room.send("message " + i).whenStored().join();
                sends[i] = (System.nanoTime() - began) / 1e6;
            }

            Arrays.sort(connects);
            Arrays.sort(sends);
            System.out.printf(
                    "Java SDK: connect (ticket, upgrade, hello) median %.1f ms; send to ack median %.1f ms, 90 %% %.1f ms%n",
                    connects[connects.length / 2], sends[SENDS / 2], sends[SENDS * 9 / 10]);
            assertThat(sends[SENDS / 2]).isLessThan(1_000);
            assertThat(room.info().getLastSeq()).isEqualTo(SENDS);
        }
    }

    private void runBot(LocalSystem system, String name) {
        try {
            EchoBot.main(new String[] {
                system.publicUrl().toString(),
                name,
                PASSWORD,
                directory.resolve("unsent").toString()
            });
        } catch (InterruptedException end) {
            // what ends it here
        }
    }

    private static void add(ParleyClient carla, Room room, UUID bot) {
        carla.rest()
                .call(() -> carla.rest()
                        .participants()
                        .addParticipants(room.id(), new NewParticipants().userIds(List.of(bot))));
    }

    private static ParleyClient register(LocalSystem system, String name) {
        return ParleyClient.at(system.publicUrl()).register(name, name + "@example.org", PASSWORD);
    }

    private static String name(String prefix) {
        return prefix + "-" + UUID.randomUUID().toString().substring(0, 8);
    }
}
