package dev.parley.load.client;

/// Content of a message that says when it was due, so that whoever receives it knows how late it is.
public final class Payload {

    private Payload() {}

    /// `~<nanoseconds>~` and filling.
    /// @param length of the content, in characters; the time takes about 20
    public static String content(long dueNanos, int length) {
        var head = "~" + dueNanos + "~";
        return head + "x".repeat(Math.max(0, length - head.length()));
    }
}
