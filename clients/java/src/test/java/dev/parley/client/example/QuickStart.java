package dev.parley.client.example;

import dev.parley.client.ParleyClient;
import dev.parley.client.Room;
import dev.parley.client.outbox.Receipt;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/// An account, a room, a message and its echo.
public final class QuickStart {

    private QuickStart() {}

    public static void main(String[] arguments) {
        String name = "ada-" + UUID.randomUUID().toString().substring(0, 8);
        try (ParleyClient parley = ParleyClient.at(URI.create(arguments[0]))
                .register(name, name + "@example.org", "correct horse battery")) {
            Room room = parley.createGroup("quick start", List.of());
            CompletableFuture<String> echo = new CompletableFuture<>();
            room.onMessage(event -> echo.complete(event.message().content()));
            room.follow();
            parley.connect().join();

            Receipt receipt = room.send("hello").whenStored().join();

            System.out.println("stored with seq " + receipt.seq() + ", heard \"" + echo.join() + "\"");
        }
    }
}
