package dev.parley.client.model;

import java.util.Random;

/// What goes wrong, and how often: drawn from a seed, until the budget is spent or [#calm] was called.
///
/// *Thread*: any.
public final class Faults {

    private final Random random;
    private int budget;

    public Faults(long seed, int budget) {
        this.random = new Random(seed);
        this.budget = budget;
    }

    public static Faults none() {
        return new Faults(0, 0);
    }

    /// Whether this time something goes wrong that does with this probability.
    public synchronized boolean strike(double probability) {
        if (budget > 0 && random.nextDouble() < probability) {
            budget--;
            return true;
        }
        return false;
    }

    public synchronized int upTo(int most) {
        return random.nextInt(most + 1);
    }

    public synchronized <T> T oneOf(T[] choices) {
        return choices[random.nextInt(choices.length)];
    }

    public synchronized void calm() {
        budget = 0;
    }
}
