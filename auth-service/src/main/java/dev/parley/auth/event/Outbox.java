package dev.parley.auth.event;

import dev.parley.model.id.SessionId;
import dev.parley.model.id.UserId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where an event is written in the transaction of its change, so that neither exists without the other.
/// Appending locks the counter until the commit: make it the last thing of the transaction.
@ApplicationScoped
public class Outbox {

    private final EntityManager database;
    private final InstantSource clock;
    private final Event<Appended> appended;

    /// Fired inside the transaction, to be observed after its commit.
    record Appended() {}

    Outbox(EntityManager database, InstantSource clock, Event<Appended> appended) {
        this.database = database;
        this.clock = clock;
        this.appended = appended;
    }

    /// The account was registered, changed or erased.
    @Transactional(Transactional.TxType.MANDATORY)
    public void userChanged(UserId user) {
        append(user, Arrays.asList((SessionId) null));
    }

    /// The sessions have ended before their time.
    @Transactional(Transactional.TxType.MANDATORY)
    public void sessionsRevoked(UserId user, Collection<SessionId> sessions) {
        if (!sessions.isEmpty()) {
            append(user, List.copyOf(sessions));
        }
    }

    private void append(UserId user, List<@Nullable SessionId> sessions) {
        database.flush(); // what Hibernate still holds back is written before the counter is locked
        var last = database.createNativeQuery(
                        "update event_counter set last_n = last_n + :count returning last_n", Long.class)
                .setParameter("count", sessions.size())
                .getSingleResult();
        var n = (Long) last - sessions.size();
        for (var session : sessions) {
            database.persist(new EventRow(++n, user, session, clock.instant()));
        }
        appended.fire(new Appended());
    }
}
