package dev.parley.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.local.system.LocalSystem;
import dev.parley.local.system.Part;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// 200 messages from 8 senders reach 20 sockets in one order, also when a part is killed in the middle.
@ExtendWith(RunningSystem.class)
class OneOrderForAllIT {

    private static final int HALF = Crowd.MESSAGES_EACH / 2;

    @Test
    void holdsWhenNothingHappens(LocalSystem system) {
        try (Crowd crowd = Crowd.gather(system)) {
            crowd.speak(0, Crowd.MESSAGES_EACH);

            crowd.assertOneOrder();
            assertThat(crowd.reconnections()).isZero();
        }
    }

    @Test
    void survivesDeathOfRoomService(LocalSystem system) {
        survives(system, system.room());
    }

    @Test
    void survivesDeathOfGateway(LocalSystem system) {
        int reconnections = survives(system, system.gateway());

        assertThat(reconnections).isEqualTo(Crowd.SENDERS + Crowd.LISTENERS);
    }

    @Test
    void survivesDeathOfRedis(LocalSystem system) {
        survives(system, system.redis());
    }

    /// Kills the part while the first half is under way; the second half is sent while it is away.
    private static int survives(LocalSystem system, Part part) {
        try (Crowd crowd = Crowd.gather(system)) {
            crowd.speak(0, HALF);
            crowd.awaitAcked(Crowd.SENDERS);

            part.kill();
            crowd.speak(HALF, Crowd.MESSAGES_EACH);
            part.start();

            crowd.assertOneOrder();
            return crowd.reconnections();
        }
    }
}
