package dev.parley.client.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A thousand random histories over real sockets. The seed of the first is printed, the others follow it; one alone:
/// `-Dparley.histories=1 -Dparley.histories.seed=…`.
class RandomHistoriesTest {

    private static final int AT_ONCE = 8;

    @TempDir
    Path directory;

    @Test
    void loseNothingRepeatNothingAndKeepTheOrder() throws Exception {
        int count = Integer.getInteger("parley.histories", 1_000);
        long first = Long.getLong("parley.histories.seed", new Random().nextInt(1_000_000_000));
        System.out.println("random histories: " + count + " from seed " + first);

        Map<Long, List<String>> wrong = new TreeMap<>();
        long began = System.nanoTime();
        try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
                HttpClient http = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(Duration.ofSeconds(10))
                        .executor(Executors.newVirtualThreadPerTaskExecutor())
                        .build()) {
            List<Future<List<String>>> runs = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                long seed = first + i;
                runs.add(threads.submit(() -> new History(seed, http, directory).run()));
            }
            for (int i = 0; i < count; i++) {
                List<String> complaints = runs.get(i).get();
                if (!complaints.isEmpty()) {
                    wrong.put(first + i, complaints);
                }
            }
        }
        System.out.printf("random histories took %.1f s%n", (System.nanoTime() - began) / 1e9);

        assertThat(wrong).as("what is wrong, by seed").isEmpty();
    }
}
