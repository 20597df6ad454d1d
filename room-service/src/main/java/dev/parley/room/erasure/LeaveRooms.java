package dev.parley.room.erasure;

import dev.parley.kit.background.BackOff;
import dev.parley.kit.problem.ProblemException;
import dev.parley.model.id.RoomId;
import dev.parley.model.id.UserId;
import dev.parley.room.database.DatabaseException;
import dev.parley.room.participant.ParticipantChanges;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.jboss.logging.Logger;

/// Makes erased accounts leave their groups, one room a transaction, as if they had left by themselves. A crash at any
/// point, or a second replica at the same work, is harmless: who has left a room leaves it no second time, and the
/// account stays noted until nothing is left.
///
/// Thread: one virtual thread of its own.
@ApplicationScoped
class LeaveRooms {

    private static final Logger LOG = Logger.getLogger(LeaveRooms.class);
    private static final int PAGE = 100;
    private static final RoomId BEFORE_ALL = new RoomId(new UUID(0, 0));
    private static final Duration MAX_BACK_OFF = Duration.ofSeconds(2);

    private final Erasures erasures;
    private final ParticipantChanges participants;
    private final ErasureConfig config;
    private final Counter failures;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final BackOff pauses = new BackOff(stop, MAX_BACK_OFF);

    LeaveRooms(Erasures erasures, ParticipantChanges participants, ErasureConfig config, MeterRegistry registry) {
        this.erasures = erasures;
        this.participants = participants;
        this.config = config;
        this.failures = Counter.builder("parley.erasure.failures")
                .description("Rooms that an erased account could not leave yet")
                .register(registry);
    }

    void start(@Observes StartupEvent event) {
        Thread.ofVirtual().name("erasures").start(this::run);
    }

    void stop(@Observes ShutdownEvent event) {
        stop.countDown();
    }

    private void run() {
        while (isRunning()) {
            try {
                var user = erasures.claim();
                user.ifPresent(this::leaveAll);
                if (user.isEmpty()) {
                    pauses.pauseFor(config.interval());
                }
                pauses.reset();
            } catch (DatabaseException e) {
                LOG.debugf(e, "erasures wait");
                pauses.pause();
            } catch (RuntimeException e) {
                // Without this thread no account would ever be erased.
                LOG.error("erasures wait", e);
                pauses.pause();
            }
        }
    }

    private boolean isRunning() {
        return stop.getCount() > 0;
    }

    /// A room that cannot be left now is left when the lease is over; it holds no other one up.
    private void leaveAll(UserId user) {
        var hasLeftAll = true;
        var groups = erasures.groups(user, BEFORE_ALL, PAGE);
        while (!groups.isEmpty() && isRunning()) {
            for (var group : groups) {
                hasLeftAll &= leave(group, user);
            }
            erasures.keep(user);
            groups = erasures.groups(user, groups.getLast(), PAGE);
        }
        if (hasLeftAll && isRunning()) {
            erasures.finish(user);
        }
    }

    private boolean leave(RoomId group, UserId user) {
        try {
            participants.leave(group, user);
            return true;
        } catch (ProblemException e) {
            return true; // the room was deleted meanwhile
        } catch (DatabaseException e) {
            failures.increment();
            LOG.warnf("erased account has not left yet room=%s user=%s cause=%s", group, user, e.getMessage());
            return false;
        } catch (RuntimeException e) {
            failures.increment();
            LOG.errorf(e, "erased account has not left yet room=%s user=%s", group, user);
            return false;
        }
    }
}
