package dev.parley.client;

import dev.parley.client.connection.ClientLimits;
import dev.parley.client.connection.ConnectionState;
import dev.parley.client.connection.Delivery;
import dev.parley.client.connection.Engine;
import dev.parley.client.connection.Registration;
import dev.parley.client.event.Event;
import dev.parley.client.http.AuthorizedHttpClient;
import dev.parley.client.http.ParleyException;
import dev.parley.client.http.Rest;
import dev.parley.client.outbox.Outbox;
import dev.parley.client.outbox.OutboxStore;
import dev.parley.client.outbox.Sending;
import dev.parley.client.rest.chat.model.NewRoom;
import dev.parley.client.rest.chat.model.RoomPage;
import dev.parley.client.session.Session;
import dev.parley.client.session.Tokens;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/// A user's session, one socket, any number of rooms.
///
/// ```java
/// try (ParleyClient parley = ParleyClient.at(URI.create("http://localhost:8080")).login("ada", password)) {
///     Room room = parley.room(roomId);
///     room.onMessage(message -> System.out.println(message.message().content()));
///     room.follow();
///     parley.connect();
///     room.send("hello").whenStored().join();
/// }
/// ```
///
/// *Thread*: any. Listeners are called by one virtual thread of the client's, one call at a time; a listener that is
/// slow holds up the socket, and no memory fills. All threads are virtual, so none keeps the JVM alive: see
/// [#awaitEnd].
public final class ParleyClient implements AutoCloseable {

    private final Rest rest;
    private final Tokens tokens;
    private final Session user;
    private final HttpClient http;
    private final boolean ownsHttp;
    private final OutboxStore outboxStore;
    private final Outbox outbox;
    private final Delivery delivery;
    private final Engine engine;
    private final RestApis apis;
    private final CountDownLatch closed = new CountDownLatch(1);

    ParleyClient(ClientOptions options, HttpClient http, Rest rest, Tokens tokens, Session user) {
        this.rest = rest;
        this.tokens = tokens;
        this.user = user;
        this.http = http;
        this.ownsHttp = options.ownsHttp();
        this.outboxStore = options.outboxStore();
        this.delivery = new Delivery();
        InstantSource clock = InstantSource.system();
        this.outbox = new Outbox(outboxStore, user.userId(), options.outboxCapacity(), clock, delivery::sending);
        ClientLimits limits = options.limits();
        this.engine = new Engine(http, rest, tokens, user.userId(), outbox, delivery, limits, clock);
        this.apis = new RestApis(
                http,
                new AuthorizedHttpClient.Bearer() {
                    @Override
                    public String token() {
                        return tokens.access().value();
                    }

                    @Override
                    public String tokenOtherThan(String refused) {
                        return tokens.accessOtherThan(refused).value();
                    }
                },
                rest.base());
    }

    /// @param origin where the server is, as `https://chat.example.org`
    public static ClientOptions at(URI origin) {
        return new ClientOptions(origin);
    }

    /// Who is logged in.
    public Session user() {
        return user;
    }

    public ConnectionState state() {
        return engine.state();
    }

    /// Wants a connection from now on, and keeps it: lost, it is opened again until [#disconnect], [#close] or an end
    /// ([ConnectionState.Ended]).
    ///
    /// @return completes when it is online for the first time, however long that takes; fails with
    /// [dev.parley.client.connection.ConnectionEndedException] when it was given up instead
    public CompletableFuture<Void> connect() {
        return engine.connect();
    }

    /// Closes the connection. Session, rooms and unsent messages stay; [#connect] goes on.
    public void disconnect() {
        engine.disconnect();
    }

    /// Tries at once instead of at `retryAt`: the network is back, say.
    public void reconnectNow() {
        engine.hurry();
    }

    /// A handle for a room. Whether there is such a room the server tells when something is done with it.
    public Room room(UUID id) {
        return new Room(id, engine, delivery, outbox, apis);
    }

    /// All rooms one is in, latest activity first: one call for each hundred of them.
    ///
    /// @throws ParleyException if it does not succeed
    public List<Room> rooms() {
        List<Room> all = new ArrayList<>();
        String cursor = null;
        do {
            String from = cursor;
            RoomPage page = apis.call(() -> apis.rooms().listRooms(from, 100, null, null));
            page.getItems().forEach(room -> all.add(room(room.getId())));
            cursor = page.getNextCursor();
        } while (cursor != null);
        return all;
    }

    /// Makes a group with the others in it.
    ///
    /// @throws ParleyException if it does not succeed
    public Room createGroup(String name, Collection<UUID> others) {
        return create(new NewRoom().roomType("group").name(name).participantIds(List.copyOf(others)));
    }

    /// The private room with somebody: the one there is, or a new one.
    ///
    /// @throws ParleyException if it does not succeed
    public Room privateRoom(UUID other) {
        return create(new NewRoom().roomType("private").participantIds(List.of(other)));
    }

    private Room create(NewRoom wish) {
        return room(apis.call(() -> apis.rooms().createRoom(wish)).getId());
    }

    /// The generated REST APIs.
    public RestApis rest() {
        return apis;
    }

    /// The messages that are not stored yet, of all rooms.
    public Outbox outbox() {
        return outbox;
    }

    /// Calls the listener for each event of every room that is followed, and of the account.
    public Registration onEvent(Consumer<Event> listener) {
        return delivery.onEvent(listener);
    }

    /// Calls the listener for each state the connection comes to.
    public Registration onState(Consumer<ConnectionState> listener) {
        return delivery.onState(listener);
    }

    /// Calls the listener for each state a message of one's own comes to.
    public Registration onSending(Consumer<Sending> listener) {
        return delivery.onSending(listener);
    }

    /// Waits until the client is closed, by another thread: what a program does that has nothing else to do.
    public void awaitEnd() throws InterruptedException {
        closed.await();
    }

    /// Ends the session, here and on the server, and closes the client. Unsent messages stay in the store.
    ///
    /// @throws ParleyException if the server cannot be told; the client is closed all the same,
    /// and its store forgets the session
    public void logout() {
        Session last = tokens.session().orElse(user);
        try {
            rest.post("/auth/logout/", Map.of("refresh_token", last.refreshToken()), null);
        } finally {
            tokens.forget();
            close();
        }
    }

    /// Closes the socket; no listener is called afterwards but the one that is. The session goes on and can be resumed.
    @Override
    public void close() {
        if (closed.getCount() > 0) {
            closed.countDown();
            engine.close();
            tokens.close();
            outboxStore.close();
            if (ownsHttp) {
                http.shutdown();
            }
        }
    }
}
