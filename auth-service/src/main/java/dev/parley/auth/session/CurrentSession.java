package dev.parley.auth.session;

import dev.parley.auth.account.Account;
import dev.parley.kit.token.Caller;
import jakarta.enterprise.context.RequestScoped;
import org.jspecify.annotations.Nullable;

/// Who is behind a request to a [LiveSession] endpoint: caller, session and account as they were when it came in.
@RequestScoped
public class CurrentSession {

    private @Nullable Known known;

    private record Known(Caller caller, Session session, Account account) {}

    void set(Caller caller, Session session, Account account) {
        known = new Known(caller, session, account);
    }

    public Caller caller() {
        return known().caller();
    }

    public Session session() {
        return known().session();
    }

    /// Read before the request's transaction; to change it, lock it first.
    public Account account() {
        return known().account();
    }

    private Known known() {
        if (known == null) {
            throw new IllegalStateException("the endpoint is not a @LiveSession");
        }
        return known;
    }
}
