package dev.parley.gateway;

import dev.parley.gateway.scene.Scene;
import dev.parley.kit.testing.KeyChecks;
import dev.parley.kit.testing.PlayedKeys;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;

@QuarkusTest
@QuarkusTestResource(Scene.class)
@QuarkusTestResource(value = KeyRotationIT.Keys.class, restrictToAnnotatedClass = true)
class KeyRotationIT extends KeyChecks {

    KeyRotationIT() {
        super("/ws/chat/", 400);
    }

    /// Takes the place of the keys of [Scene].
    public static final class Keys implements QuarkusTestResourceLifecycleManager {

        private PlayedKeys keys;

        @Override
        public int order() {
            return 10;
        }

        @Override
        public Map<String, String> start() {
            keys = new PlayedKeys();
            return Map.of("parley.auth.jwks-url", keys.url(), "parley.gateway.limit.upgrades-per-address", "100000/1m");
        }

        @Override
        public void inject(TestInjector injector) {
            injector.injectIntoFields(keys, new TestInjector.MatchesType(PlayedKeys.class));
        }

        @Override
        public void stop() {
            keys.close();
        }
    }
}
