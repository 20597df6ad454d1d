package dev.parley.auth.session;

import dev.parley.auth.event.Outbox;
import dev.parley.model.id.SessionId;
import dev.parley.model.id.UserId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Ends sessions before their time: here at once, in the other services as soon as they hear of it.
@ApplicationScoped
public class EndSessions {

    private final Sessions sessions;
    private final Outbox outbox;
    private final InstantSource clock;

    EndSessions(Sessions sessions, Outbox outbox, InstantSource clock) {
        this.sessions = sessions;
        this.outbox = outbox;
        this.clock = clock;
    }

    /// Ends one session; none that is over or unknown.
    @Transactional
    public void end(SessionId id) {
        sessions.findLocked(id).ifPresent(this::end);
    }

    /// Ends every session of a user.
    /// @param kept stays; null if none does
    @Transactional
    public void endAll(UserId user, @Nullable SessionId kept) {
        var now = clock.instant();
        var ended = sessions.findAllLiveLocked(user, now).stream()
                .filter(session -> !session.id().equals(kept))
                .toList();
        ended.forEach(session -> session.end(now));
        outbox.sessionsRevoked(user, ended.stream().map(Session::id).toList());
    }

    /// Ends every session of a user and keeps nothing of them, not even the names of devices.
    @Transactional(Transactional.TxType.MANDATORY)
    public void erase(UserId user) {
        endAll(user, null);
        sessions.flush();
        sessions.delete("accountId", user.value());
    }

    /// @param session locked in the caller's transaction
    @Transactional(Transactional.TxType.MANDATORY)
    void end(Session session) {
        var now = clock.instant();
        if (session.isLive(now)) {
            session.end(now);
            outbox.sessionsRevoked(session.accountId(), List.of(session.id()));
        }
    }
}
