package dev.parley.client.session;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where the session is kept, so that a restart need not log in.
///
/// The refresh token changes with each refresh and the old one is spent: a store that two processes share ends the
/// session. *Thread*: calls come one at a time, from any thread.
public interface SessionStore {

    Optional<Session> load();

    /// Keeps it instead of what was kept; on disk, where there is one, when it returns.
    void save(Session session);

    /// Forgets it.
    void clear();

    /// Keeps it as long as the object lives.
    static SessionStore inMemory() {
        return new SessionStore() {
            private @Nullable Session session;

            @Override
            public synchronized Optional<Session> load() {
                return Optional.ofNullable(session);
            }

            @Override
            public synchronized void save(Session session) {
                this.session = session;
            }

            @Override
            public synchronized void clear() {
                session = null;
            }
        };
    }

    /// Keeps it in a file that only its owner can read.
    static SessionStore inFile(Path file) {
        return new FileSessionStore(file);
    }
}
