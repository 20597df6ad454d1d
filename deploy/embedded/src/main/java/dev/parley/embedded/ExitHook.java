package dev.parley.embedded;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The one shutdown hook of a JVM that has children: closes what is registered, the youngest first.
///
/// The JDK runs hooks side by side, which would end PostgreSQL under services that still use it; one hook keeps an
/// order. Opening happens under the same lock as the start of the shutdown, so nothing can slip in behind it:
/// a SIGTERM in the middle of a start leaves no child.
///
/// *Thread*: safe for any.
public final class ExitHook {

    private static final Object LOCK = new Object();
    private static final Deque<AutoCloseable> OPEN = new ArrayDeque<>();
    private static boolean installed;
    private static boolean exiting;

    private ExitHook() {}

    /// Opens something and closes it when the JVM ends, unless [#forget] is called before.
    ///
    /// @param opener runs under the hook's lock and must not wait
    /// @throws IllegalStateException if the JVM is ending already; nothing has been opened then
    public static <T extends AutoCloseable> T open(Supplier<T> opener) {
        synchronized (LOCK) {
            if (exiting) {
                throw new IllegalStateException("The JVM is ending; nothing is started any more");
            }
            if (!installed) {
                Runtime.getRuntime().addShutdownHook(new Thread(ExitHook::closeAll, "parley-exit"));
                installed = true;
            }
            T opened = opener.get();
            OPEN.push(opened);
            return opened;
        }
    }

    /// Forgets what has been closed by its owner.
    public static void forget(AutoCloseable closed) {
        synchronized (LOCK) {
            OPEN.remove(closed);
        }
    }

    /// Whether the JVM is ending: failures seen from now on are consequences, not news.
    public static boolean exiting() {
        synchronized (LOCK) {
            return exiting;
        }
    }

    private static void closeAll() {
        synchronized (LOCK) {
            exiting = true;
        }
        for (AutoCloseable next = youngest(); next != null; next = youngest()) {
            try {
                next.close();
            } catch (Exception e) {
                System.err.println("parley: could not close " + next + ": " + e);
            }
        }
    }

    private static @Nullable AutoCloseable youngest() {
        synchronized (LOCK) {
            return OPEN.poll();
        }
    }
}
