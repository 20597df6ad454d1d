package dev.parley.model.internal;

import dev.parley.model.event.UserRef;
import java.util.List;

/// Accounts that exist or existed, in no order; an id that was never given is left out.
public record Users(List<Versioned> items) {

    /// @param version grows with every change of the account; an older one never replaces a newer one
    public record Versioned(UserRef user, long version) {}
}
