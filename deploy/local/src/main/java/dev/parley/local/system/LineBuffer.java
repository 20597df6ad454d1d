package dev.parley.local.system;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// The last lines of a process's output. *Shape*: the oldest first, [#KEPT] at most. *Thread*: safe for any.
final class LineBuffer {

    static final int KEPT = 200;

    private final Deque<String> lines = new ArrayDeque<>();

    synchronized void add(String line) {
        if (lines.size() == KEPT) {
            lines.removeFirst();
        }
        lines.addLast(line);
    }

    synchronized List<String> lines() {
        return List.copyOf(lines);
    }
}
