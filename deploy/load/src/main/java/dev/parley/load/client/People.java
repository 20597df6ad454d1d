package dev.parley.load.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Makes accounts and rooms over REST, as any client would. Thread-safe.
public final class People implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int AT_ONCE = 4;

    /// Somebody with an account.
    public record Person(String id, String accessToken) {}

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final ObjectMapper json = new ObjectMapper();
    private final URI base;
    private final AtomicInteger registered = new AtomicInteger();
    private final String run = Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);

    /// @param base as `http://localhost:8080`
    public People(URI base) {
        this.base = base;
    }

    /// Registers accounts that nobody had before, a few at once.
    /// @throws IllegalStateException if the system refuses, with its problem
    public List<Person> register(int count) {
        return inParallel(count, _ -> () -> {
            var name = "load-" + run + "-" + registered.incrementAndGet();
            var tokens = post(
                    "/auth/register/",
                    null,
                    Map.of("username", name, "email", name + "@example.org", "password", "load " + run + " tool"));
            return new Person(
                    tokens.at("/user/id").textValue(),
                    tokens.path("access_token").textValue());
        });
    }

    /// @return the id of a new group with all of them in it, the first one its owner
    public String group(List<Person> people) {
        return post(
                        "/chat/rooms/",
                        people.getFirst(),
                        Map.of("room_type", "group", "name", "load " + run, "participant_ids", ids(people)))
                .path("id")
                .textValue();
    }

    /// @return the ids of private rooms: the first with the second, the third with the fourth, …
    public List<String> pairs(List<Person> people) {
        return inParallel(
                people.size() / 2,
                number -> () -> post(
                                "/chat/rooms/",
                                people.get(2 * number),
                                Map.of(
                                        "room_type",
                                        "private",
                                        "participant_ids",
                                        ids(List.of(people.get(2 * number + 1)))))
                        .path("id")
                        .textValue());
    }

    /// @return a ticket for one socket of each, in their order
    public List<String> tickets(List<Person> people) {
        return inParallel(
                people.size(),
                number -> () -> post("/auth/ws-ticket/", people.get(number), Map.of())
                        .path("ticket")
                        .textValue());
    }

    private static List<String> ids(List<Person> people) {
        return people.stream().map(Person::id).toList();
    }

    private JsonNode post(String path, @Nullable Person caller, Map<String, ?> body) {
        try {
            var request = HttpRequest.newBuilder(base.resolve(path))
                    .timeout(PATIENCE)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(json.writeValueAsBytes(body)));
            if (caller != null) {
                request.header("Authorization", "Bearer " + caller.accessToken());
            }
            var response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() / 100 != 2) {
                throw new IllegalStateException(path + " answered " + response.statusCode() + ": " + response.body());
            }
            return json.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private interface Numbered<T> {
        Callable<T> of(int number);
    }

    private static <T> List<T> inParallel(int count, Numbered<T> work) {
        try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
            var futures = new ArrayList<Future<T>>();
            for (int number = 0; number < count; number++) {
                futures.add(threads.submit(work.of(number)));
            }
            var results = new ArrayList<T>();
            for (var future : futures) {
                results.add(future.get());
            }
            return results;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
