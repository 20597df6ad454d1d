package dev.parley.client.event;

import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An account as others see it; names are null when it was erased.
public record UserRef(
        UUID id, @Nullable String username, @Nullable String displayName, boolean deleted) {
    public UserRef {
        Objects.requireNonNull(id);
    }
}
