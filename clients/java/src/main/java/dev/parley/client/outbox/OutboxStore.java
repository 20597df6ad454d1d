package dev.parley.client.outbox;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Where unsent messages are kept.
///
/// What [#remove] is told may be forgotten in a crash: the message is then sent again with the same id, which makes no
/// second one. What [#add] was told may not. *Thread*: calls come one at a time, from any thread.
///
/// *Errors*: [java.io.UncheckedIOException]; a message that cannot be kept is not taken for sending.
public interface OutboxStore extends AutoCloseable {

    /// Everything that was added and not removed, in the order in which it was added, of all senders.
    List<Outgoing> load();

    /// Keeps one more. It survives whatever happens next when this returns.
    void add(Outgoing message);

    /// Forgets one that is stored or refused; one that is not there is no error.
    void remove(Outgoing message);

    @Override
    void close();

    /// Keeps them as long as the object lives; closing forgets nothing, so a second client may take it over.
    static OutboxStore inMemory() {
        return new OutboxStore() {
            private final Map<Outgoing.Key, Outgoing> messages = new LinkedHashMap<>();

            @Override
            public synchronized List<Outgoing> load() {
                return new ArrayList<>(messages.values());
            }

            @Override
            public synchronized void add(Outgoing message) {
                messages.put(message.key(), message);
            }

            @Override
            public synchronized void remove(Outgoing message) {
                messages.remove(message.key());
            }

            @Override
            public void close() {}
        };
    }

    /// Keeps them in a file; one process at a time.
    ///
    /// @throws IllegalStateException if another process, or another client of this one, has it open
    static OutboxStore inFile(Path file) {
        return FileOutboxStore.open(file);
    }
}
