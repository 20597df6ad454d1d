package dev.parley.client.example;

import dev.parley.client.ParleyClient;
import dev.parley.client.Room;
import dev.parley.client.connection.ConnectionState;
import dev.parley.client.event.AccountEvent;
import dev.parley.client.event.Event;
import dev.parley.client.event.LogEvent;
import dev.parley.client.outbox.OutboxStore;
import java.net.URI;
import java.nio.file.Path;

/// Answers in every room it is in, and in those it is added to: URL, username, password, file for unsent answers.
public final class EchoBot {

    private EchoBot() {}

    public static void main(String[] arguments) throws InterruptedException {
        try (ParleyClient parley = ParleyClient.at(URI.create(arguments[0]))
                .outboxStore(OutboxStore.inFile(Path.of(arguments[3])))
                .login(arguments[1], arguments[2])) {
            parley.onState(state -> {
                if (state instanceof ConnectionState.Online) {
                    parley.rooms().forEach(Room::follow);
                }
            });
            parley.onEvent(event -> answer(parley, event));
            parley.connect();
            parley.awaitEnd();
        }
    }

    private static void answer(ParleyClient parley, Event event) {
        switch (event) {
            case AccountEvent.RoomAdded added -> parley.room(added.room().id()).follow();
            case LogEvent.MessageCreated said
            when !said.actorId().equals(parley.user().userId()) ->
                parley.room(said.roomId())
                        .reply(
                                said.message().id(),
                                "You said: " + said.message().content());
            default -> {}
        }
    }
}
