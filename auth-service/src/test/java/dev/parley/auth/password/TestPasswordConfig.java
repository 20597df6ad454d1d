package dev.parley.auth.password;

import java.time.Duration;
import java.util.OptionalInt;

record TestPasswordConfig(int memoryKib, int iterations, int threads, int waitingHashes) implements PasswordConfig {

    @Override
    public int minLength() {
        return 8;
    }

    @Override
    public int parallelism() {
        return 1;
    }

    @Override
    public OptionalInt concurrentHashes() {
        return OptionalInt.of(threads);
    }

    @Override
    public Duration patience() {
        return Duration.ofSeconds(10);
    }
}
